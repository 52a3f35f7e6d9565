"""Clear away files of the chunk store that no row names."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from sync_server.database import Database
from sync_server.services.blob_rows import BlobRows
from sync_server.services.chunk_store import ChunkStore
from sync_server.tables import account, chunk


async def collect_files(database: Database, store: ChunkStore, before: int) -> int:
    """Remove files that no row names and that arrived before a time; return how many.

    Milliseconds since 1970. Such files are left when the server dies between a chunk's file and its
    row, and by accounts that were deleted.
    """
    removed = 0
    for account_id in await store.accounts():
        stray = await stray_files(database, store, account_id)
        ages = await store.ages(account_id) if stray else {}
        old = [name for name in stray if ages.get(name, before) < before]
        removed += await remove_files(database, store, account_id, old)
    return removed


async def stray_files(database: Database, store: ChunkStore, account_id: UUID) -> list[str]:
    """Return which files of an account have no row."""
    # The files first: a row that is written since then can't make its file look like a stray one.
    names = await store.ages(account_id)
    query = select(chunk.c.hash).where(chunk.c.account_id == account_id)
    async with database.read() as connection:
        known = {key.hex() for key in (await connection.execute(query)).scalars()}
    return sorted(name for name in names if name not in known)


async def remove_files(
    database: Database, store: ChunkStore, account_id: UUID, names: Sequence[str]
) -> int:
    """Remove files unless a row has come to name them; return how many."""
    removed = 0
    for name in names:
        async with database.write() as connection:
            if not await _is_account(connection, account_id):
                break
            removed += await _remove_file(connection, store, account_id, name)
    else:
        return removed
    # Ids are not given twice, and without an account there can be no row.
    await store.remove_account(account_id)
    return len(names)


async def _remove_file(
    connection: AsyncConnection, store: ChunkStore, account_id: UUID, name: str
) -> int:
    """Remove a file while holding the row that an upload would need; return 1, or 0 if named."""
    key = bytes.fromhex(name)
    if not await BlobRows(connection, account_id, 0).make_chunk(key, 0):
        return 0
    await store.remove(account_id, [name])
    await connection.execute(
        delete(chunk).where(chunk.c.account_id == account_id, chunk.c.hash == key)
    )
    return 1


async def _is_account(connection: AsyncConnection, account_id: UUID) -> bool:
    # Locked against deletion, or the row that is about to be made would have no account.
    query = select(account.c.id).where(account.c.id == account_id)
    found = await connection.execute(query.with_for_update(read=True, key_share=True))
    return found.first() is not None
