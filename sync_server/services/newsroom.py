"""Tell open event streams and waiting requests that a library has changed.

News only says that there is something new; what it is, a reader reads from the feed. So it may be
lost or doubled, and a reader that waits too long asks anyway.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import UUID

from sync_server.protocol import News

Relay = Callable[[UUID, News], Awaitable[None]]
"""Hands news of an account to the other processes."""


async def no_relay(_account_id: UUID, _news: News) -> None:
    """Hand on to nobody: there is one process."""


class Listener:
    """Gets the news of one account; only the last of each library is kept."""

    def __init__(self) -> None:
        self._latest: dict[UUID, News] = {}
        self._has_news = asyncio.Event()
        self.is_closed = False

    def tell(self, news: News) -> None:
        """Take news in."""
        self._latest[news.library] = news
        self._has_news.set()

    def close(self) -> None:
        """End the listening: `hear` returns nothing from now on."""
        self.is_closed = True
        self._has_news.set()

    async def hear(self, seconds: float) -> list[News]:
        """Return what is new as soon as something is, or nothing after so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                await self._has_news.wait()
        except TimeoutError:
            return []
        heard = list(self._latest.values())
        self._latest.clear()
        if not self.is_closed:
            self._has_news.clear()
        return heard


class Newsroom:
    """Bring news from whoever writes to whoever listens, in this process."""

    def __init__(self, relay: Relay = no_relay) -> None:
        self._relay = relay
        self._listeners: defaultdict[UUID, set[Listener]] = defaultdict(set)

    @property
    def accounts(self) -> tuple[UUID, ...]:
        """Accounts that somebody listens for."""
        return tuple(self._listeners)

    @asynccontextmanager
    async def listen(self, account_id: UUID) -> AsyncIterator[Listener]:
        """Give a listener for an account's news from now on."""
        listener = Listener()
        self._listeners[account_id].add(listener)
        try:
            yield listener
        finally:
            self._listeners[account_id].discard(listener)
            if not self._listeners[account_id]:
                del self._listeners[account_id]

    async def publish(self, account_id: UUID, news: News) -> None:
        """Tell everyone, here and in the other processes."""
        self.spread(account_id, news)
        await self._relay(account_id, news)

    def spread(self, account_id: UUID, news: News) -> None:
        """Tell the listeners of this process."""
        for listener in self._listeners.get(account_id, ()):
            listener.tell(news)

    def close(self) -> None:
        """End all listening: the server stops."""
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.close()
