"""Libraries of an account: list, make, find."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from sync_server.clock import Clock
from sync_server.database import Database
from sync_server.errors import Forbidden, NotFound
from sync_server.protocol import Library, NewLibrary
from sync_server.services.names import valid_name
from sync_server.tables import library

MAX_LIBRARIES = 100
"""Of one account."""

_COLUMNS = (library.c.id, library.c.name, library.c.epoch, library.c.head, library.c.encrypted)


class LibraryState(NamedTuple):
    """What the feed needs to know of a library."""

    epoch: str
    head: int
    floor: int
    digest: int


def new_epoch() -> str:
    """Draw a name for a stretch of a library's history that no other has."""
    return secrets.token_hex(8)


class Libraries:
    """Serve the libraries of accounts."""

    def __init__(
        self, database: Database, clock: Clock, new_id: Callable[[], UUID] = uuid4
    ) -> None:
        self._database = database
        self._clock = clock
        self._new_id = new_id

    async def of_account(self, account_id: UUID) -> list[Library]:
        """Return an account's libraries, oldest first."""
        query = (
            select(*_COLUMNS)
            .where(library.c.account_id == account_id)
            .order_by(library.c.created_at, library.c.id)
        )
        async with self._database.read() as connection:
            return [Library(*row) for row in await connection.execute(query)]

    async def add(self, account_id: UUID, wanted: NewLibrary) -> Library:
        """Make an empty library.

        Raises `Invalid` for what is no name, and `Forbidden` when the account has too many.
        """
        made = Library(self._new_id(), valid_name(wanted.name), new_epoch(), 0, wanted.encrypted)
        count = select(func.count()).where(library.c.account_id == account_id)
        async with self._database.write() as connection:
            if (await connection.execute(count)).scalar_one() >= MAX_LIBRARIES:
                raise Forbidden(f"an account has at most {MAX_LIBRARIES} libraries")
            await connection.execute(
                insert(library).values(
                    id=made.id,
                    account_id=account_id,
                    name=made.name,
                    created_at=self._clock(),
                    epoch=made.epoch,
                    encrypted=made.encrypted,
                )
            )
        return made


async def lock_library(
    connection: AsyncConnection, account_id: UUID, library_id: UUID
) -> LibraryState:
    """Return a library's state and keep others from changing it until the transaction ends.

    Everything that gives out sequence numbers holds this lock, so that no reader sees a number
    before all smaller ones (docs/sync.md). Raises `NotFound`.
    """
    return await _state(connection, account_id, library_id, lock=True)


async def library_state(
    connection: AsyncConnection, account_id: UUID, library_id: UUID
) -> LibraryState:
    """Return a library's state; raises `NotFound`."""
    return await _state(connection, account_id, library_id, lock=False)


async def _state(
    connection: AsyncConnection, account_id: UUID, library_id: UUID, *, lock: bool
) -> LibraryState:
    columns = (library.c.epoch, library.c.head, library.c.floor, library.c.digest)
    query = select(*columns).where(library.c.id == library_id, library.c.account_id == account_id)
    row = (await connection.execute(query.with_for_update() if lock else query)).first()
    if row is None:
        raise NotFound("there is no such library")
    return LibraryState(row.epoch, row.head, row.floor, int.from_bytes(row.digest, "big"))
