"""Back the server up into a folder, and restore it from there.

<folder>/backup.json                what it is; written last, so that half a backup is none
<folder>/database.sqlite3           or database.dump, PostgreSQL's custom format
<folder>/chunks/<account>/<ab>/<sha256>

The server may run while it is backed up; to be restored it must stand still. Secrets and settings
are not part of it.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import msgspec
from sqlalchemy import make_url, select

from sync_server.clock import Clock, shown
from sync_server.database import Database
from sync_server.services.backup_databases import (
    BackupError,
    DatabaseCopier,
    PostgresCopier,
    SqliteCopier,
)
from sync_server.services.backup_files import (
    add_chunks,
    begin_folder,
    finish_folder,
    put_chunks_back,
)
from sync_server.tables import chunk, library

__all__ = ["Backup", "BackupError", "Created", "Restored"]

logger = logging.getLogger(__name__)

_FORMAT = 1
_MANIFEST = "backup.json"


class Kind(StrEnum):
    """Which database a backup is of."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


class Manifest(msgspec.Struct):
    """What a backup says of itself; the time as RFC 3339, only to show."""

    format: int
    database: Kind
    created_at: str


@dataclass(frozen=True, slots=True)
class Created:
    """What was backed up."""

    chunks: int
    chunk_bytes: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored; `absent` are chunks that the backup names but doesn't have."""

    libraries: int
    chunks: int
    absent: int
    kept_aside: Path | None
    """Where the database that was there before now lies (SQLite only)."""


class Backup:
    """Back up and restore one server: its database and its chunks."""

    def __init__(self, database_url: str, chunks: Path, clock: Clock) -> None:
        self._database_url = database_url
        self._chunks = chunks
        self._clock = clock
        url = make_url(database_url)
        is_sqlite = url.get_backend_name() == "sqlite"
        self._kind = Kind.SQLITE if is_sqlite else Kind.POSTGRESQL
        self._copier: DatabaseCopier = SqliteCopier(url) if is_sqlite else PostgresCopier(url)

    async def create(self, target: Path) -> Created:
        """Back up into a new folder; raises `BackupError`, and then leaves nothing there.

        Chunks are hard links where the disk allows it: they take no room, and a copy of the folder
        on another disk is still needed against the loss of this one.
        """
        async with begin_folder(target) as folder:
            # Twice: what the database names was there before it was copied, or came meanwhile.
            await asyncio.to_thread(add_chunks, self._chunks, folder / "chunks")
            await self._copier.copy_to(folder)
            count, size = await asyncio.to_thread(add_chunks, self._chunks, folder / "chunks")
            manifest = Manifest(_FORMAT, self._kind, shown(self._clock()))
            await asyncio.to_thread(finish_folder, folder, _MANIFEST, msgspec.json.encode(manifest))
        logger.info("backed up %s chunks", count)
        return Created(count, size)

    async def restore(self, source: Path) -> Restored:
        """Put back what a backup holds, in place of what is there; raises `BackupError`.

        Every library gets a new epoch in the same step, so that devices compare everything and send
        again what the backup doesn't know. Web sessions and codes end. Chunks that the backup
        doesn't have stay until they are collected.
        """
        manifest = await asyncio.to_thread(_read_manifest, source)
        if manifest.database != self._kind:
            raise BackupError(f"the backup is of {manifest.database}, the server has {self._kind}")
        count = await asyncio.to_thread(put_chunks_back, source / "chunks", self._chunks)
        kept_aside = await self._copier.put_back(source, self._clock())
        libraries, absent = await self._count()
        logger.info("restored %s libraries, %s chunks; %s absent", libraries, count, absent)
        return Restored(libraries, count, absent, kept_aside)

    async def _count(self) -> tuple[int, int]:
        """Return how many libraries there are, and chunks without a file."""
        database = Database(self._database_url)
        try:
            async with database.read() as connection:
                libraries = len((await connection.execute(select(library.c.id))).all())
                rows = await connection.execute(select(chunk.c.account_id, chunk.c.hash))
                paths = [
                    self._chunks / str(account_id) / key.hex()[:2] / key.hex()
                    for account_id, key in rows
                ]
        finally:
            await database.close()
        return libraries, await asyncio.to_thread(
            lambda: sum(1 for path in paths if not path.is_file())
        )


def _read_manifest(source: Path) -> Manifest:
    try:
        manifest = msgspec.json.decode((source / _MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as exc:
        raise BackupError("there is no backup, or it was not finished") from exc
    if manifest.format != _FORMAT:
        raise BackupError("the backup is of another release of the server")
    return manifest
