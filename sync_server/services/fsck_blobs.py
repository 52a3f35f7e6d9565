"""Check and repair an account's chunks and blobs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, select, update

from sync_server.database import Database, split_hashes
from sync_server.errors import NotFound
from sync_server.protocol import CHUNK_BYTES
from sync_server.services.blob_rows import BlobRows, make_up
from sync_server.services.chunk_store import ChunkStore, checksum
from sync_server.services.collection_of_files import remove_files, stray_files
from sync_server.services.fsck_problems import Damage, Problem
from sync_server.tables import blob, chunk


class _Blob(NamedTuple):
    name: str
    size: int
    chunks: list[str]
    touched_at: int


class AccountBlobs:
    """The chunks, blobs and files of one account."""

    def __init__(self, database: Database, store: ChunkStore, account_id: UUID) -> None:
        self._database = database
        self._store = store
        self._account_id = account_id

    async def check(self) -> list[Problem]:
        """Return what is wrong; reads every chunk, and blobs of several chunks twice."""
        sizes, blobs = await self._rows()
        problems = [problem async for problem in self._check_chunks(sizes)]
        lost = {problem.subject for problem in problems if problem.damage != Damage.CHUNK_SIZE}
        for found in blobs:
            if not await self._is_whole(found, sizes, lost):
                touched = found.touched_at
                problems.append(self._problem(Damage.BLOB_BROKEN, found.name, touched))
        for name in await stray_files(self._database, self._store, self._account_id):
            problems.append(self._problem(Damage.STRAY_FILE, name))
        return problems

    async def repair(self, problems: Sequence[Problem]) -> None:
        """Repair these problems, as far as they are still there."""
        repairs: Mapping[Damage, Callable[[Problem], Awaitable[None]]] = {
            Damage.CHUNK_ABSENT: self._repair_chunk,
            Damage.CHUNK_DAMAGED: self._repair_chunk,
            Damage.CHUNK_SIZE: self._repair_chunk,
            Damage.BLOB_BROKEN: self._forget_blob,
            Damage.STRAY_FILE: self._remove_file,
        }
        for problem in problems:
            await repairs[problem.damage](problem)

    def _problem(self, damage: Damage, name: str, number: int = 0) -> Problem:
        return Problem(damage, self._account_id, subject=name, number=number)

    async def _rows(self) -> tuple[dict[str, int], list[_Blob]]:
        chunks = select(chunk.c.hash, chunk.c.size).where(chunk.c.account_id == self._account_id)
        blobs = select(blob.c.hash, blob.c.size, blob.c.chunks, blob.c.touched_at).where(
            blob.c.account_id == self._account_id
        )
        async with self._database.read() as connection:
            sizes = {row.hash.hex(): row.size for row in await connection.execute(chunks)}
            found = [
                _Blob(row.hash.hex(), row.size, split_hashes(row.chunks), row.touched_at)
                for row in await connection.execute(blobs)
            ]
        return sizes, found

    async def _check_chunks(self, sizes: Mapping[str, int]) -> AsyncIterator[Problem]:
        for name, size in sizes.items():
            damage = await self._damage(name, size)
            if damage is not None and await self._has_chunk(name):
                yield self._problem(damage, name)

    async def _damage(self, name: str, size: int) -> Damage | None:
        try:
            if (await checksum(self._store, self._account_id, [name])).hex() != name:
                return Damage.CHUNK_DAMAGED
        except NotFound:
            return Damage.CHUNK_ABSENT
        there = (await self._store.sizes(self._account_id, [name])).get(name, size)
        if there > CHUNK_BYTES:
            return Damage.CHUNK_DAMAGED
        return None if there == size else Damage.CHUNK_SIZE

    async def _has_chunk(self, name: str) -> bool:
        """Ask again: it may have been collected since the rows were read."""
        query = select(chunk.c.hash).where(
            chunk.c.account_id == self._account_id, chunk.c.hash == bytes.fromhex(name)
        )
        async with self._database.read() as connection:
            return (await connection.execute(query)).first() is not None

    async def _is_whole(self, found: _Blob, sizes: Mapping[str, int], lost: set[str]) -> bool:
        names = set(found.chunks)
        if lost & names or not sizes.keys() >= names:
            return False
        there = await self._store.sizes(self._account_id, names)
        if len(there) < len(names):
            # A chunk was there when it was checked: the blob was collected since.
            return True
        if not make_up([there[name] for name in found.chunks], found.size):
            return False
        try:
            whole = await checksum(self._store, self._account_id, found.chunks)
        except NotFound:
            return True
        return whole.hex() == found.name

    async def _repair_chunk(self, problem: Problem) -> None:
        """Look again under the row's lock, so that nobody sends the chunk at the same moment."""
        name = problem.subject
        own = (chunk.c.account_id == self._account_id, chunk.c.hash == bytes.fromhex(name))
        async with self._database.write() as connection:
            locked = select(chunk.c.size).where(*own).with_for_update()
            size = (await connection.execute(locked)).scalar_one_or_none()
            damage = None if size is None else await self._damage(name, size)
            if size is None or damage is None:
                return
            if damage == Damage.CHUNK_SIZE:
                real = (await self._store.sizes(self._account_id, [name]))[name]
                await connection.execute(update(chunk).where(*own).values(size=real))
            else:
                await connection.execute(delete(chunk).where(*own))
                await self._store.remove(self._account_id, [name])
                await BlobRows(connection, self._account_id, 0).add_used(-size)

    async def _forget_blob(self, problem: Problem) -> None:
        async with self._database.write() as connection:
            await connection.execute(
                delete(blob).where(
                    blob.c.account_id == self._account_id,
                    blob.c.hash == bytes.fromhex(problem.subject),
                    # Unless it was sent again since.
                    blob.c.touched_at == problem.number,
                )
            )

    async def _remove_file(self, problem: Problem) -> None:
        await remove_files(self._database, self._store, self._account_id, [problem.subject])
