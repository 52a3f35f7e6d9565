"""Invites: a code that opens one account, within some days."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sync_server.clock import DAY_MS, Clock
from sync_server.database import Database
from sync_server.errors import Forbidden, Invalid
from sync_server.services.audit import Audit, SecurityEvent
from sync_server.services.names import valid_email
from sync_server.services.tokens import new_secret, secret_hash
from sync_server.tables import invite

MAX_DAYS = 365


class Invites:
    """Make invites; `redeem` uses them up while an account is made."""

    def __init__(self, database: Database, audit: Audit, clock: Clock) -> None:
        self._database = database
        self._audit = audit
        self._clock = clock

    async def create(self, email: str | None = None, days: int = 7) -> str:
        """Return a code, shown this once; for one address, or for whoever has it (None)."""
        if not 1 <= days <= MAX_DAYS:
            raise Invalid(f"an invite holds for 1 to {MAX_DAYS} days")
        code = new_secret()
        now = self._clock()
        row = {
            "hash": secret_hash(code),
            "email": None if email is None else valid_email(email),
            "created_at": now,
            "expires_at": now + days * DAY_MS,
        }
        async with self._database.write() as connection:
            await connection.execute(insert(invite).values(row))
            await self._audit.write(connection, SecurityEvent.INVITED)
        return code

    async def purge(self) -> int:
        """Remove invites that nobody can use any more; return how many they were."""
        over = or_(invite.c.expires_at <= self._clock(), invite.c.used_at.is_not(None))
        async with self._database.write() as connection:
            return (await connection.execute(delete(invite).where(over))).rowcount


async def check_invite(connection: AsyncConnection, code: str, email: str, now: int) -> None:
    """Look whether an invite holds for an address; raises `Forbidden`."""
    query = select(invite.c.hash).where(_holds(code, email, now))
    if (await connection.execute(query)).first() is None:
        raise _refusal()


async def redeem(connection: AsyncConnection, code: str, email: str, now: int) -> None:
    """Use an invite up; of two at the same moment one gets it. Raises `Forbidden`."""
    used = update(invite).where(_holds(code, email, now)).values(used_at=now)
    if (await connection.execute(used)).rowcount != 1:
        raise _refusal()


def _holds(code: str, email: str, now: int) -> ColumnElement[bool]:
    return and_(
        invite.c.hash == secret_hash(code),
        invite.c.used_at.is_(None),
        invite.c.expires_at > now,
        or_(invite.c.email.is_(None), invite.c.email == email),
    )


def _refusal() -> Forbidden:
    return Forbidden("this needs an invite that holds for this address and was not used yet")
