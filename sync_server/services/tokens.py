"""Secrets of 256 bits that stand for a device, a session or an invite; only their hash is kept.

A secret is found by its hash, so that nothing can be learned from how long a comparison takes.
"""

from __future__ import annotations

import hashlib
import secrets
from uuid import UUID

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sync_server.clock import SECOND_MS
from sync_server.errors import Unauthorized
from sync_server.protocol import TOKEN_PREFIX
from sync_server.services.caller import Caller
from sync_server.tables import account, device, token

OVERLAP = 600
"""A token that was replaced goes on for so many seconds, for requests under way."""

_SECRET_BYTES = 32


def new_secret() -> str:
    """Draw a secret, in letters that need no quoting anywhere."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def secret_hash(secret: str) -> bytes:
    """Return what is kept of a secret: its SHA-256."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


async def issue_token(connection: AsyncConnection, device_id: UUID, now: int) -> str:
    """Give a device a token."""
    made = TOKEN_PREFIX + new_secret()
    await connection.execute(
        insert(token).values(hash=secret_hash(made), device_id=device_id, created_at=now)
    )
    return made


async def find_device(connection: AsyncConnection, shown: str, now: int) -> tuple[Caller, int]:
    """Return whose token it is, and when the device was last seen; raises `Unauthorized`."""
    query = (
        select(device.c.account_id, device.c.id, device.c.last_seen_at)
        .join(token, token.c.device_id == device.c.id)
        .join(account, account.c.id == device.c.account_id)
        .where(
            token.c.hash == secret_hash(shown),
            or_(token.c.expires_at.is_(None), token.c.expires_at > now),
            device.c.revoked_at.is_(None),
            account.c.is_disabled.is_(False),
        )
    )
    row = (await connection.execute(query)).first()
    if row is None:
        raise Unauthorized("log in again")
    return Caller(row.account_id, row.id), row.last_seen_at


async def replace_token(connection: AsyncConnection, device_id: UUID, shown: str, now: int) -> str:
    """Give a device another token in place of one it shows; all it has end after the overlap.

    All, because the answer to an earlier request may have been lost: a device has one lasting
    token. What ends already keeps its end. Raises `Unauthorized`.
    """
    still_valid = or_(token.c.expires_at.is_(None), token.c.expires_at > now)
    # The lock makes two rotations at the same moment follow each other.
    owner = (
        select(device.c.id)
        .where(device.c.id == device_id, device.c.revoked_at.is_(None))
        .with_for_update()
    )
    mine = select(token.c.hash).where(
        token.c.hash == secret_hash(shown), token.c.device_id == device_id, still_valid
    )
    for query in (owner, mine):
        if (await connection.execute(query)).first() is None:
            raise Unauthorized("log in again")
    await connection.execute(
        update(token)
        .where(token.c.device_id == device_id, token.c.expires_at.is_(None))
        .values(expires_at=now + OVERLAP * SECOND_MS)
    )
    return await issue_token(connection, device_id, now)


async def drop_tokens(connection: AsyncConnection, device_id: UUID) -> None:
    """Take all tokens of a device away at once."""
    await connection.execute(delete(token).where(token.c.device_id == device_id))


async def drop_expired_tokens(connection: AsyncConnection, now: int) -> int:
    """Remove tokens whose time is over; return how many they were."""
    return (await connection.execute(delete(token).where(token.c.expires_at <= now))).rowcount
