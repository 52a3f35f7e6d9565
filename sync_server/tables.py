"""The tables, alike on PostgreSQL and SQLite.

Times are whole milliseconds since 1970 in UTC, by the server's clock; they say how long to keep
something, and never which of two writes came first. Hashes are raw bytes. The columns for keys wait
for libraries that are encrypted end to end.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Uuid,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

account = Table(
    "account",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("email", String(254), nullable=False, unique=True),  # lower case
    Column("password_hash", String(255), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("is_disabled", Boolean, nullable=False, default=False),
    Column("delete_after", BigInteger),  # deletion asked for; a login before takes it back
    Column("quota_bytes", BigInteger),  # None: the server's default
    Column("used_bytes", BigInteger, nullable=False, default=0),  # bodies and chunks, not history
    Column("wrapped_key", LargeBinary),
)

device = Table(
    "device",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("account_id", ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("last_seen_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("wrapped_key", LargeBinary),
)

token = Table(
    "token",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),  # SHA-256 of the token
    Column("device_id", ForeignKey("device.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger),  # set when another took its place
)

web_session = Table(
    "web_session",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("account_id", ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)

device_code = Table(
    "device_code",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("user_code", String(16), nullable=False, unique=True),
    Column("device_name", String(200), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("polled_at", BigInteger),
    Column("interval", Integer, nullable=False),
    Column("account_id", ForeignKey("account.id", ondelete="CASCADE"), index=True),  # approved
    Column("is_denied", Boolean, nullable=False, default=False),
)

invite = Table(
    "invite",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("email", String(254)),  # None: for whoever has the code
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
)

library = Table(
    "library",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("account_id", ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("epoch", String(32), nullable=False),  # another after a restore
    Column("head", BigInteger, nullable=False, default=0),  # the number of the last change
    Column("floor", BigInteger, nullable=False, default=0),  # tombstones up to here may be gone
    Column("digest", LargeBinary(16), nullable=False, default=bytes(16)),
    Column("encrypted", Boolean, nullable=False, default=False),
    Column("wrapped_key", LargeBinary),
)

_REVISION = (
    ("item_id", Uuid),
    ("seq", BigInteger),
    ("kind", String(32)),
    ("base_seq", BigInteger),
    ("device_id", Uuid),
    ("deleted", Boolean),
    ("body", LargeBinary),
    ("body_hash", LargeBinary(32)),
    ("size", Integer),  # of the body, so that nobody reads a body to learn it
    ("blobs", LargeBinary),  # hashes joined, 32 bytes each
    ("at", BigInteger),
)
REVISION_COLUMNS = tuple(name for name, _ in _REVISION)

item = Table(
    "item",
    metadata,
    Column("library_id", ForeignKey("library.id", ondelete="CASCADE"), primary_key=True),
    *(
        Column(name, kind, nullable=False, primary_key=name == "item_id")
        for name, kind in _REVISION
    ),
    Index("ix_item_feed", "library_id", "seq", unique=True),
)

history = Table(
    "history",
    metadata,
    Column("library_id", ForeignKey("library.id", ondelete="CASCADE"), primary_key=True),
    *(Column(name, kind, nullable=False, primary_key=name == "seq") for name, kind in _REVISION),
    Index("ix_history_item", "library_id", "item_id", "seq"),
)

acknowledgement = Table(
    "acknowledgement",
    metadata,
    Column("library_id", ForeignKey("library.id", ondelete="CASCADE"), primary_key=True),
    Column("device_id", ForeignKey("device.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("seq", BigInteger, nullable=False),  # the device has everything up to here
)

chunk = Table(
    "chunk",
    metadata,
    Column("account_id", ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("hash", LargeBinary(32), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("touched_at", BigInteger, nullable=False),
)

blob = Table(
    "blob",
    metadata,
    Column("account_id", ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("hash", LargeBinary(32), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("chunks", LargeBinary, nullable=False),  # hashes joined, 32 bytes each
    Column("touched_at", BigInteger, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("at", BigInteger, nullable=False, index=True),
    Column("account_id", Uuid, index=True),  # outlives the account
    Column("device_id", Uuid),
    Column("event", String(64), nullable=False),
    Column("detail", String(500), nullable=False, default=""),
)
