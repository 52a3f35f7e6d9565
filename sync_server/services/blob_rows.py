"""Rows of chunks and blobs, as one transaction of an upload sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Table, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from sync_server.clock import SECOND_MS
from sync_server.database import Database, Values, join_hashes
from sync_server.protocol import CHUNK_BYTES
from sync_server.services.chunk_store import hash_bytes
from sync_server.tables import account, blob, chunk

_AT_ONCE = 1000
_TOUCHED_EVERY_MS = 3600 * SECOND_MS


@dataclass(frozen=True, slots=True)
class BlobRows:
    """The rows of one account inside a transaction that writes."""

    connection: AsyncConnection
    account_id: UUID
    now: int
    """Milliseconds since 1970."""

    async def make_chunk(self, key: bytes, size: int) -> bool:
        """Make a chunk's row; False if there is one, also if it was made at this very moment.

        Until the transaction ends nobody else can make or collect this chunk.
        """
        new = self._insert(chunk).values(
            account_id=self.account_id, hash=key, size=size, touched_at=self.now
        )
        made = new.on_conflict_do_nothing().returning(chunk.c.hash)
        return (await self.connection.execute(made)).first() is not None

    async def claim_chunk(self, key: bytes, size: int) -> bool:
        """Make a chunk's row or touch it; return whether it is new."""
        known = (
            update(chunk)
            .where(chunk.c.account_id == self.account_id, chunk.c.hash == key)
            .values(touched_at=self.now)
            .returning(chunk.c.hash)
        )
        while not await self.make_chunk(key, size):
            if (await self.connection.execute(known)).first() is not None:
                return False
            # It was collected in between: now it can be made.
        return True

    async def add_used(self, size: int) -> None:
        """Count bytes as used by the account, and lock it."""
        await self.connection.execute(
            update(account)
            .where(account.c.id == self.account_id)
            .values(used_bytes=account.c.used_bytes + size)
        )

    async def touch_chunks(self, names: Sequence[str]) -> dict[str, int]:
        """Lock and touch chunks; return the sizes of those that are there, in bytes."""
        found: dict[str, int] = {}
        for keys in _portions(names):
            own = (chunk.c.account_id == self.account_id, chunk.c.hash.in_(keys))
            # Locked in their order, so that two uploads don't wait for each other.
            query = select(chunk.c.hash, chunk.c.size).where(*own).order_by(chunk.c.hash)
            for row in await self.connection.execute(query.with_for_update()):
                found[row.hash.hex()] = row.size
            await self.connection.execute(update(chunk).where(*own).values(touched_at=self.now))
        return found

    async def add_blob(self, key: bytes, size: int, names: Sequence[str]) -> None:
        """Write a blob's row; one that is there already is replaced."""
        content: Values = {
            "size": size,
            "chunks": join_hashes(names),
            "touched_at": self.now,
        }
        new = self._insert(blob).values(account_id=self.account_id, hash=key, **content)
        await self.connection.execute(
            new.on_conflict_do_update(index_elements=[blob.c.account_id, blob.c.hash], set_=content)
        )

    def _insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        if self.connection.dialect.name == "postgresql":
            return postgresql.insert(table)
        return sqlite.insert(table)


def make_up(sizes: Sequence[int], size: int) -> bool:
    """Tell whether chunks of these sizes are those of a blob of this size; all in bytes."""
    *full, last = sizes or [0]
    is_cut_well = all(each == CHUNK_BYTES for each in full) and last <= CHUNK_BYTES
    return is_cut_well and sum(sizes) == size and (last > 0 or not sizes)


async def present(
    database: Database, table: Table, account_id: UUID, names: Sequence[str], now: int
) -> set[str]:
    """Return which chunks or blobs have rows, and touch those not touched for an hour.

    So what a client was told it need not send isn't collected before the client has named it.
    """
    own = (table.c.account_id == account_id, table.c.hash.in_([hash_bytes(name) for name in names]))
    async with database.read() as connection:
        rows = (
            await connection.execute(select(table.c.hash, table.c.touched_at).where(*own))
        ).all()
    old = [row.hash for row in rows if row.touched_at < now - _TOUCHED_EVERY_MS]
    if old:
        await _touch(database, table, account_id, old, now)
    return {row.hash.hex() for row in rows}


async def _touch(
    database: Database, table: Table, account_id: UUID, keys: Sequence[bytes], now: int
) -> None:
    # What somebody else has locked is being touched, or collected: no reason to wait.
    free = (
        select(table.c.hash)
        .where(table.c.account_id == account_id, table.c.hash.in_(keys))
        .with_for_update(skip_locked=True)
    )
    async with database.write() as connection:
        locked = (await connection.execute(free)).scalars().all()
        await connection.execute(
            update(table)
            .where(table.c.account_id == account_id, table.c.hash.in_(locked))
            .values(touched_at=now)
        )


def _portions(names: Sequence[str]) -> Iterator[list[bytes]]:
    ordered = sorted(set(names))
    for at in range(0, len(ordered), _AT_ONCE):
        yield [bytes.fromhex(name) for name in ordered[at : at + _AT_ONCE]]
