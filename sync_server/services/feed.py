"""What changed in a library after a cursor, in the order of the sequence numbers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from sync_server.database import Database, split_hashes
from sync_server.errors import Invalid, Reconcile
from sync_server.protocol import (
    MAX_PAGE_BYTES,
    MAX_PAGE_ITEMS,
    Change,
    Cursor,
    Page,
    show_digest,
)
from sync_server.services.acknowledgements import Acknowledgements
from sync_server.services.caller import Caller
from sync_server.services.libraries import LibraryState, library_state
from sync_server.tables import item

_CHANGE = (
    item.c.item_id,
    item.c.kind,
    item.c.seq,
    item.c.deleted,
    item.c.body,
    item.c.blobs,
    item.c.device_id,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a device asks for; `limit` is cut to what a page may hold."""

    cursor: str | None = None
    limit: int = MAX_PAGE_ITEMS


class Feed:
    """Serve pages of changes."""

    def __init__(self, database: Database, acknowledgements: Acknowledgements) -> None:
        self._database = database
        self._acknowledgements = acknowledgements

    async def page(self, caller: Caller, library_id: UUID, wanted: Wanted) -> Page:
        """Return the next page; asking from a cursor says that everything up to it was kept.

        Items, head and digest belong to one moment. Raises `NotFound`, `Invalid`, and `Reconcile`
        when the cursor is of another epoch, above the head or below the floor.
        """
        cursor = _parse(wanted.cursor)
        limit = max(1, min(wanted.limit, MAX_PAGE_ITEMS))
        async with self._database.read() as connection:
            state = await library_state(connection, caller.account_id, library_id)
            after = _start(cursor, state)
            last, more = await _page_end(connection, library_id, after, limit)
            items = await _changes(connection, library_id, after, last) if last > after else []
        if after:
            await self._acknowledgements.note(library_id, caller.device_id, after)
        reached = last if more else state.head
        return Page(
            items=items,
            next=str(Cursor(state.epoch, reached)),
            head=state.head,
            floor=state.floor,
            more=more,
            digest=show_digest(state.digest),
        )


def _parse(written: str | None) -> Cursor | None:
    if written is None:
        return None
    try:
        return Cursor.parse(written)
    except ValueError as exc:
        raise Invalid(str(exc)) from exc


def _start(cursor: Cursor | None, state: LibraryState) -> int:
    """Return the number after which to read."""
    if cursor is None:
        return 0
    if cursor.epoch != state.epoch:
        raise Reconcile("the library was restored from a backup")
    if cursor.seq > state.head:
        raise Reconcile("the cursor is ahead of the library")
    if 0 < cursor.seq < state.floor:
        raise Reconcile("deletions after the cursor are no longer known")
    return cursor.seq


async def _page_end(
    connection: AsyncConnection, library_id: UUID, after: int, limit: int
) -> tuple[int, bool]:
    """Return the last number of a page, and whether more follows; sizes only, no bodies."""
    query = (
        select(item.c.seq, item.c.size)
        .where(item.c.library_id == library_id, item.c.seq > after)
        .order_by(item.c.seq)
        .limit(limit + 1)
    )
    rows = (await connection.execute(query)).all()
    last, total = after, 0
    for index, row in enumerate(rows):
        total += row.size
        if index == limit or (index and total > MAX_PAGE_BYTES):
            return last, True
        last = row.seq
    return last, False


async def _changes(
    connection: AsyncConnection, library_id: UUID, after: int, last: int
) -> list[Change]:
    query = (
        select(*_CHANGE)
        .where(item.c.library_id == library_id, item.c.seq > after, item.c.seq <= last)
        .order_by(item.c.seq)
    )
    return [
        Change(
            item_id=row.item_id,
            kind=row.kind,
            seq=row.seq,
            deleted=row.deleted,
            body=row.body,
            blobs=split_hashes(row.blobs),
            device_id=row.device_id,
        )
        for row in await connection.execute(query)
    ]
