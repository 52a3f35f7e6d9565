"""What can be wrong with the server's data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Damage(StrEnum):
    """Name a kind of damage."""

    CHUNK_ABSENT = "chunk_absent"
    CHUNK_DAMAGED = "chunk_damaged"
    CHUNK_SIZE = "chunk_size"
    BLOB_BROKEN = "blob_broken"
    STRAY_FILE = "stray_file"
    DOUBLE_NUMBER = "double_number"
    BODY_DAMAGED = "body_damaged"
    BODY_HASH = "body_hash"
    BODY_SIZE = "body_size"
    REVISION_DAMAGED = "revision_damaged"
    REVISION_SIZE = "revision_size"
    BLOB_ABSENT = "blob_absent"
    BELOW_FLOOR = "below_floor"
    FLOOR = "floor"
    HEAD = "head"
    DIGEST = "digest"
    USED_BYTES = "used_bytes"


_MEANINGS = {
    Damage.CHUNK_ABSENT: "a chunk's file is gone; repair forgets the chunk",
    Damage.CHUNK_DAMAGED: "a chunk's file has another hash; repair removes the chunk",
    Damage.CHUNK_SIZE: "a chunk's row has a wrong size; repair writes the right one",
    Damage.BLOB_BROKEN: "a blob can't be put together; repair forgets it, devices send it again",
    Damage.STRAY_FILE: "a file belongs to no chunk; repair removes it",
    Damage.DOUBLE_NUMBER: "two revisions have one number; repair gives the item a new one",
    Damage.BODY_DAMAGED: "a body is not what was sent; repair puts it aside, devices send it again",
    Damage.BODY_HASH: "a good body has a wrong hash; repair writes the right one",
    Damage.BODY_SIZE: "a body has a wrong size; repair writes the right one",
    Damage.REVISION_DAMAGED: "an old revision is not what was sent; repair removes it",
    Damage.REVISION_SIZE: "an old revision has a wrong size; repair writes the right one",
    Damage.BLOB_ABSENT: "an item names a blob that is gone; repair asks devices to compare",
    Damage.BELOW_FLOOR: "a deletion is still there that was said to be gone; repair removes it",
    Damage.FLOOR: "the floor is above the head; repair lowers it",
    Damage.HEAD: "the head is below a revision; repair raises it",
    Damage.DIGEST: "the digest is not that of the items; repair computes it anew",
    Damage.USED_BYTES: "the account's used bytes are wrong; repair counts them anew",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong; ids and hashes only, nothing personal."""

    damage: Damage
    account_id: UUID
    library_id: UUID | None = None
    subject: str = ""
    """An item's id or a hash."""
    number: int = 0
    """The revision's sequence number; for blobs when they were last touched."""

    @property
    def meaning(self) -> str:
        """Say what is wrong and what repairing it does."""
        return _MEANINGS[self.damage]
