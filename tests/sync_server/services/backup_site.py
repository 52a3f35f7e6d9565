"""A server that tests back up and restore."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import select

from sync_server.database import Database
from sync_server.protocol import CHUNK_BYTES
from sync_server.services.backup import Backup
from sync_server.tables import library, metadata
from tests.sync_server.services.blob_parts import Parts, noise

CONTENT = noise(CHUNK_BYTES + 100)


class Site:
    """A server's database and chunks, and where they are backed up to."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder
        self.chunks = folder / "data" / "chunks"
        self.target = folder / "backups" / "first"
        self.is_sqlite = url.startswith("sqlite")
        self.open()
        self.backup = Backup(url, self.chunks, self.parts.clock)

    def open(self) -> None:
        """Start anew, as the server does after a restore."""
        self.database = Database(self.url)
        self.parts = Parts(self.database, self.chunks)

    async def restore(self) -> int:
        """Stop, restore and start again; return how many chunks are absent."""
        await self.database.close()
        done = await self.backup.restore(self.target)
        self.open()
        return done.absent


@asynccontextmanager
async def open_site(url: str, folder: Path) -> AsyncIterator[Site]:
    """Give a server with empty tables; its database is closed afterwards."""
    site = Site(url, folder)
    async with site.database.write() as connection:
        await connection.run_sync(metadata.create_all)
    yield site
    await site.database.close()


async def epochs(site: Site) -> list[str]:
    async with site.database.read() as connection:
        return list((await connection.execute(select(library.c.epoch))).scalars())
