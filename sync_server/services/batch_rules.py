"""What becomes of each operation of a batch: pure rules over the state that the lock protects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sync_server.protocol import (
    MAX_BLOBS,
    MAX_BODY_BYTES,
    Applied,
    Conflict,
    HeldBack,
    Invalid,
    MissingBlobs,
    Operation,
    OverQuota,
    Result,
    TooLarge,
    body_hash,
    item_digest,
    set_digest,
)
from sync_server.services.quota import Room

Refusal = TooLarge | Invalid | OverQuota


@dataclass(frozen=True, slots=True)
class Wish:
    """An operation, its body's SHA-256, and why it can't be done whatever the library holds."""

    operation: Operation
    hash: bytes
    refusal: Refusal | None

    @property
    def is_sensible(self) -> bool:
        """Tell whether it could have been applied before."""
        return self.refusal is None or isinstance(self.refusal, OverQuota)


@dataclass(frozen=True, slots=True)
class StoredItem:
    """An item as the library holds it, less its body."""

    seq: int
    base_seq: int
    device_id: UUID
    deleted: bool
    hash: bytes
    size: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """A wish that will be written under a new number."""

    wish: Wish
    seq: int


@dataclass(slots=True)
class Decision:
    """A result for each operation, and what is to be written."""

    head: int
    results: list[Result] = field(default_factory=list)
    accepted: list[Accepted] = field(default_factory=list)

    def take(self, wish: Wish) -> None:
        """Accept a wish under the next number."""
        self.head += 1
        self.accepted.append(Accepted(wish, self.head))
        self.results.append(Applied(self.head))

    def hold_back(self) -> None:
        """Write nothing, since another operation of an atomic batch was refused."""
        fresh = {accepted.seq for accepted in self.accepted}
        self.results = [
            HeldBack() if isinstance(result, Applied) and result.seq in fresh else result
            for result in self.results
        ]
        self.head -= len(self.accepted)
        self.accepted = []


def examine(operations: Sequence[Operation], sizes: Mapping[UUID, int], room: Room) -> list[Wish]:
    """Check what needs no lock; `sizes` are those of the items' present bodies in bytes."""
    seen: set[UUID] = set()
    wishes = []
    for operation in operations:
        growth = len(operation.body) - sizes.get(operation.item_id, 0)
        refusal: Refusal | None = _refusal(operation, seen)
        if refusal is None and not room.take(growth):
            refusal = OverQuota("the account has no room for it")
        seen.add(operation.item_id)
        wishes.append(Wish(operation, body_hash(operation.body), refusal))
    return wishes


def fits(wish: Wish, now: StoredItem | None) -> bool:
    """Compare: tell whether the item is where the operation believes it to be."""
    return wish.operation.base_seq == (now.seq if now else 0)


def is_same(wish: Wish, now: StoredItem, device_id: UUID) -> bool:
    """Tell whether the item is what this very operation made of it."""
    operation = wish.operation
    return (now.device_id, now.base_seq, now.deleted, now.hash) == (
        device_id,
        operation.base_seq,
        operation.deleted,
        wish.hash,
    )


def decide(
    head: int,
    wishes: Sequence[Wish],
    stored: Mapping[UUID, StoredItem],
    sent_before: Mapping[UUID, int],
    missing: frozenset[str],
) -> Decision:
    """Return what becomes of the wishes; conflicts without the bodies.

    `sent_before` gives the numbers of operations that were applied already, by item; `missing` are
    the blobs that the account doesn't hold.
    """
    decision = Decision(head)
    for wish in wishes:
        operation = wish.operation
        now = stored.get(operation.item_id)
        absent = [blob for blob in operation.blobs if blob in missing]
        if wish.is_sensible and operation.item_id in sent_before:
            decision.results.append(Applied(sent_before[operation.item_id]))
        elif wish.refusal is not None:
            decision.results.append(wish.refusal)
        elif not fits(wish, now):
            found = (now.seq, now.deleted) if now else (0, False)
            decision.results.append(Conflict(*found, body=b"", blobs=[]))
        elif absent:
            decision.results.append(MissingBlobs(absent))
        else:
            decision.take(wish)
    return decision


def moved_digest(
    digest: int, accepted: Sequence[Accepted], stored: Mapping[UUID, StoredItem]
) -> int:
    """Return a library's set digest after the accepted wishes were written."""
    parts = []
    for new in accepted:
        operation = new.wish.operation
        now = stored.get(operation.item_id)
        if now is not None:
            parts.append(-item_digest(operation.item_id, now.seq, now.deleted, now.hash))
        parts.append(item_digest(operation.item_id, new.seq, operation.deleted, new.wish.hash))
    return set_digest(parts, digest)


def growth(accepted: Sequence[Accepted], stored: Mapping[UUID, StoredItem]) -> int:
    """Return by how many bytes the bodies of the library grow."""
    before = sum(
        stored[new.wish.operation.item_id].size
        for new in accepted
        if new.wish.operation.item_id in stored
    )
    return sum(len(new.wish.operation.body) for new in accepted) - before


def _refusal(operation: Operation, seen: set[UUID]) -> TooLarge | Invalid | None:
    if len(operation.body) > MAX_BODY_BYTES:
        return TooLarge(f"a body has at most {MAX_BODY_BYTES} bytes")
    if len(operation.blobs) > MAX_BLOBS:
        return TooLarge(f"an item names at most {MAX_BLOBS} blobs")
    if operation.item_id in seen:
        return Invalid("a batch names an item once")
    if operation.deleted and (operation.body or operation.blobs):
        return Invalid("a deleted item has neither body nor blobs")
    if operation.deleted and operation.base_seq == 0:
        return Invalid("what was never there can't be deleted")
    return None
