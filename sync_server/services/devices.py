"""Devices of an account: log in, list, rename, revoke; and the tokens that stand for them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sync_server.clock import DAY_MS, SECOND_MS, Clock, shown
from sync_server.database import Database
from sync_server.errors import Forbidden, NotFound
from sync_server.protocol import Device, LoggedIn, NewToken
from sync_server.services.accounts import Accounts
from sync_server.services.audit import Audit, SecurityEvent
from sync_server.services.caller import Caller
from sync_server.services.names import valid_name
from sync_server.services.tokens import (
    OVERLAP,
    drop_expired_tokens,
    drop_tokens,
    find_device,
    issue_token,
    replace_token,
)
from sync_server.tables import account, device

MAX_DEVICES = 100
"""Of one account, revoked ones apart."""
REVOKED_KEPT_DAYS = 90

_SEEN_EVERY_MS = 3600 * SECOND_MS

OnRevoked = Callable[[Caller], Awaitable[None]]
"""Is called after a device was revoked, to end what it has open."""


class Devices:
    """Serve devices."""

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        audit: Audit,
        clock: Clock,
        on_revoked: Sequence[OnRevoked] = (),
        *,
        new_id: Callable[[], UUID] = uuid4,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._audit = audit
        self._clock = clock
        self._on_revoked = tuple(on_revoked)
        self._new_id = new_id

    async def log_in(self, email: str, password: str, device_name: str) -> LoggedIn:
        """Add a device for whoever knows the password; the token is shown this once.

        Raises `Unauthorized`, `Invalid` for a name that is none, and `Forbidden` when the account
        has too many devices.
        """
        name = valid_name(device_name)
        account_id = await self._accounts.authenticate(email, password)
        caller = Caller(account_id, self._new_id())
        async with self._database.write() as connection:
            made = await add_device(connection, caller, name, self._clock())
            await self._note(connection, SecurityEvent.DEVICE_ADDED, caller, "by password")
        return made

    async def authorize(self, token: str) -> Caller:
        """Return which device shows a token.

        Raises `Unauthorized`, alike for a token that is unknown, expired or revoked, and for an
        account that is disabled. When a device was last seen is written once an hour.
        """
        now = self._clock()
        async with self._database.glance() as connection:
            caller, last_seen_at = await find_device(connection, token, now)
        if last_seen_at <= now - _SEEN_EVERY_MS:
            await self._saw(caller.device_id, now)
        return caller

    async def is_live(self, caller: Caller) -> bool:
        """Tell whether a device may go on; long streams ask again and again."""
        query = (
            select(device.c.id)
            .join(account, account.c.id == device.c.account_id)
            .where(_is_live_device(caller.account_id, caller.device_id))
            .where(account.c.is_disabled.is_(False))
        )
        async with self._database.read() as connection:
            return (await connection.execute(query)).first() is not None

    async def of_account(self, caller: Caller) -> list[Device]:
        """Return the devices of the caller's account that may sync, oldest first."""
        return await self._listed(caller.account_id, caller.device_id)

    async def all_of(self, account_id: UUID) -> list[Device]:
        """Return an account's devices that may sync, oldest first, for a person in a browser."""
        return await self._listed(account_id, None)

    async def rename(self, account_id: UUID, device_id: UUID, name: str) -> None:
        """Give a device another name; raises `NotFound`, and `Invalid` for what is no name."""
        kept = valid_name(name)
        caller = Caller(account_id, device_id)
        renamed = update(device).where(_is_live_device(account_id, device_id)).values(name=kept)
        async with self._database.write() as connection:
            if (await connection.execute(renamed)).rowcount != 1:
                raise NotFound("there is no such device")
            await self._note(connection, SecurityEvent.DEVICE_RENAMED, caller)

    async def revoke(self, account_id: UUID, device_id: UUID) -> None:
        """Take all tokens of a device away at once and end what it has open; raises `NotFound`."""
        caller = Caller(account_id, device_id)
        revoked = update(device).where(_is_live_device(account_id, device_id))
        async with self._database.write() as connection:
            result = await connection.execute(revoked.values(revoked_at=self._clock()))
            if result.rowcount != 1:
                raise NotFound("there is no such device")
            await drop_tokens(connection, device_id)
            await self._note(connection, SecurityEvent.DEVICE_REVOKED, caller)
        for tell in self._on_revoked:
            await tell(caller)

    async def rotate(self, caller: Caller, token: str) -> NewToken:
        """Give a device another token; the one it shows goes on for `OVERLAP` seconds.

        Raises `Unauthorized`.
        """
        async with self._database.write() as connection:
            made = await replace_token(connection, caller.device_id, token, self._clock())
            await self._note(connection, SecurityEvent.TOKEN_ROTATED, caller)
        return NewToken(made, OVERLAP)

    async def purge(self) -> int:
        """Remove expired tokens and devices revoked long ago; return how many they were."""
        now = self._clock()
        old = delete(device).where(device.c.revoked_at <= now - REVOKED_KEPT_DAYS * DAY_MS)
        async with self._database.write() as connection:
            tokens = await drop_expired_tokens(connection, now)
            return tokens + (await connection.execute(old)).rowcount

    async def _listed(self, account_id: UUID, current: UUID | None) -> list[Device]:
        query = (
            select(device.c.id, device.c.name, device.c.created_at, device.c.last_seen_at)
            .where(device.c.account_id == account_id, device.c.revoked_at.is_(None))
            .order_by(device.c.created_at, device.c.id)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return [
            Device(
                row.id, row.name, shown(row.created_at), shown(row.last_seen_at), row.id == current
            )
            for row in rows
        ]

    async def _saw(self, device_id: UUID, now: int) -> None:
        # The condition again: of many requests at once, one writes.
        seen = update(device).where(
            device.c.id == device_id, device.c.last_seen_at <= now - _SEEN_EVERY_MS
        )
        async with self._database.write() as connection:
            await connection.execute(seen.values(last_seen_at=now))

    async def _note(
        self, connection: AsyncConnection, event: SecurityEvent, caller: Caller, detail: str = ""
    ) -> None:
        await self._audit.write(connection, event, caller.account_id, caller.device_id, detail)


async def add_device(connection: AsyncConnection, caller: Caller, name: str, now: int) -> LoggedIn:
    """Add a device with a token; raises `Forbidden` when the account has too many."""
    await check_room(connection, caller.account_id)
    await connection.execute(
        insert(device).values(
            id=caller.device_id,
            account_id=caller.account_id,
            name=name,
            created_at=now,
            last_seen_at=now,
        )
    )
    token = await issue_token(connection, caller.device_id, now)
    return LoggedIn(token, caller.device_id, caller.account_id)


async def check_room(connection: AsyncConnection, account_id: UUID) -> None:
    """Raise `Forbidden` when an account has as many devices as it may."""
    count = select(func.count()).where(
        device.c.account_id == account_id, device.c.revoked_at.is_(None)
    )
    if (await connection.execute(count)).scalar_one() >= MAX_DEVICES:
        raise Forbidden(f"an account has at most {MAX_DEVICES} devices; revoke one first")


def _is_live_device(account_id: UUID, device_id: UUID) -> ColumnElement[bool]:
    return and_(
        device.c.id == device_id,
        device.c.account_id == account_id,
        device.c.revoked_at.is_(None),
    )
