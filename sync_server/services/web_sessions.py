"""Sessions of people in a browser: a secret in a cookie, its hash in the database."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from sync_server.clock import DAY_MS, Clock
from sync_server.database import Database
from sync_server.services.tokens import new_secret, secret_hash
from sync_server.tables import account, web_session

LIFETIME_DAYS = 30


class WebSessions:
    """Start, find and end sessions."""

    def __init__(
        self, database: Database, clock: Clock, lifetime_days: int = LIFETIME_DAYS
    ) -> None:
        self._database = database
        self._clock = clock
        self._lifetime_ms = lifetime_days * DAY_MS

    async def start(self, account_id: UUID) -> str:
        """Return the secret of a new session; only whoever logged in just now may have it."""
        secret = new_secret()
        now = self._clock()
        async with self._database.write() as connection:
            await connection.execute(
                insert(web_session).values(
                    hash=secret_hash(secret),
                    account_id=account_id,
                    created_at=now,
                    expires_at=now + self._lifetime_ms,
                )
            )
        return secret

    async def find(self, secret: str) -> UUID | None:
        """Return whose session it is; None if it ended, was never there, or may not go on."""
        query = (
            select(web_session.c.account_id)
            .join(account, account.c.id == web_session.c.account_id)
            .where(
                web_session.c.hash == secret_hash(secret),
                web_session.c.expires_at > self._clock(),
                account.c.is_disabled.is_(False),
            )
        )
        async with self._database.read() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def end(self, secret: str) -> None:
        """End a session; nothing happens if there is none."""
        ended = delete(web_session).where(web_session.c.hash == secret_hash(secret))
        async with self._database.write() as connection:
            await connection.execute(ended)

    async def end_all(self, account_id: UUID, but: str | None = None) -> None:
        """End all sessions of an account, or all but one."""
        async with self._database.write() as connection:
            await end_sessions(connection, account_id, but)

    async def purge(self) -> int:
        """Remove sessions whose time is over; return how many they were."""
        over = delete(web_session).where(web_session.c.expires_at <= self._clock())
        async with self._database.write() as connection:
            return (await connection.execute(over)).rowcount


async def end_sessions(connection: AsyncConnection, account_id: UUID, but: str | None) -> None:
    """End all sessions of an account, or all but one."""
    ended = delete(web_session).where(web_session.c.account_id == account_id)
    if but is not None:
        ended = ended.where(web_session.c.hash != secret_hash(but))
    await connection.execute(ended)
