"""The audit log: what happened to an account, newest first, for a while."""

from __future__ import annotations

import logging
import uuid

import pytest

from sync_server.database import Database
from sync_server.services.audit import Audit, AuditEntry, SecurityEvent
from tests.sync_server.services.account_server import START_MS, HandClock


async def test_events_are_kept_newest_first_each_with_its_account(database: Database) -> None:
    clock = HandClock()
    audit = Audit(database, clock)
    account_id, device_id = uuid.uuid4(), uuid.uuid4()
    await audit.note(SecurityEvent.LOGGED_IN, account_id)
    await audit.note(SecurityEvent.LOGGED_IN, uuid.uuid4())
    clock.turn(seconds=1)
    await audit.note("device_added", account_id, device_id, "x" * 600)
    newest = AuditEntry(START_MS + 1000, "device_added", device_id, "x" * 500)
    assert await audit.of_account(account_id) == [
        newest,
        AuditEntry(START_MS, "logged_in", None, ""),
    ]
    assert await audit.of_account(account_id, 1) == [newest]


async def test_old_events_are_forgotten(database: Database) -> None:
    clock = HandClock()
    audit = Audit(database, clock)
    account_id = uuid.uuid4()
    await audit.note(SecurityEvent.LOGGED_IN, account_id)
    clock.turn(days=10)
    await audit.note(SecurityEvent.EXPORTED, account_id)
    assert await audit.purge(days=10) == 0
    clock.turn(seconds=1)
    assert await audit.purge(days=10) == 1
    assert [entry.event for entry in await audit.of_account(account_id)] == ["exported"]


async def test_the_log_of_the_program_has_ids_only(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    account_id = uuid.uuid4()
    with caplog.at_level(logging.INFO):
        await Audit(database, HandClock()).note("logged_in", account_id, None, "by ada")
    assert [record.message for record in caplog.records if "audit" in record.name] == [
        f"security event logged_in, account {account_id}, device None"
    ]
