"""Real databases for the server's tests: each test that asks for one runs on both kinds."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from sync_server.database import Database
from sync_server.services.caller import Caller
from sync_server.tables import account, device, metadata
from tests.sync_server import real_servers


@pytest.fixture(name="postgres_server", scope="session")
def fixture_postgres_server() -> Iterator[real_servers.PostgresServer]:
    """One PostgreSQL for all tests; each has a database of its own."""
    with real_servers.postgres() as server:
        yield server


@pytest.fixture(name="redis_server")
def fixture_redis_server() -> Iterator[real_servers.RedisServer]:
    """A Redis of the test's own."""
    with real_servers.redis() as server:
        yield server


@pytest.fixture(name="database_url", params=["sqlite", "postgresql"])
def fixture_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'server.sqlite3'}"
        return
    server: real_servers.PostgresServer = request.getfixturevalue("postgres_server")
    name = f"t{uuid.uuid4().hex}"
    yield server.create(name)
    server.drop(name)


@pytest.fixture(name="database")
async def fixture_database(database_url: str) -> AsyncIterator[Database]:
    """A database with all tables."""
    database = Database(database_url)
    async with database.write() as connection:
        await connection.run_sync(metadata.create_all)
    yield database
    await database.close()


async def add_caller(database: Database, account_id: uuid.UUID | None = None) -> Caller:
    """Add a device, of a new account unless one is given."""
    caller = Caller(account_id or uuid.uuid4(), uuid.uuid4())
    async with database.write() as connection:
        if account_id is None:
            await connection.execute(
                insert(account).values(
                    id=caller.account_id,
                    email=f"{caller.account_id}@example.org",
                    password_hash="-",
                    created_at=0,
                )
            )
        await connection.execute(
            insert(device).values(
                id=caller.device_id,
                account_id=caller.account_id,
                name="laptop",
                created_at=0,
                last_seen_at=0,
            )
        )
    return caller


@pytest.fixture(name="caller")
async def fixture_caller(database: Database) -> Caller:
    """A device of an account."""
    return await add_caller(database)
