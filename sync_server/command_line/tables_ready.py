"""See to it that the database has this release's tables before anything is done with it."""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from sync_server.database import Database
from sync_server.migrations import Migrations, SchemaState
from sync_server.migrations.runner import SchemaError
from sync_server.settings import Settings

logger = logging.getLogger(__name__)

KEPT_COPIES = 3
"""Copies of a SQLite file from before its last migrations."""


async def ready(settings: Settings) -> SchemaState:
    """Migrate SQLite if it needs that; PostgreSQL is only looked at, for others may be using it.

    Returns how it was. Raises `SchemaError` with what to do.
    """
    migrations = Migrations()
    state = await state_of(settings, migrations)
    if state in (SchemaState.CURRENT, SchemaState.AHEAD):
        return state
    if not is_sqlite(settings):
        raise SchemaError(
            "the database needs to be migrated first: whisper-transcriber-server migrate"
        )
    await migrate(settings, migrations, state)
    return state


async def migrate(settings: Settings, migrations: Migrations, state: SchemaState) -> None:
    """Bring the tables to this release; a SQLite file that is not new is copied before."""
    if is_sqlite(settings) and state is SchemaState.BEHIND:
        await asyncio.to_thread(_keep_copy, sqlite_file(settings))
    await migrations.upgrade(settings.database_address)


async def state_of(settings: Settings, migrations: Migrations) -> SchemaState:
    """Return how the database's tables relate to this release's."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database_address, 1)
    try:
        async with database.read() as connection:
            return await migrations.state(connection)
    finally:
        await database.close()


def is_sqlite(settings: Settings) -> bool:
    """Tell which kind of database the settings name."""
    return make_url(settings.database_address).get_backend_name() == "sqlite"


def sqlite_file(settings: Settings) -> Path:
    """Return the file of a SQLite database."""
    return Path(make_url(settings.database_address).database or "")


def _keep_copy(file: Path) -> None:
    copies = sorted(file.parent.glob(f"{file.name}.before-*"), key=_number)
    number = _number(copies[-1]) + 1 if copies else 1
    copy = file.with_name(f"{file.name}.before-{number}")
    descriptor = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.close(descriptor)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    logger.info("%s was copied to %s before it is migrated", file.name, copy.name)
    for old in copies[: -(KEPT_COPIES - 1)]:
        old.unlink()


def _number(copy: Path) -> int:
    return int(copy.name.rpartition("-")[2])
