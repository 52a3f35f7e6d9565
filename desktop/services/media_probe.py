"""Ask media processes what files are; several at a time, and never for longer than is sensible."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from engine.errors import Cancelled, EngineCrashed
from engine.media_info import MediaInfo
from engine.process.client import ClientTimings, EngineClient
from engine.process.protocol import Role

_CLIENTS = 2
_PATIENCE = 60.0


class MediaProbe:
    """Own a few media processes, which start when they are needed.

    All methods may be called from any thread.
    """

    def __init__(
        self,
        *,
        command: Sequence[str] | None = None,
        timings: ClientTimings = ClientTimings(),
        patience: float = _PATIENCE,
    ) -> None:
        self._command = command
        self._timings = timings
        self._patience = patience
        self._places = threading.BoundedSemaphore(_CLIENTS)
        self._lock = threading.Lock()
        self._resting: list[EngineClient] = []
        self._asked: set[EngineClient] = set()
        self._is_closed = False

    def probe(self, path: Path) -> MediaInfo | None:
        """Return what a media file is; None if nobody can say within a minute.

        Raises `MediaError`. A probe only tells early: if its process dies or its disk hangs, the
        engine will find out what is wrong.
        """
        with self._places:
            client = self._take()
            if client is None:
                return None
            timer = threading.Timer(self._patience, client.kill)
            timer.daemon = True
            timer.start()
            try:
                return client.probe(path)
            except (Cancelled, EngineCrashed):
                return None
            finally:
                timer.cancel()
                self._give_back(client)

    def rest(self) -> None:
        """End the processes that have nothing to do; the next probe starts another one."""
        with self._lock:
            clients, self._resting = self._resting, []
        for client in clients:
            client.close()

    def close(self) -> None:
        """End all processes; whoever waits for a probe gets None."""
        with self._lock:
            self._is_closed = True
            asked = list(self._asked)
        for client in asked:
            client.retire()  # to kill is not enough: it may be about to start its process
        self.rest()

    def _take(self) -> EngineClient | None:
        with self._lock:
            if self._is_closed:
                return None
            if self._resting:
                client = self._resting.pop()
            else:
                client = EngineClient(Role.MEDIA, command=self._command, timings=self._timings)
            self._asked.add(client)
            return client

    def _give_back(self, client: EngineClient) -> None:
        with self._lock:
            self._asked.discard(client)
            is_kept = not self._is_closed
            if is_kept:
                self._resting.append(client)
        if not is_kept:
            client.close()
