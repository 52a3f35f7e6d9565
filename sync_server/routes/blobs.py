"""Blobs and their chunks."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import aclosing

from litestar import get, post, put
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response.base import ASGIResponse

from sync_server.errors import DiskFull, HashMismatch, MissingChunks, OverQuota
from sync_server.protocol import CHUNK_BYTES, BlobManifest, Hashes, Missing
from sync_server.routes.byte_ranges import Range, asked_range
from sync_server.routes.contract import FINDS, Contract, Parameter, Raw, agreed
from sync_server.routes.exchange import ApiRequest, Streamed, Wire, answer, nothing, parsed
from sync_server.services.blobs import BlobFile, Blobs, Fetched

_HASHES = Wire(Hashes)
_MANIFEST = Wire(BlobManifest, 2 * 1024 * 1024)
_IMMUTABLE = "private, max-age=31536000, immutable"

_RANGE = {"Range": Parameter(str, "`bytes=FIRST-LAST`: one part only (RFC 9110, section 14)")}


def blob_routes(blobs: Blobs) -> list[HTTPRouteHandler]:
    """Return the routes."""

    @post(
        "/blobs/missing",
        opt=agreed(Contract("Ask which blobs are not there", Hashes, Missing)),
        status_code=200,
    )
    async def missing_blobs(request: ApiRequest) -> ASGIResponse:
        asked = await parsed(request, _HASHES)
        found = await blobs.missing(request.user.account_id, asked.hashes)
        return await answer(request, Missing(found))

    @post(
        "/chunks/missing",
        opt=agreed(Contract("Ask which chunks are not there", Hashes, Missing)),
        status_code=200,
    )
    async def missing_chunks(request: ApiRequest) -> ASGIResponse:
        asked = await parsed(request, _HASHES)
        found = await blobs.missing_chunks(request.user.account_id, asked.hashes)
        return await answer(request, Missing(found))

    @put(
        "/chunks/{sha256:str}",
        request_max_body_size=CHUNK_BYTES,
        status_code=200,  # Litestar wants none here that has no body; the answer says it
        opt=agreed(
            Contract(
                "Send a chunk",
                Raw.BYTES,
                status=204,
                refusals=(HashMismatch, OverQuota, DiskFull),
            )
        ),
    )
    async def put_chunk(request: ApiRequest, sha256: FromPath[str]) -> ASGIResponse:
        async with aclosing(request.stream()) as pieces:
            await blobs.put_chunk(request.user, sha256, pieces, request.content_length)
        return nothing()

    @put(
        "/blobs/{sha256:str}",
        request_max_body_size=_MANIFEST.max_bytes,
        status_code=200,  # Litestar wants none here that has no body; the answer says it
        opt=agreed(
            Contract(
                "Make a blob of chunks",
                BlobManifest,
                status=204,
                refusals=(HashMismatch, MissingChunks),
            )
        ),
    )
    async def put_blob(request: ApiRequest, sha256: FromPath[str]) -> ASGIResponse:
        await blobs.put_blob(request.user, sha256, await parsed(request, _MANIFEST))
        return nothing()

    @get(
        "/blobs/{sha256:str}",
        opt=agreed(
            Contract(
                "Get a blob",
                gives=Raw.BYTES,
                headers=_RANGE,
                refusals=FINDS,
                others={206: Raw.BYTES, 304: None, 416: None},
            )
        ),
    )
    async def get_blob(request: ApiRequest, sha256: FromPath[str]) -> ASGIResponse:
        found = await blobs.open(request.user.account_id, sha256)
        tag = f'"{sha256}"'
        headers = {"etag": tag, "cache-control": _IMMUTABLE, "accept-ranges": "bytes"}
        if tag in request.headers.get("if-none-match", ""):
            return ASGIResponse(status_code=304, headers=headers)
        if request.headers.get("if-range", tag) != tag:
            return _part(found, None, headers)
        return _part(found, request.headers.get("range"), headers)

    @post(
        "/blobs/fetch",
        opt=agreed(Contract("Get several blobs at once", Hashes, Raw.MULTIPART)),
        status_code=200,
    )
    async def fetch_blobs(request: ApiRequest) -> ASGIResponse:
        asked = await parsed(request, _HASHES)
        boundary = secrets.token_hex(16)
        parts = _parts(blobs.fetch(request.user.account_id, asked.hashes), boundary)
        return Streamed(parts, f"multipart/mixed; boundary={boundary}", {})

    return [missing_blobs, missing_chunks, put_chunk, put_blob, get_blob, fetch_blobs]


def _part(found: BlobFile, asked: str | None, headers: dict[str, str]) -> ASGIResponse:
    part = asked_range(asked, found.size)
    if part is Range.UNSATISFIABLE:
        return ASGIResponse(
            status_code=416, headers={**headers, "content-range": f"bytes */{found.size}"}
        )
    if part is Range.WHOLE:
        return Streamed(found.read(0, found.size), Raw.BYTES.value, headers, size=found.size)
    start, stop = part
    headers = {**headers, "content-range": f"bytes {start}-{stop - 1}/{found.size}"}
    return Streamed(
        found.read(start, stop), Raw.BYTES.value, headers, status=206, size=stop - start
    )


async def _parts(found: AsyncIterator[Fetched], boundary: str) -> AsyncIterator[bytes]:
    """Write multipart/mixed (RFC 2046, section 5.1); each part says its hash and size."""
    async for one in found:
        head = (
            f"--{boundary}\r\nContent-Type: application/octet-stream\r\n"
            f"Content-ID: <{one.hash}>\r\nContent-Length: {one.size}\r\n\r\n"
        )
        yield head.encode()
        async for piece in one.stream:
            yield piece
        yield b"\r\n"
    yield f"--{boundary}--\r\n".encode()
