"""News from one process to another: through Redis, and without it a little later."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
from redis.asyncio import Redis

from sync_server.assembly import Services, services_of
from sync_server.protocol import Batch, NewLibrary, Operation
from sync_server.relay import CHANNEL, Told
from sync_server.services.caller import Caller
from sync_server.services.head_watch import INTERVAL
from sync_server.services.newsroom import Listener
from sync_server.settings import load_settings
from sync_server.tables import metadata
from tests.sync_server import real_servers
from tests.sync_server.conftest import add_caller
from tests.sync_server.real_servers import RedisServer


@asynccontextmanager
async def process(url: str, folder: Path, redis: str | None) -> AsyncIterator[Services]:
    """Services as another process would have them."""
    settings = load_settings({"data_dir": folder, "database_url": url, "redis_url": redis})
    services = services_of(settings)
    async with services.database.write() as connection:
        await connection.run_sync(metadata.create_all)
    async with services.at_work():
        yield services


async def push(services: Services, caller: Caller, library_id: uuid.UUID) -> None:
    operation = Operation(uuid.uuid4(), "transcript", 0, body=b"x")
    await services.batches.apply(caller, library_id, Batch([operation]))


async def heads_until(listener: Listener, head: int) -> list[int]:
    """Listen until a head is heard."""
    heads: list[int] = []
    async with asyncio.timeout(20):
        while head not in heads and not listener.is_closed:
            heads += [news.head for news in await listener.hear(20)]
    return heads


async def test_redis_brings_news_at_once(
    database_url: str, tmp_path: Path, redis_server: RedisServer
) -> None:
    async with (
        process(database_url, tmp_path, redis_server.url) as here,
        process(database_url, tmp_path, redis_server.url) as there,
    ):
        caller = await add_caller(here.database)
        library = await here.libraries.add(caller.account_id, NewLibrary("Work"))
        async with there.streams.listen(caller) as listener:
            await until(lambda: here.is_relayed and there.is_relayed)
            await there.head_watch.look()
            await listener.hear(1)
            began = asyncio.get_running_loop().time()
            await push(here, caller, library.id)
            assert await heads_until(listener, 1) == [1]
            assert asyncio.get_running_loop().time() - began < 1.5, "it was looked up, not told"


async def test_a_revoked_device_stops_in_other_processes(
    database_url: str, tmp_path: Path, redis_server: RedisServer
) -> None:
    async with (
        process(database_url, tmp_path, redis_server.url) as here,
        process(database_url, tmp_path, redis_server.url) as there,
    ):
        caller = await add_caller(here.database)
        await until(lambda: here.is_relayed and there.is_relayed)
        async with there.streams.listen(caller) as listener:
            began = asyncio.get_running_loop().time()
            await here.devices.revoke(caller.account_id, caller.device_id)
            assert await heads_until(listener, 1) == []
            assert listener.is_closed
            assert asyncio.get_running_loop().time() - began < 1.5, "it was looked up, not told"


async def test_without_redis_a_revoked_device_stops_a_little_later(
    database_url: str, tmp_path: Path
) -> None:
    async with (
        process(database_url, tmp_path, None) as here,
        process(database_url, tmp_path, None) as there,
    ):
        caller = await add_caller(here.database)
        async with there.streams.listen(caller) as listener:
            await here.devices.revoke(caller.account_id, caller.device_id)
            assert await heads_until(listener, 1) == []
            assert listener.is_closed


async def test_without_redis_heads_are_looked_up(database_url: str, tmp_path: Path) -> None:
    async with (
        process(database_url, tmp_path, None) as here,
        process(database_url, tmp_path, None) as there,
    ):
        caller = await add_caller(here.database)
        library = await here.libraries.add(caller.account_id, NewLibrary("Work"))
        async with there.streams.listen(caller) as listener:
            await push(here, caller, library.id)
            assert 1 in await heads_until(listener, 1)
            await push(here, caller, library.id)
            assert await heads_until(listener, 2) == [2]


async def test_the_loss_of_redis_degrades_and_its_return_mends(
    database_url: str, tmp_path: Path, redis_server: RedisServer
) -> None:
    async with (
        process(database_url, tmp_path, redis_server.url) as here,
        process(database_url, tmp_path, redis_server.url) as there,
    ):
        caller = await add_caller(here.database)
        library = await here.libraries.add(caller.account_id, NewLibrary("Work"))
        async with there.streams.listen(caller) as listener:
            await until(lambda: here.is_relayed and there.is_relayed)
            redis_server.kill()
            await push(here, caller, library.id)
            assert 1 in await heads_until(listener, 1)
            assert not there.is_relayed
            await push(here, caller, library.id)
            assert 2 in await heads_until(listener, 2)
            redis_server.start()
            await until(lambda: here.is_relayed and there.is_relayed)
            await push(here, caller, library.id)
            assert 3 in await heads_until(listener, 3)


async def test_a_database_that_was_away_is_looked_at_again(tmp_path: Path) -> None:
    with real_servers.postgres(("fsync=on",)) as database:
        url = database.create("sync")
        async with process(url, tmp_path, None) as here, process(url, tmp_path, None) as there:
            caller = await add_caller(here.database)
            library = await here.libraries.add(caller.account_id, NewLibrary("Work"))
            async with there.streams.listen(caller) as listener:
                await there.head_watch.look()
                database.kill()
                await asyncio.sleep(2 * INTERVAL)
                await asyncio.to_thread(database.start)
                await push(here, caller, library.id)
                assert 1 in await heads_until(listener, 1)


async def test_nobody_is_looked_up_while_nobody_listens(database_url: str, tmp_path: Path) -> None:
    async with process(database_url, tmp_path, None) as here:
        async with here.database.write() as connection:
            await connection.run_sync(metadata.drop_all)
        await here.head_watch.look()


async def test_what_is_no_message_is_not_taken(tmp_path: Path, redis_server: RedisServer) -> None:
    url = f"sqlite:///{tmp_path / 'server.sqlite3'}"
    async with (
        process(url, tmp_path, redis_server.url) as here,
        Redis.from_url(redis_server.url) as redis,
    ):
        await until(lambda: here.is_relayed)
        caller = await add_caller(here.database)
        async with here.streams.listen(caller) as listener:
            for message in (b"{}", b"\xff", b'{"sender": 1}', b"[" * 1000):
                await redis.publish(CHANNEL, message)
            told = Told(uuid.uuid4(), revoked=caller.device_id)
            await redis.publish(CHANNEL, msgspec.json.encode(told))
            await until(lambda: listener.is_closed)
        assert here.is_relayed


async def until(is_so: object, seconds: float = 15) -> None:
    """Wait for something to become true."""
    assert callable(is_so)
    async with asyncio.timeout(seconds):
        while not is_so():
            await asyncio.sleep(0.02)
