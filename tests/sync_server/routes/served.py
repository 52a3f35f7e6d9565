"""The server as a process of its own, as people run it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from sync_server.assembly import services_of
from sync_server.migrations.runner import Migrations
from sync_server.settings import PREFIX, load_settings
from tests.sync_server.routes.conftest import Account, open_account

_PROGRAM = """
from sync_server.lifecycle import serve
from sync_server.settings import load_settings
serve(load_settings())
"""
_PATIENCE = 60.0
Setting = str | int | float


class Server:
    """A running server; `log` is where it writes its lines."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self.process = process
        self._log = log
        self.port = 0

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def lines(self) -> list[dict[str, object]]:
        """All that it has logged."""
        return [json.loads(line) for line in self._log.read_text("utf-8").splitlines()]

    @property
    def workers(self) -> list[int]:
        """The processes that serve beside the supervisor."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        pids = [int(pid) for pid in children.read_text("ascii").split()]
        return [pid for pid in pids if b"spawn_main" in _command(pid)]

    async def wait_until_it_answers(self) -> None:
        """Wait for the first answer."""
        async with asyncio.timeout(_PATIENCE), httpx.AsyncClient() as client:
            while True:
                assert self.process.returncode is None, self._log.read_text("utf-8")
                if self.port == 0:
                    self._look_for_port()
                try:
                    if self.port:
                        answer = await client.get(f"{self.url}/healthz/ready")
                        assert answer.status_code == 200, answer.text
                        return
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.1)

    def stop(self) -> None:
        """Ask it to stop."""
        self.process.send_signal(signal.SIGTERM)

    def _look_for_port(self) -> None:
        for line in self._log.read_text("utf-8").splitlines():
            if '"event": "listening"' in line:
                self.port = int(json.loads(line)["port"])


@asynccontextmanager
async def served(folder: Path, database_url: str, **settings: Setting) -> AsyncIterator[Server]:
    """Serve a migrated database until the end of the block."""
    await Migrations().upgrade(database_url)
    log = folder / "server.log"
    given = {"data_dir": folder / "data", "database_url": database_url, "port": 0, **settings}
    environment = {f"{PREFIX}{name.upper()}": str(value) for name, value in given.items()}
    with log.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _PROGRAM, stderr=file, env=os.environ | environment
        )
    server = Server(process, log)
    try:
        await server.wait_until_it_answers()
        yield server
    finally:
        if process.returncode is None:
            workers = server.workers
            process.kill()
            for pid in workers:
                kill(pid)
        await process.wait()


async def account_in(folder: Path, database_url: str, email: str = "anna@example.org") -> Account:
    """Open an account beside the running server."""
    services = services_of(
        load_settings({"data_dir": folder / "data", "database_url": database_url})
    )
    try:
        return await open_account(services, email)
    finally:
        await services.close()


@asynccontextmanager
async def raw_connection(
    server: Server,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Give a connection on which a test writes what it likes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    try:
        yield reader, writer
    finally:
        writer.close()
        try:
            await writer.wait_closed()
        except ConnectionError:
            pass


async def send_head(writer: asyncio.StreamWriter, *lines: str) -> None:
    """Write the head of a request."""
    writer.write("\r\n".join([*lines, "", ""]).encode())
    await writer.drain()


def kill(pid: int) -> None:
    """Kill a process as nothing could foresee."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
