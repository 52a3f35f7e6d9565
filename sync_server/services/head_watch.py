"""Look for news that other processes made and nobody told of: slowly, while somebody listens."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from sync_server.database import Database
from sync_server.protocol import News
from sync_server.services.newsroom import Newsroom
from sync_server.services.streams import Streams
from sync_server.tables import account, device, library

logger = logging.getLogger(__name__)

INTERVAL = 2.0
"""Seconds between two looks while no relay tells of other processes."""
SAFETY_INTERVAL = 30.0
"""Seconds between two looks while one does: it may lose something."""
_MOST_AT_ONCE = 500


class HeadWatch:
    """Compare the heads of the libraries that somebody waits for with those seen before."""

    def __init__(
        self,
        database: Database,
        newsroom: Newsroom,
        streams: Streams,
        is_relayed: Callable[[], bool],
    ) -> None:
        self._database = database
        self._newsroom = newsroom
        self._streams = streams
        self._is_relayed = is_relayed
        self._seen: dict[UUID, tuple[str, int]] = {}
        self._looked = -math.inf
        self._is_wanted = asyncio.Event()

    async def run(self) -> None:
        """Look again and again; a database that is away for a while is only logged."""
        while True:
            await self._pause()
            try:
                await self.look_if_due()
            except Exception as exc:  # pylint: disable=broad-exception-caught
                # The top of a task that must go on; a driver's own errors come through, too.
                logger.warning("could not look for news: %s", type(exc).__name__)

    def hurry(self) -> None:
        """Look at once: something may have been missed."""
        self._looked = -math.inf
        self._is_wanted.set()

    async def look_if_due(self) -> None:
        """Look, unless the relay does it and the last look is not long ago."""
        if self._is_relayed() and time.monotonic() - self._looked < SAFETY_INTERVAL:
            return
        await self.look()

    async def look(self) -> None:
        """Spread what has changed since the last look, and end the streams of revoked devices."""
        self._looked = time.monotonic()
        accounts, devices = self._newsroom.accounts, self._streams.devices
        if not accounts:
            self._seen = {}
            return
        found: list[tuple[UUID, News]] = []
        allowed: set[UUID] = set()
        async with self._database.read() as connection:
            for some in _portions(accounts):
                found += await _heads(connection, some)
            for some in _portions(devices):
                allowed |= await _allowed(connection, some)
        for device_id in devices:
            if device_id not in allowed:
                self._streams.end(device_id)
        before = self._seen
        self._seen = {news.library: (news.epoch, news.head) for _, news in found}
        for account_id, news in found:
            if before.get(news.library) != self._seen[news.library]:
                self._newsroom.spread(account_id, news)

    async def _pause(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._is_wanted.wait(), INTERVAL)
        self._is_wanted.clear()


async def _heads(connection: AsyncConnection, accounts: Sequence[UUID]) -> list[tuple[UUID, News]]:
    columns = (library.c.account_id, library.c.id, library.c.epoch, library.c.head)
    query = select(*columns).where(library.c.account_id.in_(accounts))
    return [(row[0], News(*row[1:])) for row in await connection.execute(query)]


async def _allowed(connection: AsyncConnection, devices: Sequence[UUID]) -> set[UUID]:
    query = select(device.c.id).where(
        and_(device.c.id.in_(devices), device.c.revoked_at.is_(None)),
        device.c.account_id == account.c.id,
        account.c.is_disabled.is_(False),
    )
    return set((await connection.execute(query)).scalars())


def _portions(ids: Sequence[UUID]) -> list[Sequence[UUID]]:
    return [ids[at : at + _MOST_AT_ONCE] for at in range(0, len(ids), _MOST_AT_ONCE)]
