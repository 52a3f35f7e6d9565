"""Read structures from requests and write answers: straight from the body, straight to bytes."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Generic, TypeAlias, TypeVar

import msgspec
from litestar.connection import Request
from litestar.datastructures import State
from litestar.response.base import ASGIResponse
from litestar.types import Receive, Scope, Send
from msgspec import Struct
from msgspec.json import Decoder

from sync_server.errors import Invalid, TooLarge
from sync_server.services.caller import Caller

ApiRequest: TypeAlias = Request[Caller, str, State]
"""A request whose token was found good: `user` is the device, `auth` the token."""
OpenRequest: TypeAlias = Request[None, None, State]
"""A request that needs no token."""

T = TypeVar("T")

MAX_JSON_BYTES = 1024 * 1024
"""Of a request's body, unless its route says otherwise."""
MAX_BATCH_JSON_BYTES = 16 * 1024 * 1024
"""A batch: 4 MiB of bodies as base64, ids, and up to a thousand hashes for each operation."""

_SMALLEST_GZIPPED = 1024
_THREAD_FROM = 128 * 1024
"""Bytes from which compressing takes long enough that others should not wait for it."""
_GZIP = 16 + zlib.MAX_WBITS
_JSON_HEADERS = {"content-type": "application/json", "cache-control": "no-store"}

_encoder = msgspec.json.Encoder()


class Wire(Generic[T]):
    """Reads one kind of structure from bodies; make it once."""

    __slots__ = ("decode", "max_bytes")

    def __init__(self, kind: type[T], max_bytes: int = MAX_JSON_BYTES) -> None:
        self.decode: Callable[[bytes], T] = Decoder(kind).decode
        self.max_bytes = max_bytes


async def parsed(request: ApiRequest | OpenRequest, wire: Wire[T]) -> T:
    """Return what the body says; raises `Invalid` and `TooLarge`."""
    body = await request.body()
    coding = request.headers.get("content-encoding", "identity")
    if coding == "gzip":
        body = await _apart(len(body), lambda: _unzipped(body, wire.max_bytes))
    elif coding != "identity":
        raise Invalid("bodies come as they are or as gzip")
    try:
        return wire.decode(body)
    except (ValueError, RecursionError) as exc:
        # Of msgspec: what was expected, and where.
        raise Invalid(str(exc)) from exc


async def answer(
    request: ApiRequest | OpenRequest, content: Struct, status: int = 200
) -> ASGIResponse:
    """Return a structure as JSON, gzipped if the client takes that."""
    body = _encoder.encode(content)
    headers = dict(_JSON_HEADERS)
    if len(body) >= _SMALLEST_GZIPPED and _takes_gzip(request):
        body = await _apart(len(body), lambda: _zipped(body))
        headers |= {"content-encoding": "gzip", "vary": "accept-encoding"}
    return ASGIResponse(body=body, status_code=status, headers=headers)


def nothing() -> ASGIResponse:
    """Return 204: it is done, and there is nothing to say."""
    return ASGIResponse(status_code=204, headers={"cache-control": "no-store"})


def plain_json(content: Struct | Mapping[str, object], status: int = 200) -> ASGIResponse:
    """Return JSON of a few bytes."""
    return ASGIResponse(
        body=_encoder.encode(content), status_code=status, headers=dict(_JSON_HEADERS)
    )


class Streamed(ASGIResponse):
    """Send bytes as they come; a `size` that is known is announced."""

    def __init__(
        self,
        pieces: AsyncIterator[bytes],
        media_type: str,
        headers: Mapping[str, str],
        status: int = 200,
        size: int | None = None,
    ) -> None:
        kept = {"content-type": media_type, "cache-control": "no-store", **headers}
        if size is not None:
            kept["content-length"] = str(size)
        super().__init__(status_code=status, headers=kept)
        if size is None:
            del self.headers["content-length"]
        self._pieces = pieces

    async def send_body(self, send: Send, receive: Receive) -> None:
        """Send the pieces; one that can't be read cuts the answer off, and so does the reader."""
        is_gone = asyncio.Event()
        async with watching(receive, is_gone.set):
            async for piece in self._pieces:
                if is_gone.is_set():
                    return
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, and close what the pieces came from whatever happens."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            if (close := getattr(self._pieces, "aclose", None)) is not None:
                await close()


@asynccontextmanager
async def watching(receive: Receive, on_gone: Callable[[], None]) -> AsyncIterator[None]:
    """Call back when the client leaves: servers don't say so to those who only send."""

    async def watch() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        on_gone()

    task = asyncio.create_task(watch())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _apart(size: int, work: Callable[[], bytes]) -> bytes:
    """Do what may take long in a thread; zlib lets the others run meanwhile."""
    return await asyncio.to_thread(work) if size >= _THREAD_FROM else work()


def _takes_gzip(request: ApiRequest | OpenRequest) -> bool:
    return "gzip" in request.headers.get("accept-encoding", "")


def _zipped(body: bytes) -> bytes:
    # Bodies are compressed already: all that is left is base64's four thirds.
    packer = zlib.compressobj(1, zlib.DEFLATED, _GZIP, strategy=zlib.Z_HUFFMAN_ONLY)
    return packer.compress(body) + packer.flush()


def _unzipped(body: bytes, max_bytes: int) -> bytes:
    unpacker = zlib.decompressobj(_GZIP)
    try:
        plain = unpacker.decompress(body, max_bytes + 1)
    except zlib.error as exc:
        raise Invalid("the body is no gzip") from exc
    if len(plain) > max_bytes:
        raise TooLarge(f"a body has at most {max_bytes} bytes")
    if not unpacker.eof:
        raise Invalid("the body ends too early")
    return plain
