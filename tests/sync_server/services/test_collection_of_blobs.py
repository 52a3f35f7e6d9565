"""The collection of blobs never takes what somebody has just come to need."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from sync_server.clock import SECOND_MS
from sync_server.database import Database
from sync_server.errors import MissingChunks
from sync_server.protocol import CHUNK_BYTES, Applied, Batch, BlobManifest, MissingBlobs, Operation
from sync_server.services.caller import Caller
from sync_server.services.chunk_store import FileChunkStore
from sync_server.services.collection_of_blobs import collect_blobs, collect_chunks
from sync_server.services.collection_of_files import collect_files
from sync_server.tables import blob, chunk
from tests.sync_server.conftest import add_caller
from tests.sync_server.services.blob_parts import (
    Interposed,
    Parts,
    all_of,
    manifest_of,
    name_of,
    noise,
    pieces,
)

HOUR = 3600


@pytest.fixture(name="parts")
def fixture_parts(database: Database, tmp_path: Path) -> Parts:
    return Parts(database, tmp_path / "chunks")


class Gate(FileChunkStore):
    """A store whose removals wait for the test, inside the collection's transaction."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, reserve_bytes=0)
        self.reached = asyncio.Event()
        self.opened = asyncio.Event()

    async def remove(self, account_id: uuid.UUID, names: Iterable[str]) -> None:
        self.reached.set()
        await self.opened.wait()
        await super().remove(account_id, names)


async def test_what_nothing_names_goes_after_the_grace(parts: Parts, caller: Caller) -> None:
    named = await parts.upload(caller, b"named")
    await parts.upload(caller, noise(CHUNK_BYTES + 1))
    await parts.blobs.put_chunk(caller, name_of(b"never a blob"), pieces(b"never a blob"))
    await parts.write(caller, await parts.library(caller), named)
    assert (await parts.collect(HOUR)).blobs == 0
    parts.clock.now += HOUR * SECOND_MS + 1
    report = await parts.collect(HOUR)
    assert (report.blobs, report.chunks, report.chunk_bytes) == (1, 3, CHUNK_BYTES + 1 + 12)
    assert parts.files() == [named]
    assert await parts.used(caller) == len("named") + len("one")
    assert await all_of(await parts.blobs.open(caller.account_id, named)) == b"named"


async def test_chunks_that_another_blob_shares_stay(parts: Parts, caller: Caller) -> None:
    first = noise(CHUNK_BYTES)
    await parts.upload(caller, first + b"1")
    name = await parts.upload(caller, first + b"2")
    await parts.write(caller, await parts.library(caller), name)
    parts.clock.pass_days(10)
    assert (await parts.collect()).chunks == 1
    assert await all_of(await parts.blobs.open(caller.account_id, name)) == first + b"2"


async def test_what_history_names_stays_as_long_as_history(parts: Parts, caller: Caller) -> None:
    library_ = await parts.library(caller)
    name = await parts.upload(caller, b"old sound")
    item_id = await parts.write(caller, library_, name)
    await parts.push(caller, library_, Operation(item_id, "transcript", 1, body=b"two"))
    parts.clock.pass_days(200)
    assert (await parts.collect()).blobs == 0
    await parts.delete(caller, library_, item_id, 2)
    await parts.see(caller)
    await parts.read_up_to(caller, library_, 3)
    parts.clock.pass_days(31)
    report = await parts.collect()
    assert (report.tombstones, report.revisions, report.blobs) == (1, 0, 0)
    parts.clock.pass_days(60)
    report = await parts.collect()
    assert (report.revisions, report.blobs, report.chunks) == (3, 1, 1)
    assert parts.files() == []


async def test_what_another_account_names_is_its_own_affair(parts: Parts, caller: Caller) -> None:
    other = await add_caller(parts.database)
    name = await parts.upload(caller, b"same")
    await parts.upload(other, b"same")
    await parts.write(caller, await parts.library(caller), name)
    parts.clock.pass_days(1)
    assert (await parts.collect()).blobs == 1
    assert (await parts.used(caller), await parts.used(other)) == (4 + 3, 0)
    assert parts.path(caller, name).exists() and not parts.path(other, name).exists()


async def test_a_push_between_looking_and_deleting_keeps_its_blob(
    parts: Parts, caller: Caller
) -> None:
    library_ = await parts.library(caller)
    name = await parts.upload(caller, b"sound")
    parts.clock.pass_days(1)

    async def push() -> None:
        await parts.write(caller, library_, name)

    database = Interposed(parts.database, push)
    before = parts.clock() - HOUR * SECOND_MS
    assert await collect_blobs(database, caller.account_id, before) == 0  # type: ignore[arg-type]
    assert await all_of(await parts.blobs.open(caller.account_id, name)) == b"sound"


async def test_a_push_at_the_same_moment_keeps_its_blob(parts: Parts, caller: Caller) -> None:
    name = await parts.upload(caller, b"sound")
    parts.clock.pass_days(1)
    before = parts.clock() - HOUR * SECOND_MS
    async with parts.database.write() as connection:
        # As a push does that has not been committed yet.
        await connection.execute(update(blob).values(touched_at=parts.clock()))
        collecting = asyncio.ensure_future(collect_blobs(parts.database, caller.account_id, before))
        await asyncio.sleep(0.2)
    assert await collecting == 0
    assert await parts.blobs.missing(caller.account_id, [name]) == []


async def test_a_push_that_comes_while_its_blob_is_deleted_is_told_so(
    parts: Parts, caller: Caller
) -> None:
    """Guard against the fault "head accepted before its blobs"."""
    library_ = await parts.library(caller)
    name = await parts.upload(caller, b"sound")
    operation = Operation(uuid.uuid4(), "transcript", 0, body=b"one", blobs=[name])
    async with parts.database.write() as connection:
        await connection.execute(delete(blob))
        pushing = asyncio.ensure_future(parts.push(caller, library_, operation))
        await asyncio.sleep(0.2)
        assert not pushing.done()
    done = await pushing
    assert (done.head, done.results) == (0, [MissingBlobs([name])])


async def test_an_upload_that_comes_while_its_chunk_is_deleted_stays(
    parts: Parts, caller: Caller
) -> None:
    gate = Gate(parts.folder)
    name = name_of(b"sound")
    await parts.blobs.put_chunk(caller, name, pieces(b"sound"))
    parts.clock.pass_days(1)
    before = parts.clock() - HOUR * SECOND_MS
    collecting = asyncio.ensure_future(
        collect_chunks(parts.database, gate, caller.account_id, before)
    )
    await gate.reached.wait()
    uploading = asyncio.ensure_future(parts.blobs.put_chunk(caller, name, pieces(b"sound")))
    await asyncio.sleep(0.2)
    assert not uploading.done()
    gate.opened.set()
    assert await collecting == (1, 5)
    await uploading
    assert parts.path(caller, name).read_bytes() == b"sound"
    assert (await parts.count(chunk), await parts.used(caller)) == (1, 5)


async def test_a_chunk_that_is_being_uploaded_again_is_not_collected(
    parts: Parts, caller: Caller
) -> None:
    name = name_of(b"sound")
    await parts.blobs.put_chunk(caller, name, pieces(b"sound"))
    parts.clock.pass_days(1)
    before = parts.clock() - HOUR * SECOND_MS

    async def upload() -> None:
        await parts.blobs.put_chunk(caller, name, pieces(b"sound"))

    database = Interposed(parts.database, upload)
    done = await collect_chunks(
        database, parts.store, caller.account_id, before  # type: ignore[arg-type]
    )
    assert done == (0, 0)
    assert parts.path(caller, name).exists()


async def test_a_blob_made_of_chunks_while_they_are_collected_keeps_them_or_is_refused(
    parts: Parts, caller: Caller
) -> None:
    content = noise(CHUNK_BYTES + 5)
    for index in range(3):
        for part in (content[:CHUNK_BYTES], content[CHUNK_BYTES:]):
            await parts.blobs.put_chunk(caller, name_of(part), pieces(part))
        parts.clock.pass_days(1)
        before = parts.clock() - HOUR * SECOND_MS

        async def claim() -> None:
            await parts.blobs.put_blob(caller, name_of(content), manifest_of(content))

        if index == 0:
            database = Interposed(parts.database, claim)
            await collect_chunks(
                database, parts.store, caller.account_id, before  # type: ignore[arg-type]
            )
            refusal: object = None
        else:
            refusal, _ = await asyncio.gather(
                claim(),
                collect_chunks(parts.database, parts.store, caller.account_id, before),
                return_exceptions=True,
            )
        if isinstance(refusal, MissingChunks):
            assert await parts.count(blob) == 0
        else:
            file = await parts.blobs.open(caller.account_id, name_of(content))
            assert await all_of(file) == content
        async with parts.database.write() as connection:
            await connection.execute(delete(blob))


async def test_pushes_uploads_and_collections_at_once_lose_nothing(
    parts: Parts, caller: Caller
) -> None:
    library_ = await parts.library(caller)
    contents = [noise(1000, seed=seed) for seed in range(8)]

    async def write(content: bytes) -> None:
        name = name_of(content)
        operation = Operation(uuid.uuid4(), "transcript", 0, body=b"one", blobs=[name])
        while True:
            done = await parts.push(caller, library_, operation)
            if isinstance(done.results[0], Applied):
                return
            assert done.results == [MissingBlobs([name])]
            try:
                await parts.blobs.put_chunk(caller, name, pieces(content))
                await parts.blobs.put_blob(caller, name, BlobManifest(1000, [name]))
            except MissingChunks:
                continue

    async def collect() -> None:
        while not writing.done():
            # Without any grace at all.
            before = parts.clock()
            await collect_blobs(parts.database, caller.account_id, before)
            await collect_chunks(parts.database, parts.store, caller.account_id, before)
            await collect_files(parts.database, parts.store, before + 10**15)

    parts.clock.tick = 1
    writing = asyncio.ensure_future(asyncio.gather(*(write(each) for each in contents)))
    await asyncio.gather(collect(), writing)
    for content in contents:
        file = await parts.blobs.open(caller.account_id, name_of(content))
        assert await all_of(file) == content
    assert await parts.used(caller) == 8 * (1000 + 3)


async def test_a_clock_that_was_set_back_collects_nothing_that_was_just_named(
    parts: Parts, caller: Caller
) -> None:
    library_ = await parts.library(caller)
    name = await parts.upload(caller, b"sound")
    parts.clock.pass_days(1)
    now = parts.clock()

    async def push_in_the_past() -> None:
        parts.clock.pass_days(-400)
        done = await parts.batches.apply(
            caller,
            library_.id,
            Batch([Operation(uuid.uuid4(), "transcript", 0, body=b"one", blobs=[name])]),
        )
        assert done.head == 1
        parts.clock.now = now

    database = Interposed(parts.database, push_in_the_past)
    before = now - HOUR * SECOND_MS
    assert await collect_blobs(database, caller.account_id, before) == 0  # type: ignore[arg-type]
