"""Clear away what nobody needs any more, while the server runs."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from sync_server.clock import DAY_MS, SECOND_MS, Clock
from sync_server.database import Database
from sync_server.errors import NotFound
from sync_server.services.chunk_store import ChunkStore
from sync_server.services.collection_of_blobs import collect_blobs, collect_chunks
from sync_server.services.collection_of_files import collect_files
from sync_server.services.collection_of_revisions import collect_history, collect_tombstones
from sync_server.tables import account, library

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Report:
    """How much was cleared away."""

    accounts: int = 0
    expired: int = 0
    """Codes, sessions, tokens, invites and the like."""
    tombstones: int = 0
    revisions: int = 0
    """Of the history."""
    blobs: int = 0
    chunks: int = 0
    chunk_bytes: int = 0
    files: int = 0
    """That no row names, or that were left half arrived."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What other services clear away in the same round.

    `delete_due` deletes the accounts whose day has come and returns which; each of `purges` removes
    what has expired and returns how many they were.
    """

    delete_due: Callable[[], Awaitable[Sequence[UUID]]]
    purges: Sequence[Callable[[], Awaitable[int]]] = ()


class Collection:
    """Collect garbage; two at once don't disturb each other."""

    def __init__(
        self, database: Database, store: ChunkStore, neighbours: Neighbours, clock: Clock
    ) -> None:
        self._database = database
        self._store = store
        self._neighbours = neighbours
        self._clock = clock

    async def collect(self, grace: int) -> Report:
        """Collect everything; blobs, chunks and files only untouched for `grace` seconds."""
        report = Report()
        await self._collect_accounts(report)
        for purge in self._neighbours.purges:
            report.expired += await purge()
        await self._collect_revisions(report)
        await self._collect_contents(report, self._clock() - grace * SECOND_MS)
        logger.info("collected: %s", report)
        return report

    async def _collect_accounts(self, report: Report) -> None:
        for account_id in await self._neighbours.delete_due():
            await self._store.remove_account(account_id)
            report.accounts += 1

    async def _collect_revisions(self, report: Report) -> None:
        query = select(library.c.account_id, library.c.id)
        async with self._database.read() as connection:
            libraries = (await connection.execute(query)).all()
        now = self._clock()
        for account_id, library_id in libraries:
            try:
                report.tombstones += await collect_tombstones(
                    self._database, account_id, library_id, now
                )
            except NotFound:
                continue  # Deleted since.
            report.revisions += await collect_history(self._database, library_id, now)

    async def _collect_contents(self, report: Report, before: int) -> None:
        async with self._database.read() as connection:
            accounts = (await connection.execute(select(account.c.id))).scalars().all()
        for account_id in accounts:
            report.blobs += await collect_blobs(self._database, account_id, before)
            count, size = await collect_chunks(self._database, self._store, account_id, before)
            report.chunks += count
            report.chunk_bytes += size
        report.files += await collect_files(self._database, self._store, before)
        # However short the grace: what is arriving now must not be taken away.
        report.files += await self._store.remove_uploads(min(before, self._clock() - DAY_MS))
