"""What people and operators see of an account."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sync_server.tables import account

PROFILE = (
    account.c.email,
    account.c.created_at,
    account.c.quota_bytes,
    account.c.used_bytes,
    account.c.delete_after,
)
SUMMARY = (account.c.id, account.c.is_disabled, *PROFILE)


@dataclass(frozen=True, slots=True)
class Profile:
    """An account as its owner sees it; times in milliseconds since 1970.

    `quota_bytes` None: the server's default; `delete_after` None: it stays.
    """

    email: str
    created_at: int
    quota_bytes: int | None
    used_bytes: int
    delete_after: int | None


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """An account as an operator sees it."""

    id: UUID
    is_disabled: bool
    email: str
    created_at: int
    quota_bytes: int | None
    used_bytes: int
    delete_after: int | None
