"""A server of the pages for the tests: in this process, or on a port for a browser."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TypeVar
from uuid import UUID, uuid4

import httpx
import uvicorn

from sync_server.app import application
from sync_server.assembly import Services, services_of
from sync_server.protocol import Batch, BlobManifest, NewLibrary, Operation, SignUp
from sync_server.services.caller import Caller
from sync_server.settings import Settings, load_settings
from sync_server.tables import metadata
from tests.sync_server.web.samples import Sample

PASSWORD = "correct horse battery"
EMAIL = "anna@example.org"

T = TypeVar("T")

_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


def site_settings(data_dir: Path, **changes: object) -> Settings:
    """Return settings under which tests don't meet a limit by chance."""
    known: dict[str, object] = {
        "data_dir": data_dir,
        "sign_up": SignUp.OPEN,
        "logins_per_minute": 1000,
        "logins_per_minute_address": 1000,
        "sign_ups_per_hour": 1000,
    }
    return load_settings(known | changes)


@asynccontextmanager
async def running_services(settings: Settings) -> AsyncIterator[Services]:
    """Give services over an empty database; whoever serves them closes them."""
    services = services_of(settings)
    async with services.database.write() as connection:
        await connection.run_sync(metadata.create_all)
    yield services


@dataclass(frozen=True, slots=True)
class Browser:
    """Speaks to the pages as a browser without scripts does: cookies, links, forms."""

    client: httpx.AsyncClient

    async def get(self, path: str, **headers: str) -> httpx.Response:
        """Open a page."""
        return await self.client.get(path, headers={"accept": "text/html", **headers})

    async def send(
        self, page: str, path: str, fields: Mapping[str, str] | None = None, **headers: str
    ) -> httpx.Response:
        """Send a form of a page, with the token that stands in it."""
        found = _CSRF.search((await self.get(page)).text)
        assert found, page
        data = {"csrf": found[1], **(fields or {})}
        return await self.client.post(path, data=data, headers={"accept": "text/html", **headers})

    async def sign_up(self, email: str = EMAIL) -> None:
        """Open an account and be logged in."""
        fields = {"email": email, "password": PASSWORD}
        answer = await self.send("/sign-up", "/sign-up", fields)
        assert answer.status_code == 303, answer.text

    async def log_in(self, email: str = EMAIL, password: str = PASSWORD) -> httpx.Response:
        """Log in."""
        return await self.send("/login", "/login", {"email": email, "password": password})


@asynccontextmanager
async def opened(services: Services, address: str = "http://sync.test") -> AsyncIterator[Browser]:
    """Give a browser that has not been here yet."""
    # httpx and Litestar write the same ASGI types differently.
    transport = httpx.ASGITransport(application(services), raise_app_exceptions=False)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url=address) as client:
        yield Browser(client)


async def add_device(services: Services, name: str = "laptop", email: str = EMAIL) -> Caller:
    """Log a device in."""
    made = await services.devices.log_in(email, PASSWORD, name)
    return Caller(made.user_id, made.device_id)


async def add_library(
    services: Services, caller: Caller, name: str = "Library", encrypted: bool = False
) -> UUID:
    """Make a library."""
    return (await services.libraries.add(caller.account_id, NewLibrary(name, encrypted))).id


async def push(services: Services, caller: Caller, library_id: UUID, sample: Sample) -> UUID:
    """Push a transcript as a device does; return its id."""
    for sha256, blob in sample.blobs.items():
        await services.blobs.put_chunk(caller, sha256, _pieces(blob))
        await services.blobs.put_blob(caller, sha256, BlobManifest(len(blob), [sha256]))
    item_id = uuid4()
    wanted = Operation(item_id, "transcript", 0, body=sample.body, blobs=list(sample.blobs))
    await services.batches.apply(caller, library_id, Batch([wanted]))
    return item_id


def blob_of(content: bytes) -> Sample:
    """Return a body that is no transcript."""
    return Sample(content, {hashlib.sha256(content).hexdigest(): content})


async def _pieces(blob: bytes) -> AsyncIterator[bytes]:
    yield blob


@dataclass(frozen=True, slots=True)
class Served:
    """A server on a port of this computer, in a thread with a loop of its own."""

    address: str
    services: Services
    loop: asyncio.AbstractEventLoop

    def run(self, work: Coroutine[object, object, T]) -> T:
        """Do something on the server."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()


@contextmanager
def served(settings: Settings) -> Iterator[Served]:
    """Serve on a free port until the end."""
    loop = asyncio.new_event_loop()
    services = services_of(settings)

    config = uvicorn.Config(
        application(services), host="127.0.0.1", port=0, log_level="warning", lifespan="on"
    )
    server = uvicorn.Server(config)

    async def serve() -> None:
        async with services.database.write() as connection:
            await connection.run_sync(metadata.create_all)
        await server.serve()

    # Playwright has a loop in the caller's thread already.
    thread = Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        yield Served(_address_of(server, thread), services, loop)
    finally:
        server.should_exit = True
        thread.join()
        loop.close()


def _address_of(server: uvicorn.Server, thread: Thread) -> str:
    while not server.started:
        thread.join(0.02)
        assert thread.is_alive(), "the server did not start"
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    return f"http://{host}:{port}"
