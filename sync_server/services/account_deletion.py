"""Delete accounts some days after they were asked to go; until then a login takes it back."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import and_, delete, select, update

from sync_server.clock import DAY_MS, Clock
from sync_server.database import Database
from sync_server.errors import NotFound
from sync_server.services.accounts import Accounts, take_deletion_back
from sync_server.services.audit import Audit, SecurityEvent
from sync_server.tables import account, blob, chunk, library

GRACE_DAYS = 14


class AccountDeletion:
    """Plan deletions, take them back, and carry them out."""

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        audit: Audit,
        clock: Clock,
        grace_days: int = GRACE_DAYS,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._audit = audit
        self._clock = clock
        self._grace_ms = grace_days * DAY_MS

    async def plan(self, account_id: UUID, password: str) -> int:
        """Plan an account's deletion and return when it comes, in milliseconds since 1970.

        A plan that stands keeps its day. Devices and sessions go on until then. Raises `Forbidden`
        for a wrong password.
        """
        await self._accounts.confirm(account_id, password)
        async with self._database.write() as connection:
            query = select(account.c.delete_after).where(account.c.id == account_id)
            row = (await connection.execute(query.with_for_update())).first()
            if row is None:
                raise NotFound("there is no such account")
            if row.delete_after is not None:
                return int(row.delete_after)
            delete_after = self._clock() + self._grace_ms
            planned = update(account).where(account.c.id == account_id)
            await connection.execute(planned.values(delete_after=delete_after))
            await self._audit.write(connection, SecurityEvent.DELETION_PLANNED, account_id)
        return delete_after

    async def cancel(self, account_id: UUID) -> None:
        """Take a planned deletion back; nothing happens if there is none."""
        async with self._database.write() as connection:
            await take_deletion_back(connection, self._audit, account_id)

    async def delete_due(self) -> list[UUID]:
        """Delete the accounts whose day has come, with all rows they own; return which.

        Each in a transaction of its own. Their chunk files are the caller's to remove.
        """
        now = self._clock()
        query = select(account.c.id).where(account.c.delete_after <= now)
        async with self._database.read() as connection:
            due = list((await connection.execute(query)).scalars())
        return [account_id for account_id in due if await self._delete(account_id, now)]

    async def _delete(self, account_id: UUID, now: int) -> bool:
        is_due = and_(account.c.id == account_id, account.c.delete_after <= now)
        try:
            async with self._database.write() as connection:
                # In the order in which pushes and uploads lock, the account last; cascades would
                # begin with it, and wait for a push that waits for them.
                for table in (library, chunk, blob):
                    await connection.execute(delete(table).where(table.c.account_id == account_id))
                if (await connection.execute(delete(account).where(is_due))).rowcount != 1:
                    raise _TakenBack
                await self._audit.write(connection, SecurityEvent.DELETION_DONE, account_id)
        except _TakenBack:
            return False
        return True


class _TakenBack(Exception):
    """A login came first, so that everything stays."""
