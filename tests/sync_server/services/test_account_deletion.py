"""Deletion: planned, taken back by a login, and complete when its day has come."""

from __future__ import annotations

import asyncio
import uuid

import pytest
from sqlalchemy import func, insert, select

from sync_server.database import Database
from sync_server.errors import Forbidden, NotFound, Unauthorized
from sync_server.protocol import Batch, Library, NewLibrary, Operation
from sync_server.services.account_deletion import GRACE_DAYS
from sync_server.services.acknowledgements import Acknowledgements
from sync_server.services.batches import Batches
from sync_server.services.caller import Caller
from sync_server.services.libraries import Libraries
from sync_server.services.newsroom import Newsroom
from sync_server.services.quota import Quotas
from sync_server.tables import audit, blob, chunk, invite, metadata
from tests.sync_server.services.account_server import (
    EMAIL,
    PASSWORD,
    START_MS,
    AccountServer,
)

GRACE_MS = GRACE_DAYS * 86_400_000


@pytest.fixture(name="server")
def fixture_server(database: Database) -> AccountServer:
    return AccountServer(database)


def batches_of(server: AccountServer) -> Batches:
    return Batches(server.database, Newsroom(), Quotas(None), server.clock)


async def fill(server: AccountServer, email: str) -> tuple[Caller, Library]:
    """Give an account a row in every table that knows accounts."""
    account_id = await server.add(email)
    caller = Caller(account_id, (await server.log_in(email)).device_id)
    await server.sessions.start(account_id)
    await server.codes.approve(account_id, (await server.codes.start("phone")).user_code)
    library = await Libraries(server.database, server.clock).add(account_id, NewLibrary("Talks"))
    item_id = uuid.uuid4()
    for base in (0, 1):
        written = Operation(item_id, "transcript", base, body=b"body")
        await batches_of(server).apply(caller, library.id, Batch([written]))
    await Acknowledgements(server.database).note(library.id, caller.device_id, 2)
    row = {"account_id": account_id, "hash": bytes(32), "size": 1, "touched_at": 1}
    async with server.database.write() as connection:
        await connection.execute(insert(chunk).values(row))
        await connection.execute(insert(blob).values(**row, chunks=bytes(32)))
    return caller, library


async def rows_by_table(server: AccountServer) -> dict[str, int]:
    async with server.database.read() as connection:
        return {
            table.name: (
                await connection.execute(select(func.count()).select_from(table))
            ).scalar_one()
            for table in metadata.sorted_tables
            if table not in (audit, invite)
        }


async def test_an_account_goes_with_all_that_is_its_own_and_nothing_else(
    server: AccountServer,
) -> None:
    caller, _ = await fill(server, EMAIL)
    one_account = await rows_by_table(server)
    assert all(one_account.values())
    await fill(server, "bob@example.org")
    planned = await server.deletion.plan(caller.account_id, PASSWORD)
    assert planned == START_MS + GRACE_MS
    assert (await server.accounts.profile(caller.account_id)).delete_after == planned
    server.clock.turn(days=GRACE_DAYS, seconds=-0.001)
    assert await server.deletion.delete_due() == []
    server.clock.turn(seconds=0.001)
    assert await server.deletion.delete_due() == [caller.account_id]
    assert await rows_by_table(server) == one_account
    assert [one.email for one in await server.accounts.all_accounts()] == ["bob@example.org"]
    with pytest.raises(Unauthorized):
        await server.accounts.authenticate(EMAIL, PASSWORD)
    with pytest.raises(NotFound):
        await server.accounts.profile(caller.account_id)
    assert await server.deletion.delete_due() == []


async def test_what_becomes_of_an_account_is_noted(server: AccountServer) -> None:
    account_id = await server.add()
    for _ in range(2):
        await server.deletion.plan(account_id, PASSWORD)
        await server.deletion.cancel(account_id)
    await server.deletion.cancel(account_id)
    await server.deletion.plan(account_id, PASSWORD)
    server.clock.turn(days=GRACE_DAYS)
    await server.deletion.delete_due()
    assert await server.events(account_id) == (
        ["deletion_cancelled"] * 2 + ["deletion_done"] + ["deletion_planned"] * 3 + ["signed_up"]
    )


async def test_a_login_takes_a_deletion_back(server: AccountServer) -> None:
    account_id = await server.add()
    await server.deletion.plan(account_id, PASSWORD)
    with pytest.raises(Unauthorized):
        await server.accounts.authenticate(EMAIL, "wrong password")
    assert (await server.accounts.profile(account_id)).delete_after is not None
    await server.log_in()
    assert (await server.accounts.profile(account_id)).delete_after is None
    server.clock.turn(days=GRACE_DAYS)
    assert await server.deletion.delete_due() == []
    assert "deletion_cancelled" in await server.events(account_id)


async def test_a_plan_that_stands_keeps_its_day(server: AccountServer) -> None:
    account_id = await server.add()
    planned = await server.deletion.plan(account_id, PASSWORD)
    server.clock.turn(days=3)
    assert await server.deletion.plan(account_id, PASSWORD) == planned


async def test_until_then_devices_go_on(server: AccountServer) -> None:
    account_id = await server.add()
    made = await server.log_in()
    await server.deletion.plan(account_id, PASSWORD)
    assert (await server.devices.authorize(made.token)).account_id == account_id
    server.clock.turn(days=GRACE_DAYS)
    await server.deletion.delete_due()
    with pytest.raises(Unauthorized):
        await server.devices.authorize(made.token)
    assert not await server.devices.is_live(Caller(account_id, made.device_id))


async def test_only_who_knows_the_password_plans_a_deletion(server: AccountServer) -> None:
    account_id = await server.add()
    with pytest.raises(Forbidden):
        await server.deletion.plan(account_id, "wrong password")
    with pytest.raises(Forbidden):
        await server.deletion.plan(uuid.uuid4(), PASSWORD)
    assert (await server.accounts.profile(account_id)).delete_after is None
    assert "login_failed" in await server.events(account_id)


async def test_a_login_at_the_last_moment_keeps_everything_or_finds_nothing(
    server: AccountServer,
) -> None:
    for number in range(6):
        email = f"{number}@example.org"
        account_id = await server.add(email)
        await Libraries(server.database, server.clock).add(account_id, NewLibrary("Talks"))
        await server.deletion.plan(account_id, PASSWORD)
        server.clock.turn(days=GRACE_DAYS)
        login, deleted = await asyncio.gather(
            server.accounts.authenticate(email, PASSWORD),
            _after(number * 0.02, server),
            return_exceptions=True,
        )
        libraries = await Libraries(server.database, server.clock).of_account(account_id)
        if deleted == [account_id]:
            assert isinstance(login, Unauthorized) and libraries == []
        else:
            assert (login, deleted, len(libraries)) == (account_id, [], 1)


async def test_a_deletion_that_was_taken_back_meanwhile_deletes_nothing(
    server: AccountServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller, _ = await fill(server, EMAIL)
    await server.deletion.plan(caller.account_id, PASSWORD)
    server.clock.turn(days=GRACE_DAYS)
    before = await rows_by_table(server)
    delete_now = server.deletion._delete

    async def log_in_first(account_id: uuid.UUID, now: int) -> bool:
        await server.accounts.authenticate(EMAIL, PASSWORD)
        return await delete_now(account_id, now)

    monkeypatch.setattr(server.deletion, "_delete", log_in_first)
    assert await server.deletion.delete_due() == []
    assert await rows_by_table(server) == before


async def test_pushes_beside_a_deletion_end_with_it(server: AccountServer) -> None:
    caller, library = await fill(server, EMAIL)
    await server.deletion.plan(caller.account_id, PASSWORD)
    server.clock.turn(days=GRACE_DAYS)
    batches = batches_of(server)
    are_under_way = asyncio.Barrier(4)

    async def push() -> None:
        for number in range(1000):
            written = Operation(uuid.uuid4(), "transcript", 0, body=b"body")
            try:
                await batches.apply(caller, library.id, Batch([written]))
            except NotFound:
                return
            if number == 0:
                await are_under_way.wait()
        raise AssertionError("nothing was deleted")

    pushing = [asyncio.ensure_future(push()) for _ in range(3)]
    await are_under_way.wait()
    assert await server.deletion.delete_due() == [caller.account_id]
    await asyncio.gather(*pushing)
    assert not any((await rows_by_table(server)).values())


async def _after(seconds: float, server: AccountServer) -> list[uuid.UUID]:
    await asyncio.sleep(seconds)
    return await server.deletion.delete_due()
