"""What the tests of blobs, collection, fsck and backup share: a store, chunks and a clock."""

from __future__ import annotations

import hashlib
import random
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sync_server.clock import DAY_MS
from sync_server.database import Database
from sync_server.protocol import (
    CHUNK_BYTES,
    Applied,
    Batch,
    BatchResults,
    BlobManifest,
    Library,
    NewLibrary,
    Operation,
)
from sync_server.services.acknowledgements import Acknowledgements
from sync_server.services.batches import Batches
from sync_server.services.blobs import BlobFile, Blobs
from sync_server.services.caller import Caller
from sync_server.services.chunk_store import FileChunkStore
from sync_server.services.collection import Collection, Neighbours, Report
from sync_server.services.feed import Feed, Wanted
from sync_server.services.libraries import Libraries
from sync_server.services.newsroom import Newsroom
from sync_server.services.quota import Quotas
from sync_server.tables import account, device


class SetClock:
    """A clock that the test sets; milliseconds since 1970. It may tick with each look at it."""

    def __init__(self, now: int = 1_700_000_000_000) -> None:
        self.now = now
        self.tick = 0

    def __call__(self) -> int:
        self.now += self.tick
        return self.now

    def pass_days(self, days: float) -> None:
        self.now += int(days * DAY_MS)


class Interposed:
    """A database that lets something else happen before its next write."""

    def __init__(self, database: Database, before_write: Callable[[], Awaitable[object]]) -> None:
        self.is_sqlite = database.is_sqlite
        self.read = database.read
        self._database = database
        self._before_write: Callable[[], Awaitable[object]] | None = before_write

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        pending, self._before_write = self._before_write, None
        if pending is not None:
            await pending()
        async with self._database.write() as connection:
            yield connection


class Parts:
    """The services without HTTP, over one database and one folder."""

    def __init__(self, database: Database, folder: Path, quota: int | None = None) -> None:
        self.database = database
        self.folder = folder
        self.clock = SetClock()
        self.store = FileChunkStore(folder, reserve_bytes=0)
        self.blobs = Blobs(database, self.store, Quotas(quota), self.clock)
        self.libraries = Libraries(database, self.clock)
        self.batches = Batches(database, Newsroom(), Quotas(quota), self.clock)
        self.feed = Feed(database, Acknowledgements(database))
        self.due: list[uuid.UUID] = []

    async def library(self, caller: Caller) -> Library:
        return await self.libraries.add(caller.account_id, NewLibrary("Interviews"))

    async def upload(self, caller: Caller, content: bytes) -> str:
        """Upload a blob with all its chunks, and return its name."""
        for part in parts_of(content):
            await self.blobs.put_chunk(caller, name_of(part), pieces(part), len(part))
        name = name_of(content)
        await self.blobs.put_blob(caller, name, manifest_of(content))
        return name

    async def push(self, caller: Caller, library: Library, *ops: Operation) -> BatchResults:
        return await self.batches.apply(caller, library.id, Batch(list(ops)))

    async def write(
        self, caller: Caller, library: Library, *blobs: str, body: bytes = b"one"
    ) -> uuid.UUID:
        """Push a new item, and return its id."""
        operation = Operation(uuid.uuid4(), "transcript", 0, body=body, blobs=list(blobs))
        done = await self.push(caller, library, operation)
        assert isinstance(done.results[0], Applied), done
        return operation.item_id

    async def delete(self, caller: Caller, library: Library, item_id: uuid.UUID, base: int) -> int:
        """Push a deletion, and return its number."""
        done = await self.push(
            caller, library, Operation(item_id, "transcript", base, deleted=True)
        )
        (result,) = done.results
        assert isinstance(result, Applied)
        return result.seq

    async def read_up_to(self, caller: Caller, library: Library, seq: int) -> None:
        """Let a device say that it has everything up to a number."""
        await self.feed.page(caller, library.id, Wanted(f"{library.epoch}.{seq}"))

    async def see(self, *callers: Caller) -> None:
        """Let devices be seen now."""
        seen = update(device).where(device.c.id.in_([caller.device_id for caller in callers]))
        async with self.database.write() as connection:
            await connection.execute(seen.values(last_seen_at=self.clock()))

    async def collect(self, grace: int = 3600, database: object = None) -> Report:
        async def delete_due() -> list[uuid.UUID]:
            return self.due

        chosen = database or self.database
        collection = Collection(
            chosen, self.store, Neighbours(delete_due), self.clock  # type: ignore[arg-type]
        )
        return await collection.collect(grace)

    async def used(self, caller: Caller) -> int:
        query = select(account.c.used_bytes).where(account.c.id == caller.account_id)
        async with self.database.read() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def count(self, table: object) -> int:
        query = select(func.count()).select_from(table)  # type: ignore[arg-type]
        async with self.database.read() as connection:
            return int((await connection.execute(query)).scalar_one())

    def files(self) -> list[str]:
        """Return the names of all files under the folder."""
        return sorted(path.name for path in self.folder.rglob("*") if path.is_file())

    def path(self, caller: Caller, name: str) -> Path:
        return self.folder / str(caller.account_id) / name[:2] / name


def name_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def parts_of(content: bytes) -> list[bytes]:
    return [content[at : at + CHUNK_BYTES] for at in range(0, len(content), CHUNK_BYTES)]


def manifest_of(content: bytes) -> BlobManifest:
    return BlobManifest(len(content), [name_of(part) for part in parts_of(content)])


def noise(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


async def pieces(content: bytes, size: int = 65_536) -> AsyncIterator[bytes]:
    """Give bytes as they come from the network."""
    for at in range(0, len(content), size):
        yield content[at : at + size]


async def all_of(file: BlobFile, start: int = 0, stop: int | None = None) -> bytes:
    return b"".join([block async for block in file.read(start, stop)])


async def deleted(parts: Parts, caller: Caller, library_id: object, days: float) -> int:
    """Write and delete an item, let days pass, and return the tombstone's number."""
    assert isinstance(library_id, uuid.UUID)
    (found,) = [
        each
        for each in await parts.libraries.of_account(caller.account_id)
        if each.id == library_id
    ]
    item_id = await parts.write(caller, found)
    head = (await parts.libraries.of_account(caller.account_id))[0].head
    seq = await parts.delete(caller, found, item_id, head)
    parts.clock.pass_days(days)
    return seq
