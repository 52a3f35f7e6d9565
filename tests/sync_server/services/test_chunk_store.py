"""A chunk is on the disk as a whole, under its hash, or not at all."""

from __future__ import annotations

import asyncio
import os
import subprocess
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from sync_server.errors import DiskFull, HashMismatch, Invalid, NotFound, ServerError, TooLarge
from sync_server.protocol import CHUNK_BYTES, MIB
from sync_server.services.chunk_store import FileChunkStore, checksum
from tests.sync_server.services.blob_parts import name_of, noise, pieces

ACCOUNT = uuid.uuid4()


@pytest.fixture(name="store")
def fixture_store(tmp_path: Path) -> FileChunkStore:
    return FileChunkStore(tmp_path, reserve_bytes=0)


async def put(
    store: FileChunkStore, content: bytes, name: str = "", declared: int | None = None
) -> None:
    async with store.put(ACCOUNT, name or name_of(content), pieces(content), declared) as arrived:
        assert arrived.size == len(content)
        await arrived.keep()


async def got(store: FileChunkStore, name: str, start: int = 0, stop: int = CHUNK_BYTES) -> bytes:
    return b"".join([block async for block in store.read(ACCOUNT, name, start, stop)])


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("size", [0, 1, 100_000, CHUNK_BYTES])
async def test_what_was_put_is_read(store: FileChunkStore, size: int) -> None:
    content = noise(size)
    await put(store, content, declared=size)
    assert await got(store, name_of(content)) == content
    assert await store.sizes(ACCOUNT, [name_of(content), "0" * 64]) == {name_of(content): size}


async def test_any_part_is_read(store: FileChunkStore) -> None:
    content = noise(2 * MIB)
    await put(store, content)
    assert await got(store, name_of(content), 7, MIB + 9) == content[7 : MIB + 9]
    assert await got(store, name_of(content), 2 * MIB - 1) == content[-1:]


async def test_what_is_not_there_is_not_found(store: FileChunkStore) -> None:
    with pytest.raises(NotFound):
        await got(store, "0" * 64)


async def test_what_is_not_kept_is_forgotten(store: FileChunkStore, tmp_path: Path) -> None:
    async with store.put(ACCOUNT, name_of(b"one"), pieces(b"one")):
        assert len(files(tmp_path)) == 1
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    ("content", "name", "declared", "error"),
    [
        (b"one", "ab" * 32, None, HashMismatch),
        (b"one", name_of(b"one"), 2, Invalid),
        (b"one", name_of(b"one"), 4, Invalid),
        (bytes(CHUNK_BYTES + 1), name_of(bytes(CHUNK_BYTES + 1)), None, TooLarge),
        (b"one", name_of(b"one"), 1_000_000_000, TooLarge),
        (b"one", "../../../" + "a" * 55, None, Invalid),
        (b"one", "AB" * 32, None, Invalid),
    ],
)
async def test_what_is_not_what_was_announced_leaves_nothing(
    store: FileChunkStore,
    tmp_path: Path,
    content: bytes,
    name: str,
    declared: int | None,
    error: type[ServerError],
) -> None:
    with pytest.raises(error) as refused:
        await put(store, content, name, declared)
    assert type(refused.value) is error
    assert files(tmp_path) == []


@pytest.mark.parametrize("name", ["", "../" * 20 + "etc", "a" * 63, "A" * 64, "a" * 64 + "\n"])
async def test_a_name_that_is_no_hash_leads_nowhere(store: FileChunkStore, name: str) -> None:
    with pytest.raises(Invalid):
        await store.sizes(ACCOUNT, [name])
    with pytest.raises(Invalid):
        await store.remove(ACCOUNT, [name])
    with pytest.raises(Invalid):
        await got(store, name)


async def test_reading_stops_as_soon_as_too_much_arrives(store: FileChunkStore) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += MIB
            yield bytes(MIB)

    with pytest.raises(TooLarge):
        async with store.put(ACCOUNT, "ab" * 32, endless()):
            pass
    assert taken == CHUNK_BYTES + MIB


@pytest.mark.parametrize("ending", [ConnectionResetError, asyncio.CancelledError])
async def test_an_upload_that_breaks_off_leaves_nothing(
    store: FileChunkStore, tmp_path: Path, ending: type[BaseException]
) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield bytes(MIB)
        assert len(files(tmp_path)) == 1
        raise ending

    with pytest.raises(ending):
        async with store.put(ACCOUNT, "ab" * 32, broken()):
            pass
    assert files(tmp_path) == []


async def test_an_upload_that_is_cancelled_while_it_writes_leaves_nothing(
    store: FileChunkStore, tmp_path: Path
) -> None:
    for step in range(30):
        content = noise(MIB, seed=step)
        upload = asyncio.ensure_future(put(store, content))
        for _ in range(step):
            await asyncio.sleep(0)
        upload.cancel()
        await asyncio.gather(upload, return_exceptions=True)
        left = [path for path in files(tmp_path) if path.suffix == ".part"]
        assert left == []


@pytest.fixture(name="tiny_disk")
def fixture_tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MiB; only root can make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("may not mount; the test with /dev/full runs everywhere")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


async def test_a_full_disk_refuses_a_chunk_and_keeps_the_others(tiny_disk: Path) -> None:
    store = FileChunkStore(tiny_disk, reserve_bytes=0)
    small = noise(MIB // 4)
    await put(store, small)
    with pytest.raises(DiskFull):
        await put(store, noise(MIB, seed=2))
    assert [path.name for path in files(tiny_disk)] == [name_of(small)]
    assert await got(store, name_of(small)) == small
    await put(store, noise(MIB // 4, seed=3))


async def test_a_disk_that_is_full_at_once_refuses_a_chunk(tmp_path: Path) -> None:
    def full(path: Path) -> BinaryIO:
        os.symlink("/dev/full", path)
        return path.open("wb")

    store = FileChunkStore(tmp_path, reserve_bytes=0, create=full)
    for content in (b"small, so that only closing it writes", noise(MIB)):
        with pytest.raises(DiskFull):
            await put(store, content)
        assert list((tmp_path / "incoming").iterdir()) == []


async def test_other_trouble_with_the_disk_is_not_hidden(tmp_path: Path) -> None:
    def broken(path: Path) -> BinaryIO:
        raise PermissionError(13, "denied", str(path))

    with pytest.raises(PermissionError):
        await put(FileChunkStore(tmp_path, reserve_bytes=0, create=broken), b"one")


async def test_the_reserve_is_left_to_the_database(tmp_path: Path) -> None:
    with pytest.raises(DiskFull):
        await put(FileChunkStore(tmp_path, reserve_bytes=1 << 60), b"one")
    assert files(tmp_path) == []


async def test_a_chunk_is_on_the_disk_before_it_has_its_name(
    store: FileChunkStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, os.replace

    def _fsync(descriptor: int) -> None:
        kind = "folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "file"
        steps.append(kind)
        fsync(descriptor)

    def _replace(source: Path, target: Path) -> None:
        steps.append("name")
        replace(source, target)

    await put(store, b"so that the folders are there: same first two digits below")
    monkeypatch.setattr(os, "fsync", _fsync)
    monkeypatch.setattr(os, "replace", _replace)
    await put(store, b"so that the folders are there: same first two digits below")
    assert steps == ["file", "name", "folder"]


async def test_the_hash_of_several_chunks_is_that_of_their_bytes(store: FileChunkStore) -> None:
    one, two = noise(MIB), noise(5, seed=2)
    await put(store, one)
    await put(store, two)
    names = [name_of(one), name_of(two), name_of(one)]
    assert (await checksum(store, ACCOUNT, names)).hex() == name_of(one + two + one)


async def test_accounts_are_kept_apart_and_removed_alone(
    store: FileChunkStore, tmp_path: Path
) -> None:
    other = uuid.uuid4()
    await put(store, b"one")
    assert await store.sizes(other, [name_of(b"one")]) == {}
    async with store.put(other, name_of(b"one"), pieces(b"one")) as arrived:
        await arrived.keep()
    (tmp_path / "lost+found").mkdir()
    assert set(await store.accounts()) == {ACCOUNT, other}
    await store.remove_account(other)
    await store.remove_account(other)
    assert await store.accounts() == [ACCOUNT]
    assert list(await store.ages(ACCOUNT)) == [name_of(b"one")]
    await store.remove(ACCOUNT, [name_of(b"one"), "0" * 64])
    assert await store.ages(ACCOUNT) == {}


async def test_uploads_that_were_left_are_removed_when_they_are_old(
    store: FileChunkStore, tmp_path: Path
) -> None:
    await put(store, b"one")
    for name, age in (("old.part", 100), ("young.part", 200)):
        (tmp_path / "incoming" / name).touch()
        os.utime(tmp_path / "incoming" / name, (age, age))
    assert await store.remove_uploads(150_000) == 1
    assert [path.name for path in (tmp_path / "incoming").iterdir()] == ["young.part"]
