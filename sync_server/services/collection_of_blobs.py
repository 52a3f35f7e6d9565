"""Clear away blobs that no item nor revision names, and chunks that no blob names.

What nothing names is looked up in one state of the database, together with when it was touched. A
push or an upload that names one of them since then has touched its row under the row's lock. So a
row is deleted under the same lock, and only if nobody has touched it since.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import islice
from uuid import UUID

from sqlalchemy import Table, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import Select

from sync_server.database import Database
from sync_server.services.chunk_store import ChunkStore
from sync_server.tables import account, blob, chunk, history, item, library

_HASH_BYTES = 32
_AT_ONCE = 100
_READ_AT_ONCE = 1000

Touched = dict[bytes, int]
"""When each was last touched, by its hash; milliseconds since 1970."""


async def collect_blobs(database: Database, account_id: UUID, before: int) -> int:
    """Remove unnamed blobs that were last touched before a time; return how many."""
    named = [
        select(table.c.blobs)
        .join(library, library.c.id == table.c.library_id)
        .where(library.c.account_id == account_id, table.c.blobs != b"")
        for table in (item, history)
    ]
    unnamed = await _unnamed(database, blob, account_id, before, named)
    removed = 0
    for portion in _portions(unnamed):
        async with database.write() as connection:
            keys = await _still_unnamed(connection, blob, account_id, portion)
            await _delete(connection, blob, account_id, keys)
        removed += len(keys)
    return removed


async def collect_chunks(
    database: Database, store: ChunkStore, account_id: UUID, before: int
) -> tuple[int, int]:
    """Remove unnamed chunks that were last touched before a time; return how many, and bytes."""
    named = [select(blob.c.chunks).where(blob.c.account_id == account_id)]
    unnamed = await _unnamed(database, chunk, account_id, before, named)
    removed = freed = 0
    for portion in _portions(unnamed):
        async with database.write() as connection:
            keys = await _still_unnamed(connection, chunk, account_id, portion)
            size = await _size(connection, account_id, keys)
            await _delete(connection, chunk, account_id, keys)
            # Before the commit: after it the chunk may have been uploaded again. If the commit
            # fails, a row without a file is left, which asking for missing chunks doesn't count.
            await store.remove(account_id, [key.hex() for key in keys])
            await connection.execute(
                update(account)
                .where(account.c.id == account_id)
                .values(used_bytes=account.c.used_bytes - size)
            )
        removed += len(keys)
        freed += size
    return removed, freed


async def _unnamed(
    database: Database,
    table: Table,
    account_id: UUID,
    before: int,
    named: Sequence[Select[bytes]],
) -> Touched:
    old = select(table.c.hash, table.c.touched_at).where(
        table.c.account_id == account_id, table.c.touched_at < before
    )
    async with database.read() as connection:
        found: Touched = {row.hash: row.touched_at for row in await connection.execute(old)}
        if found:
            for query in named:
                async for joined in _stream(connection, query):
                    for at in range(0, len(joined), _HASH_BYTES):
                        found.pop(joined[at : at + _HASH_BYTES], None)
    return found


async def _stream(connection: AsyncConnection, query: Select[bytes]) -> AsyncIterator[bytes]:
    result = await connection.stream(query.execution_options(yield_per=_READ_AT_ONCE))
    async for joined in result.scalars():
        yield joined


def _portions(unnamed: Touched) -> Iterator[Touched]:
    rest = iter(unnamed.items())
    while portion := dict(islice(rest, _AT_ONCE)):
        yield portion


async def _still_unnamed(
    connection: AsyncConnection, table: Table, account_id: UUID, portion: Touched
) -> list[bytes]:
    """Lock rows and return those that nobody has touched; what is locked is being touched."""
    query = (
        select(table.c.hash, table.c.touched_at)
        .where(table.c.account_id == account_id, table.c.hash.in_(portion))
        .with_for_update(skip_locked=True)
    )
    rows = await connection.execute(query)
    return [row.hash for row in rows if portion[row.hash] == row.touched_at]


async def _size(connection: AsyncConnection, account_id: UUID, keys: Sequence[bytes]) -> int:
    query = select(chunk.c.size).where(chunk.c.account_id == account_id, chunk.c.hash.in_(keys))
    return sum((await connection.execute(query)).scalars())


async def _delete(
    connection: AsyncConnection, table: Table, account_id: UUID, keys: Sequence[bytes]
) -> None:
    await connection.execute(
        delete(table).where(table.c.account_id == account_id, table.c.hash.in_(keys))
    )
