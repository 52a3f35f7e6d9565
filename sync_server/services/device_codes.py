"""Log a device in by a code that a person types into a web page (RFC 8628).

The device has a long secret and asks with it again and again; the person sees eight letters. The
server's web page approves or denies them; the next question of the device then gets its token.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from sync_server.clock import SECOND_MS, Clock
from sync_server.database import Database
from sync_server.errors import Forbidden, NotFound, Unavailable
from sync_server.protocol import DeviceTokenProblem, LoggedIn
from sync_server.services.audit import Audit, SecurityEvent
from sync_server.services.caller import Caller
from sync_server.services.devices import add_device, check_room
from sync_server.services.names import valid_name
from sync_server.services.tokens import new_secret, secret_hash
from sync_server.tables import account
from sync_server.tables import device_code as codes

EXPIRES_IN = 600
"""Seconds in which a code must be approved and fetched."""
INTERVAL = 5
"""Seconds between two questions, and by how much asking too soon raises them (section 3.5)."""

_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # section 6.1: no vowels, so that no words arise; 34 bits
_LENGTH = 8
_LEEWAY_MS = 500  # what the network adds to or takes from an interval
_ATTEMPTS = 5
_MAX_PENDING = 10_000
_RETRY_AFTER = 60


def draw_user_code() -> str:
    """Draw what a person types."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


@dataclass(frozen=True, slots=True)
class StartedCode:
    """Both codes; times in seconds. `user_code` as it is shown, `BCDF-GHJK`."""

    device_code: str
    user_code: str
    expires_in: int = EXPIRES_IN
    interval: int = INTERVAL


class _Asked(NamedTuple):
    """A code that a device asks for; times in milliseconds since 1970."""

    device_name: str
    expires_at: int
    polled_at: int | None
    interval: int
    account_id: UUID | None
    is_denied: bool


class DeviceCodes:
    """Serve device codes."""

    def __init__(
        self,
        database: Database,
        audit: Audit,
        clock: Clock,
        *,
        new_id: Callable[[], UUID] = uuid4,
        new_user_code: Callable[[], str] = draw_user_code,
    ) -> None:
        self._database = database
        self._audit = audit
        self._clock = clock
        self._new_id = new_id
        self._new_user_code = new_user_code

    async def start(self, device_name: str) -> StartedCode:
        """Return new codes for a device.

        Raises `Invalid` for what is no name, and `Unavailable` when too many codes wait.
        """
        name = valid_name(device_name)
        for _ in range(_ATTEMPTS):
            try:
                return await self._start(name)
            except IntegrityError:  # somebody has these letters already
                continue
        raise Unavailable("no code is free", _RETRY_AFTER)

    async def look_up(self, user_code: str) -> str | None:
        """Return the name of the device that waits with a code; None if none does."""
        query = select(codes.c.device_name).where(self._waits(user_code))
        async with self._database.read() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def approve(self, account_id: UUID, user_code: str) -> None:
        """Let the device with this code into an account, once.

        Raises `NotFound` when none waits, and `Forbidden` when the account has too many devices.
        """
        approved = update(codes).where(self._waits(user_code)).values(account_id=account_id)
        async with self._database.write() as connection:
            await check_room(connection, account_id)
            if (await connection.execute(approved)).rowcount != 1:
                raise _nothing_waits()

    async def deny(self, account_id: UUID, user_code: str) -> None:
        """Refuse the device with this code, by whoever saw it; raises `NotFound`."""
        denied = update(codes).where(self._waits(user_code)).values(is_denied=True)
        async with self._database.write() as connection:
            if (await connection.execute(denied)).rowcount != 1:
                raise _nothing_waits()
            await self._audit.write(connection, SecurityEvent.DEVICE_DENIED, account_id)

    async def poll(self, device_code: str) -> LoggedIn | DeviceTokenProblem:
        """Return the device's token once a person has approved it, or why there is none.

        A code gives one token. Asking sooner than the interval raises it by `INTERVAL`.
        """
        code_hash = secret_hash(device_code)
        async with self._database.write() as connection:
            asked = await _locked(connection, code_hash)
            if asked is None:
                return DeviceTokenProblem.INVALID_GRANT
            if asked.expires_at <= self._clock():
                return DeviceTokenProblem.EXPIRED_TOKEN
            if asked.is_denied:
                return DeviceTokenProblem.ACCESS_DENIED
            if asked.account_id is None:
                return await self._keep_waiting(connection, code_hash, asked)
            return await self._log_in(connection, code_hash, asked.account_id, asked.device_name)

    async def purge(self) -> int:
        """Remove codes whose time is over; return how many they were."""
        async with self._database.write() as connection:
            return await self._purge(connection)

    async def _start(self, name: str) -> StartedCode:
        secret, letters = new_secret(), self._new_user_code()
        now = self._clock()
        async with self._database.write() as connection:
            await self._purge(connection)
            count = select(func.count()).select_from(codes)
            if (await connection.execute(count)).scalar_one() >= _MAX_PENDING:
                raise Unavailable("too many devices wait for their approval", _RETRY_AFTER)
            await connection.execute(
                insert(codes).values(
                    hash=secret_hash(secret),
                    user_code=letters,
                    device_name=name,
                    created_at=now,
                    expires_at=now + EXPIRES_IN * SECOND_MS,
                    interval=INTERVAL,
                )
            )
        half = _LENGTH // 2
        return StartedCode(secret, f"{letters[:half]}-{letters[half:]}")

    async def _keep_waiting(
        self, connection: AsyncConnection, code_hash: bytes, asked: _Asked
    ) -> DeviceTokenProblem:
        now = self._clock()
        # A clock that was set back must not make everyone seem too quick.
        since = None if asked.polled_at is None else now - asked.polled_at
        is_too_soon = since is not None and 0 <= since < asked.interval * SECOND_MS - _LEEWAY_MS
        interval = asked.interval + INTERVAL if is_too_soon else asked.interval
        await connection.execute(
            update(codes).where(codes.c.hash == code_hash).values(polled_at=now, interval=interval)
        )
        if is_too_soon:
            return DeviceTokenProblem.SLOW_DOWN
        return DeviceTokenProblem.AUTHORIZATION_PENDING

    async def _log_in(
        self, connection: AsyncConnection, code_hash: bytes, account_id: UUID, name: str
    ) -> LoggedIn | DeviceTokenProblem:
        await connection.execute(delete(codes).where(codes.c.hash == code_hash))
        may_enter = select(account.c.id).where(
            account.c.id == account_id, account.c.is_disabled.is_(False)
        )
        if (await connection.execute(may_enter)).first() is None:
            return DeviceTokenProblem.ACCESS_DENIED
        caller = Caller(account_id, self._new_id())
        try:
            made = await add_device(connection, caller, name, self._clock())
        except Forbidden:  # others were added since the approval
            return DeviceTokenProblem.ACCESS_DENIED
        await self._audit.write(
            connection, SecurityEvent.DEVICE_ADDED, account_id, caller.device_id, "by code"
        )
        return made

    async def _purge(self, connection: AsyncConnection) -> int:
        over = delete(codes).where(codes.c.expires_at <= self._clock())
        return (await connection.execute(over)).rowcount

    def _waits(self, user_code: str) -> ColumnElement[bool]:
        return and_(
            codes.c.user_code == _letters_of(user_code),
            codes.c.expires_at > self._clock(),
            codes.c.account_id.is_(None),
            codes.c.is_denied.is_(False),
        )


async def _locked(connection: AsyncConnection, code_hash: bytes) -> _Asked | None:
    query = select(
        codes.c.device_name,
        codes.c.expires_at,
        codes.c.polled_at,
        codes.c.interval,
        codes.c.account_id,
        codes.c.is_denied,
    ).where(codes.c.hash == code_hash)
    row = (await connection.execute(query.with_for_update())).first()
    return None if row is None else _Asked(*row)


def _letters_of(typed: str) -> str:
    """Leave out what people type between the letters (section 6.1)."""
    return "".join(letter for letter in typed.upper() if letter in _LETTERS)[: _LENGTH + 1]


def _nothing_waits() -> NotFound:
    return NotFound("no device waits with this code; it may have expired")
