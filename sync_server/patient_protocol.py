"""HTTP as uvicorn speaks it, with limits on a request's head that uvicorn has none of.

A head that doesn't come within some seconds, or that grows without end, ends the connection
(slow-loris). When the server stops, the application hears of it before connections are waited for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from sync_server.edge import DRAIN

MAX_HEAD_BYTES = 64 * 1024


class PatientConfig(Config):
    """uvicorn's settings, and how long to wait for a request's head; it travels to workers."""

    head_seconds = 10.0


class PatientProtocol(HttpToolsProtocol):
    """One connection."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        if not isinstance(config, PatientConfig):
            raise TypeError("a PatientProtocol needs a PatientConfig")
        self._head_seconds = config.head_seconds
        self._head_bytes = 0
        self._head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in bytes; those of a head are counted."""
        if self._is_between_requests():
            self._wait_for_head()
        if self._head_timer is not None:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._head_timer is not None and self._head_bytes > MAX_HEAD_BYTES:
            self._stop_waiting()
            self.send_400_response("The head of the request is too large.")

    def on_headers_complete(self) -> None:
        """Wait no longer: what follows is the application's to wait for."""
        self._stop_waiting()
        super().on_headers_complete()

    def shutdown(self) -> None:
        """Begin to stop; the application ends its streams."""
        drain = cast(Callable[[], None] | None, self.app_state.get(DRAIN))
        if drain is not None:
            drain()
        super().shutdown()

    def _is_between_requests(self) -> bool:
        return self._head_timer is None and (self.cycle is None or self.cycle.response_complete)

    def _wait_for_head(self) -> None:
        self._head_bytes = 0
        self._head_timer = self.loop.call_later(self._head_seconds, self._give_up)

    def _stop_waiting(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _give_up(self) -> None:
        self._head_timer = None
        if not self.transport.is_closing():
            self.transport.close()
