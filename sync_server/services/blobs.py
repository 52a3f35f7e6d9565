"""Blobs of an account: uploaded in chunks, named by items, read in any part.

A chunk's row is written first and its file moved into place inside the row's transaction; the
collection deletes row and file inside one as well. So neither takes away what the other just did.
Rows are locked in one order everywhere: chunks by hash, then blobs, then the account.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from sync_server.clock import Clock
from sync_server.database import Database, split_hashes
from sync_server.errors import HashMismatch, Invalid, MissingChunks, NotFound, OverQuota
from sync_server.protocol import CHUNK_BYTES, MAX_FETCH_BYTES, BlobManifest
from sync_server.services.blob_rows import BlobRows, make_up, present
from sync_server.services.caller import Caller
from sync_server.services.chunk_store import ChunkStore, checksum, hash_bytes
from sync_server.services.quota import Quotas
from sync_server.tables import blob, chunk

_CHECKED_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class BlobFile:
    """A blob that can be read; `size` in bytes."""

    size: int
    _account_id: UUID
    _chunks: Sequence[str]
    _store: ChunkStore

    async def read(self, start: int = 0, stop: int | None = None) -> AsyncIterator[bytes]:
        """Give the bytes from `start` to before `stop`; raises `NotFound` if some are lost."""
        end = self.size if stop is None else min(stop, self.size)
        at = start
        while at < end:
            index, offset = divmod(at, CHUNK_BYTES)
            until = min(CHUNK_BYTES, offset + end - at)
            name = self._chunks[index]
            async for block in self._store.read(self._account_id, name, offset, until):
                at += len(block)
                yield block
            if at < index * CHUNK_BYTES + until:
                raise NotFound("a part of the blob is lost")


class Fetched(NamedTuple):
    """One of several blobs that were asked for at once; `size` in bytes."""

    hash: str
    size: int
    stream: AsyncIterator[bytes]


class Blobs:
    """Take blobs in and give them out."""

    def __init__(self, database: Database, store: ChunkStore, quotas: Quotas, clock: Clock) -> None:
        self._database = database
        self._store = store
        self._quotas = quotas
        self._clock = clock
        self._checking = asyncio.Semaphore(_CHECKED_AT_ONCE)

    async def missing(self, account_id: UUID, hashes: Sequence[str]) -> list[str]:
        """Return which blobs the account doesn't hold; those it holds are kept for the grace."""
        found = await present(self._database, blob, account_id, hashes, self._clock())
        return [name for name in dict.fromkeys(hashes) if name not in found]

    async def missing_chunks(self, account_id: UUID, hashes: Sequence[str]) -> list[str]:
        """Return which chunks the account doesn't hold; those it holds are kept for the grace."""
        found = await present(self._database, chunk, account_id, hashes, self._clock())
        # A file that was lost can be sent again: better than to hold on to its row.
        there = await self._store.sizes(account_id, found)
        return [name for name in dict.fromkeys(hashes) if name not in there]

    async def put_chunk(
        self,
        caller: Caller,
        sha256: str,
        stream: AsyncIterator[bytes],
        declared_size: int | None = None,
    ) -> None:
        """Store a chunk; sending one again replaces its file by the same bytes.

        Raises `TooLarge`, `Invalid`, `HashMismatch`, `OverQuota` and `DiskFull`; then nothing is
        left of it.
        """
        key = hash_bytes(sha256)
        await self._ask_for_room(caller.account_id, key, declared_size)
        async with self._store.put(caller.account_id, sha256, stream, declared_size) as arrived:
            async with self._database.write() as connection:
                rows = BlobRows(connection, caller.account_id, self._clock())
                try:
                    is_new = await rows.claim_chunk(key, arrived.size)
                except IntegrityError as exc:
                    raise NotFound("there is no such account") from exc
                if is_new:
                    await rows.add_used(arrived.size)
                    room = await self._quotas.room(connection, caller.account_id)
                    if room.left is not None and room.left < 0:
                        raise OverQuota("the account has no room for it")
                await arrived.keep()

    async def put_blob(self, caller: Caller, sha256: str, manifest: BlobManifest) -> None:
        """Make a blob of chunks that are there.

        Raises `MissingChunks`, `Invalid` when size and chunks don't fit, and `HashMismatch`.
        """
        key = hash_bytes(sha256)
        names = list(manifest.chunks)
        await self._check_chunks(caller.account_id, names, manifest.size)
        if await self._whole(caller.account_id, names) != key:
            raise HashMismatch("the chunks together have another hash")
        async with self._database.write() as connection:
            rows = BlobRows(connection, caller.account_id, self._clock())
            if len(await rows.touch_chunks(names)) < len(set(names)):
                raise MissingChunks("some chunks are not there")
            await rows.add_blob(key, manifest.size, names)

    async def open(self, account_id: UUID, sha256: str) -> BlobFile:
        """Return a blob to read from; raises `NotFound`."""
        query = select(blob.c.size, blob.c.chunks).where(
            blob.c.account_id == account_id, blob.c.hash == hash_bytes(sha256)
        )
        async with self._database.read() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            raise NotFound("there is no such blob")
        return BlobFile(row.size, account_id, split_hashes(row.chunks), self._store)

    async def fetch(self, account_id: UUID, hashes: Sequence[str]) -> AsyncIterator[Fetched]:
        """Give blobs in the order asked for, as many as fit into `MAX_FETCH_BYTES` together.

        What is not there or does not fit is left out; read each stream before the next.
        """
        wanted = list(dict.fromkeys(hashes))
        query = select(blob.c.hash, blob.c.size, blob.c.chunks).where(
            blob.c.account_id == account_id,
            blob.c.hash.in_([hash_bytes(name) for name in wanted]),
            blob.c.size <= MAX_FETCH_BYTES,
        )
        async with self._database.read() as connection:
            rows = {row.hash.hex(): row for row in await connection.execute(query)}
        left = MAX_FETCH_BYTES
        for name in wanted:
            if name in rows and rows[name].size <= left:
                size: int = rows[name].size
                left -= size
                parts = split_hashes(rows[name].chunks)
                yield Fetched(name, size, BlobFile(size, account_id, parts, self._store).read())

    async def _ask_for_room(self, account_id: UUID, key: bytes, declared_size: int | None) -> None:
        """Refuse before anything is uploaded; what is there already needs no room."""
        known = select(chunk.c.hash).where(chunk.c.account_id == account_id, chunk.c.hash == key)
        async with self._database.read() as connection:
            if (await connection.execute(known)).first() is not None:
                return
            room = await self._quotas.room(connection, account_id)
        if not room.take(1 if declared_size is None else declared_size):
            raise OverQuota("the account has no room for it")

    async def _check_chunks(self, account_id: UUID, names: Sequence[str], size: int) -> None:
        """Check that the chunks are there and have the sizes that a blob of this size needs."""
        sizes = await self._store.sizes(account_id, set(names))
        if len(sizes) < len(set(names)):
            raise MissingChunks("some chunks are not there")
        if not make_up([sizes[name] for name in names], size):
            raise Invalid(f"all chunks but the last have {CHUNK_BYTES} bytes, together the size")

    async def _whole(self, account_id: UUID, names: Sequence[str]) -> bytes:
        """Return the hash of all chunks together; one chunk's was checked when it arrived."""
        if len(names) == 1:
            return hash_bytes(names[0])
        async with self._checking:
            try:
                return await checksum(self._store, account_id, names)
            except NotFound as exc:
                raise MissingChunks("some chunks are not there") from exc
