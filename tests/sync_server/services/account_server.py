"""Accounts and everything around them over one database, with a clock that tests turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Table, func, select

from sync_server.database import Database
from sync_server.protocol import LoggedIn, SignUp
from sync_server.services.account_deletion import AccountDeletion
from sync_server.services.accounts import Accounts
from sync_server.services.audit import Audit
from sync_server.services.caller import Caller
from sync_server.services.device_codes import DeviceCodes
from sync_server.services.devices import Devices
from sync_server.services.invites import Invites
from sync_server.services.passwords import Passwords
from sync_server.services.web_sessions import WebSessions
from sync_server.tables import account

EMAIL = "ada@example.org"
PASSWORD = "correct horse battery"
START_MS = 1_800_000_000_000


@dataclass
class HandClock:
    """A clock that stands until it is turned."""

    now: int = START_MS

    def __call__(self) -> int:
        return self.now

    def turn(self, seconds: float = 0, days: float = 0) -> None:
        """Turn it on, or back."""
        self.now += round(seconds * 1000 + days * 86_400_000)


class CountingPasswords(Passwords):
    """Count how often a password was compared, whatever came of it."""

    def __init__(self) -> None:
        super().__init__()
        self.compared = 0

    async def verify(self, password: str, password_hash: str | None) -> bool:
        self.compared += 1
        return await super().verify(password, password_hash)


class Noted(NamedTuple):
    """An event of the audit log."""

    event: str
    device_id: UUID | None


class AccountServer:
    """The services without HTTP."""

    def __init__(self, database: Database, sign_up: SignUp = SignUp.OPEN) -> None:
        self.database = database
        self.clock = HandClock()
        self.passwords = CountingPasswords()
        self.audit = Audit(database, self.clock)
        self.accounts = Accounts(database, self.passwords, self.audit, self.clock, sign_up)
        self.invites = Invites(database, self.audit, self.clock)
        self.sessions = WebSessions(database, self.clock)
        self.deletion = AccountDeletion(database, self.accounts, self.audit, self.clock)
        self.revoked: list[Caller] = []
        self.devices = Devices(database, self.accounts, self.audit, self.clock, (self._on_revoked,))
        self.codes = DeviceCodes(database, self.audit, self.clock)

    async def add(self, email: str = EMAIL) -> UUID:
        """Open an account with `PASSWORD`."""
        return await self.accounts.add(email, PASSWORD)

    async def log_in(self, email: str = EMAIL, device_name: str = "laptop") -> LoggedIn:
        """Add a device."""
        return await self.devices.log_in(email, PASSWORD, device_name)

    async def noted(self, account_id: UUID) -> list[Noted]:
        """Return what the audit log has of an account, in the order of the clock."""
        entries = await self.audit.of_account(account_id)
        return [Noted(entry.event, entry.device_id) for entry in reversed(entries)]

    async def events(self, account_id: UUID) -> list[str]:
        """Return the kinds of events, sorted: what happens in one millisecond has no order."""
        return sorted(noted.event for noted in await self.noted(account_id))

    async def count(self, table: Table = account) -> int:
        """Return how many rows a table has."""
        async with self.database.read() as connection:
            counted = await connection.execute(select(func.count()).select_from(table))
            return counted.scalar_one()

    async def _on_revoked(self, caller: Caller) -> None:
        self.revoked.append(caller)
