"""Who listens, so that a device that is revoked, or a server that stops, ends it at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from sync_server.services.caller import Caller
from sync_server.services.newsroom import Listener, Newsroom

MAX_STREAMS = 8
"""Of one device; the oldest gives way."""


class Streams:
    """Keep the listeners of devices."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._listeners: defaultdict[UUID, list[Listener]] = defaultdict(list)
        self.is_draining = False

    @property
    def devices(self) -> tuple[UUID, ...]:
        """Devices that listen."""
        return tuple(self._listeners)

    @property
    def count(self) -> int:
        """How many listeners there are."""
        return sum(map(len, self._listeners.values()))

    @asynccontextmanager
    async def listen(self, caller: Caller) -> AsyncIterator[Listener]:
        """Give a device a listener for its account's news; it is closed when it must end."""
        async with self._newsroom.listen(caller.account_id) as listener:
            own = self._listeners[caller.device_id]
            own.append(listener)
            if len(own) > MAX_STREAMS:
                own[0].close()
            if self.is_draining:
                listener.close()
            try:
                yield listener
            finally:
                own.remove(listener)
                if not own:
                    del self._listeners[caller.device_id]

    def end(self, device_id: UUID) -> None:
        """End the listening of a device that was revoked."""
        for listener in self._listeners.get(device_id, ()):
            listener.close()

    def drain(self) -> None:
        """End all listening, now and from now on: the server stops."""
        self.is_draining = True
        self._newsroom.close()
