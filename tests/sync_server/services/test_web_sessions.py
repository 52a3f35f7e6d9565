"""Web sessions: a secret that only its browser has, until it ends."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sync_server.database import Database
from sync_server.services.web_sessions import LIFETIME_DAYS
from sync_server.tables import web_session
from tests.sync_server.services.account_server import EMAIL, AccountServer


@pytest.fixture(name="server")
def fixture_server(database: Database) -> AccountServer:
    return AccountServer(database)


async def test_a_session_is_found_by_its_secret_until_it_is_ended(server: AccountServer) -> None:
    account_id = await server.add()
    first, second = [await server.sessions.start(account_id) for _ in range(2)]
    assert await server.sessions.find(first) == account_id
    await server.sessions.end(first)
    await server.sessions.end("never there")
    assert await server.sessions.find(first) is None
    assert await server.sessions.find(second) == account_id
    assert await server.sessions.find("guessed\ud800") is None


async def test_only_the_hash_of_a_session_is_kept(server: AccountServer) -> None:
    secret = await server.sessions.start(await server.add())
    async with server.database.read() as connection:
        row = (await connection.execute(select(web_session))).one()
    assert secret.encode() not in row.hash


async def test_a_session_ends_by_itself(server: AccountServer) -> None:
    secret = await server.sessions.start(await server.add())
    server.clock.turn(days=LIFETIME_DAYS, seconds=-1)
    assert await server.sessions.find(secret) is not None
    server.clock.turn(seconds=1)
    assert await server.sessions.find(secret) is None


async def test_all_sessions_of_an_account_are_ended_but_one(server: AccountServer) -> None:
    account_id, other_id = await server.add(), await server.add("bob@example.org")
    mine, another = [await server.sessions.start(account_id) for _ in range(2)]
    others = await server.sessions.start(other_id)
    await server.sessions.end_all(account_id, but=mine)
    found = [await server.sessions.find(secret) for secret in (mine, another, others)]
    assert found == [account_id, None, other_id]
    await server.sessions.end_all(account_id)
    assert await server.sessions.find(mine) is None


async def test_a_disabled_account_has_no_session_while_it_is_disabled(
    server: AccountServer,
) -> None:
    account_id = await server.add()
    secret = await server.sessions.start(account_id)
    await server.accounts.set_disabled(EMAIL, True)
    assert await server.sessions.find(secret) is None
    await server.accounts.set_disabled(EMAIL, False)
    assert await server.sessions.find(secret) == account_id


async def test_sessions_whose_time_is_over_are_removed(server: AccountServer) -> None:
    account_id = await server.add()
    await server.sessions.start(account_id)
    server.clock.turn(days=1)
    await server.sessions.start(account_id)
    server.clock.turn(days=LIFETIME_DAYS - 1)
    assert await server.sessions.purge() == 1
    assert await server.count(web_session) == 1
