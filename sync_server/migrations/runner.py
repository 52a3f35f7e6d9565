"""Run the migrations on a database, all in one transaction and one process at a time."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import Enum
from functools import cached_property
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, inspect, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from sync_server.database import prepare_sqlite

logger = logging.getLogger(__name__)

FOLDER = Path(__file__).parent
HEAD = "head"
# Any number will do that nothing else in the database uses for an advisory lock.
_LOCK = 0x7753_796E_6300
_LOCK_TIMEOUT = "10s"
"""How long a migration waits for a table, since everybody else waits behind it."""


class SchemaState(Enum):
    """How a database's tables relate to those of this release."""

    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"
    AHEAD = "ahead"
    """Of a newer release, which keeps to what this one needs: it expands before it contracts."""


class SchemaError(Exception):
    """The database can't be brought to this release's tables."""


class Migrations:
    """Know the revisions in a folder and bring databases to them."""

    def __init__(self, *versions: Path) -> None:
        self._config = Config()
        self._config.set_main_option("script_location", _escaped(FOLDER))
        self._config.set_main_option("path_separator", "newline")
        folders = versions or (FOLDER / "versions",)
        self._config.set_main_option("version_locations", "\n".join(map(_escaped, folders)))

    @cached_property
    def revisions(self) -> list[str]:
        """All revisions, oldest first."""
        scripts = ScriptDirectory.from_config(self._config)
        return [script.revision for script in scripts.walk_revisions()][::-1]

    async def state(self, connection: AsyncConnection) -> SchemaState:
        """Tell whether a database has this release's tables."""
        revision = await connection.run_sync(_revision)
        if revision is None:
            return SchemaState.EMPTY
        if revision not in self.revisions:
            return SchemaState.AHEAD
        is_newest = revision == self.revisions[-1]
        return SchemaState.CURRENT if is_newest else SchemaState.BEHIND

    async def upgrade(self, url: str, revision: str = HEAD) -> None:
        """Bring a database to a revision; all of it happens, or nothing.

        Raises `SchemaError` when the database is of a newer release, or has tables of another
        origin.
        """
        async with _alone(url) as connection:
            found = await self.state(connection)
            if found is SchemaState.AHEAD:
                raise SchemaError("the database was made by a newer release; upgrade the program")
            if found is SchemaState.EMPTY and await connection.run_sync(_has_tables):
                raise SchemaError("the database has tables that are not the server's")
            await connection.run_sync(self._upgrade, revision)
        logger.info("the database is at revision %s", revision)

    def _upgrade(self, connection: Connection, revision: str) -> None:
        self._config.attributes["connection"] = connection
        command.upgrade(self._config, revision)
        if connection.dialect.name == "sqlite":
            _check_references(connection)


def _escaped(path: Path) -> str:
    # Alembic reads options as a configuration file would be read, where % means something.
    return str(path).replace("%", "%%")


@asynccontextmanager
async def _alone(url: str) -> AsyncIterator[AsyncConnection]:
    """Give a connection in a transaction that no other migration runs beside."""
    parsed = make_url(url)
    is_sqlite = parsed.get_backend_name() == "sqlite"
    if is_sqlite:
        parsed = parsed.set(drivername="sqlite+aiosqlite")
    engine = create_async_engine(parsed, poolclass=NullPool)
    if is_sqlite:
        event.listen(engine.sync_engine, "connect", _without_references)
        event.listen(engine.sync_engine, "begin", _begin_immediately)
    try:
        async with engine.begin() as connection:
            if not is_sqlite:
                await connection.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": _LOCK})
                await connection.execute(text(f"SET LOCAL lock_timeout = '{_LOCK_TIMEOUT}'"))
            yield connection
    finally:
        await engine.dispose()


def _without_references(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # Batch mode makes a table anew and drops the old one: that would delete whatever refers to it.
    # SQLite takes this setting outside transactions only.
    prepare_sqlite(connection, enforces_references=False)


def _begin_immediately(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _check_references(connection: Connection) -> None:
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise SchemaError("a migration left rows behind that refer to nothing; it was taken back")


def _revision(connection: Connection) -> str | None:
    # Health checks ask this all the time; Alembic's own way writes two lines into the log.
    if not inspect(connection).has_table("alembic_version"):
        return None
    query = text("SELECT version_num FROM alembic_version")
    return connection.execute(query).scalar_one_or_none()


def _has_tables(connection: Connection) -> bool:
    return bool(inspect(connection).get_table_names())
