"""The edge: what every request meets before it is routed, and every answer on its way out.

It gives each request an id, waits for slow bodies and slow readers only so long, ends a connection
whose body nobody read, and writes one line and one measurement for each answer.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from dataclasses import dataclass
from typing import Protocol, cast

from litestar import Litestar
from litestar.exceptions import LitestarException
from litestar.types import (
    LifeSpanReceive,
    LifeSpanScope,
    LifeSpanSend,
    Message,
    Receive,
    Scope,
    Send,
)
from litestar.types.asgi_types import ReceiveMessage

from sync_server.errors import Invalid
from sync_server.logs import REQUEST_ID

logger = logging.getLogger(__name__)

DRAIN = "drain"
"""Names, in the lifespan's state, what to call when the server begins to stop."""

_SLOWEST_BODY = 1024
"""Bytes a second that a body must come at, on the whole."""
_LINGER_SECONDS = 2.0
_LINGER_BYTES = 16 * 1024 * 1024
_SECURITY_HEADERS = ((b"x-content-type-options", b"nosniff"),)
_HSTS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")


class TooSlow(Invalid):
    """The body didn't come in time."""

    status = 408


class ClientGone(Exception):
    """Nobody is there any more who could be answered."""


class RequestObserver(Protocol):
    """Learns of each answer."""

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Take in an answer; `route` is the route's template, never a path with ids in it."""


class Drainable(Protocol):
    """Has streams and waiting requests to end before the server can stop."""

    def drain(self) -> None:
        """End them soon."""


@dataclass(frozen=True, slots=True)
class EdgeOptions:
    """How the edge treats requests; `patience` in seconds for each piece of a body."""

    patience: float
    is_https: bool
    observer: RequestObserver | None
    drainable: Drainable


class SyncServer(Litestar):
    """The application with its edge; set `edge` before it serves."""

    edge: EdgeOptions

    async def __call__(
        self,
        scope: Scope | LifeSpanScope,
        receive: Receive | LifeSpanReceive,
        send: Send | LifeSpanSend,
    ) -> None:
        """Serve one request, or the process's life."""
        if scope["type"] == "lifespan":
            state = cast(dict[str, object], scope).get("state")
            if isinstance(state, dict):
                state[DRAIN] = self.edge.drainable.drain
            await super().__call__(scope, receive, send)
            return
        exchange = _Exchange(self.edge, scope, cast(Receive, receive), cast(Send, send))
        try:
            await super().__call__(scope, exchange.receive, exchange.send)
        except LitestarException as exc:
            # The answer had begun, so that it can't be replaced; the server cuts it off.
            if not isinstance(exc.__cause__, ClientGone):
                raise
        finally:
            exchange.finish()


class _Exchange:
    """One request and its answer."""

    def __init__(self, edge: EdgeOptions, scope: Scope, receive: Receive, send: Send) -> None:
        self._edge = edge
        self._scope = scope
        self._receive = receive
        self._send = send
        self._started = time.perf_counter()
        self._received = 0
        self._status = 0
        self._has_unread_body = _announces_body(scope)
        self._is_cutting_short = False
        self._id = secrets.token_hex(8)
        REQUEST_ID.set(self._id)

    async def receive(self) -> ReceiveMessage:
        """Return the next piece of the request; raises `TooSlow` and `ClientGone`."""
        if not self._has_unread_body:
            return await self._receive()
        late = self._edge.patience + self._received / _SLOWEST_BODY - self._seconds()
        try:
            async with asyncio.timeout(max(0.0, min(self._edge.patience, late))):
                message = await self._receive()
        except TimeoutError as exc:
            raise TooSlow("the body came too slowly") from exc
        if message["type"] != "http.request":
            raise ClientGone
        self._received += len(message["body"])
        self._has_unread_body = message["more_body"]
        return message

    async def send(self, message: Message) -> None:
        """Send a piece of the answer; raises `ClientGone` when the reader takes none of it."""
        if message["type"] == "http.response.start":
            self._status = message["status"]
            headers = [*message["headers"], (b"x-request-id", self._id.encode())]
            headers += _SECURITY_HEADERS
            if self._edge.is_https:
                headers.append(_HSTS)
            if self._has_unread_body:
                self._is_cutting_short = True
                headers.append((b"connection", b"close"))
            message["headers"] = headers
            await self._send(message)
        elif message["type"] == "http.response.body" and message["more_body"]:
            await self._send_patiently(message)
        elif message["type"] == "http.response.body" and self._is_cutting_short:
            message["more_body"] = True
            await self._send(message)
            await self._linger()
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})
        else:
            await self._send(message)

    def finish(self) -> None:
        """Write down how it went."""
        route = str(self._scope.get("path_template") or "none")
        method, seconds = self._scope.get("method", "") or "", self._seconds()
        if self._edge.observer is not None:
            self._edge.observer.answered(str(method), route, self._status, seconds)
        logger.info(
            "request",
            extra={
                "method": method,
                "route": route,
                "status": self._status,
                "ms": round(1000 * seconds, 1),
                "received_bytes": self._received,
            },
        )

    def _seconds(self) -> float:
        return time.perf_counter() - self._started

    async def _send_patiently(self, message: Message) -> None:
        try:
            async with asyncio.timeout(self._edge.patience):
                await self._send(message)
        except TimeoutError as exc:
            raise ClientGone from exc

    async def _linger(self) -> None:
        """Read on for a moment: closing at once would reset the answer (RFC 9112, section 9.6)."""
        try:
            async with asyncio.timeout(_LINGER_SECONDS):
                left = _LINGER_BYTES
                while self._has_unread_body and left > 0:
                    message = await self._receive()
                    if message["type"] != "http.request":
                        return
                    self._has_unread_body = message["more_body"]
                    left -= len(message["body"])
        except TimeoutError:
            pass


def _announces_body(scope: Scope) -> bool:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return value != b"0"
        if name == b"transfer-encoding":
            return True
    return False
