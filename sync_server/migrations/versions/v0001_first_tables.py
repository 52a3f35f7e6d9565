"""Make the tables of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables; those that others refer to come first."""
    _make_account()
    _make_device()
    _make_token()
    _make_web_session()
    _make_device_code()
    _make_invite()
    _make_library()
    _make_item()
    _make_history()
    _make_acknowledgement()
    _make_chunk()
    _make_blob()
    _make_audit()


def _make_account() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("is_disabled", sa.Boolean, nullable=False),
        sa.Column("delete_after", sa.BigInteger),
        sa.Column("quota_bytes", sa.BigInteger),
        sa.Column("used_bytes", sa.BigInteger, nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email", name="uq_account_email"),
    )


def _make_device() -> None:
    op.create_table(
        "device",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("last_seen_at", sa.BigInteger, nullable=False),
        sa.Column("revoked_at", sa.BigInteger),
        sa.Column("wrapped_key", sa.LargeBinary),
        sa.PrimaryKeyConstraint("id", name="pk_device"),
        _belongs_to("account", "device"),
    )
    op.create_index("ix_device_account_id", "device", ["account_id"])


def _make_token() -> None:
    op.create_table(
        "token",
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("device_id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("hash", name="pk_token"),
        _belongs_to("device", "token"),
    )
    op.create_index("ix_token_device_id", "token", ["device_id"])


def _make_web_session() -> None:
    op.create_table(
        "web_session",
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_web_session"),
        _belongs_to("account", "web_session"),
    )
    op.create_index("ix_web_session_account_id", "web_session", ["account_id"])


def _make_device_code() -> None:
    op.create_table(
        "device_code",
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("user_code", sa.String(16), nullable=False),
        sa.Column("device_name", sa.String(200), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("polled_at", sa.BigInteger),
        sa.Column("interval", sa.Integer, nullable=False),
        sa.Column("account_id", sa.Uuid),
        sa.Column("is_denied", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_device_code"),
        sa.UniqueConstraint("user_code", name="uq_device_code_user_code"),
        _belongs_to("account", "device_code"),
    )
    op.create_index("ix_device_code_account_id", "device_code", ["account_id"])


def _make_invite() -> None:
    op.create_table(
        "invite",
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("email", sa.String(254)),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("hash", name="pk_invite"),
    )


def _make_library() -> None:
    op.create_table(
        "library",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("epoch", sa.String(32), nullable=False),
        sa.Column("head", sa.BigInteger, nullable=False),
        sa.Column("floor", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.LargeBinary(16), nullable=False),
        sa.Column("encrypted", sa.Boolean, nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary),
        sa.PrimaryKeyConstraint("id", name="pk_library"),
        _belongs_to("account", "library"),
    )
    op.create_index("ix_library_account_id", "library", ["account_id"])


def _make_item() -> None:
    op.create_table(
        "item",
        *_revision_columns(),
        sa.PrimaryKeyConstraint("library_id", "item_id", name="pk_item"),
        _belongs_to("library", "item"),
    )
    op.create_index("ix_item_feed", "item", ["library_id", "seq"], unique=True)


def _make_history() -> None:
    op.create_table(
        "history",
        *_revision_columns(),
        sa.PrimaryKeyConstraint("library_id", "seq", name="pk_history"),
        _belongs_to("library", "history"),
    )
    op.create_index("ix_history_item", "history", ["library_id", "item_id", "seq"])


def _make_acknowledgement() -> None:
    op.create_table(
        "acknowledgement",
        sa.Column("library_id", sa.Uuid, nullable=False),
        sa.Column("device_id", sa.Uuid, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("library_id", "device_id", name="pk_acknowledgement"),
        _belongs_to("library", "acknowledgement"),
        _belongs_to("device", "acknowledgement"),
    )
    op.create_index("ix_acknowledgement_device_id", "acknowledgement", ["device_id"])


def _make_chunk() -> None:
    op.create_table(
        "chunk",
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("touched_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "hash", name="pk_chunk"),
        _belongs_to("account", "chunk"),
    )


def _make_blob() -> None:
    op.create_table(
        "blob",
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("chunks", sa.LargeBinary, nullable=False),
        sa.Column("touched_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "hash", name="pk_blob"),
        _belongs_to("account", "blob"),
    )


def _make_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("account_id", sa.Uuid),
        sa.Column("device_id", sa.Uuid),
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column("detail", sa.String(500), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_account_id", "audit", ["account_id"])


def _revision_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("library_id", sa.Uuid, nullable=False),
        sa.Column("item_id", sa.Uuid, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("base_seq", sa.BigInteger, nullable=False),
        sa.Column("device_id", sa.Uuid, nullable=False),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("body_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("blobs", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    ]


def _belongs_to(owner: str, table: str) -> sa.ForeignKeyConstraint:
    column = f"{owner}_id"
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=name, ondelete="CASCADE")
