"""Write down security events: what was done to which account, and when; no names, no addresses."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from sync_server.clock import DAY_MS, Clock
from sync_server.database import Database
from sync_server.tables import audit

logger = logging.getLogger(__name__)

KEPT_DAYS = 400
_MAX_DETAIL = 500


class SecurityEvent(StrEnum):
    """What can happen to an account; the same words in every release."""

    SIGNED_UP = "signed_up"
    INVITED = "invited"
    LOGGED_IN = "logged_in"
    LOGIN_FAILED = "login_failed"
    PASSWORD_CHANGED = "password_changed"
    DEVICE_ADDED = "device_added"
    DEVICE_RENAMED = "device_renamed"
    DEVICE_REVOKED = "device_revoked"
    DEVICE_DENIED = "device_denied"
    TOKEN_ROTATED = "token_rotated"
    EXPORTED = "exported"
    DELETION_PLANNED = "deletion_planned"
    DELETION_CANCELLED = "deletion_cancelled"
    DELETION_DONE = "deletion_done"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    ACCOUNT_RESET = "account_reset"
    QUOTA_SET = "quota_set"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One event; `at` in milliseconds since 1970."""

    at: int
    event: str
    device_id: UUID | None
    detail: str


class Audit:
    """Keep the audit log."""

    def __init__(
        self, database: Database, clock: Clock, new_id: Callable[[], UUID] = uuid4
    ) -> None:
        self._database = database
        self._clock = clock
        self._new_id = new_id

    async def note(
        self,
        event: str,
        account_id: UUID | None = None,
        device_id: UUID | None = None,
        detail: str = "",
    ) -> None:
        """Write an event down in a transaction of its own."""
        async with self._database.write() as connection:
            await self.write(connection, event, account_id, device_id, detail)

    async def write(
        self,
        connection: AsyncConnection,
        event: str,
        account_id: UUID | None = None,
        device_id: UUID | None = None,
        detail: str = "",
    ) -> None:
        """Write an event down in the transaction that makes it happen."""
        await connection.execute(
            insert(audit).values(
                id=self._new_id(),
                at=self._clock(),
                account_id=account_id,
                device_id=device_id,
                event=event,
                detail=detail[:_MAX_DETAIL],
            )
        )
        logger.info("security event %s, account %s, device %s", event, account_id, device_id)

    async def of_account(self, account_id: UUID, limit: int = 100) -> list[AuditEntry]:
        """Return an account's last events, newest first."""
        query = (
            select(audit.c.at, audit.c.event, audit.c.device_id, audit.c.detail)
            .where(audit.c.account_id == account_id)
            .order_by(audit.c.at.desc(), audit.c.id)
            .limit(limit)
        )
        async with self._database.read() as connection:
            return [AuditEntry(*row) for row in await connection.execute(query)]

    async def purge(self, days: int = KEPT_DAYS) -> int:
        """Forget what is older than so many days; return how much it was."""
        old = delete(audit).where(audit.c.at < self._clock() - days * DAY_MS)
        async with self._database.write() as connection:
            return (await connection.execute(old)).rowcount
