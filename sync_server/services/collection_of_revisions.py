"""Clear away tombstones that everyone has seen, and history that is old and long.

A tombstone that goes moves into history, so that for the rest of the time that history is kept a
deletion can be looked up; then nothing of the item is left.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import and_, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import Select

from sync_server.clock import DAY_MS
from sync_server.database import Database
from sync_server.protocol import item_digest, set_digest
from sync_server.services.libraries import lock_library
from sync_server.tables import (
    REVISION_COLUMNS,
    acknowledgement,
    device,
    history,
    item,
    library,
)

KEPT_REVISIONS = 50
KEPT_DAYS = 90
"""Of each item history keeps so many revisions and so many days, whichever is more."""
TOMBSTONE_DAYS = 30
"""So long a tombstone is kept even if every device has seen it."""
LIVE_DAYS = 180
"""A device that was not seen for so long holds no tombstone back; it compares everything."""

_AT_ONCE = 1000


async def collect_tombstones(
    database: Database, account_id: UUID, library_id: UUID, now: int
) -> int:
    """Remove the tombstones that may go and raise the floor to the last; return how many.

    `now` is in milliseconds since 1970. Raises `NotFound`.
    """
    total = 0
    while await _has_old_tombstone(database, library_id, now):
        async with database.write() as connection:
            state = await lock_library(connection, account_id, library_id)
            limit = await _limit(connection, account_id, library_id, now)
            digest, floor, count = await _remove(connection, library_id, state.digest, limit)
            if count:
                await connection.execute(
                    update(library)
                    .where(library.c.id == library_id)
                    .values(digest=digest.to_bytes(16, "big"), floor=max(floor, state.floor))
                )
        total += count
        if count < _AT_ONCE:
            break
    return total


async def collect_history(database: Database, library_id: UUID, now: int) -> int:
    """Remove old revisions; of items that are gone, all of them. Return how many."""
    total = 0
    for query in (_long(library_id, now), _gone(library_id, now)):
        while True:
            async with database.read() as connection:
                numbers = (await connection.execute(query)).scalars().all()
            if not numbers:
                break
            async with database.write() as connection:
                await connection.execute(
                    delete(history).where(
                        history.c.library_id == library_id, history.c.seq.in_(numbers)
                    )
                )
            total += len(numbers)
    return total


async def _has_old_tombstone(database: Database, library_id: UUID, now: int) -> bool:
    """Look before locking: mostly there is nothing to do."""
    old = and_(
        item.c.library_id == library_id,
        item.c.deleted.is_(True),
        item.c.at < now - TOMBSTONE_DAYS * DAY_MS,
    )
    async with database.read() as connection:
        return bool((await connection.execute(select(exists().where(old)))).scalar_one())


async def _limit(
    connection: AsyncConnection, account_id: UUID, library_id: UUID, now: int
) -> int | None:
    """Return the number up to which every tombstone may go; None: all of them."""
    seen = (
        select(func.min(acknowledgement.c.seq))
        .join(device, device.c.id == acknowledgement.c.device_id)
        .where(
            acknowledgement.c.library_id == library_id,
            device.c.account_id == account_id,
            device.c.revoked_at.is_(None),
            device.c.last_seen_at >= now - LIVE_DAYS * DAY_MS,
        )
    )
    young = select(func.min(item.c.seq)).where(
        item.c.library_id == library_id,
        item.c.deleted.is_(True),
        item.c.at >= now - TOMBSTONE_DAYS * DAY_MS,
    )
    slowest: int | None = (await connection.execute(seen)).scalar_one()
    first_young: int | None = (await connection.execute(young)).scalar_one()
    limits = [] if slowest is None else [slowest]
    if first_young is not None:
        limits.append(first_young - 1)
    return min(limits, default=None)


async def _remove(
    connection: AsyncConnection, library_id: UUID, digest: int, limit: int | None
) -> tuple[int, int, int]:
    """Remove tombstones up to a number; return the digest without them, the last, and how many."""
    old = and_(item.c.library_id == library_id, item.c.deleted.is_(True))
    query = select(item.c.item_id, item.c.seq, item.c.body_hash).where(old).order_by(item.c.seq)
    if limit is not None:
        query = query.where(item.c.seq <= limit)
    rows = (await connection.execute(query.limit(_AT_ONCE))).all()
    if not rows:
        return digest, 0, 0
    last: int = rows[-1].seq
    names = ["library_id", *REVISION_COLUMNS]
    gone = and_(old, item.c.seq <= last)
    kept = select(*(item.c[name] for name in names)).where(gone)
    await connection.execute(insert(history).from_select(names, kept))
    await connection.execute(delete(item).where(gone))
    parts = (-item_digest(row.item_id, row.seq, True, row.body_hash) for row in rows)
    return set_digest(parts, digest), last, len(rows)


def _long(library_id: UUID, now: int) -> Select[int]:
    """Ask for revisions that are neither among the last of their item nor recent."""
    newest_first = func.row_number().over(
        partition_by=history.c.item_id, order_by=history.c.seq.desc()
    )
    ranked = (
        select(history.c.seq, history.c.at, newest_first.label("place"))
        .where(history.c.library_id == library_id)
        .subquery()
    )
    return (
        select(ranked.c.seq)
        .where(ranked.c.place > KEPT_REVISIONS, ranked.c.at < now - KEPT_DAYS * DAY_MS)
        .limit(_AT_ONCE)
    )


def _gone(library_id: UUID, now: int) -> Select[int]:
    """Ask for revisions of items that are gone altogether, the last of them long ago."""
    is_there = exists().where(
        item.c.library_id == history.c.library_id, item.c.item_id == history.c.item_id
    )
    items = (
        select(history.c.item_id)
        .where(history.c.library_id == library_id, ~is_there)
        .group_by(history.c.item_id)
        .having(func.max(history.c.at) < now - KEPT_DAYS * DAY_MS)
    )
    return (
        select(history.c.seq)
        .where(history.c.library_id == library_id, history.c.item_id.in_(items))
        .limit(_AT_ONCE)
    )
