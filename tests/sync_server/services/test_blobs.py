"""Blobs: what was uploaded is read; what was not uploaded whole can't be named."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, text, update

from sync_server.database import Database
from sync_server.errors import HashMismatch, Invalid, MissingChunks, NotFound, ServerError
from sync_server.protocol import (
    CHUNK_BYTES,
    MAX_FETCH_BYTES,
    MIB,
    BlobManifest,
    MissingBlobs,
    Operation,
)
from sync_server.services.blobs import Blobs
from sync_server.services.caller import Caller
from sync_server.services.chunk_store import FileChunkStore
from sync_server.services.quota import Quotas
from sync_server.tables import blob, chunk
from tests.sync_server.conftest import add_caller
from tests.sync_server.services.blob_parts import (
    Parts,
    all_of,
    manifest_of,
    name_of,
    noise,
    parts_of,
    pieces,
)

LARGE = noise(2 * CHUNK_BYTES + 1234)


@pytest.fixture(name="parts")
def fixture_parts(database: Database, tmp_path: Path) -> Parts:
    return Parts(database, tmp_path / "chunks")


@pytest.mark.parametrize("content", [b"", b"small", noise(CHUNK_BYTES), LARGE])
async def test_what_was_uploaded_is_read(parts: Parts, caller: Caller, content: bytes) -> None:
    name = await parts.upload(caller, content)
    assert await parts.blobs.missing(caller.account_id, [name, "0" * 64, "0" * 64]) == ["0" * 64]
    file = await parts.blobs.open(caller.account_id, name)
    assert file.size == len(content)
    assert await all_of(file) == content
    assert await parts.used(caller) == len(content)


async def test_any_part_of_a_blob_is_read(parts: Parts, caller: Caller) -> None:
    file = await parts.blobs.open(caller.account_id, await parts.upload(caller, LARGE))
    for start, stop in (
        (0, 1),
        (CHUNK_BYTES - 1, CHUNK_BYTES + 1),
        (CHUNK_BYTES, 2 * CHUNK_BYTES),
        (5, len(LARGE)),
        (len(LARGE) - 1, None),
        (3, 10**12),
        (7, 7),
    ):
        assert await all_of(file, start, stop) == LARGE[start:stop], (start, stop)


async def test_missing_chunks_are_named_and_only_they_need_sending(
    parts: Parts, caller: Caller
) -> None:
    names = manifest_of(LARGE).chunks
    await parts.blobs.put_chunk(caller, names[1], pieces(parts_of(LARGE)[1]))
    assert await parts.blobs.missing_chunks(caller.account_id, names) == [names[0], names[2]]
    with pytest.raises(MissingChunks):
        await parts.blobs.put_blob(caller, name_of(LARGE), manifest_of(LARGE))
    assert await parts.count(blob) == 0


@pytest.mark.parametrize(
    ("manifest", "error"),
    [
        (BlobManifest(5, [name_of(b"small"), name_of(b"other")]), Invalid),
        (BlobManifest(10, [name_of(b"small"), name_of(b"other")]), Invalid),
        (BlobManifest(6, [name_of(b"small")]), Invalid),
        (BlobManifest(4, [name_of(b"small")]), Invalid),
        (BlobManifest(0, [name_of(b"small")]), Invalid),
        (BlobManifest(CHUNK_BYTES + 5, [name_of(b"other"), name_of(b"small")]), Invalid),
        (BlobManifest(5, [name_of(b"other")]), HashMismatch),
        (BlobManifest(0, []), HashMismatch),
        (BlobManifest(5, ["../" * 21 + "x"]), Invalid),
    ],
)
async def test_a_manifest_that_does_not_fit_is_refused(
    parts: Parts, caller: Caller, manifest: BlobManifest, error: type[ServerError]
) -> None:
    for content in (b"small", b"other"):
        await parts.blobs.put_chunk(caller, name_of(content), pieces(content))
    with pytest.raises(error) as refused:
        await parts.blobs.put_blob(caller, name_of(b"small"), manifest)
    assert type(refused.value) is error
    assert await parts.count(blob) == 0


async def test_chunks_in_the_wrong_order_are_refused(parts: Parts, caller: Caller) -> None:
    content = noise(2 * CHUNK_BYTES, seed=3)
    name = await parts.upload(caller, content)
    first, second = manifest_of(content).chunks
    with pytest.raises(HashMismatch):
        await parts.blobs.put_blob(caller, name, BlobManifest(len(content), [second, first]))
    assert await all_of(await parts.blobs.open(caller.account_id, name)) == content


async def test_a_chunk_may_stand_in_a_blob_twice(parts: Parts, caller: Caller) -> None:
    silence = bytes(2 * CHUNK_BYTES)
    name = await parts.upload(caller, silence)
    assert await parts.count(chunk) == 1
    assert await all_of(await parts.blobs.open(caller.account_id, name)) == silence
    assert await parts.used(caller) == CHUNK_BYTES


async def test_uploads_of_blobs_that_share_chunks_do_not_wait_for_each_other(
    parts: Parts, caller: Caller
) -> None:
    contents = [noise(CHUNK_BYTES, seed=seed) for seed in range(3)]
    orders = [[0, 1, 2], [2, 1, 0], [1, 0, 2], [2, 0, 1]]
    blobs = [b"".join(contents[index] for index in order) for order in orders]
    for content in blobs:
        await parts.upload(caller, content)
    await asyncio.gather(
        *(
            parts.blobs.put_blob(caller, name_of(content), manifest_of(content))
            for _ in range(3)
            for content in blobs
        )
    )
    assert (await parts.count(blob), await parts.count(chunk)) == (4, 3)


async def test_nothing_of_another_account_is_seen(parts: Parts, caller: Caller) -> None:
    name = await parts.upload(caller, b"secret")
    stranger = await add_caller(parts.database)
    assert await parts.blobs.missing(stranger.account_id, [name]) == [name]
    assert await parts.blobs.missing_chunks(stranger.account_id, [name]) == [name]
    with pytest.raises(NotFound) as other:
        await parts.blobs.open(stranger.account_id, name)
    with pytest.raises(NotFound) as absent:
        await parts.blobs.open(stranger.account_id, "0" * 64)
    assert other.value.detail == absent.value.detail
    assert [found async for found in parts.blobs.fetch(stranger.account_id, [name])] == []
    with pytest.raises(MissingChunks):
        await parts.blobs.put_blob(stranger, name, manifest_of(b"secret"))


async def test_several_blobs_are_fetched_at_once_as_far_as_they_fit(
    parts: Parts, caller: Caller
) -> None:
    first = await parts.upload(caller, noise(5 * MIB))
    second = await parts.upload(caller, noise(4 * MIB))
    third = await parts.upload(caller, b"third")
    whole = await parts.upload(caller, noise(MAX_FETCH_BYTES + 1))
    asked = [whole, first, "0" * 64, second, third, first]
    got = []
    async for found in parts.blobs.fetch(caller.account_id, asked):
        content = b"".join([block async for block in found.stream])
        assert (len(content), name_of(content)) == (found.size, found.hash)
        got.append(found.hash)
    assert got == [first, third]
    with pytest.raises(Invalid):
        await anext(aiter(parts.blobs.fetch(caller.account_id, ["no hash"])))


async def test_a_lost_part_ends_the_reading(parts: Parts, caller: Caller) -> None:
    name = await parts.upload(caller, LARGE)
    middle = parts.path(caller, manifest_of(LARGE).chunks[1])
    content = middle.read_bytes()
    for damage in (None, content[:MIB], b""):
        if damage is None:
            middle.unlink()
        else:
            middle.write_bytes(damage)
        with pytest.raises(NotFound):
            await all_of(await parts.blobs.open(caller.account_id, name))


async def test_asking_what_is_missing_keeps_the_rest_from_being_collected(
    parts: Parts, caller: Caller
) -> None:
    name = await parts.upload(caller, b"one")
    parts.clock.pass_days(30)
    assert await parts.blobs.missing(caller.account_id, [name]) == []
    assert await parts.blobs.missing_chunks(caller.account_id, [name]) == []
    async with parts.database.read() as connection:
        for table in (blob, chunk):
            touched = (await connection.execute(select(table.c.touched_at))).scalar_one()
            assert touched == parts.clock()


async def test_asking_what_is_missing_does_not_wait_for_an_upload(
    parts: Parts, caller: Caller
) -> None:
    if parts.database.is_sqlite:
        pytest.skip("one writer at a time")
    name = await parts.upload(caller, b"one")
    parts.clock.pass_days(30)
    async with parts.database.write() as connection:
        await connection.execute(update(blob).values(touched_at=1))
        async with asyncio.timeout(10):
            assert await parts.blobs.missing(caller.account_id, [name]) == []


async def test_no_item_names_a_blob_before_it_is_there_as_a_whole(
    parts: Parts, caller: Caller
) -> None:
    """Guard against the fault "head accepted before its blobs"."""
    library = await parts.library(caller)
    name = name_of(LARGE)
    operation = Operation(uuid.uuid4(), "transcript", 0, body=b"one", blobs=[name])
    for part in [*parts_of(LARGE), None]:
        done = await parts.push(caller, library, operation)
        assert (done.head, done.results) == (0, [MissingBlobs([name])])
        if part is not None:
            await parts.blobs.put_chunk(caller, name_of(part), pieces(part))
    # All chunks are there, but nobody has said that they are a blob.
    await parts.blobs.put_blob(caller, name, manifest_of(LARGE))
    assert (await parts.push(caller, library, operation)).head == 1


async def test_a_blob_whose_chunks_go_while_it_is_checked_is_refused(
    parts: Parts, caller: Caller
) -> None:
    for part in parts_of(LARGE):
        await parts.blobs.put_chunk(caller, name_of(part), pieces(part))
    async with parts.database.write() as connection:
        first = bytes.fromhex(manifest_of(LARGE).chunks[0])
        await connection.execute(delete(chunk).where(chunk.c.hash == first))
    with pytest.raises(MissingChunks):
        await parts.blobs.put_blob(caller, name_of(LARGE), manifest_of(LARGE))
    assert await parts.count(blob) == 0


async def test_chunks_are_locked_in_their_order_however_they_were_written(
    parts: Parts, caller: Caller
) -> None:
    if parts.database.is_sqlite:
        pytest.skip("one writer at a time")
    async with parts.database.write() as connection:
        # From now on rows are found in the order in which they lie on the disk.
        name = (await connection.execute(select(func.current_database()))).scalar_one()
        for kind in ("index", "bitmap"):
            await connection.execute(text(f'ALTER DATABASE "{name}" SET enable_{kind}scan = off'))
    await parts.database.close()
    contents = sorted((noise(CHUNK_BYTES), noise(CHUNK_BYTES, seed=2)), key=name_of)
    whole = contents[1] + contents[0]
    await parts.upload(caller, whole)
    first, second = (bytes.fromhex(name_of(each)) for each in contents)
    async with parts.database.write() as connection:
        query = select(chunk.c.hash).where(chunk.c.hash == first).with_for_update()
        await connection.execute(query)
        waiting = asyncio.ensure_future(
            parts.blobs.put_blob(caller, name_of(whole), manifest_of(whole))
        )
        await asyncio.sleep(0.5)
        assert not waiting.done()
        # It waits for the first, and must not hold the second meanwhile.
        query = select(chunk.c.hash).where(chunk.c.hash == second)
        found = await connection.execute(query.with_for_update(skip_locked=True))
        assert found.scalars().all() == [second]
    await waiting


async def test_a_blob_whose_files_go_while_it_is_checked_is_refused(
    parts: Parts, caller: Caller
) -> None:
    class Losing(FileChunkStore):
        async def read(
            self, account_id: uuid.UUID, sha256: str, start: int = 0, stop: int = CHUNK_BYTES
        ) -> AsyncIterator[bytes]:
            parts.path(caller, sha256).unlink()
            async for block in super().read(account_id, sha256, start, stop):
                yield block

    for part in parts_of(LARGE):
        await parts.blobs.put_chunk(caller, name_of(part), pieces(part))
    blobs = Blobs(parts.database, Losing(parts.folder), Quotas(None), parts.clock)
    with pytest.raises(MissingChunks):
        await blobs.put_blob(caller, name_of(LARGE), manifest_of(LARGE))
    assert await parts.count(blob) == 0
