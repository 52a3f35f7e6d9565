"""The layout of an account's export, version 1: where each file stands, and what is in it."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct, json

LAYOUT_VERSION = 1

README = """\
Export of an account of a Whisper Transcriber sync server
=========================================================
Layout version 1. Times are milliseconds since 1970-01-01 in UTC, hashes are SHA-256 in hex, sizes
are bytes. All .json files are UTF-8.

account.json
    The account: id, email, created_at, quota_bytes (null: the server's default), used_bytes,
    delete_after (null: it stays).
devices.json
    The devices that may sync: id, name, created_at, last_seen_at.
audit.json
    What was done to the account, the last {audit_limit} events, newest first: at, event, device_id,
    detail.
libraries/<library id>/library.json
    A library: id, name, created_at, epoch, head (the number of its last change), encrypted.
libraries/<library id>/items/<item id>.json
    What the server knows of an item: item_id, kind ("transcript", "folder", "glossary", ...), seq
    (the number of its last change), base_seq (the one before), device_id (who made it), at, size,
    body_sha256, and blobs, the hashes of the blobs that belong to it.
libraries/<library id>/items/<item id>.body
    The item itself, exactly as the device sent it. The server does not open it. Unless the library
    is encrypted it is JSON compressed with zlib (RFC 1950). In Python:
        json.loads(zlib.decompress(open(path, "rb").read()))
blobs/<hash>
    A blob, exactly as the device sent it; its name is its hash. The words of a transcript ("text")
    and their times ("timing") are JSON compressed with zlib, sound ("audio") is as it was recorded.
missing.json
    The hashes of blobs that the server should have and could not read to their end. What it had of
    them stands in blobs/. Normally [].

Not in here: items that were deleted, earlier revisions, uploads that were never finished, the
password's hash and the tokens.
Every item and every blob stands here as it was at the moment when it was written into the file;
what changed in the meantime may be there in its older or its newer state, but always whole.
"""


class ExportedAccount(Struct):
    """account.json."""

    id: UUID
    email: str
    created_at: int
    quota_bytes: int | None
    used_bytes: int
    delete_after: int | None


class ExportedDevice(Struct):
    """One of devices.json."""

    id: UUID
    name: str
    created_at: int
    last_seen_at: int


class ExportedEvent(Struct):
    """One of audit.json."""

    at: int
    event: str
    device_id: UUID | None
    detail: str


class ExportedLibrary(Struct):
    """library.json."""

    id: UUID
    name: str
    created_at: int
    epoch: str
    head: int
    encrypted: bool


class ExportedItem(Struct):
    """What stands beside an item's body."""

    item_id: UUID
    kind: str
    seq: int
    base_seq: int
    device_id: UUID
    at: int
    size: int
    body_sha256: str
    blobs: list[str]


def written(content: Struct | list[str] | list[ExportedDevice] | list[ExportedEvent]) -> bytes:
    """Write a .json file for people to read."""
    return json.format(json.encode(content), indent=2) + b"\n"


def library_path(library_id: UUID) -> str:
    """Return where a library is described."""
    return f"libraries/{library_id}/library.json"


def item_path(library_id: UUID, item_id: UUID) -> str:
    """Return where an item stands, less `.json` or `.body`."""
    return f"libraries/{library_id}/items/{item_id}"


def blob_path(blob_hash: str) -> str:
    """Return where a blob stands."""
    return f"blobs/{blob_hash}"
