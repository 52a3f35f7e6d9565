"""Chunks of blobs on the disk: checked while they arrive, and there as a whole or not at all.

<folder>/incoming/<random>.part     what is still arriving
<folder>/<account>/<ab>/<sha256>    what arrived; never changed, only replaced by the same bytes
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import shutil
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import BinaryIO, Protocol
from uuid import UUID, uuid4

from sync_server.errors import DiskFull, Invalid, NotFound, TooLarge
from sync_server.protocol import CHUNK_BYTES, MIB
from sync_server.services import chunk_files
from sync_server.services.chunk_upload import BLOCK_BYTES, Upload, bounded, gathered, on_disk

_RESERVE_BYTES = 64 * MIB
_NAME = re.compile("[0-9a-f]{64}")


class Arrived(Protocol):
    """A chunk that arrived whole and has the right hash; forgotten unless it is kept."""

    @property
    def size(self) -> int:
        """Bytes."""

    async def keep(self) -> None:
        """Put it in its place, for good: a power cut doesn't take it away. Raises `DiskFull`."""


class ChunkStore(Protocol):
    """Keeps chunks by account and SHA-256 (lower-case hex)."""

    def put(
        self,
        account_id: UUID,
        sha256: str,
        chunks: AsyncIterator[bytes],
        declared_size: int | None = None,
    ) -> AbstractAsyncContextManager[Arrived]:
        """Take a chunk in; raises `TooLarge`, `Invalid`, `HashMismatch` and `DiskFull`."""

    def read(
        self, account_id: UUID, sha256: str, start: int = 0, stop: int = CHUNK_BYTES
    ) -> AsyncIterator[bytes]:
        """Give the bytes from `start` to before `stop`; raises `NotFound` at the first step."""

    async def sizes(self, account_id: UUID, names: Iterable[str]) -> dict[str, int]:
        """Return the sizes in bytes of those that are there."""

    async def remove(self, account_id: UUID, names: Iterable[str]) -> None:
        """Remove chunks, whether they are there or not."""

    async def accounts(self) -> list[UUID]:
        """Return the accounts that ever had a chunk."""

    async def ages(self, account_id: UUID) -> dict[str, int]:
        """Return when each chunk of an account arrived, in milliseconds since 1970."""

    async def remove_account(self, account_id: UUID) -> None:
        """Remove everything of an account."""

    async def remove_uploads(self, before_ms: int) -> int:
        """Remove what was left lying half arrived since before a time; return how many."""


def hash_bytes(sha256: str) -> bytes:
    """Return a hash's bytes; raises `Invalid` unless it is 64 lower-case hex digits."""
    if _NAME.fullmatch(sha256) is None:
        raise Invalid("a hash is written as 64 lower-case hex digits")
    return bytes.fromhex(sha256)


async def checksum(store: ChunkStore, account_id: UUID, names: Sequence[str]) -> bytes:
    """Return the SHA-256 of chunks one after the other; raises `NotFound`."""
    seen = hashlib.sha256()
    for name in names:
        async for block in store.read(account_id, name):
            await asyncio.to_thread(seen.update, block)
    return seen.digest()


def _create(path: Path) -> BinaryIO:
    return path.open("xb")


class FileChunkStore:
    """Keep chunks in a folder; refuse new ones when less than `reserve_bytes` of it are free.

    The reserve is for the database on the same disk, which must be able to write on.
    """

    def __init__(
        self,
        folder: Path,
        reserve_bytes: int = _RESERVE_BYTES,
        new_id: Callable[[], UUID] = uuid4,
        create: Callable[[Path], BinaryIO] = _create,
    ) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"
        self._reserve_bytes = reserve_bytes
        self._new_id = new_id
        self._create = create

    @asynccontextmanager
    async def put(
        self,
        account_id: UUID,
        sha256: str,
        chunks: AsyncIterator[bytes],
        declared_size: int | None = None,
    ) -> AsyncIterator[Arrived]:
        """Take a chunk in; raises `TooLarge`, `Invalid`, `HashMismatch` and `DiskFull`."""
        target = self._path(account_id, sha256)
        if declared_size is not None and declared_size > CHUNK_BYTES:
            raise TooLarge(f"a chunk has at most {CHUNK_BYTES} bytes")
        upload = Upload(self._incoming / f"{self._new_id()}.part", target)
        try:
            await on_disk(self._begin, upload)
            async for block in gathered(bounded(chunks, declared_size)):
                await on_disk(upload.write, block)
            upload.check(sha256, declared_size)
            await on_disk(upload.finish)
            yield upload
        finally:
            # Also when the request was cancelled while a thread writes: closing waits for it.
            await asyncio.shield(asyncio.to_thread(upload.discard))

    async def read(
        self, account_id: UUID, sha256: str, start: int = 0, stop: int = CHUNK_BYTES
    ) -> AsyncIterator[bytes]:
        """Give the bytes from `start` to before `stop`; raises `NotFound` at the first step."""
        path = self._path(account_id, sha256)
        try:
            file = await asyncio.to_thread(path.open, "rb")
        except FileNotFoundError as exc:
            raise NotFound("there is no such chunk") from exc
        try:
            await asyncio.to_thread(file.seek, start)
            left = stop - start
            while left > 0:
                block = await asyncio.to_thread(file.read, min(left, BLOCK_BYTES))
                if not block:
                    return
                left -= len(block)
                yield block
        finally:
            file.close()

    async def sizes(self, account_id: UUID, names: Iterable[str]) -> dict[str, int]:
        """Return the sizes in bytes of those that are there."""
        paths = {name: self._path(account_id, name) for name in names}
        return await asyncio.to_thread(chunk_files.sizes, paths)

    async def remove(self, account_id: UUID, names: Iterable[str]) -> None:
        """Remove chunks, whether they are there or not."""
        paths = [self._path(account_id, name) for name in names]
        await asyncio.to_thread(chunk_files.unlink, paths)

    async def accounts(self) -> list[UUID]:
        """Return the accounts that ever had a chunk."""
        return await asyncio.to_thread(chunk_files.accounts, self._folder)

    async def ages(self, account_id: UUID) -> dict[str, int]:
        """Return when each chunk of an account arrived, in milliseconds since 1970."""
        found = await asyncio.to_thread(
            chunk_files.ages, self._folder / str(account_id), f"*/{'?' * 64}"
        )
        return {path.name: at for path, at in found.items() if _NAME.fullmatch(path.name)}

    async def remove_account(self, account_id: UUID) -> None:
        """Remove everything of an account."""
        folder = self._folder / str(account_id)
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def remove_uploads(self, before_ms: int) -> int:
        """Remove what was left lying half arrived since before a time; return how many."""
        found = await asyncio.to_thread(chunk_files.ages, self._incoming, "*.part")
        stale = [path for path, at in found.items() if at < before_ms]
        await asyncio.to_thread(chunk_files.unlink, stale)
        return len(stale)

    def _path(self, account_id: UUID, sha256: str) -> Path:
        # A name from outside must not lead out of the folder.
        hash_bytes(sha256)
        return self._folder / str(account_id) / sha256[:2] / sha256

    def _begin(self, upload: Upload) -> None:
        chunk_files.make_folder(self._incoming)
        if shutil.disk_usage(self._incoming).free < self._reserve_bytes:
            raise DiskFull("the server's disk is full")
        upload.begin(self._create)
