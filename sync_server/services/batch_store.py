"""Read what a batch needs to know, and write what was decided; all under the library's lock."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sync_server.database import Values, insert_rows, join_hashes, split_hashes
from sync_server.protocol import Conflict
from sync_server.services.batch_rules import (
    Accepted,
    Decision,
    StoredItem,
    Wish,
    fits,
    growth,
    is_same,
    moved_digest,
)
from sync_server.services.caller import Caller
from sync_server.services.libraries import LibraryState
from sync_server.tables import REVISION_COLUMNS, account, blob, history, item, library


async def stored_items(
    connection: AsyncConnection, library_id: UUID, ids: Collection[UUID]
) -> dict[UUID, StoredItem]:
    """Return the items of a library by their ids, tombstones too."""
    query = select(
        item.c.item_id,
        item.c.seq,
        item.c.base_seq,
        item.c.device_id,
        item.c.deleted,
        item.c.body_hash,
        item.c.size,
    ).where(item.c.library_id == library_id, item.c.item_id.in_(ids))
    return {row[0]: StoredItem(*row[1:]) for row in await connection.execute(query)}


@dataclass(frozen=True, slots=True)
class BatchStore:
    """The database as one batch sees it."""

    connection: AsyncConnection
    caller: Caller
    library_id: UUID
    now: int
    """Milliseconds since 1970."""

    async def sent_before(
        self, wishes: Sequence[Wish], stored: Mapping[UUID, StoredItem]
    ) -> dict[UUID, int]:
        """Return the numbers of operations that were applied already, by item.

        The last revision of an item stands in `item`, all before it in `history`.
        """
        known: dict[UUID, int] = {}
        behind: list[Wish] = []
        for wish in wishes:
            item_id = wish.operation.item_id
            now = stored.get(item_id)
            if now is None or not wish.is_sensible or fits(wish, now):
                continue
            if is_same(wish, now, self.caller.device_id):
                known[item_id] = now.seq
            else:
                behind.append(wish)
        return known | await self._in_history(behind)

    async def _in_history(self, wishes: Sequence[Wish]) -> dict[UUID, int]:
        if not wishes:
            return {}
        same = (
            and_(
                history.c.item_id == wish.operation.item_id,
                history.c.base_seq == wish.operation.base_seq,
                history.c.deleted == wish.operation.deleted,
                history.c.body_hash == wish.hash,
            )
            for wish in wishes
        )
        query = select(history.c.item_id, history.c.seq).where(
            history.c.library_id == self.library_id,
            history.c.device_id == self.caller.device_id,
            or_(*same),
        )
        return {row.item_id: row.seq for row in await self.connection.execute(query)}

    async def missing_blobs(
        self, wishes: Sequence[Wish], stored: Mapping[UUID, StoredItem]
    ) -> frozenset[str]:
        """Return which blobs of the wishes that would be written the account does not hold.

        Those it holds are touched, so that the garbage collection, which asks under the same row
        lock when a blob was last touched, can't take them in between.
        """
        wanted = {
            name
            for wish in wishes
            if wish.refusal is None and fits(wish, stored.get(wish.operation.item_id))
            for name in wish.operation.blobs
        }
        if not wanted:
            return frozenset()
        these = and_(
            blob.c.account_id == self.caller.account_id,
            blob.c.hash.in_([bytes.fromhex(name) for name in wanted]),
        )
        # Locked in one order everywhere, so that two batches never wait for each other.
        query = select(blob.c.hash).where(these).order_by(blob.c.hash).with_for_update()
        held = [row.hash for row in await self.connection.execute(query)]
        await self.connection.execute(update(blob).where(these).values(touched_at=self.now))
        return frozenset(wanted - {known.hex() for known in held})

    async def fill_conflicts(self, wishes: Sequence[Wish], decision: Decision) -> None:
        """Give each conflict the body that the item has now."""
        places = {
            wish.operation.item_id: index
            for index, (wish, result) in enumerate(zip(wishes, decision.results, strict=True))
            if isinstance(result, Conflict) and result.seq
        }
        if not places:
            return
        query = select(item.c.item_id, item.c.seq, item.c.deleted, item.c.body, item.c.blobs).where(
            item.c.library_id == self.library_id, item.c.item_id.in_(places)
        )
        for row in await self.connection.execute(query):
            decision.results[places[row.item_id]] = Conflict(
                row.seq, row.deleted, row.body, split_hashes(row.blobs)
            )

    async def write(
        self, state: LibraryState, decision: Decision, stored: Mapping[UUID, StoredItem]
    ) -> None:
        """Write what was accepted, keep what it replaces in history, and move the head."""
        accepted = decision.accepted
        replaced = [
            new.wish.operation.item_id for new in accepted if new.wish.operation.item_id in stored
        ]
        if replaced:
            await self._move_to_history(replaced)
        await insert_rows(self.connection, item, [self._row(new) for new in accepted])
        digest = moved_digest(state.digest, accepted, stored)
        await self.connection.execute(
            update(library)
            .where(library.c.id == self.library_id)
            .values(head=decision.head, digest=digest.to_bytes(16, "big"))
        )
        if more := growth(accepted, stored):
            await self.connection.execute(
                update(account)
                .where(account.c.id == self.caller.account_id)
                .values(used_bytes=account.c.used_bytes + more)
            )

    async def _move_to_history(self, ids: Sequence[UUID]) -> None:
        names = ["library_id", *REVISION_COLUMNS]
        old = and_(item.c.library_id == self.library_id, item.c.item_id.in_(ids))
        kept = select(*(item.c[name] for name in names)).where(old)
        await self.connection.execute(insert(history).from_select(names, kept))
        await self.connection.execute(delete(item).where(old))

    def _row(self, new: Accepted) -> Values:
        operation = new.wish.operation
        return {
            "library_id": self.library_id,
            "item_id": operation.item_id,
            "seq": new.seq,
            "kind": operation.kind,
            "base_seq": operation.base_seq,
            "device_id": self.caller.device_id,
            "deleted": operation.deleted,
            "body": operation.body,
            "body_hash": new.wish.hash,
            "size": len(operation.body),
            "blobs": join_hashes(operation.blobs),
            "at": self.now,
        }
