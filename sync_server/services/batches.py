"""Apply a device's batch of operations to a library, each by compare-and-set on its item."""

from __future__ import annotations

from uuid import UUID

from sync_server.clock import Clock
from sync_server.database import Database
from sync_server.errors import TooLarge
from sync_server.protocol import MAX_BATCH_BYTES, Applied, Batch, BatchResults, News
from sync_server.services.batch_rules import Wish, decide, examine
from sync_server.services.batch_store import BatchStore, stored_items
from sync_server.services.caller import Caller
from sync_server.services.libraries import library_state, lock_library
from sync_server.services.newsroom import Newsroom
from sync_server.services.quota import Quotas


class Batches:
    """Serve batches."""

    def __init__(
        self, database: Database, newsroom: Newsroom, quotas: Quotas, clock: Clock
    ) -> None:
        self._database = database
        self._newsroom = newsroom
        self._quotas = quotas
        self._clock = clock

    async def apply(self, caller: Caller, library_id: UUID, batch: Batch) -> BatchResults:
        """Apply what can be applied; one result for each operation, in their order.

        In one transaction under the library's lock numbers are given out, items written, digest and
        head moved, or nothing is. Raises `NotFound`, and `TooLarge` for the whole batch.
        """
        if sum(len(operation.body) for operation in batch.ops) > MAX_BATCH_BYTES:
            raise TooLarge(f"a batch has at most {MAX_BATCH_BYTES} bytes of bodies")
        wishes = await self._examined(caller, library_id, batch)
        async with self._database.write() as connection:
            state = await lock_library(connection, caller.account_id, library_id)
            store = BatchStore(connection, caller, library_id, self._clock())
            ids = {wish.operation.item_id for wish in wishes}
            stored = await stored_items(connection, library_id, ids)
            sent_before = await store.sent_before(wishes, stored)
            missing = await store.missing_blobs(wishes, stored)
            decision = decide(state.head, wishes, stored, sent_before, missing)
            if batch.atomic and not all(isinstance(done, Applied) for done in decision.results):
                decision.hold_back()
            await store.fill_conflicts(wishes, decision)
            if decision.accepted:
                await store.write(state, decision, stored)
        if decision.accepted:
            news = News(library_id, state.epoch, decision.head)
            await self._newsroom.publish(caller.account_id, news)
        return BatchResults(decision.head, decision.results)

    async def _examined(self, caller: Caller, library_id: UUID, batch: Batch) -> list[Wish]:
        """Check sizes, sense and room before the lock, so that nobody waits for it."""
        ids = {operation.item_id for operation in batch.ops}
        async with self._database.read() as connection:
            await library_state(connection, caller.account_id, library_id)
            room = await self._quotas.room(connection, caller.account_id)
            stored = await stored_items(connection, library_id, ids)
        return examine(batch.ops, {key: known.size for key, known in stored.items()}, room)
