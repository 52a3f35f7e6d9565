"""Check a library: numbers, bodies, hashes, sizes, blobs, head, floor and digest."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from sync_server.database import Database
from sync_server.errors import NotFound
from sync_server.protocol import body_hash, item_digest, set_digest
from sync_server.services.fsck_problems import Damage, Problem
from sync_server.services.libraries import LibraryState, library_state
from sync_server.tables import blob, history, item

_HASH_BYTES = 32
_READ_AT_ONCE = 50


class _Revision(NamedTuple):
    item_id: UUID
    seq: int
    deleted: bool
    body: bytes
    hash: bytes
    size: int
    blobs: bytes


async def check_library(database: Database, account_id: UUID, library_id: UUID) -> list[Problem]:
    """Return what is wrong with a library; reads all its bodies, in one state of the database."""
    async with database.read() as connection:
        try:
            state = await library_state(connection, account_id, library_id)
        except NotFound:
            return []
        held = select(blob.c.hash).where(blob.c.account_id == account_id)
        found = _Findings(account_id, library_id, state)
        found.blobs = set((await connection.execute(held)).scalars())
        async for revision in _revisions(connection, item, library_id):
            found.add_item(revision)
        async for revision in _revisions(connection, history, library_id):
            found.add_old(revision)
    return found.all()


async def _revisions(
    connection: AsyncConnection, table: Table, library_id: UUID
) -> AsyncIterator[_Revision]:
    columns = ("item_id", "seq", "deleted", "body", "body_hash", "size", "blobs")
    query = (
        select(*(table.c[name] for name in columns))
        .where(table.c.library_id == library_id)
        .order_by(table.c.seq)
        .execution_options(yield_per=_READ_AT_ONCE)
    )
    async for row in await connection.stream(query):
        yield _Revision(*row)


class _Findings:
    """What was seen of a library so far."""

    def __init__(self, account_id: UUID, library_id: UUID, state: LibraryState) -> None:
        self.blobs: set[bytes] = set()
        self._account_id = account_id
        self._library_id = library_id
        self._state = state
        self._problems: list[Problem] = []
        self._numbers: set[int] = set()
        self._noted_digest = 0
        self._true_digest = 0
        self._wrong_hashes: list[_Revision] = []

    def add_item(self, revision: _Revision) -> None:
        """Look at an item as it is now."""
        self._check_number(revision)
        true_hash = body_hash(revision.body)
        if true_hash != revision.hash:
            self._wrong_hashes.append(revision)
        self._noted_digest = self._with(self._noted_digest, revision, revision.hash)
        self._true_digest = self._with(self._true_digest, revision, true_hash)
        if len(revision.body) != revision.size:
            self._add(Damage.BODY_SIZE, revision)
        if revision.deleted and revision.seq <= self._state.floor:
            self._add(Damage.BELOW_FLOOR, revision)
        for at in range(0, len(revision.blobs), _HASH_BYTES):
            if revision.blobs[at : at + _HASH_BYTES] not in self.blobs:
                self._add(Damage.BLOB_ABSENT, revision)
                break

    def add_old(self, revision: _Revision) -> None:
        """Look at a revision of the history."""
        self._check_number(revision)
        if body_hash(revision.body) != revision.hash:
            self._add(Damage.REVISION_DAMAGED, revision)
        elif len(revision.body) != revision.size:
            self._add(Damage.REVISION_SIZE, revision)

    def all(self) -> list[Problem]:
        """Return everything that is wrong."""
        is_hash_wrong = self._state.digest == self._true_digest
        for revision in self._wrong_hashes:
            # The digest was kept apart from the bodies: it tells which of the two is damaged.
            self._add(Damage.BODY_HASH if is_hash_wrong else Damage.BODY_DAMAGED, revision)
        if self._state.digest not in (self._noted_digest, self._true_digest):
            self._add(Damage.DIGEST)
        if max(self._numbers, default=0) > self._state.head:
            self._add(Damage.HEAD)
        if self._state.floor > max(self._state.head, max(self._numbers, default=0)):
            self._add(Damage.FLOOR)
        return self._problems

    def _check_number(self, revision: _Revision) -> None:
        if revision.seq in self._numbers:
            self._add(Damage.DOUBLE_NUMBER, revision)
        self._numbers.add(revision.seq)

    def _add(self, damage: Damage, revision: _Revision | None = None) -> None:
        subject = str(revision.item_id) if revision else ""
        number = revision.seq if revision else 0
        self._problems.append(Problem(damage, self._account_id, self._library_id, subject, number))

    @staticmethod
    def _with(digest: int, revision: _Revision, of_body: bytes) -> int:
        part = item_digest(revision.item_id, revision.seq, revision.deleted, of_body)
        return set_digest((part,), digest)
