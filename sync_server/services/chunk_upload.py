"""A chunk on its way from the network to its place on the disk."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import BinaryIO, ParamSpec, TypeVar

from sync_server.errors import DiskFull, HashMismatch, Invalid, TooLarge
from sync_server.protocol import CHUNK_BYTES, MIB
from sync_server.services import chunk_files

BLOCK_BYTES = MIB // 2
"""So much is handed to a thread at once."""

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Upload:
    """A chunk that is arriving: `begin`, `write`, `check`, `finish`, `keep`, and always `discard`.

    When a request is cancelled its thread goes on; the lock lets `discard` come after it.
    """

    def __init__(self, path: Path, target: Path) -> None:
        self._path = path
        self._target = target
        self._hash = hashlib.sha256()
        self._size = 0
        self._file: BinaryIO | None = None
        self._is_over = False
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """Bytes so far."""
        return self._size

    def begin(self, create: Callable[[Path], BinaryIO]) -> None:
        """Open a file to write to."""
        with self._lock:
            if not self._is_over:
                self._file = create(self._path)

    def write(self, block: bytes) -> None:
        """Write some bytes."""
        with self._lock:
            if self._file is not None:
                self._hash.update(block)
                self._size += len(block)
                self._file.write(block)

    def check(self, sha256: str, declared_size: int | None) -> None:
        """Compare what arrived with what was announced; raises `Invalid` and `HashMismatch`."""
        if declared_size is not None and self._size < declared_size:
            raise Invalid("less arrived than was announced")
        if self._hash.hexdigest() != sha256:
            raise HashMismatch("what arrived has another hash")

    def finish(self) -> None:
        """Flush everything to the disk."""
        with self._lock:
            if self._file is not None:
                self._file.flush()
                os.fsync(self._file.fileno())
                self._file.close()

    async def keep(self) -> None:
        """Put the file in its place, for good; raises `DiskFull`."""
        await on_disk(self._move)

    def _move(self) -> None:
        with self._lock:
            chunk_files.make_folder(self._target.parent)
            os.replace(self._path, self._target)
            chunk_files.sync_folder(self._target.parent)

    def discard(self) -> None:
        """Remove the file unless it was kept."""
        with self._lock:
            self._is_over = True
            try:
                if self._file is not None:
                    self._file.close()
            except OSError:
                pass  # The disk is full, and what it could not take is given up here.
            self._file = None
            self._path.unlink(missing_ok=True)


async def bounded(chunks: AsyncIterator[bytes], declared_size: int | None) -> AsyncIterator[bytes]:
    """Pass bytes on until they are too many."""
    total = 0
    async for piece in chunks:
        total += len(piece)
        if total > CHUNK_BYTES:
            raise TooLarge(f"a chunk has at most {CHUNK_BYTES} bytes")
        if declared_size is not None and total > declared_size:
            raise Invalid("more arrived than was announced")
        yield piece


async def gathered(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Join small pieces, so that a thread has something to do."""
    block = bytearray()
    async for piece in pieces:
        block += piece
        if len(block) >= BLOCK_BYTES:
            yield bytes(block)
            block.clear()
    if block:
        yield bytes(block)


async def on_disk(work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Do something in a thread; a full disk raises `DiskFull`."""
    try:
        return await asyncio.to_thread(work, *args, **kwargs)
    except OSError as exc:
        if exc.errno in _NO_ROOM:
            raise DiskFull("the server's disk is full") from exc
        raise
