"""Libraries, their batches and their changes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response.base import ASGIResponse

from sync_server.errors import Forbidden, Invalid, Reconcile, Unauthorized
from sync_server.protocol import (
    MAX_PAGE_ITEMS,
    MAX_WAIT,
    Batch,
    BatchResults,
    Libraries,
    Library,
    NewLibrary,
    Page,
)
from sync_server.routes.contract import FINDS, Contract, Parameter, agreed
from sync_server.routes.exchange import MAX_BATCH_JSON_BYTES, ApiRequest, Wire, answer, parsed
from sync_server.services.batches import Batches
from sync_server.services.caller import Caller
from sync_server.services.devices import Devices
from sync_server.services.feed import Feed, Wanted
from sync_server.services.libraries import Libraries as LibraryService
from sync_server.services.streams import Streams

_NEW_LIBRARY = Wire(NewLibrary)
_BATCH = Wire(Batch, MAX_BATCH_JSON_BYTES)

_CHANGES = {
    "cursor": Parameter(str, "`EPOCH.SEQ`, as `next` of the page before; without: from the start"),
    "limit": Parameter(int, f"items at most, 1 to {MAX_PAGE_ITEMS}"),
    "wait": Parameter(int, f"seconds to wait for something new, at most {MAX_WAIT}"),
}


@dataclass(frozen=True, slots=True)
class LibraryServices:
    """What these routes call."""

    libraries: LibraryService
    batches: Batches
    feed: Feed
    streams: Streams
    devices: Devices


def library_routes(services: LibraryServices) -> list[HTTPRouteHandler]:
    """Return the routes."""

    @get("/libraries", opt=agreed(Contract("List the libraries", gives=Libraries)))
    async def list_libraries(request: ApiRequest) -> ASGIResponse:
        found = await services.libraries.of_account(request.user.account_id)
        return await answer(request, Libraries(found))

    @post(
        "/libraries",
        opt=agreed(
            Contract("Make a library", NewLibrary, Library, status=201, refusals=(Forbidden,))
        ),
    )
    async def add_library(request: ApiRequest) -> ASGIResponse:
        wanted = await parsed(request, _NEW_LIBRARY)
        made = await services.libraries.add(request.user.account_id, wanted)
        return await answer(request, made, 201)

    @post(
        "/libraries/{library_id:uuid}/batches",
        request_max_body_size=MAX_BATCH_JSON_BYTES,
        opt=agreed(Contract("Push a batch", Batch, BatchResults, refusals=FINDS)),
    )
    async def push(request: ApiRequest, library_id: FromPath[UUID]) -> ASGIResponse:
        batch = await parsed(request, _BATCH)
        done = await services.batches.apply(request.user, library_id, batch)
        return await answer(request, done)

    @get(
        "/libraries/{library_id:uuid}/changes",
        opt=agreed(
            Contract("Pull changes", gives=Page, query=_CHANGES, refusals=(*FINDS, Reconcile))
        ),
    )
    async def pull(request: ApiRequest, library_id: FromPath[UUID]) -> ASGIResponse:
        wanted = Wanted(
            request.query_params.get("cursor"), _number(request, "limit", MAX_PAGE_ITEMS)
        )
        wait = min(_number(request, "wait", 0), MAX_WAIT)
        if wait <= 0:
            page = await services.feed.page(request.user, library_id, wanted)
        else:
            page = await _page_when_new(services, request.user, library_id, wanted, wait)
        return await answer(request, page)

    return [list_libraries, add_library, push, pull]


async def _page_when_new(
    services: LibraryServices, caller: Caller, library_id: UUID, wanted: Wanted, wait: float
) -> Page:
    """Return a page with something in it, or an empty one after so many seconds."""
    end = time.monotonic() + wait
    async with services.streams.listen(caller) as listener:
        # Listen first and look then: what comes in between is heard.
        page = await services.feed.page(caller, library_id, wanted)
        while not page.items and (left := end - time.monotonic()) > 0:
            heard = await listener.hear(left)
            if listener.is_closed:
                if not await services.devices.is_live(caller):
                    raise Unauthorized("log in again")
                break
            if any(news.library == library_id for news in heard):
                page = await services.feed.page(caller, library_id, wanted)
    return page


def _number(request: ApiRequest, name: str, default: int) -> int:
    written = request.query_params.get(name)
    if written is None:
        return default
    if not (written.isascii() and written.isdecimal() and len(written) < 10):
        raise Invalid(f"{name} is a whole number")
    return int(written)
