"""Requests that come too slowly or are too large: they end, and nobody else notices."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

import httpx
import pytest

from sync_server.protocol import CHUNK_BYTES
from tests.sync_server.routes.served import Server, account_in, raw_connection, send_head, served

FEW_SECONDS = 15.0


async def test_what_is_sent_too_slowly_or_is_too_much_ends(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'server.sqlite3'}"
    async with served(tmp_path, url, head_seconds=1, body_seconds=1) as server:
        anna = await account_in(tmp_path, url)
        token = f"Authorization: Bearer {anna.token}"
        for attempt in (
            a_head_that_trickles(server),
            a_connection_that_says_nothing(server),
            a_second_head_that_trickles(server),
            a_head_without_end(server),
            a_body_that_never_comes(server, token),
            a_body_that_trickles(server, token),
            a_gigabyte_that_is_announced(server, token),
            a_gigabyte_that_is_not_announced(server, token),
            a_stranger_with_a_body(server),
        ):
            await asyncio.wait_for(attempt, FEW_SECONDS)
        async with httpx.AsyncClient(base_url=server.url) as client:
            assert (await client.get("/v1/libraries", headers=anna.headers)).status_code == 200
    assert not [line for line in server.lines if line["level"] == "error"]


async def a_connection_that_says_nothing(server: Server) -> None:
    async with raw_connection(server) as (reader, _):
        assert await reader.read() == b""


async def a_head_that_trickles(server: Server) -> None:
    async with raw_connection(server) as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n")
        with pytest.raises(ConnectionError):
            for number in range(100):
                writer.write(f"X-{number}: y\r\n".encode())
                await writer.drain()
                await asyncio.sleep(0.1)
        assert await drained(reader) == b""


async def a_second_head_that_trickles(server: Server) -> None:
    async with raw_connection(server) as (reader, writer):
        await send_head(writer, "GET /healthz/live HTTP/1.1", "Host: x")
        assert b'"ok"' in await reader.readuntil(b"}")
        writer.write(b"GET ")
        assert await drained(reader) == b""


async def a_head_without_end(server: Server) -> None:
    async with raw_connection(server) as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: ")
        with pytest.raises(ConnectionError):
            for _ in range(1000):
                writer.write(b"y" * 10_000)
                await writer.drain()
                await asyncio.sleep(0)
        await drained(reader)


async def a_body_that_never_comes(server: Server, token: str) -> None:
    async with raw_connection(server) as (reader, writer):
        await send_head(
            writer, "POST /v1/libraries HTTP/1.1", "Host: x", token, "Content-Length: 10"
        )
        answer = await drained(reader)
        assert answer.startswith(b"HTTP/1.1 408") and b"sync.invalid" in answer


async def a_body_that_trickles(server: Server, token: str) -> None:
    name = hashlib.sha256(b"x").hexdigest()
    async with raw_connection(server) as (reader, writer):
        await send_head(
            writer,
            f"PUT /v1/chunks/{name} HTTP/1.1",
            "Host: x",
            token,
            f"Content-Length: {CHUNK_BYTES}",
        )
        sending = asyncio.create_task(trickle(writer))
        answer = await reader.readuntil(b"}")
        assert answer.startswith(b"HTTP/1.1 408")
        with pytest.raises(ConnectionError):
            await sending


async def a_gigabyte_that_is_announced(server: Server, token: str) -> None:
    name = hashlib.sha256(b"x").hexdigest()
    for line in (f"PUT /v1/chunks/{name} HTTP/1.1", "POST /v1/libraries HTTP/1.1"):
        async with raw_connection(server) as (reader, writer):
            await send_head(
                writer,
                line,
                "Host: x",
                token,
                f"Content-Length: {1024**3}",
                "Expect: 100-continue",
            )
            answer = await reader.readuntil(b"}")
            assert answer.startswith(b"HTTP/1.1 413") and b"sync.too_large" in answer
            assert b"connection: close" in answer


async def a_gigabyte_that_is_not_announced(server: Server, token: str) -> None:
    name = hashlib.sha256(b"x").hexdigest()
    async with raw_connection(server) as (reader, writer):
        await send_head(
            writer,
            f"PUT /v1/chunks/{name} HTTP/1.1",
            "Host: x",
            token,
            "Transfer-Encoding: chunked",
        )
        sending = asyncio.create_task(pour(writer))
        answer = await reader.readuntil(b"}")
        assert answer.startswith(b"HTTP/1.1 413") and b"sync.too_large" in answer
        with pytest.raises(ConnectionError):
            await sending


async def trickle(writer: asyncio.StreamWriter) -> None:
    """Send a byte now and then."""
    for _ in range(100):
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.1)


async def pour(writer: asyncio.StreamWriter) -> None:
    """Send a gigabyte in chunks."""
    for _ in range(1024**3 // 0x10000):
        writer.write(b"10000\r\n" + bytes(0x10000) + b"\r\n")
        await writer.drain()


async def a_stranger_with_a_body(server: Server) -> None:
    async with raw_connection(server) as (reader, writer):
        await send_head(
            writer,
            "POST /v1/libraries HTTP/1.1",
            "Host: x",
            f"Content-Length: {1024**3}",
            "Expect: 100-continue",
        )
        answer = await reader.readuntil(b"}")
        assert answer.startswith(b"HTTP/1.1 401") and b"100 Continue" not in answer


async def drained(reader: asyncio.StreamReader) -> bytes:
    """Return what came before the connection ended, however it ended."""
    found = bytearray()
    try:
        while some := await reader.read(65536):
            found += some
    except ConnectionError:
        pass
    return bytes(found)
