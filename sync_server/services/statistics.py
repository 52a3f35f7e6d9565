"""How much the server holds, in numbers; nothing about anybody in particular."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from sync_server.clock import DAY_MS, Clock
from sync_server.database import Database
from sync_server.tables import account, blob, chunk, device, history, item, library

ACTIVE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts, and sizes in bytes."""

    accounts: int
    disabled_accounts: int
    devices: int
    """That may sync."""
    active_devices: int
    """Of these, seen within the last 30 days."""
    libraries: int
    items: int
    tombstones: int
    body_bytes: int
    revisions: int
    """Older ones, in history."""
    revision_bytes: int
    blobs: int
    blob_bytes: int
    chunks: int
    chunk_bytes: int
    """What the blobs take on the disk; less than `blob_bytes` where they share chunks."""


class Statistics:
    """Count what the server holds."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def gather(self) -> Stats:
        """Return the numbers of one moment."""
        may_sync = device.c.revoked_at.is_(None)
        recently = device.c.last_seen_at >= self._clock() - ACTIVE_DAYS * DAY_MS
        async with self._database.read() as connection:
            counted = _Counted(connection)
            return Stats(
                accounts=await counted.rows(account),
                disabled_accounts=await counted.rows(account, account.c.is_disabled.is_(True)),
                devices=await counted.rows(device, may_sync),
                active_devices=await counted.rows(device, may_sync, recently),
                libraries=await counted.rows(library),
                items=await counted.rows(item, item.c.deleted.is_(False)),
                tombstones=await counted.rows(item, item.c.deleted.is_(True)),
                body_bytes=await counted.size(item),
                revisions=await counted.rows(history),
                revision_bytes=await counted.size(history),
                blobs=await counted.rows(blob),
                blob_bytes=await counted.size(blob),
                chunks=await counted.rows(chunk),
                chunk_bytes=await counted.size(chunk),
            )


class _Counted:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def rows(self, table: Table, *conditions: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(table).where(*conditions)
        return int((await self._connection.execute(query)).scalar_one())

    async def size(self, table: Table) -> int:
        query = select(func.coalesce(func.sum(table.c.size), 0))
        return int((await self._connection.execute(query)).scalar_one())
