"""What client and server say to each other: structures, error codes, limits and the set digest.

The desktop's sync client imports this module too; it needs msgspec and the standard library only.
Bytes travel as base64, ids as UUIDs, hashes as lower-case hex. Fields that one side doesn't know it
ignores, so that a newer client can talk to an older server. docs/sync.md explains the exchange.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta, Struct

API = "/v1"
PROTOCOL_VERSION = 1
MIN_CLIENT = 1
"""The oldest protocol of a client that this server still serves."""
VERSION_HEADER = "X-Protocol-Version"

MIB = 1024 * 1024
MAX_OPERATIONS = 100
"""Operations in one batch."""
MAX_BATCH_BYTES = 4 * MIB
"""Bodies of one batch together."""
MAX_BODY_BYTES = 2 * MIB
MAX_BLOBS = 1000
"""Blobs that one item may name."""
MAX_PAGE_ITEMS = 500
MAX_PAGE_BYTES = 2 * MIB
"""Bodies of one page together; a page has at least one item."""
MAX_WAIT = 55
"""Longest wait for something new; seconds."""
CHUNK_BYTES = 4 * MIB
"""Every chunk of a blob but the last has exactly this size."""
MAX_CHUNKS = 16_384
"""Chunks of one blob: 64 GiB."""
MAX_HASHES = 1000
"""Hashes in one question."""
MAX_FETCH_BYTES = 8 * MIB
"""Blobs of one multi-fetch together."""
MAX_NAME = 200
TOKEN_PREFIX = "wts_"

Hash = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="SHA-256, lower-case hex")]
Name = Annotated[str, Meta(min_length=1, max_length=MAX_NAME)]
Kind = Annotated[str, Meta(pattern="^[a-z][a-z_]{0,31}$")]
Email = Annotated[str, Meta(min_length=3, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]
Password = Annotated[str, Meta(min_length=1, max_length=1024)]
Sequence = Annotated[int, Meta(ge=0, le=2**63 - 1)]


class ErrorCode(StrEnum):
    """Name what went wrong; the same in every release."""

    INVALID = "sync.invalid"
    UNAUTHORIZED = "sync.unauthorized"
    FORBIDDEN = "sync.forbidden"
    NOT_FOUND = "sync.not_found"
    RECONCILE = "sync.reconcile"
    TOO_LARGE = "sync.too_large"
    QUOTA = "sync.quota"
    RATE_LIMITED = "sync.rate_limited"
    CLIENT_TOO_OLD = "sync.client_too_old"
    HASH_MISMATCH = "sync.hash_mismatch"
    MISSING_CHUNKS = "sync.missing_chunks"
    DISK_FULL = "sync.disk_full"
    UNAVAILABLE = "sync.unavailable"
    INTERNAL = "sync.internal"


class Error(Struct):
    """Every answer that is not a success."""

    code: str
    detail: str


class SignUp(StrEnum):
    """Who may open an account."""

    OPEN = "open"
    INVITE = "invite"
    CLOSED = "closed"


class Limits(Struct):
    """What one request may hold."""

    max_operations: int = MAX_OPERATIONS
    max_batch_bytes: int = MAX_BATCH_BYTES
    max_body_bytes: int = MAX_BODY_BYTES
    max_page_items: int = MAX_PAGE_ITEMS
    max_page_bytes: int = MAX_PAGE_BYTES
    max_wait: int = MAX_WAIT
    chunk_bytes: int = CHUNK_BYTES
    max_chunks: int = MAX_CHUNKS
    max_hashes: int = MAX_HASHES
    max_fetch_bytes: int = MAX_FETCH_BYTES


class Capabilities(Struct):
    """What this server is and may be asked for."""

    version: int
    min_client: int
    server: str
    """The server's release."""
    sign_up: SignUp
    limits: Limits


class Login(Struct):
    """Ask for a device's token with a password."""

    email: Email
    password: Password
    device_name: Name


class LoggedIn(Struct):
    """A device's token; shown this once."""

    token: str
    device_id: UUID
    user_id: UUID


class NewToken(Struct):
    """A token in place of the one it was asked for with, which goes on for `overlap` seconds."""

    token: str
    overlap: int


class DeviceCodeRequest(Struct):
    """Ask for a code that a person types into the server's web page (RFC 8628, section 3.1)."""

    device_name: Name


class DeviceCode(Struct):
    """RFC 8628, section 3.2; times in seconds."""

    device_code: str
    user_code: str
    verification_uri: str
    verification_uri_complete: str
    expires_in: int
    interval: int


class DeviceTokenRequest(Struct):
    """Ask whether the code was approved (RFC 8628, section 3.4)."""

    device_code: str


class DeviceTokenProblem(StrEnum):
    """RFC 8628, section 3.5."""

    AUTHORIZATION_PENDING = "authorization_pending"
    SLOW_DOWN = "slow_down"
    ACCESS_DENIED = "access_denied"
    EXPIRED_TOKEN = "expired_token"
    INVALID_GRANT = "invalid_grant"


class DeviceTokenError(Struct):
    """An error as RFC 8628 has it, with our own fields beside it."""

    error: DeviceTokenProblem
    code: str
    detail: str


class Library(Struct):
    """A library as a device sees it."""

    id: UUID
    name: str
    epoch: str
    head: int
    encrypted: bool


class Libraries(Struct):
    """All libraries of an account."""

    libraries: list[Library]


class NewLibrary(Struct):
    """Ask for a new, empty library."""

    name: Name
    encrypted: bool = False


class Operation(Struct, omit_defaults=True):
    """Write one item if it is still at `base_seq`; 0 creates it."""

    item_id: UUID
    kind: Kind
    base_seq: Sequence
    deleted: bool = False
    body: bytes = b""
    blobs: list[Hash] = []


class Batch(Struct):
    """Operations of one device, in order; `atomic`: all of them or none."""

    ops: Annotated[list[Operation], Meta(max_length=MAX_OPERATIONS)]
    atomic: bool = False


class Applied(Struct, tag_field="status", tag="ok"):
    """The item now has this number, or has had it since the operation was first sent."""

    seq: int


class Conflict(Struct, tag_field="status", tag="conflict"):
    """The item is not at `base_seq`; this is what it is. `seq` 0: there is none."""

    seq: int
    deleted: bool
    body: bytes
    blobs: list[Hash]


class MissingBlobs(Struct, tag_field="status", tag="missing_blobs"):
    """The server doesn't hold these; upload them and send the operation again."""

    blobs: list[Hash]


class TooLarge(Struct, tag_field="status", tag="too_large"):
    """The body or the list of blobs is larger than an item may be."""

    detail: str


class OverQuota(Struct, tag_field="status", tag="quota"):
    """The account has no room for it."""

    detail: str


class Invalid(Struct, tag_field="status", tag="invalid"):
    """The operation says nothing sensible; sending it again won't help."""

    detail: str


class HeldBack(Struct, tag_field="status", tag="held_back"):
    """Nothing was wrong with it, but another operation of an atomic batch was refused."""


Result = Applied | Conflict | MissingBlobs | TooLarge | OverQuota | Invalid | HeldBack


class BatchResults(Struct):
    """One result for each operation, in their order."""

    head: int
    results: list[Result]


class Change(Struct):
    """An item as it is now."""

    item_id: UUID
    kind: str
    seq: int
    deleted: bool
    body: bytes
    blobs: list[Hash]
    device_id: UUID


class Page(Struct):
    """Changes after a cursor, in the order of their numbers.

    `digest` covers all items at or below `head`; compare it when `more` is false. Tombstones at or
    below `floor` are gone, and a client drops them as well.
    """

    items: list[Change]
    next: str
    head: int
    floor: int
    more: bool
    digest: str


class Hashes(Struct):
    """A question about blobs or chunks."""

    hashes: Annotated[list[Hash], Meta(max_length=MAX_HASHES)]


class Missing(Struct):
    """Which of them the account doesn't hold."""

    missing: list[Hash]


class BlobManifest(Struct):
    """The chunks of a blob, in order; all but the last of `CHUNK_BYTES`."""

    size: Sequence
    chunks: Annotated[list[Hash], Meta(max_length=MAX_CHUNKS)]


class News(Struct):
    """A library has changed: data of a server-sent event."""

    library: UUID
    epoch: str
    head: int


class Device(Struct):
    """A device of the account; times as RFC 3339 in UTC, only to show."""

    id: UUID
    name: str
    created_at: str
    last_seen_at: str
    is_current: bool


class Devices(Struct):
    """All devices that may sync."""

    devices: list[Device]


class DeviceName(Struct):
    """Rename a device."""

    name: Name


class AccountDeletion(Struct):
    """Delete the account; the password is asked again."""

    password: Password


class AccountDeletionPlanned(Struct):
    """Until then a login takes it back; RFC 3339 in UTC."""

    deleted_after: str


class Cursor:
    """Where a device has read to: a number in one epoch of a library, written `EPOCH.SEQ`."""

    _WRITTEN: ClassVar = re.compile(r"([0-9a-z]{1,32})\.(0|[1-9][0-9]{0,18})")

    __slots__ = ("epoch", "seq")

    def __init__(self, epoch: str, seq: int) -> None:
        self.epoch = epoch
        self.seq = seq

    @classmethod
    def parse(cls, written: str) -> Cursor:
        """Read a cursor; raises `ValueError`."""
        found = cls._WRITTEN.fullmatch(written)
        if found is None:
            raise ValueError("a cursor is an epoch and a number, joined by a dot")
        return cls(found[1], int(found[2]))

    def __str__(self) -> str:
        return f"{self.epoch}.{self.seq}"


def item_digest(item_id: UUID, seq: int, deleted: bool, body_hash: bytes) -> int:
    """Return what one item adds to a set digest; `body_hash` is the body's SHA-256, 32 bytes."""
    written = item_id.bytes + seq.to_bytes(8, "big") + bytes((deleted,)) + body_hash
    return int.from_bytes(hashlib.blake2b(written, digest_size=16).digest(), "big")


def set_digest(parts: Iterable[int], start: int = 0) -> int:
    """Add what items contribute to a digest; take one out by its negative."""
    return (start + sum(parts)) % (1 << 128)


def show_digest(digest: int) -> str:
    """Write a digest as it is sent: 32 hex digits."""
    return f"{digest:032x}"


def body_hash(body: bytes) -> bytes:
    """Return a body's SHA-256, 32 bytes."""
    return hashlib.sha256(body).digest()
