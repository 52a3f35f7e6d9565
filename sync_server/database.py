"""The database: transactions that read, and transactions that write, alike on both kinds.

On PostgreSQL a write locks the rows it names. SQLite has one writer: `BEGIN IMMEDIATE` on one
connection, for a transaction that reads first and writes later fails at once if another wrote.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Protocol, cast
from uuid import UUID

from sqlalchemy import URL, Connection, Table, event, insert, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

_BUSY_MS = 30_000
_HASH_BYTES = 32

Value = UUID | bytes | str | int | bool | None
Values = Mapping[str, Value]

_ARRAY_TYPES = {
    "Uuid": "uuid",
    "BigInteger": "bigint",
    "Integer": "integer",
    "Boolean": "boolean",
    "LargeBinary": "bytea",
    "String": "text",
}


class Database:
    """Give connections inside a transaction; `close` when done."""

    def __init__(self, url: str, pool_size: int = 10) -> None:
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self._writers = _sqlite_engine(parsed, "BEGIN IMMEDIATE", 1)
            self._readers = _sqlite_engine(parsed, "BEGIN", pool_size)
        else:
            self._writers = self._readers = create_async_engine(
                parsed,
                pool_size=pool_size,
                max_overflow=0,
                pool_pre_ping=True,
                hide_parameters=True,
            )

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection that sees one state of the database throughout."""
        async with self._readers.connect() as connection:
            if not self.is_sqlite:
                await connection.execution_options(isolation_level="REPEATABLE READ")
            async with connection.begin():
                yield connection

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection for one statement that reads: alone it sees one state anyway.

        On PostgreSQL this saves the two trips that begin and end a transaction.
        """
        if self.is_sqlite:
            async with self.read() as connection:
                yield connection
            return
        async with self._readers.connect() as connection:
            yield await connection.execution_options(isolation_level="AUTOCOMMIT")

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection whose work is committed at the end, or taken back on an exception."""
        async with self._writers.begin() as connection:
            yield connection

    async def close(self) -> None:
        """Close all connections."""
        await self._writers.dispose()
        if self._readers is not self._writers:
            await self._readers.dispose()


async def insert_rows(connection: AsyncConnection, table: Table, rows: Sequence[Values]) -> None:
    """Insert rows that all have the same columns; on PostgreSQL in one statement of arrays."""
    if not rows:
        return
    if connection.dialect.name != "postgresql":
        await connection.execute(insert(table), list(rows))
        return
    names = list(rows[0])
    arrays = ", ".join(f"CAST(:{name} AS {_array_type(table, name)}[])" for name in names)
    # Names of columns only, no values.
    statement = f"INSERT INTO {table.name} ({', '.join(map(_quoted, names))}) SELECT * FROM unnest({arrays})"  # nosec B608
    await connection.execute(text(statement), {name: [row[name] for row in rows] for name in names})


def prepare_sqlite(connection: DBAPIConnection, *, enforces_references: bool = True) -> None:
    """Make a new connection to SQLite safe; transactions are then begun by hand."""
    # The driver would begin transactions by itself, at the wrong moment.
    cast(_SqliteConnection, connection).isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={_BUSY_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        f"foreign_keys={'ON' if enforces_references else 'OFF'}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def join_hashes(hashes: Iterable[str]) -> bytes:
    """Pack hex hashes into one value."""
    return bytes.fromhex("".join(hashes))


def split_hashes(joined: bytes) -> list[str]:
    """Unpack what `join_hashes` packed."""
    return [joined[at : at + _HASH_BYTES].hex() for at in range(0, len(joined), _HASH_BYTES)]


class _SqliteConnection(Protocol):
    isolation_level: str | None


def _sqlite_engine(url: URL, begin: str, pool_size: int) -> AsyncEngine:
    engine = create_async_engine(
        url.set(drivername="sqlite+aiosqlite"),
        pool_size=pool_size,
        max_overflow=0,
        hide_parameters=True,  # e-mail addresses and names would stand in logs
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        prepare_sqlite(connection)

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _array_type(table: Table, name: str) -> str:
    return _ARRAY_TYPES[type(table.columns[name].type).__name__]


def _quoted(name: str) -> str:
    return f'"{name}"'
