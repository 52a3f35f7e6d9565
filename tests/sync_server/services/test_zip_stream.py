"""Zip files written in pieces: any reader opens them, and little is held in memory."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import AsyncIterator, Iterable

import pytest

from sync_server.services.zip_stream import PIECE_BYTES, ZipStream
from tests.sync_server.services.account_server import START_MS


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def test_what_was_added_is_read_back() -> None:
    archive = ZipStream(START_MS)
    whole = b""
    with archive:
        archive.add("a/small.txt", "\u00e4".encode())
        async for piece in archive.add_pieces("large", 6, pieces(b"abc", b"", b"def")):
            whole += piece
        async for piece in archive.add_pieces("empty", 0, pieces()):
            whole += piece
        whole += archive.take()
        assert archive.take() == b""
    whole += archive.take()
    with zipfile.ZipFile(io.BytesIO(whole)) as read:
        assert read.testzip() is None
        assert read.namelist() == ["a/small.txt", "large", "empty"]
        assert [read.read(name) for name in read.namelist()] == ["\u00e4".encode(), b"abcdef", b""]
        assert {entry.date_time for entry in read.infolist()} == {(2027, 1, 15, 8, 0, 0)}
        assert {entry.external_attr >> 16 for entry in read.infolist()} == {0o644}


async def test_a_file_too_large_for_32_bits_is_written_in_the_wide_format(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 1000)
    archive = ZipStream(START_MS)
    with archive:
        async for _ in archive.add_pieces("large", 2000, pieces(b"x" * 2000)):
            raise AssertionError("too little to be sent")
        archive.add("small", b"x")
    whole = archive.take()
    with zipfile.ZipFile(io.BytesIO(whole)) as read:
        assert read.testzip() is None
        assert [entry.file_size for entry in read.infolist()] == [2000, 1]
        assert read.infolist()[0].extract_version == zipfile.ZIP64_VERSION


async def test_a_large_file_is_not_held_in_memory() -> None:
    part = bytes(PIECE_BYTES)
    count = 512
    archive = ZipStream(START_MS)
    sent = 0
    tracemalloc.start()
    try:
        with archive:
            parts = (part for _ in range(count))
            async for piece in archive.add_pieces("large", len(part) * count, _of(parts)):
                sent += len(piece)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sent + len(archive.take()) > len(part) * count
    assert most < 8 * PIECE_BYTES


async def test_whoever_goes_away_leaves_nothing_open() -> None:
    closed = []

    async def endless() -> AsyncIterator[bytes]:
        try:
            while True:
                yield bytes(PIECE_BYTES)
        finally:
            closed.append(True)

    with ZipStream(START_MS) as archive:
        sending = archive.add_pieces("large", 10**6, endless())
        await anext(sending)
        await sending.aclose()
        assert closed == [True]
        archive.add("after", b"x")


async def _of(parts: Iterable[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
