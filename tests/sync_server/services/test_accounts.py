"""Accounts: who gets in, and that nobody else learns anything."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable

import pytest
from sqlalchemy import select

from sync_server.database import Database
from sync_server.errors import Forbidden, Invalid, NotFound, Unauthorized
from sync_server.protocol import SignUp
from sync_server.services.account_views import Profile
from sync_server.tables import account
from tests.sync_server.services.account_server import EMAIL, PASSWORD, START_MS, AccountServer


@pytest.fixture(name="server")
def fixture_server(database: Database) -> AccountServer:
    return AccountServer(database)


async def test_an_address_is_the_same_in_capitals(server: AccountServer) -> None:
    account_id = await server.accounts.sign_up(" Ada@Example.org", PASSWORD)
    assert await server.accounts.authenticate("ADA@example.ORG ", PASSWORD) == account_id
    with pytest.raises(Invalid):
        await server.accounts.sign_up("aDA@example.org", PASSWORD)
    assert (await server.accounts.profile(account_id)).email == EMAIL


async def test_of_two_with_one_address_at_the_same_moment_one_gets_an_account(
    server: AccountServer,
) -> None:
    tries = (server.accounts.sign_up(EMAIL, PASSWORD) for _ in range(4))
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert [type(result) for result in results].count(Invalid) == 3
    assert await server.count() == 1


async def test_what_is_no_address_and_a_weak_password_are_refused(server: AccountServer) -> None:
    for email, password in (("ada", PASSWORD), (EMAIL, "123456789")):
        with pytest.raises(Invalid):
            await server.accounts.sign_up(email, password)
        with pytest.raises(Invalid):
            await server.accounts.add(email, password)
    assert await server.count() == 0


async def test_a_closed_server_takes_accounts_from_its_operator_only(database: Database) -> None:
    server = AccountServer(database, SignUp.CLOSED)
    code = await server.invites.create()
    with pytest.raises(Forbidden):
        await server.accounts.sign_up(EMAIL, PASSWORD, code)
    assert await server.accounts.add(EMAIL, PASSWORD)


async def test_unknown_wrong_and_disabled_are_answered_alike_after_the_same_work(
    server: AccountServer,
) -> None:
    await server.add()
    await server.add("off@example.org")
    await server.accounts.set_disabled("off@example.org", True)
    answers = []
    for email, password in (
        (EMAIL, "wrong password"),
        ("nobody@example.org", PASSWORD),
        ("off@example.org", PASSWORD),
        ("\x00@\ud800", "\x00\ud800"),
    ):
        before = server.passwords.compared
        with pytest.raises(Unauthorized) as refused:
            await server.accounts.authenticate(email, password)
        answers.append((refused.value.detail, server.passwords.compared - before))
    assert len(set(answers)) == 1 and answers[0][1] == 1


async def test_logins_are_noted(server: AccountServer) -> None:
    account_id = await server.accounts.sign_up(EMAIL, PASSWORD)
    with pytest.raises(Unauthorized):
        await server.accounts.authenticate(EMAIL, "wrong password")
    await server.accounts.authenticate(EMAIL, PASSWORD)
    assert await server.events(account_id) == ["logged_in", "login_failed", "signed_up"]


async def test_a_password_is_not_kept(server: AccountServer) -> None:
    await server.add()
    async with server.database.read() as connection:
        row = (await connection.execute(select(account))).one()
    assert row.password_hash.startswith("$argon2id$") and PASSWORD not in map(str, row)


async def test_a_changed_password_ends_the_other_sessions_but_no_device(
    server: AccountServer,
) -> None:
    account_id = await server.add()
    mine, another = [await server.sessions.start(account_id) for _ in range(2)]
    token = (await server.log_in()).token
    await server.accounts.change_password(account_id, PASSWORD, "another password", mine)
    assert await server.sessions.find(mine) == account_id
    assert await server.sessions.find(another) is None
    assert (await server.devices.authorize(token)).account_id == account_id
    with pytest.raises(Unauthorized):
        await server.accounts.authenticate(EMAIL, PASSWORD)
    assert await server.accounts.authenticate(EMAIL, "another password") == account_id
    assert "password_changed" in await server.events(account_id)


async def test_a_password_is_changed_only_by_who_knows_it_and_to_a_good_one(
    server: AccountServer,
) -> None:
    account_id = await server.add()
    session = await server.sessions.start(account_id)
    with pytest.raises(Forbidden):
        await server.accounts.change_password(account_id, "wrong password", "another password")
    with pytest.raises(Invalid):
        await server.accounts.change_password(account_id, PASSWORD, "short")
    with pytest.raises(Forbidden):
        await server.accounts.change_password(uuid.uuid4(), PASSWORD, "another password")
    assert await server.sessions.find(session) == account_id
    assert await server.accounts.authenticate(EMAIL, PASSWORD) == account_id
    assert (await server.events(account_id)).count("login_failed") == 1


async def test_of_two_changes_at_the_same_moment_one_counts(server: AccountServer) -> None:
    account_id = await server.add()
    changes = (
        server.accounts.change_password(account_id, PASSWORD, f"another password {number}")
        for number in range(2)
    )
    results = await asyncio.gather(*changes, return_exceptions=True)
    assert [type(result) for result in results].count(Forbidden) == 1
    won = results.index(None)
    assert await server.accounts.authenticate(EMAIL, f"another password {won}")


async def test_a_profile_says_what_an_account_is(server: AccountServer) -> None:
    account_id = await server.add()
    await server.accounts.set_quota(EMAIL, 1000)
    assert await server.accounts.profile(account_id) == Profile(EMAIL, START_MS, 1000, 0, None)
    await server.accounts.set_quota(EMAIL, None)
    assert (await server.accounts.profile(account_id)).quota_bytes is None
    for quota in (-1, 2**63):
        with pytest.raises(Invalid):
            await server.accounts.set_quota(EMAIL, quota)
    with pytest.raises(NotFound):
        await server.accounts.profile(uuid.uuid4())


async def test_an_operator_sees_all_accounts(server: AccountServer) -> None:
    second, first = await server.add("bob@example.org"), await server.add()
    await server.accounts.set_disabled("Bob@example.org", True)
    listed = await server.accounts.all_accounts()
    assert [(one.id, one.email, one.is_disabled) for one in listed] == [
        (first, EMAIL, False),
        (second, "bob@example.org", True),
    ]
    assert await server.accounts.find(" BOB@example.org") == second


async def test_an_operator_hears_of_an_address_that_has_no_account(server: AccountServer) -> None:
    for asked in (
        server.accounts.find(EMAIL),
        server.accounts.set_disabled(EMAIL, True),
        server.accounts.set_quota(EMAIL, 1),
        server.accounts.reset_password(EMAIL, PASSWORD),
    ):
        with pytest.raises(NotFound):
            await asked


async def test_a_reset_password_ends_all_sessions(server: AccountServer) -> None:
    account_id = await server.add()
    session = await server.sessions.start(account_id)
    with pytest.raises(Invalid):
        await server.accounts.reset_password(EMAIL, "short")
    await server.accounts.reset_password(EMAIL, "another password")
    assert await server.sessions.find(session) is None
    assert await server.accounts.authenticate(EMAIL, "another password") == account_id


async def test_what_an_operator_does_is_noted(server: AccountServer) -> None:
    account_id = await server.add()
    await server.accounts.set_disabled(EMAIL, True)
    await server.accounts.set_disabled(EMAIL, False)
    await server.accounts.set_quota(EMAIL, None)
    await server.accounts.reset_password(EMAIL, PASSWORD)
    assert await server.events(account_id) == [
        "account_disabled",
        "account_enabled",
        "account_reset",
        "quota_set",
        "signed_up",
    ]


async def test_who_is_disabled_while_the_password_is_checked_stays_out(
    server: AccountServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await server.add()
    await _log_in_while(server, monkeypatch, server.accounts.set_disabled(EMAIL, True))


async def test_a_password_that_is_replaced_while_it_is_checked_lets_nobody_in(
    server: AccountServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await server.add()
    reset = server.accounts.reset_password(EMAIL, "another password")
    await _log_in_while(server, monkeypatch, reset)


async def _log_in_while(
    server: AccountServer, monkeypatch: pytest.MonkeyPatch, happening: Awaitable[None]
) -> None:
    verify = server.passwords.verify

    async def verify_slowly(password: str, password_hash: str | None) -> bool:
        is_right = await verify(password, password_hash)
        await happening
        return is_right

    monkeypatch.setattr(server.passwords, "verify", verify_slowly)
    with pytest.raises(Unauthorized):
        await server.accounts.authenticate(EMAIL, PASSWORD)
