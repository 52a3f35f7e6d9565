"""The edge: streams that nobody reads any more, health, and headers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from litestar import Litestar, get
from litestar.response.base import ASGIResponse
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from sync_server.assembly import Services
from sync_server.edge import EdgeOptions, SyncServer
from sync_server.routes.exchange import Streamed
from sync_server.routes.refusals import is_passing, refusal_handlers, status_and_error
from sync_server.services.newsroom import Newsroom
from sync_server.services.streams import Streams


class Observed:
    """What an observer was told."""

    def __init__(self) -> None:
        self.answers: list[tuple[str, str, int]] = []

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        assert seconds >= 0
        self.answers.append((method, route, status))


class Source:
    """Pieces without end; notes when it is closed."""

    def __init__(self) -> None:
        self.given = 0
        self.is_closed = False

    async def pieces(self) -> AsyncIterator[bytes]:
        try:
            while True:
                self.given += 1
                yield b"piece"
                await asyncio.sleep(0)
        finally:
            self.is_closed = True


def server_of(source: Source, options: EdgeOptions) -> SyncServer:
    @get("/endless")
    async def endless() -> ASGIResponse:
        return Streamed(source.pieces(), "application/octet-stream", {})

    app = SyncServer(
        [endless],
        exception_handlers=refusal_handlers(),
        openapi_config=None,
        logging_config=None,
    )
    app.edge = options
    return app


@pytest.fixture(name="observed")
def fixture_observed() -> Observed:
    return Observed()


@pytest.fixture(name="options")
def fixture_options(observed: Observed) -> EdgeOptions:
    return EdgeOptions(0.2, True, observed, Streams(Newsroom()))


async def run(app: Litestar, send: object, has_left: asyncio.Event) -> None:
    async def receive() -> dict[str, object]:
        await has_left.wait()
        return {"type": "http.disconnect"}

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/endless",
        "raw_path": b"/endless",
        "query_string": b"",
        "headers": [],
        "client": ("127.0.0.1", 1),
        "state": {},
    }
    await asyncio.wait_for(app(scope, receive, send), 10)  # type: ignore[arg-type]


async def test_a_stream_whose_reader_left_ends(options: EdgeOptions, observed: Observed) -> None:
    source, has_left = Source(), asyncio.Event()

    async def send(_message: object) -> None:
        if source.given == 5:
            has_left.set()

    await run(server_of(source, options), send, has_left)
    assert source.is_closed and source.given < 20
    assert observed.answers == [("GET", "/endless", 200)]


async def test_a_reader_that_takes_nothing_is_not_waited_for(options: EdgeOptions) -> None:
    source = Source()

    async def send(_message: object) -> None:
        if source.given == 5:
            await asyncio.Event().wait()

    await run(server_of(source, options), send, asyncio.Event())
    assert source.is_closed and source.given == 5


async def test_with_https_browsers_are_told_to_stay_there(options: EdgeOptions) -> None:
    for is_https in (True, False):
        app = server_of(Source(), replace(options, is_https=is_https))
        transport = httpx.ASGITransport(app)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            answer = await client.get("/nothing")
        assert answer.status_code == 404
        assert ("strict-transport-security" in answer.headers) is is_https


async def test_health(services: Services, client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz/live")).json() == {"status": "ok"}
    # The tables were made by hand, so that no migration is known.
    ready = await client.get("/healthz/ready")
    assert ready.status_code == 503
    assert ready.json() == {
        "status": "failed",
        "checks": {"database": "ok", "migrations": "failed", "disk": "ok"},
    }
    services.streams.drain()
    assert (await client.get("/healthz/ready")).json()["checks"]["process"] == "failed"


class Refusal(Exception):
    """An exception of a driver."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__("secret value")
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("exc", "passes"),
    [
        (ConnectionRefusedError(), True),
        (PoolTimeout(), True),
        (Refusal("57P03"), True),
        (OperationalError("x", None, Refusal("40P01")), True),
        (OperationalError("x", None, Refusal("23505")), False),
        (DBAPIError("x", None, Refusal("22021"), connection_invalidated=True), True),
        (ValueError(), False),
    ],
)
def test_a_database_that_is_away_is_waited_for(exc: Exception, passes: bool) -> None:
    assert is_passing(exc) is passes
    status, error, headers = status_and_error(exc)
    assert (status == 503) is passes
    assert ("retry-after" in headers) is passes
    assert "secret" not in error.detail
