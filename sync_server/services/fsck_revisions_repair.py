"""Repair a library, in one transaction under its lock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sync_server.database import Value
from sync_server.protocol import body_hash, item_digest, set_digest
from sync_server.services.fsck_problems import Damage, Problem
from sync_server.services.libraries import lock_library, new_epoch
from sync_server.tables import REVISION_COLUMNS, history, item, library

_ASKS_DEVICES = (Damage.BODY_DAMAGED, Damage.BLOB_ABSENT)
"""What only the devices can bring back."""


async def repair_library(rows: LibraryRows, problems: Sequence[Problem]) -> None:
    """Repair these problems, as far as they are still there, and count everything anew.

    Raises `NotFound` if the library was deleted meanwhile.
    """
    state = await lock_library(rows.connection, rows.account_id, rows.library_id)
    for problem in sorted(problems, key=lambda found: _ORDER.index(found.damage)):
        repair = rows.repairs().get(problem.damage)
        if repair is not None:
            await repair(problem)
    values: dict[str, Value] = {"digest": (await rows.digest()).to_bytes(16, "big")}
    head = max(state.head, await rows.highest())
    values |= {"head": head, "floor": min(state.floor, head)}
    if any(problem.damage in _ASKS_DEVICES for problem in problems):
        values["epoch"] = new_epoch()
    await rows.connection.execute(
        update(library).where(library.c.id == rows.library_id).values(**values)
    )


_ORDER = (
    # Numbers first, so that what moves to history finds its number free.
    Damage.DOUBLE_NUMBER,
    Damage.REVISION_DAMAGED,
    Damage.REVISION_SIZE,
    Damage.BODY_SIZE,
    Damage.BODY_HASH,
    Damage.BODY_DAMAGED,
    Damage.BELOW_FLOOR,
    Damage.BLOB_ABSENT,
    Damage.FLOOR,
    Damage.HEAD,
    Damage.DIGEST,
)


@dataclass(frozen=True, slots=True)
class LibraryRows:
    """The rows of one library inside a transaction that writes."""

    connection: AsyncConnection
    account_id: UUID
    library_id: UUID
    now: int
    """Milliseconds since 1970."""

    def repairs(self) -> Mapping[Damage, Callable[[Problem], Awaitable[None]]]:
        """Return what repairs a single revision, by what is wrong with it."""
        return {
            Damage.DOUBLE_NUMBER: self._renumber,
            Damage.REVISION_DAMAGED: self._remove_old,
            Damage.REVISION_SIZE: self._measure_old,
            Damage.BODY_SIZE: self._measure,
            Damage.BODY_HASH: self._hash_anew,
            Damage.BODY_DAMAGED: self._put_aside,
            Damage.BELOW_FLOOR: self._remove,
        }

    async def digest(self) -> int:
        """Return the set digest of the items as they are."""
        query = select(item.c.item_id, item.c.seq, item.c.deleted, item.c.body_hash).where(
            item.c.library_id == self.library_id
        )
        return set_digest(item_digest(*row) for row in await self.connection.execute(query))

    async def highest(self) -> int:
        """Return the highest number of any revision."""
        found = 0
        for table in (item, history):
            query = select(func.max(table.c.seq)).where(table.c.library_id == self.library_id)
            found = max(found, (await self.connection.execute(query)).scalar_one() or 0)
        return found

    def _is(self, table: Table, problem: Problem) -> ColumnElement[bool]:
        return and_(
            table.c.library_id == self.library_id,
            table.c.item_id == UUID(problem.subject),
            table.c.seq == problem.number,
        )

    async def _renumber(self, problem: Problem) -> None:
        """Give an item a number of its own, so that devices read it; history just loses its row."""
        own = self._is(item, problem)
        others = select(func.count()).where(
            item.c.library_id == self.library_id, item.c.seq == problem.number, ~own
        )
        is_item = (await self.connection.execute(select(func.count()).where(own))).scalar_one()
        if is_item and (await self.connection.execute(others)).scalar_one():
            head = select(library.c.head).where(library.c.id == self.library_id)
            last = max((await self.connection.execute(head)).scalar_one(), await self.highest())
            await self.connection.execute(update(item).where(own).values(seq=last + 1))
        else:
            await self._remove_old(problem)

    async def _remove_old(self, problem: Problem) -> None:
        await self.connection.execute(delete(history).where(self._is(history, problem)))

    async def _measure_old(self, problem: Problem) -> None:
        own = self._is(history, problem)
        size = func.length(history.c.body)
        await self.connection.execute(update(history).where(own).values(size=size))

    async def _measure(self, problem: Problem) -> None:
        own = self._is(item, problem)
        await self.connection.execute(update(item).where(own).values(size=func.length(item.c.body)))

    async def _hash_anew(self, problem: Problem) -> None:
        own = self._is(item, problem)
        body = (await self.connection.execute(select(item.c.body).where(own))).scalar_one_or_none()
        if body is not None:
            await self.connection.execute(update(item).where(own).values(body_hash=body_hash(body)))

    async def _put_aside(self, problem: Problem) -> None:
        """Move an item to history, where a person can look at what is left of it."""
        await self._hash_anew(problem)
        names = ["library_id", *REVISION_COLUMNS]
        kept = select(*(item.c[name] for name in names)).where(self._is(item, problem))
        await self.connection.execute(insert(history).from_select(names, kept))
        # As old as the loss: the time to look at it begins now.
        own = self._is(history, problem)
        await self.connection.execute(update(history).where(own).values(at=self.now))
        await self._remove(problem)

    async def _remove(self, problem: Problem) -> None:
        await self.connection.execute(delete(item).where(self._is(item, problem)))
