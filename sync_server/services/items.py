"""Items of a library for a person who reads in a browser: newest first, one body at a time."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, func, select

from sync_server.database import Database
from sync_server.errors import NotFound
from sync_server.tables import item, library

PAGE_ITEMS = 50
TRANSCRIPT = "transcript"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A library and how many transcripts it has; `used_bytes` are those of its bodies."""

    id: UUID
    name: str
    encrypted: bool
    transcripts: int
    used_bytes: int


@dataclass(frozen=True, slots=True)
class ItemHead:
    """An item without its body; `at` in milliseconds since 1970, by the server's clock."""

    item_id: UUID
    seq: int
    size: int
    at: int


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Some transcripts; `older_than` is where the next page begins, None after the last."""

    items: tuple[ItemHead, ...]
    older_than: int | None


@dataclass(frozen=True, slots=True)
class StoredBody:
    """The bytes of one item as a device sent them, and their SHA-256 in hex."""

    sha256: str
    body: bytes


_IS_TRANSCRIPT = (item.c.kind == TRANSCRIPT, item.c.deleted.is_(False))


class Items:
    """Serve items, only to the account that owns them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def shelves(self, account_id: UUID) -> list[Shelf]:
        """Return an account's libraries, oldest first."""
        query = (
            select(
                library.c.id,
                library.c.name,
                library.c.encrypted,
                func.count(item.c.item_id),
                func.coalesce(func.sum(item.c.size), 0),
            )
            .select_from(library)
            .join(item, and_(item.c.library_id == library.c.id, *_IS_TRANSCRIPT), isouter=True)
            .where(library.c.account_id == account_id)
            .group_by(library.c.id)
            .order_by(library.c.created_at, library.c.id)
        )
        async with self._database.read() as connection:
            return [Shelf(*row) for row in await connection.execute(query)]

    async def shelf(self, account_id: UUID, library_id: UUID) -> Shelf:
        """Return one library; raises `NotFound`."""
        for found in await self.shelves(account_id):
            if found.id == library_id:
                return found
        raise NotFound("there is no such library")

    async def page(
        self, account_id: UUID, library_id: UUID, older_than: int | None = None
    ) -> ItemPage:
        """Return the transcripts that changed last, before a number if one is given."""
        query = (
            select(item.c.item_id, item.c.seq, item.c.size, item.c.at)
            .join(library, library.c.id == item.c.library_id)
            .where(
                library.c.id == library_id,
                library.c.account_id == account_id,
                *_IS_TRANSCRIPT,
            )
            .order_by(item.c.seq.desc())
            .limit(PAGE_ITEMS + 1)
        )
        if older_than is not None:
            query = query.where(item.c.seq < older_than)
        async with self._database.read() as connection:
            heads = [ItemHead(*row) for row in await connection.execute(query)]
        shown = tuple(heads[:PAGE_ITEMS])
        return ItemPage(shown, shown[-1].seq if len(heads) > PAGE_ITEMS else None)

    async def body(self, account_id: UUID, library_id: UUID, item_id: UUID) -> StoredBody:
        """Return a transcript's bytes; raises `NotFound`."""
        query = (
            select(item.c.body_hash, item.c.body)
            .join(library, library.c.id == item.c.library_id)
            .where(
                library.c.id == library_id,
                library.c.account_id == account_id,
                item.c.item_id == item_id,
                *_IS_TRANSCRIPT,
            )
        )
        async with self._database.read() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            raise NotFound("there is no such transcript")
        return StoredBody(row.body_hash.hex(), row.body)
