"""How many bytes an account may keep."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from sync_server.tables import account


@dataclass(slots=True)
class Room:
    """Bytes that an account may still fill; None: as many as it likes."""

    left: int | None

    def take(self, count: int) -> bool:
        """Use some of it up, or give some back; False, and nothing used, if it doesn't fit."""
        if self.left is None:
            return True
        if count > 0 and count > self.left:
            return False
        self.left -= count
        return True


class Quotas:
    """Know the quota of accounts that have none of their own; None: no limit."""

    def __init__(self, default_bytes: int | None) -> None:
        self._default_bytes = default_bytes

    async def room(self, connection: AsyncConnection, account_id: UUID) -> Room:
        """Return the room that is left; other writes may use it up at the same moment."""
        query = select(account.c.quota_bytes, account.c.used_bytes).where(
            account.c.id == account_id
        )
        row = (await connection.execute(query)).one()
        quota = self._default_bytes if row.quota_bytes is None else row.quota_bytes
        return Room(None if quota is None else quota - row.used_bytes)
