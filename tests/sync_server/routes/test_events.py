"""Event streams: what they say, when they end, and who is still there."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import cast

import pytest
from litestar.types import Message, Scope
from sqlalchemy.exc import DBAPIError

from sync_server.assembly import Services, services_of
from sync_server.protocol import NewLibrary, News
from sync_server.routes.events import EventServices, EventStream
from sync_server.services.caller import Caller
from sync_server.services.streams import MAX_STREAMS
from sync_server.settings import load_settings
from sync_server.tables import metadata
from tests.sync_server import real_servers
from tests.sync_server.routes.conftest import Account, open_account


class Browser:
    """The other end of a stream."""

    def __init__(self) -> None:
        self.text = ""
        self.is_over = False
        self._has_left = asyncio.Event()

    def leave(self) -> None:
        self._has_left.set()

    async def receive(self) -> Message:
        await self._has_left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.body":
            self.text += message["body"].decode()
            self.is_over = not message["more_body"]

    async def sees(self, text: str, times: int = 1) -> None:
        """Wait until something was said."""
        async with asyncio.timeout(10):
            while self.text.count(text) < times:
                await asyncio.sleep(0.01)

    @property
    def heads(self) -> list[int]:
        """All heads that were told."""
        lines = [line for line in self.text.splitlines() if line.startswith("data: ")]
        return [json.loads(line[6:])["head"] for line in lines]


@pytest.fixture(name="own_services")
async def fixture_own_services(
    tmp_path: Path,
) -> AsyncIterator[tuple[Services, real_servers.PostgresServer]]:
    with real_servers.postgres(("fsync=on",)) as database:
        url = database.create("sync")
        services = services_of(load_settings({"data_dir": tmp_path, "database_url": url}))
        async with services.database.write() as connection:
            await connection.run_sync(metadata.create_all)
        yield services, database
        await services.close()


@pytest.fixture(name="caller")
def fixture_caller(anna: Account) -> Caller:
    return Caller(anna.id, anna.device_id)


@asynccontextmanager
async def watching(
    services: Services, caller: Caller, comment_seconds: float = 20
) -> AsyncIterator[Browser]:
    """Give a browser that watches the events."""
    needed = EventServices(services.streams, services.devices, services.libraries)
    stream = EventStream(needed, caller, comment_seconds)
    browser = Browser()
    scope = cast(Scope, {"type": "http"})
    task = asyncio.create_task(stream(scope, browser.receive, browser.send))  # type: ignore[arg-type]
    try:
        await asyncio.wait(
            {task, (ready := asyncio.create_task(browser.sees(": listening")))},
            return_when=asyncio.FIRST_COMPLETED,
        )
        ready.cancel()
        if task.done():
            await task
        yield browser
        await asyncio.wait_for(task, 10)
    finally:
        task.cancel()


async def test_a_stream_begins_with_where_everything_is(services: Services, caller: Caller) -> None:
    library = await services.libraries.add(caller.account_id, NewLibrary("Work"))
    async with watching(services, caller) as browser:
        assert browser.heads == [0]
        assert json.loads(browser.text.splitlines()[0][6:]) == {
            "library": str(library.id),
            "epoch": library.epoch,
            "head": 0,
        }
        await services.newsroom.publish(caller.account_id, News(library.id, library.epoch, 1))
        await browser.sees("data: ", 2)
        assert browser.heads == [0, 1]
        browser.leave()
    assert services.streams.count == 0


async def test_a_silent_stream_says_that_it_is_there(services: Services, caller: Caller) -> None:
    async with watching(services, caller, 0.05) as browser:
        await browser.sees(": nothing new\n\n", 3)
        assert browser.heads == []
        browser.leave()


async def test_a_stream_ends_when_the_device_may_no_longer_go_on(
    services: Services, caller: Caller, anna: Account
) -> None:
    async with watching(services, caller, 0.05) as browser:
        # Of a disabled account nobody tells the streams; they ask when they are silent.
        await services.accounts.set_disabled(anna.email, True)
    assert browser.is_over and "retry" not in browser.text


async def test_a_stream_outlives_its_database(
    own_services: tuple[Services, real_servers.PostgresServer],
) -> None:
    services, database = own_services
    anna = await open_account(services)
    caller = Caller(anna.id, anna.device_id)
    async with watching(services, caller, 0.2) as browser:
        database.kill()
        before = browser.text.count(": nothing new")
        await browser.sees(": nothing new", before + 3)
        await asyncio.to_thread(database.start)
        await services.devices.revoke(caller.account_id, caller.device_id)
    assert browser.is_over
    database.kill()
    with pytest.raises((DBAPIError, OSError)):
        async with watching(services, caller):
            pass


async def test_a_stream_ends_at_once_when_its_device_is_revoked(
    services: Services, caller: Caller
) -> None:
    async with watching(services, caller) as browser:
        await services.devices.revoke(caller.account_id, caller.device_id)
    assert browser.is_over and "retry" not in browser.text


async def test_a_stopping_server_says_when_to_come_back(services: Services, caller: Caller) -> None:
    async with watching(services, caller) as browser:
        services.streams.drain()
    assert browser.is_over
    last = browser.text.strip().splitlines()[-1]
    assert 1000 <= int(last.removeprefix("retry: ")) <= 5000


async def test_a_device_has_so_many_streams_and_the_oldest_gives_way(
    services: Services, caller: Caller
) -> None:
    async with AsyncExitStack() as others:
        async with watching(services, caller) as oldest:
            opened = [
                await others.enter_async_context(watching(services, caller))
                for _ in range(MAX_STREAMS)
            ]
        assert oldest.is_over
        assert not any(browser.is_over for browser in opened)
        assert services.streams.count == MAX_STREAMS
        for browser in opened:
            browser.leave()
    assert services.streams.count == 0


async def test_another_account_hears_nothing(
    services: Services, caller: Caller, berta: Account
) -> None:
    library = await services.libraries.add(caller.account_id, NewLibrary("Secret"))
    async with watching(services, Caller(berta.id, berta.device_id), 0.05) as browser:
        await services.newsroom.publish(caller.account_id, News(library.id, library.epoch, 1))
        await browser.sees(": nothing new\n\n", 2)
        assert browser.heads == []
        browser.leave()
