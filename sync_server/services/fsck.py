"""Check the server's data against itself, and repair what can be repaired.

A repair never makes up content. What is lost on the server may still be on the devices: where that
is so the library gets a new epoch, as after a restore, and the devices compare and send it again.
The server may run meanwhile: every repair looks again under the lock that a writer holds.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import partial
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sync_server.clock import Clock, system_clock
from sync_server.database import Database
from sync_server.errors import NotFound
from sync_server.services.chunk_store import ChunkStore
from sync_server.services.fsck_blobs import AccountBlobs
from sync_server.services.fsck_problems import Damage, Problem
from sync_server.services.fsck_revisions import check_library
from sync_server.services.fsck_revisions_repair import LibraryRows, repair_library
from sync_server.tables import account, chunk, item, library

logger = logging.getLogger(__name__)

Repair = Callable[[], Awaitable[None]]


class Fsck:
    """Check and repair everything, account by account."""

    def __init__(self, database: Database, store: ChunkStore, clock: Clock = system_clock) -> None:
        self._database = database
        self._store = store
        self._clock = clock

    async def check(self) -> list[Problem]:
        """Return what is wrong; nothing is changed. Reads all bodies and all chunks."""
        return [problem async for problems, _ in self._steps() for problem in problems]

    async def repair(self) -> list[Problem]:
        """Repair what can be repaired and return what was wrong.

        Items whose blobs are gone are found again until a device has sent these.
        """
        found: list[Problem] = []
        async for problems, repair in self._steps():
            if problems:
                found += problems
                try:
                    await repair()
                except NotFound:
                    continue  # The library was deleted since.
        logger.info("fsck: %s problems", len(found))
        return found

    async def _steps(self) -> AsyncIterator[tuple[list[Problem], Repair]]:
        """Give each part's problems with their repair; what builds on a part comes after it."""
        for account_id in await self._accounts():
            blobs = AccountBlobs(self._database, self._store, account_id)
            problems = await blobs.check()
            yield problems, partial(blobs.repair, problems)
        for account_id, library_id in await self._libraries():
            problems = await check_library(self._database, account_id, library_id)
            yield problems, partial(self._repair_library, account_id, library_id, problems)
        for account_id in await self._accounts():
            problems = await self._check_used(account_id)
            yield problems, partial(self._repair_used, account_id)

    async def _repair_library(
        self, account_id: UUID, library_id: UUID, problems: Sequence[Problem]
    ) -> None:
        now = self._clock()
        async with self._database.write() as connection:
            await repair_library(LibraryRows(connection, account_id, library_id, now), problems)

    async def _accounts(self) -> list[UUID]:
        async with self._database.read() as connection:
            return list((await connection.execute(select(account.c.id))).scalars())

    async def _libraries(self) -> list[tuple[UUID, UUID]]:
        query = select(library.c.account_id, library.c.id)
        async with self._database.read() as connection:
            return [(row.account_id, row.id) for row in await connection.execute(query)]

    async def _check_used(self, account_id: UUID) -> list[Problem]:
        query = select(account.c.used_bytes).where(account.c.id == account_id)
        async with self._database.read() as connection:
            noted = (await connection.execute(query)).scalar_one_or_none()
            if noted is None or noted == await _used(connection, account_id):
                return []
        return [Problem(Damage.USED_BYTES, account_id)]

    async def _repair_used(self, account_id: UUID) -> None:
        own = account.c.id == account_id
        async with self._database.write() as connection:
            # Whoever writes bodies or chunks locks the account last, and so waits here.
            await connection.execute(select(account.c.id).where(own).with_for_update())
            used = await _used(connection, account_id)
            await connection.execute(update(account).where(own).values(used_bytes=used))


async def _used(connection: AsyncConnection, account_id: UUID) -> int:
    bodies = (
        select(func.coalesce(func.sum(item.c.size), 0))
        .join(library, library.c.id == item.c.library_id)
        .where(library.c.account_id == account_id)
    )
    chunks = select(func.coalesce(func.sum(chunk.c.size), 0)).where(
        chunk.c.account_id == account_id
    )
    total = 0
    for query in (bodies, chunks):
        total += int((await connection.execute(query)).scalar_one())
    return total
