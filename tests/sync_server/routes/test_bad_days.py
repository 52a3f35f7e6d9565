"""Processes that die under writers: nothing acknowledged is lost, nothing is applied twice."""

from __future__ import annotations

import asyncio
import contextlib
import random
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import msgspec
import pytest

from sync_server.protocol import Applied, Batch, BatchResults, Library, Operation, Page
from tests.sync_server import real_servers
from tests.sync_server.routes.conftest import Account
from tests.sync_server.routes.served import Server, account_in, kill, served

_SAFE = ("fsync=on",)


class Writer:
    """A device that sends each batch again until it is answered, as the desktop does."""

    def __init__(self, server: Server, account: Account, library: Library, seed: int) -> None:
        self._server = server
        self._account = account
        self._path = f"/v1/libraries/{library.id}/batches"
        self._chance = random.Random(seed)
        self.acknowledged: dict[uuid.UUID, int] = {}
        self.failures: set[int | str] = set()

    async def write(self, batches: int) -> None:
        """Send so many batches."""
        for _ in range(batches):
            ops = [self._operation() for _ in range(3)]
            done = await self._send(msgspec.json.encode(Batch(ops)))
            for operation, result in zip(ops, done.results, strict=True):
                assert isinstance(result, Applied), result
                self.acknowledged[operation.item_id] = result.seq

    def _operation(self) -> Operation:
        item_id = uuid.UUID(bytes=self._chance.randbytes(16))
        return Operation(item_id, "transcript", 0, body=self._chance.randbytes(50))

    async def _send(self, content: bytes) -> BatchResults:
        while True:
            # A connection of its own each time, so that every worker has its turn.
            try:
                async with httpx.AsyncClient(base_url=self._server.url, timeout=30) as client:
                    answer = await client.post(
                        self._path, content=content, headers=self._account.headers
                    )
                if answer.status_code == 200:
                    return msgspec.json.decode(answer.content, type=BatchResults)
                assert answer.status_code == 503, answer.text
                self.failures.add(answer.status_code)
            except httpx.TransportError as exc:
                self.failures.add(type(exc).__name__)
            await asyncio.sleep(0.1)


async def everything(server: Server, account: Account, library: Library) -> list[uuid.UUID | int]:
    """Pull the whole library; ids and numbers in turn."""
    found: list[uuid.UUID | int] = []
    query: dict[str, str] = {}
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as client:
        while True:
            answer = await client.get(
                f"/v1/libraries/{library.id}/changes", params=query, headers=account.headers
            )
            page = msgspec.json.decode(answer.content, type=Page)
            for item in page.items:
                found += (item.item_id, item.seq)
            query = {"cursor": page.next}
            if not page.more:
                return found


async def new_library(server: Server, account: Account) -> Library:
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as client:
        answer = await client.post("/v1/libraries", json={"name": "x"}, headers=account.headers)
        return msgspec.json.decode(answer.content, type=Library)


async def check(server: Server, account: Account, library: Library, writers: list[Writer]) -> None:
    """Compare what the server has with what it acknowledged."""
    found = await everything(server, account, library)
    kept = dict(zip(found[::2], found[1::2], strict=True))
    acknowledged = {key: seq for writer in writers for key, seq in writer.acknowledged.items()}
    assert kept == acknowledged
    assert sorted(acknowledged.values()) == list(range(1, len(acknowledged) + 1))


@contextlib.asynccontextmanager
async def writing(writers: list[Writer], batches: int) -> AsyncIterator[None]:
    """Let all write, and wait for them at the end of the block."""
    async with asyncio.timeout(120), asyncio.TaskGroup() as tasks:
        for writer in writers:
            tasks.create_task(writer.write(batches))
        while not all(writer.acknowledged for writer in writers):
            await asyncio.sleep(0.01)
        yield


async def test_a_killed_worker_loses_and_doubles_nothing(database_url: str, tmp_path: Path) -> None:
    async with served(tmp_path, database_url, workers=2, requests_per_minute=100_000) as server:
        anna = await account_in(tmp_path, database_url)
        library = await new_library(server, anna)
        writers = [Writer(server, anna, library, seed) for seed in range(8)]
        async with writing(writers, 15):
            for _ in range(2):
                before = server.workers
                kill(random.choice(before))
                while len(server.workers) < 2 or server.workers == before:
                    await asyncio.sleep(0.05)
        await check(server, anna, library, writers)


@pytest.fixture(name="own_postgres")
def fixture_own_postgres() -> Iterator[real_servers.PostgresServer]:
    with real_servers.postgres(_SAFE) as server:
        yield server


async def test_a_killed_database_loses_and_doubles_nothing_and_comes_back_by_itself(
    own_postgres: real_servers.PostgresServer, tmp_path: Path
) -> None:
    url = own_postgres.create("sync")
    async with served(tmp_path, url, workers=2, requests_per_minute=100_000) as server:
        anna = await account_in(tmp_path, url)
        library = await new_library(server, anna)
        writers = [Writer(server, anna, library, seed) for seed in range(4)]
        async with writing(writers, 15):
            own_postgres.kill()
            while not all(writer.failures for writer in writers):
                await asyncio.sleep(0.05)
            async with httpx.AsyncClient(base_url=server.url, timeout=30) as client:
                assert (await client.get("/healthz/live")).status_code == 200
                ready = await client.get("/healthz/ready")
                assert (ready.status_code, ready.json()["checks"]["database"]) == (503, "failed")
            await asyncio.to_thread(own_postgres.start)
        assert {failure for writer in writers for failure in writer.failures} == {503}
        await check(server, anna, library, writers)
    assert not [line for line in server.lines if line["level"] == "error"]


async def test_redis_may_die_at_any_time(
    database_url: str, tmp_path: Path, redis_server: real_servers.RedisServer
) -> None:
    async with served(
        tmp_path,
        database_url,
        workers=2,
        redis_url=redis_server.url,
        requests_per_minute=100_000,
    ) as server:
        anna = await account_in(tmp_path, database_url)
        library = await new_library(server, anna)
        writers = [Writer(server, anna, library, seed) for seed in range(2)]
        async with writing(writers, 15):
            redis_server.kill()
        assert not any(writer.failures for writer in writers)
        await check(server, anna, library, writers)
        async with httpx.AsyncClient(base_url=server.url, timeout=30) as client:
            ready = await client.get("/healthz/ready")
        assert (ready.status_code, ready.json()["checks"]["redis"]) == (200, "degraded")
