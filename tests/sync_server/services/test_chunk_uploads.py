"""A chunk that is refused leaves neither file nor row, and uses no quota."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import delete

from sync_server.database import Database
from sync_server.errors import (
    DiskFull,
    HashMismatch,
    Invalid,
    MissingChunks,
    NotFound,
    OverQuota,
    ServerError,
    TooLarge,
)
from sync_server.protocol import CHUNK_BYTES, MIB, BlobManifest
from sync_server.services.blobs import Blobs
from sync_server.services.caller import Caller
from sync_server.services.chunk_store import FileChunkStore
from sync_server.services.quota import Quotas
from sync_server.tables import account, chunk
from tests.sync_server.conftest import add_caller
from tests.sync_server.services.blob_parts import Parts, name_of, noise, pieces


@pytest.fixture(name="parts")
def fixture_parts(database: Database, tmp_path: Path) -> Parts:
    return Parts(database, tmp_path / "chunks")


@pytest.mark.parametrize(
    ("content", "name", "declared", "error"),
    [
        (b"one", "ab" * 32, None, HashMismatch),
        (b"one", name_of(b"one"), 2, Invalid),
        (b"one", name_of(b"one"), 5, Invalid),
        (b"one", "no hash", None, Invalid),
        (bytes(CHUNK_BYTES + 1), "ab" * 32, None, TooLarge),
        (b"", "ab" * 32, 1_000_000_000, TooLarge),
    ],
)
async def test_a_chunk_that_is_refused_leaves_nothing(
    parts: Parts,
    caller: Caller,
    content: bytes,
    name: str,
    declared: int | None,
    error: type[ServerError],
) -> None:
    with pytest.raises(error) as refused:
        await parts.blobs.put_chunk(caller, name, pieces(content), declared)
    assert type(refused.value) is error
    assert (parts.files(), await parts.count(chunk), await parts.used(caller)) == ([], 0, 0)


@pytest.mark.parametrize("ending", [ConnectionResetError, asyncio.CancelledError])
async def test_an_upload_that_breaks_off_leaves_nothing(
    parts: Parts, caller: Caller, ending: type[BaseException]
) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield bytes(MIB)
        raise ending

    with pytest.raises(ending):
        await parts.blobs.put_chunk(caller, "ab" * 32, broken(), 2 * MIB)
    assert (parts.files(), await parts.count(chunk), await parts.used(caller)) == ([], 0, 0)


async def test_a_full_disk_leaves_neither_row_nor_quota(
    parts: Parts, database: Database, caller: Caller
) -> None:
    full = FileChunkStore(parts.folder, reserve_bytes=1 << 60)
    blobs = Blobs(database, full, Quotas(None), parts.clock)
    with pytest.raises(DiskFull):
        await blobs.put_chunk(caller, name_of(b"one"), pieces(b"one"))
    assert (parts.files(), await parts.count(chunk), await parts.used(caller)) == ([], 0, 0)


async def test_a_disk_that_fills_up_at_the_last_step_leaves_neither_row_nor_quota(
    parts: Parts, caller: Caller
) -> None:
    # The chunk has arrived, but its folder can't be made: a file stands in its place.
    (parts.folder / str(caller.account_id)).parent.mkdir(parents=True)
    (parts.folder / str(caller.account_id)).touch()
    with pytest.raises(OSError):
        await parts.blobs.put_chunk(caller, name_of(b"one"), pieces(b"one"))
    assert (await parts.count(chunk), await parts.used(caller)) == (0, 0)
    assert parts.files() == [str(caller.account_id)]


async def test_a_chunk_sent_again_is_counted_once_and_heals_its_file(
    parts: Parts, caller: Caller
) -> None:
    name = await parts.upload(caller, b"one")
    path = parts.path(caller, name)
    path.write_bytes(b"two")
    await parts.blobs.put_chunk(caller, name, pieces(b"one"))
    assert path.read_bytes() == b"one"
    path.unlink()
    assert await parts.blobs.missing_chunks(caller.account_id, [name]) == [name]
    with pytest.raises(MissingChunks):
        await parts.blobs.put_blob(caller, name, BlobManifest(3, [name]))
    await parts.blobs.put_chunk(caller, name, pieces(b"one"))
    assert path.read_bytes() == b"one"
    assert await parts.used(caller) == 3


async def test_two_uploads_of_one_chunk_at_once_are_counted_once(
    parts: Parts, caller: Caller
) -> None:
    content = noise(MIB)
    other = await add_caller(parts.database, caller.account_id)
    for _ in range(5):
        await asyncio.gather(
            *(
                parts.blobs.put_chunk(who, name_of(content), pieces(content))
                for who in (caller, other, caller, other)
            )
        )
    assert (parts.files(), await parts.count(chunk)) == ([name_of(content)], 1)
    assert await parts.used(caller) == MIB


async def test_the_quota_is_asked_before_the_upload(
    database: Database, caller: Caller, tmp_path: Path
) -> None:
    parts = Parts(database, tmp_path / "chunks", quota=100)

    async def unwanted() -> AsyncIterator[bytes]:
        raise AssertionError("nothing should be read")
        yield b""  # pylint: disable=unreachable

    await parts.blobs.put_chunk(caller, name_of(bytes(100)), pieces(bytes(100)), 100)
    for declared in (1, None):
        with pytest.raises(OverQuota):
            await parts.blobs.put_chunk(caller, "ab" * 32, unwanted(), declared)
    # What is there already needs no room.
    await parts.blobs.put_chunk(caller, name_of(bytes(100)), pieces(bytes(100)), 100)
    assert await parts.used(caller) == 100


async def test_the_quota_holds_against_uploads_at_once(
    database: Database, caller: Caller, tmp_path: Path
) -> None:
    parts = Parts(database, tmp_path / "chunks", quota=250)
    contents = [noise(100, seed=seed) for seed in range(6)]
    done = await asyncio.gather(
        *(parts.blobs.put_chunk(caller, name_of(each), pieces(each)) for each in contents),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in done) == ["NoneType"] * 2 + ["OverQuota"] * 4
    assert (await parts.count(chunk), await parts.used(caller)) == (2, 200)
    assert len(parts.files()) == 2


async def test_an_upload_for_an_account_that_was_deleted_leaves_nothing(
    parts: Parts, caller: Caller
) -> None:
    async def last_words() -> AsyncIterator[bytes]:
        yield b"on"
        async with parts.database.write() as connection:
            await connection.execute(delete(account))
        yield b"e"

    with pytest.raises(NotFound):
        await parts.blobs.put_chunk(caller, name_of(b"one"), last_words())
    assert (parts.files(), await parts.count(chunk)) == ([], 0)
