"""The collection takes what nobody needs any more, all in one round."""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from sync_server.clock import system_clock
from sync_server.database import Database
from sync_server.errors import NotFound
from sync_server.services.blobs import Blobs
from sync_server.services.caller import Caller
from sync_server.services.chunk_store import FileChunkStore
from sync_server.services.collection import Collection, Neighbours
from sync_server.services.collection_of_files import collect_files
from sync_server.services.quota import Quotas
from sync_server.tables import account, chunk, library
from tests.sync_server.conftest import add_caller
from tests.sync_server.services.blob_parts import Interposed, Parts, deleted, name_of, pieces

HOUR = 3600


@pytest.fixture(name="parts")
def fixture_parts(database: Database, tmp_path: Path) -> Parts:
    return Parts(database, tmp_path / "chunks")


async def test_files_without_a_row_go_after_the_grace(parts: Parts, caller: Caller) -> None:
    named = await parts.upload(caller, b"named")
    lost = name_of(b"lost")
    for name, content in ((lost, b"lost"), (name_of(b"young"), b"young")):
        parts.path(caller, name).parent.mkdir(exist_ok=True)
        parts.path(caller, name).write_bytes(content)
    part = parts.folder / "incoming" / "left.part"
    part.touch()
    now = parts.clock()
    os.utime(part, (1, 1))
    os.utime(parts.path(caller, lost), (1, 1))
    os.utime(parts.path(caller, named), (1, 1))
    os.utime(parts.path(caller, name_of(b"young")), (now / 1000, now / 1000))
    async with parts.database.write() as connection:
        await connection.execute(update(chunk).values(touched_at=now))
    assert (await parts.collect(HOUR)).files == 2
    assert parts.files() == sorted([named, name_of(b"young")])
    async with parts.database.read() as connection:
        assert (await connection.execute(select(chunk.c.touched_at))).scalars().all() == [now]
    assert await parts.used(caller) == len(b"named")


async def test_what_is_arriving_now_is_left_alone_however_short_the_grace(
    parts: Parts, caller: Caller
) -> None:
    parts.clock.now = system_clock() + 1000

    async def slow() -> AsyncIterator[bytes]:
        yield b"o"
        await parts.collect(grace=0)
        yield b"ne"

    await parts.blobs.put_chunk(caller, name_of(b"one"), slow())
    assert parts.path(caller, name_of(b"one")).read_bytes() == b"one"


async def test_a_file_whose_row_is_being_written_is_no_stray(parts: Parts, caller: Caller) -> None:
    name = name_of(b"sound")

    class Slow(FileChunkStore):
        async def ages(self, account_id: uuid.UUID) -> dict[str, int]:
            # What a look into the folder sees between the file's move and the row's commit.
            return {name: 0}

    async def upload() -> None:
        await parts.blobs.put_chunk(caller, name, pieces(b"sound"))

    (parts.folder / str(caller.account_id)).mkdir(parents=True)
    slow = Slow(parts.folder)
    database = Interposed(parts.database, upload)
    assert await collect_files(database, slow, 10**15) == 0  # type: ignore[arg-type]
    assert parts.path(caller, name).read_bytes() == b"sound"
    async with parts.database.read() as connection:
        assert (await connection.execute(select(chunk.c.touched_at))).scalar_one() > 0


async def test_the_files_of_accounts_that_are_gone_go(parts: Parts, caller: Caller) -> None:
    await parts.write(caller, await parts.library(caller), await parts.upload(caller, b"one"))
    other = await add_caller(parts.database)
    await parts.upload(other, b"two")
    await parts.upload(other, b"three")
    async with parts.database.write() as connection:
        await connection.execute(delete(account).where(account.c.id == other.account_id))
    parts.due = []
    parts.clock.now += 10**12
    assert (await parts.collect(grace=10**8)).files == 2
    assert parts.files() == [name_of(b"one")]


async def test_due_accounts_and_expired_things_go_with_their_files(
    parts: Parts, caller: Caller
) -> None:
    await parts.upload(caller, b"one")
    order: list[str] = []

    async def delete_due() -> list[uuid.UUID]:
        async with parts.database.write() as connection:
            await connection.execute(delete(account))
        return [caller.account_id]

    async def purge() -> int:
        order.append("purged")
        return 3

    neighbours = Neighbours(delete_due, [purge, purge])
    collection = Collection(parts.database, parts.store, neighbours, parts.clock)
    report = await collection.collect(HOUR)
    assert (report.accounts, report.expired, parts.files()) == (1, 6, [])


async def test_two_collections_at_once_count_everything_once(parts: Parts, caller: Caller) -> None:
    library_ = await parts.library(caller)
    for index in range(12):
        await parts.upload(caller, b"%d" % index)
    await deleted(parts, caller, library_.id, 31)
    reports = await asyncio.gather(parts.collect(), parts.collect(), parts.collect())
    assert sum(report.chunks for report in reports) == 12
    assert sum(report.tombstones for report in reports) == 1
    assert await parts.used(caller) == 0


async def test_a_library_that_is_deleted_meanwhile_does_not_stop_the_collection(
    parts: Parts, caller: Caller
) -> None:
    library_ = await parts.library(caller)
    await deleted(parts, caller, library_.id, 31)

    async def delete_library() -> None:
        async with parts.database.write() as connection:
            await connection.execute(delete(library))

    report = await parts.collect(database=Interposed(parts.database, delete_library))
    assert report.tombstones == 0
    with pytest.raises(NotFound):
        await parts.push(caller, library_)


async def test_the_services_may_be_of_several_processes(
    parts: Parts, caller: Caller, database_url: str
) -> None:
    """Two workers on one database: uploads of one, collection of the other."""
    second = Database(database_url)
    try:
        blobs = Blobs(second, parts.store, Quotas(None), parts.clock)
        await asyncio.gather(
            *(blobs.put_chunk(caller, name_of(b"%d" % n), pieces(b"%d" % n)) for n in range(10)),
            *(parts.collect() for _ in range(3)),
        )
    finally:
        await second.close()
    assert (await parts.count(chunk), len(parts.files())) == (10, 10)
