"""The statistics count what is there."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import update

from sync_server.database import Database
from sync_server.protocol import CHUNK_BYTES, Operation
from sync_server.services.caller import Caller
from sync_server.services.statistics import Statistics, Stats
from sync_server.tables import account, device
from tests.sync_server.conftest import add_caller
from tests.sync_server.services.blob_parts import Parts


async def test_an_empty_server_holds_nothing(database: Database, tmp_path: Path) -> None:
    parts = Parts(database, tmp_path)
    stats = await Statistics(database, parts.clock).gather()
    assert stats == Stats(*[0] * 14)


async def test_everything_is_counted(database: Database, caller: Caller, tmp_path: Path) -> None:
    parts = Parts(database, tmp_path)
    library = await parts.library(caller)
    silence = await parts.upload(caller, bytes(2 * CHUNK_BYTES))
    await parts.write(caller, library, silence)
    edited = await parts.write(caller, library, body=b"12345")
    await parts.push(caller, library, Operation(edited, "transcript", 2, body=b"12"))
    gone = await parts.write(caller, library, body=b"1234567")
    await parts.delete(caller, library, gone, 4)
    await add_caller(database, caller.account_id)
    revoked = await add_caller(database, caller.account_id)
    stranger = await add_caller(database)
    await parts.see(caller)
    async with database.write() as connection:
        own = device.c.id == revoked.device_id
        await connection.execute(update(device).where(own).values(revoked_at=1))
        other = account.c.id == stranger.account_id
        await connection.execute(update(account).where(other).values(is_disabled=True))
    assert await Statistics(database, parts.clock).gather() == Stats(
        accounts=2,
        disabled_accounts=1,
        devices=3,
        active_devices=1,
        libraries=1,
        items=2,
        tombstones=1,
        body_bytes=3 + 2,
        revisions=2,
        revision_bytes=5 + 7,
        blobs=1,
        blob_bytes=2 * CHUNK_BYTES,
        chunks=1,
        chunk_bytes=CHUNK_BYTES,
    )
