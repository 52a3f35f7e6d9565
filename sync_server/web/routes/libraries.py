"""Libraries, their transcripts, and the reading view.

The server never opens a body: pages carry places and sizes, and modules in the browser fetch,
inflate and show what is in there.
"""

from __future__ import annotations

import re
from uuid import UUID

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Response, Stream

from sync_server.errors import NotFound
from sync_server.services.blobs import Blobs
from sync_server.services.items import Items
from sync_server.web.browsing import Browsing, Page, WebRequest

_BYTES = "application/octet-stream"
_HASH = re.compile("[0-9a-f]{64}")
# Opaque bytes must never be taken for a page, and stay with whoever may see them.
_DATA_HEADERS = {
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
    "content-disposition": "attachment",
    "vary": "Cookie",
}
_REVALIDATED = "private, no-cache"


class LibraryPages:
    """Serve them."""

    def __init__(self, browsing: Browsing, items: Items, blobs: Blobs) -> None:
        self._browsing = browsing
        self._items = items
        self._blobs = blobs

    def routes(self) -> list[HTTPRouteHandler]:
        """Return the routes."""
        return [
            get("/libraries")(self.libraries),
            get("/libraries/{library_id:uuid}")(self.library),
            get("/libraries/{library_id:uuid}/items/{item_id:uuid}")(self.reading),
            get("/libraries/{library_id:uuid}/items/{item_id:uuid}/body")(self.body),
            get("/blobs/{sha256:str}")(self.blob),
        ]

    async def libraries(self, request: WebRequest) -> Page:
        """List the libraries."""
        person = await self._browsing.person(request)
        shelves = await self._items.shelves(person.account_id)
        context = {"shelves": shelves, "done": request.query_params.get("done", "")}
        return self._browsing.page("libraries.html", person.visit, context)

    async def library(self, request: WebRequest, library_id: FromPath[UUID]) -> Page:
        """List a library's transcripts, those that changed last first."""
        person = await self._browsing.person(request)
        shelf = await self._items.shelf(person.account_id, library_id)
        before = request.query_params.get("before", "")
        older_than = int(before) if re.fullmatch("[0-9]{1,18}", before) else None
        page = await self._items.page(person.account_id, library_id, older_than)
        context = {"shelf": shelf, "page": page, "is_first": older_than is None}
        return self._browsing.page("library.html", person.visit, context)

    async def reading(
        self, request: WebRequest, library_id: FromPath[UUID], item_id: FromPath[UUID]
    ) -> Page:
        """Show the frame that the reading view fills."""
        person = await self._browsing.person(request)
        shelf = await self._items.shelf(person.account_id, library_id)
        await self._items.body(person.account_id, library_id, item_id)
        context = {"shelf": shelf, "item_id": item_id}
        return self._browsing.page("reading.html", person.visit, context)

    async def body(
        self, request: WebRequest, library_id: FromPath[UUID], item_id: FromPath[UUID]
    ) -> Page:
        """Give a transcript's bytes."""
        person = await self._browsing.person(request)
        found = await self._items.body(person.account_id, library_id, item_id)
        headers = {
            **_DATA_HEADERS,
            "etag": f'"{found.sha256}"',
            "cache-control": _REVALIDATED,
        }
        if request.headers.get("if-none-match") == headers["etag"]:
            return Response(b"", status_code=304, media_type=_BYTES, headers=headers)
        return Response(found.body, media_type=_BYTES, headers=headers)

    async def blob(self, request: WebRequest, sha256: FromPath[str]) -> Stream | Page:
        """Give a blob's bytes; they never change."""
        person = await self._browsing.person(request)
        if _HASH.fullmatch(sha256) is None:
            raise NotFound("there is no such blob")
        found = await self._blobs.open(person.account_id, sha256)
        headers = {**_DATA_HEADERS, "etag": f'"{sha256}"', "cache-control": _REVALIDATED}
        if request.headers.get("if-none-match") == headers["etag"]:
            return Response(b"", status_code=304, media_type=_BYTES, headers=headers)
        headers["content-length"] = str(found.size)
        return Stream(found.read(), media_type=_BYTES, headers=headers)
