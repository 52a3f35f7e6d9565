"""A migrated database has exactly the tables that the code knows, and keeps what was in it."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Uuid,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from sync_server.database import Database, Value
from sync_server.migrations import Migrations, SchemaState
from sync_server.migrations.runner import FOLDER, SchemaError
from sync_server.tables import metadata
from tests.sync_server.migrations import later_revisions

VERSIONS = FOLDER / "versions"
MIGRATIONS = Migrations()


@pytest.fixture(name="empty")
async def fixture_empty(database_url: str) -> AsyncIterator[Database]:
    """A database without tables."""
    database = Database(database_url)
    yield database
    await database.close()


async def _state(database: Database, migrations: Migrations = MIGRATIONS) -> SchemaState:
    async with database.read() as connection:
        return await migrations.state(connection)


def _differences(connection: Connection) -> Sequence[object]:
    context = MigrationContext.configure(connection, opts={"compare_server_default": True})
    return list(compare_metadata(context, metadata))


def _layout(connection: Connection) -> dict[str, object]:
    """Say everything about the tables that both kinds of database can tell."""
    inspector = inspect(connection)
    return {
        name: (
            [
                (column["name"], repr(column["type"]), column["nullable"], column["default"])
                for column in inspector.get_columns(name)
            ],
            inspector.get_pk_constraint(name),
            sorted(inspector.get_foreign_keys(name), key=repr),
            sorted(inspector.get_unique_constraints(name), key=repr),
            sorted(inspector.get_indexes(name), key=repr),
        )
        for name in inspector.get_table_names()
        if name != "alembic_version"
    }


async def test_the_migrated_tables_are_those_that_the_code_knows(
    empty: Database, database_url: str
) -> None:
    async with empty.write() as connection:
        await connection.run_sync(metadata.create_all)
        made = await connection.run_sync(_layout)
        await connection.run_sync(metadata.drop_all)
    await MIGRATIONS.upgrade(database_url)
    async with empty.read() as connection:
        assert await connection.run_sync(_layout) == made
        assert await connection.run_sync(_differences) == []
    assert len(made) == len(metadata.tables)


def test_each_revision_follows_the_one_before() -> None:
    numbers = [f"{number:04}" for number in range(1, len(MIGRATIONS.revisions) + 1)]
    assert MIGRATIONS.revisions == numbers
    modules = sorted(path.name for path in VERSIONS.glob("v*.py"))
    assert [name[1:5] for name in modules] == numbers


async def test_the_state_is_told(empty: Database, database_url: str, tmp_path: Path) -> None:
    assert await _state(empty) is SchemaState.EMPTY
    await MIGRATIONS.upgrade(database_url)
    assert await _state(empty) is SchemaState.CURRENT
    newest = MIGRATIONS.revisions[-1]
    folder = later_revisions.recreating(tmp_path / "later", newest, is_sqlite=empty.is_sqlite)
    newer = Migrations(VERSIONS, folder)
    assert await _state(empty, newer) is SchemaState.BEHIND
    await newer.upgrade(database_url)
    assert await _state(empty) is SchemaState.AHEAD
    with pytest.raises(SchemaError, match="newer release"):
        await MIGRATIONS.upgrade(database_url)


async def test_upgrading_what_is_current_changes_nothing(
    empty: Database, database_url: str
) -> None:
    await MIGRATIONS.upgrade(database_url)
    rows = await _fill(empty)
    await MIGRATIONS.upgrade(database_url)
    assert await _contents(empty, list(rows)) == rows


@pytest.mark.parametrize("revision", MIGRATIONS.revisions)
async def test_upgrading_from_any_revision_keeps_what_is_there(
    empty: Database, database_url: str, revision: str
) -> None:
    await MIGRATIONS.upgrade(database_url, revision)
    rows = await _fill(empty)
    assert all(rows.values())
    await MIGRATIONS.upgrade(database_url)
    assert await _contents(empty, list(rows)) == rows


async def test_a_table_that_is_made_anew_takes_nothing_with_it(
    empty: Database, database_url: str, tmp_path: Path
) -> None:
    """On SQLite, dropping the old table would delete all that refers to it."""
    await MIGRATIONS.upgrade(database_url)
    rows = await _fill(empty)
    newest = MIGRATIONS.revisions[-1]
    folder = later_revisions.recreating(tmp_path / "later", newest, is_sqlite=empty.is_sqlite)
    await empty.close()  # asyncpg keeps statements that fit the old tables
    await Migrations(VERSIONS, folder).upgrade(database_url)
    assert await _contents(empty, list(rows)) == rows
    async with empty.write() as connection:
        assert "nickname" in await connection.run_sync(
            lambda sync: [column["name"] for column in inspect(sync).get_columns("account")]
        )
        await connection.execute(text("DELETE FROM account"))
        left = await connection.execute(select(func.count()).select_from(metadata.tables["item"]))
        assert left.scalar_one() == 0, "what belongs to an account still goes with it"


async def test_a_migration_that_breaks_leaves_no_trace(
    empty: Database, database_url: str, tmp_path: Path
) -> None:
    await MIGRATIONS.upgrade(database_url)
    rows = await _fill(empty)
    folder = later_revisions.failing(tmp_path / "later", MIGRATIONS.revisions[-1])
    with pytest.raises(RuntimeError, match="half-way"):
        await Migrations(VERSIONS, folder).upgrade(database_url)
    assert await _state(empty) is SchemaState.CURRENT
    assert await _contents(empty, list(rows)) == rows
    async with empty.read() as connection:
        assert await connection.run_sync(_differences) == []


async def test_a_migration_that_leaves_orphans_is_taken_back(
    empty: Database, database_url: str, tmp_path: Path
) -> None:
    if not empty.is_sqlite:
        return  # PostgreSQL keeps references whole by itself; here it deletes what belongs to them
    await MIGRATIONS.upgrade(database_url)
    rows = await _fill(empty)
    folder = later_revisions.orphaning(tmp_path / "later", MIGRATIONS.revisions[-1])
    with pytest.raises(SchemaError, match="refer to nothing"):
        await Migrations(VERSIONS, folder).upgrade(database_url)
    assert await _contents(empty, list(rows)) == rows


async def test_a_database_of_something_else_is_left_alone(
    empty: Database, database_url: str
) -> None:
    async with empty.write() as connection:
        await connection.execute(text("CREATE TABLE cats (id INTEGER)"))
    with pytest.raises(SchemaError, match="not the server's"):
        await MIGRATIONS.upgrade(database_url)


async def test_many_that_start_at_once_migrate_once(empty: Database, database_url: str) -> None:
    await asyncio.gather(*(Migrations().upgrade(database_url) for _ in range(4)))
    assert await _state(empty) is SchemaState.CURRENT


Rows = dict[str, list[tuple[object, ...]]]


async def _fill(database: Database) -> Rows:
    """Put a row into every table that there is now, whatever the code knows; return all rows."""
    async with database.write() as connection:
        found = await connection.run_sync(_reflected)
        keys: dict[str, Value] = {}
        for table in found.sorted_tables:
            row = {column.name: _value(column, keys) for column in table.columns}
            await connection.execute(insert(table).values(row))
            if "id" in row:
                keys[table.name] = row["id"]
        return {table.name: await _rows(connection, table) for table in found.sorted_tables}


async def _contents(database: Database, names: Sequence[str]) -> Rows:
    """Return the rows of the tables, with the columns that the oldest release had."""
    async with database.read() as connection:
        return {name: await _rows(connection, metadata.tables[name]) for name in names}


async def _rows(connection: AsyncConnection, table: Table) -> list[tuple[object, ...]]:
    known = metadata.tables[table.name].columns
    query = select(*(known[column.name] for column in table.columns if column.name in known))
    return [tuple(row) for row in await connection.execute(query)]


def _reflected(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    found.remove(found.tables["alembic_version"])
    return found


def _value(column: Column[object], keys: dict[str, Value]) -> Value:
    for reference in column.foreign_keys:
        return keys[reference.column.table.name]
    kind = metadata.tables[column.table.name].columns[column.name].type
    if isinstance(kind, Uuid):
        made = uuid.uuid4()
        return made if isinstance(column.type, Uuid) else made.hex
    if isinstance(kind, LargeBinary):
        return bytes(range(kind.length or 64))
    if isinstance(kind, Boolean):
        return True
    if isinstance(kind, Integer):
        return 7
    assert isinstance(kind, String)
    return "x" * (kind.length or 1)
