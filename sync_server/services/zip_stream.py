"""Write a zip file in pieces, as it is sent: nothing is kept but its table of contents."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Self
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from sync_server.clock import SECOND_MS

PIECE_BYTES = 64 * 1024
"""Smaller pieces are joined."""

_READABLE = 0o644 << 16


class ZipStream:
    """A zip file whose written bytes are taken away with `take`; files are stored as they are.

    `with` writes the table of contents at its end, after which the last bytes can be taken. The
    table needs about 600 bytes of memory for each file.
    """

    def __init__(self, made_at_ms: int) -> None:
        moment = datetime.fromtimestamp(made_at_ms // SECOND_MS, UTC)
        self._date = (moment.year, moment.month, moment.day) + (
            moment.hour,
            moment.minute,
            moment.second,
        )
        self._out = _Pipe()
        self._archive = ZipFile(self._out, "w", ZIP_STORED)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._archive.close()

    @property
    def is_worth_taking(self) -> bool:
        """Tell whether a piece is full."""
        return self._out.size >= PIECE_BYTES

    def take(self) -> bytes:
        """Return what was written since the last time."""
        return self._out.take()

    def add(self, path: str, content: bytes) -> None:
        """Add a small file."""
        self._archive.writestr(self._entry(path, len(content)), content)

    async def add_pieces(
        self, path: str, size: int, pieces: AsyncIterator[bytes]
    ) -> AsyncGenerator[bytes]:
        """Add a file of so many bytes, and give the zip file's bytes meanwhile."""
        with self._archive.open(self._entry(path, size), "w") as entry:
            async with _closed_after(pieces):
                async for piece in pieces:
                    entry.write(piece)
                    if self.is_worth_taking:
                        yield self.take()

    def _entry(self, path: str, size: int) -> ZipInfo:
        entry = ZipInfo(path, self._date)
        entry.compress_type = ZIP_STORED
        entry.external_attr = _READABLE
        entry.file_size = size  # whether it needs the 64-bit format must be known at its start
        return entry


@asynccontextmanager
async def _closed_after(pieces: AsyncIterator[bytes]) -> AsyncIterator[None]:
    """Close what gives the pieces at once, when the receiver has gone."""
    try:
        yield
    finally:
        if isinstance(pieces, AsyncGenerator):
            await pieces.aclose()


class _Pipe:
    """What zipfile writes to: it can't seek, so that sizes and checksums follow each file."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        """Take bytes in."""
        self._parts.append(bytes(data))
        self.size += len(data)
        return len(data)

    def close(self) -> None:
        """Do nothing: there is nothing behind it."""

    def flush(self) -> None:
        """Do nothing: there is nothing behind it."""

    def take(self) -> bytes:
        """Return all bytes and forget them."""
        taken = b"".join(self._parts)
        self._parts.clear()
        self.size = 0
        return taken
