"""Accounts: open them, log in, change passwords, and what an operator does with them.

An address is kept and compared in lower case. A login tells nobody whether an account exists:
unknown, wrong and disabled are answered alike, after the same work.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from sync_server.clock import Clock
from sync_server.database import Database
from sync_server.errors import Forbidden, Invalid, NotFound, Unauthorized
from sync_server.protocol import SignUp
from sync_server.services.account_views import PROFILE, SUMMARY, AccountSummary, Profile
from sync_server.services.audit import Audit, SecurityEvent
from sync_server.services.invites import check_invite, redeem
from sync_server.services.names import canonical_email, valid_email
from sync_server.services.passwords import Passwords, check_strength
from sync_server.services.web_sessions import end_sessions
from sync_server.tables import account

SignUpPolicy = SignUp
"""Who may open an account."""


class Accounts:
    """Serve accounts."""

    def __init__(
        self,
        database: Database,
        passwords: Passwords,
        audit: Audit,
        clock: Clock,
        policy: SignUpPolicy = SignUpPolicy.INVITE,
        *,
        new_id: Callable[[], UUID] = uuid4,
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._audit = audit
        self._clock = clock
        self._policy = policy
        self._new_id = new_id

    async def sign_up(self, email: str, password: str, invite: str | None = None) -> UUID:
        """Open an account as the policy allows; an invite is used up by it.

        Raises `Forbidden` when nobody may or the invite does not hold, and `Invalid` for what is no
        address, a weak password, and (only to whoever may sign up) an address that has an account.
        """
        if self._policy is SignUp.CLOSED:
            raise Forbidden("nobody can open an account here; ask who runs the server")
        if self._policy is SignUp.OPEN:
            return await self._open(email, password, None)
        code = invite or ""
        async with self._database.read() as connection:
            await check_invite(connection, code, canonical_email(email), self._clock())
        return await self._open(email, password, code)

    async def add(self, email: str, password: str) -> UUID:
        """Open an account for an operator, whatever the policy; raises `Invalid`."""
        return await self._open(email, password, None, "by the operator")

    async def authenticate(self, email: str, password: str) -> UUID:
        """Log a person in, which takes a planned deletion back; raises `Unauthorized`."""
        address = canonical_email(email)
        query = select(account.c.id, account.c.password_hash).where(account.c.email == address)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).first()
        account_id: UUID | None = row.id if row else None
        known = row.password_hash if row else None
        if await self._passwords.verify(password, known) and row and account_id:
            async with self._database.write() as connection:
                if await self._enter(connection, account_id, row.password_hash):
                    return account_id
        await self._audit.note(SecurityEvent.LOGIN_FAILED, account_id)
        raise Unauthorized("the e-mail or the password is wrong")

    async def confirm(self, account_id: UUID, password: str) -> str:
        """Ask whoever is logged in for the password again; return its hash.

        Raises `Forbidden`: the session or token is still good, and no reason to log in again.
        """
        query = select(account.c.password_hash).where(account.c.id == account_id)
        async with self._database.read() as connection:
            known: str | None = (await connection.execute(query)).scalar_one_or_none()
        if known is not None and await self._passwords.verify(password, known):
            return known
        await self._audit.note(SecurityEvent.LOGIN_FAILED, account_id, detail="asked again")
        _refuse_password()

    async def change_password(
        self, account_id: UUID, old: str, new: str, keep_session: str | None = None
    ) -> None:
        """Change the password and end all web sessions but one; devices keep their tokens.

        Raises `Invalid` for a weak new one and `Forbidden` for a wrong old one.
        """
        check_strength(new)
        known = await self.confirm(account_id, old)
        new_hash = await self._passwords.hash(new)
        async with self._database.write() as connection:
            changed = (
                update(account)
                .where(account.c.id == account_id, account.c.password_hash == known)
                .values(password_hash=new_hash)
            )
            if (await connection.execute(changed)).rowcount != 1:
                _refuse_password()
            await end_sessions(connection, account_id, keep_session)
            await self._audit.write(connection, SecurityEvent.PASSWORD_CHANGED, account_id)

    async def profile(self, account_id: UUID) -> Profile:
        """Return what a person sees of the own account; raises `NotFound`."""
        query = select(*PROFILE).where(account.c.id == account_id)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            raise NotFound("there is no such account")
        return Profile(*row)

    async def find(self, email: str) -> UUID:
        """Return an account's id; for operators only. Raises `NotFound`."""
        async with self._database.read() as connection:
            return await _account_of(connection, email)

    async def all_accounts(self) -> list[AccountSummary]:
        """Return all accounts by their addresses; for operators only."""
        query = select(*SUMMARY).order_by(account.c.email)
        async with self._database.read() as connection:
            return [AccountSummary(*row) for row in await connection.execute(query)]

    async def set_disabled(self, email: str, is_disabled: bool) -> None:
        """Keep an account from everything, or let it in again; raises `NotFound`.

        Its tokens and sessions go on where they were when it is let in again.
        """
        event = SecurityEvent.ACCOUNT_DISABLED if is_disabled else SecurityEvent.ACCOUNT_ENABLED
        async with self._database.write() as connection:
            account_id = await _account_of(connection, email)
            changed = update(account).where(account.c.id == account_id)
            await connection.execute(changed.values(is_disabled=is_disabled))
            await self._audit.write(connection, event, account_id)

    async def set_quota(self, email: str, quota_bytes: int | None) -> None:
        """Set how much an account may keep; None: the server's default.

        Raises `NotFound`, and `Invalid` for less than nothing.
        """
        if quota_bytes is not None and not 0 <= quota_bytes < 2**63:
            raise Invalid("a quota is a number of bytes, from 0")
        async with self._database.write() as connection:
            account_id = await _account_of(connection, email)
            changed = update(account).where(account.c.id == account_id)
            await connection.execute(changed.values(quota_bytes=quota_bytes))
            detail = "default" if quota_bytes is None else f"{quota_bytes} bytes"
            await self._audit.write(connection, SecurityEvent.QUOTA_SET, account_id, detail=detail)

    async def reset_password(self, email: str, new: str) -> None:
        """Set a password for whoever forgot it, and end the web sessions.

        Raises `NotFound`, and `Invalid` for a weak one.
        """
        check_strength(new)
        account_id = await self.find(email)
        new_hash = await self._passwords.hash(new)
        async with self._database.write() as connection:
            changed = update(account).where(account.c.id == account_id)
            await connection.execute(changed.values(password_hash=new_hash))
            await end_sessions(connection, account_id, None)
            await self._audit.write(connection, SecurityEvent.ACCOUNT_RESET, account_id)

    async def _open(self, email: str, password: str, invite: str | None, detail: str = "") -> UUID:
        address = valid_email(email)
        check_strength(password)
        account_id = self._new_id()
        made = {
            "id": account_id,
            "email": address,
            "password_hash": await self._passwords.hash(password),
            "created_at": self._clock(),
        }
        try:
            async with self._database.write() as connection:
                if invite is not None:
                    await redeem(connection, invite, address, self._clock())
                await connection.execute(insert(account).values(made))
                await self._audit.write(
                    connection, SecurityEvent.SIGNED_UP, account_id, detail=detail
                )
        except IntegrityError as exc:
            raise Invalid("this address has an account already") from exc
        return account_id

    async def _enter(
        self, connection: AsyncConnection, account_id: UUID, password_hash: str
    ) -> bool:
        """Let a person in if the account is still as it was when the password was checked."""
        query = select(account.c.delete_after).where(
            account.c.id == account_id,
            account.c.password_hash == password_hash,
            account.c.is_disabled.is_(False),
        )
        row = (await connection.execute(query.with_for_update())).first()
        if row is None:
            return False
        await self._audit.write(connection, SecurityEvent.LOGGED_IN, account_id)
        if row.delete_after is not None:
            await take_deletion_back(connection, self._audit, account_id)
        return True


async def take_deletion_back(connection: AsyncConnection, audit: Audit, account_id: UUID) -> None:
    """Forget that an account was to be deleted, if it was."""
    kept = (
        update(account)
        .where(account.c.id == account_id, account.c.delete_after.is_not(None))
        .values(delete_after=None)
    )
    if (await connection.execute(kept)).rowcount:
        await audit.write(connection, SecurityEvent.DELETION_CANCELLED, account_id)


async def _account_of(connection: AsyncConnection, email: str) -> UUID:
    query = select(account.c.id).where(account.c.email == canonical_email(email))
    found: UUID | None = (await connection.execute(query)).scalar_one_or_none()
    if found is None:
        raise NotFound("there is no account with this address")
    return found


def _refuse_password() -> NoReturn:
    raise Forbidden("the password is wrong")
