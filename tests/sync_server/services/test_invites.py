"""Invites: each opens one account, in time, for whom it was meant."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from sync_server.database import Database
from sync_server.errors import Forbidden, Invalid
from sync_server.protocol import SignUp
from sync_server.tables import audit, invite
from tests.sync_server.services.account_server import EMAIL, PASSWORD, AccountServer


@pytest.fixture(name="server")
def fixture_server(database: Database) -> AccountServer:
    return AccountServer(database, SignUp.INVITE)


async def test_an_invite_opens_one_account(server: AccountServer) -> None:
    code = await server.invites.create()
    account_id = await server.accounts.sign_up(EMAIL, PASSWORD, code)
    assert await server.accounts.authenticate(EMAIL, PASSWORD) == account_id
    with pytest.raises(Forbidden):
        await server.accounts.sign_up("bob@example.org", PASSWORD, code)


async def test_of_two_who_use_an_invite_at_the_same_moment_one_gets_in(
    server: AccountServer,
) -> None:
    code = await server.invites.create()
    results = await asyncio.gather(
        *(server.accounts.sign_up(f"{n}@example.org", PASSWORD, code) for n in range(4)),
        return_exceptions=True,
    )
    assert [type(result) for result in results].count(Forbidden) == 3
    assert await server.count() == 1


@pytest.mark.parametrize("code", [None, "", "guessed", "\ud800"])
async def test_without_an_invite_nobody_gets_in_nor_learns_anything(
    server: AccountServer, code: str | None
) -> None:
    await server.add()
    answers = []
    for email, password in ((EMAIL, PASSWORD), ("new@example.org", "short"), ("-", PASSWORD)):
        with pytest.raises(Forbidden) as refused:
            await server.accounts.sign_up(email, password, code)
        answers.append(refused.value.detail)
    assert len(set(answers)) == 1


async def test_an_invite_for_an_address_is_for_that_address(server: AccountServer) -> None:
    code = await server.invites.create(" Ada@EXAMPLE.org ")
    with pytest.raises(Forbidden):
        await server.accounts.sign_up("bob@example.org", PASSWORD, code)
    assert await server.accounts.sign_up("ADA@example.org", PASSWORD, code)


async def test_an_invite_is_kept_when_no_account_came_of_it(server: AccountServer) -> None:
    await server.add()
    code = await server.invites.create()
    for email, password in ((EMAIL, PASSWORD), ("new@example.org", "short")):
        with pytest.raises(Invalid):
            await server.accounts.sign_up(email, password, code)
    assert await server.accounts.sign_up("new@example.org", PASSWORD, code)


async def test_an_invite_ends(server: AccountServer) -> None:
    code = await server.invites.create(days=2)
    server.clock.turn(days=2)
    with pytest.raises(Forbidden):
        await server.accounts.sign_up(EMAIL, PASSWORD, code)


async def test_only_the_hash_of_an_invite_is_kept_and_that_there_is_one_is_noted(
    server: AccountServer,
) -> None:
    code = await server.invites.create(EMAIL)
    async with server.database.read() as connection:
        row = (await connection.execute(select(invite))).one()
        noted = (await connection.execute(select(audit))).one()
    assert noted.event == "invited" and EMAIL not in map(str, noted)
    assert code.encode() not in row.hash and code not in map(str, row)
    assert await server.invites.create() != code


async def test_an_operator_invites_only_addresses_and_for_some_days(
    server: AccountServer,
) -> None:
    for email, days in (("nobody", 7), (None, 0), (None, 366)):
        with pytest.raises(Invalid):
            await server.invites.create(email, days)


async def test_used_and_old_invites_are_removed(server: AccountServer) -> None:
    code = await server.invites.create(days=1)
    await server.invites.create(days=3)
    await server.invites.create(days=1)
    await server.accounts.sign_up(EMAIL, PASSWORD, code)
    assert await server.invites.purge() == 1
    server.clock.turn(days=1)
    assert await server.invites.purge() == 1
    assert await server.count(invite) == 1
