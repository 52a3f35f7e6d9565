"""Server-sent events: a library has changed, go and pull (HTML, section 9.2)."""

from __future__ import annotations

import random
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

import msgspec
from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse
from litestar.types import Receive, Scope, Send

from sync_server.protocol import Library, News
from sync_server.routes.contract import Contract, Raw, agreed
from sync_server.routes.exchange import ApiRequest, watching
from sync_server.routes.refusals import is_passing
from sync_server.services.caller import Caller
from sync_server.services.devices import Devices
from sync_server.services.libraries import Libraries
from sync_server.services.newsroom import Listener
from sync_server.services.streams import Streams

COMMENT_SECONDS = 20.0
"""A stream is never silent for longer, so that nothing on the way takes it for dead."""
_RETRY_MS = (1000, 5000)
"""When to come back after the server stopped; not all at once."""

_HEADERS = {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
}
_encoder = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class EventServices:
    """What this route calls."""

    streams: Streams
    devices: Devices
    libraries: Libraries


def event_routes(
    services: EventServices, comment_seconds: float = COMMENT_SECONDS
) -> list[HTTPRouteHandler]:
    """Return the route."""

    @get("/events", opt=agreed(Contract("Hear of changes", gives=Raw.EVENTS)))
    async def events(request: ApiRequest) -> ASGIResponse:
        return EventStream(services, request.user, comment_seconds)

    return [events]


class EventStream(ASGIResponse):
    """Tell a device of changes until it leaves, is revoked, or the server stops."""

    def __init__(self, services: EventServices, caller: Caller, comment_seconds: float) -> None:
        super().__init__(headers=_HEADERS)
        del self.headers["content-length"]
        self._services = services
        self._caller = caller
        self._comment_seconds = comment_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the stream."""
        async with self._services.streams.listen(self._caller) as listener:
            # Before the answer begins: a database that is away is then still a 503.
            libraries = await self._services.libraries.of_account(self._caller.account_id)
            await self.start_response(send)
            async with watching(receive, listener.close):
                async with aclosing(self._written(listener, libraries)) as pieces:
                    async for piece in pieces:
                        await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _written(
        self, listener: Listener, libraries: Sequence[Library]
    ) -> AsyncGenerator[bytes, None]:
        # Where everything is now, so that nothing is missed that came before the stream.
        yield _event([News(one.id, one.epoch, one.head) for one in libraries])
        yield b": listening\n\n"
        while not listener.is_closed:
            if heard := await listener.hear(self._comment_seconds):
                yield _event(heard)
            elif not listener.is_closed:
                if not await self._may_go_on():
                    return
                yield b": nothing new\n\n"
        if self._services.streams.is_draining:
            yield b"retry: %d\n\n" % random.randint(*_RETRY_MS)  # nosec B311: no secret

    async def _may_go_on(self) -> bool:
        """Tell whether the device is still allowed; while the database is away it is."""
        try:
            return await self._services.devices.is_live(self._caller)
        except Exception as exc:  # pylint: disable=broad-exception-caught  # raised again
            if not is_passing(exc):
                raise
            return True


def _event(heard: Sequence[News]) -> bytes:
    return b"".join(b"data: %s\n\n" % _encoder.encode(news) for news in heard)
