"""`doctor`: look at everything that a server needs, and say what is wrong and what helps."""

from __future__ import annotations

import asyncio
import os
import shutil
import stat
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import typer
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from sync_server.command_line import tables_ready
from sync_server.command_line.printing import show_size
from sync_server.command_line.session import DataDir, run, settings_for
from sync_server.database import Database
from sync_server.migrations import Migrations, SchemaState
from sync_server.settings import Environment, Settings

_PATIENCE = 5.0
_OLDEST_POSTGRESQL = 15
_SCARCE_BYTES = 2 * 1024**3
_TOO_FEW_BYTES = 64 * 1024**2


class Verdict(Enum):
    """How bad a finding is."""

    GOOD = "ok"
    ODD = "look"
    BAD = "FAILED"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and what was seen."""

    verdict: Verdict
    subject: str
    sentence: str


def doctor(data_dir: DataDir = None) -> None:
    """Check settings, disk, database, migrations and Redis; nothing is changed."""
    findings = run(_all_findings(settings_for(data_dir)))
    for finding in findings:
        print(f"{finding.verdict.value:6}  {finding.subject:10}  {finding.sentence}")
    if any(finding.verdict is Verdict.BAD for finding in findings):
        raise typer.Exit(1)


async def _all_findings(settings: Settings) -> list[Finding]:
    return [finding async for finding in _findings(settings)]


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    yield _folder(settings.data_dir)
    yield _room(settings.data_dir)
    yield _secret(settings)
    yield _addresses(settings)
    async for finding in _database(settings):
        yield finding
    yield await _redis(settings.redis_address)
    if not tables_ready.is_sqlite(settings):
        yield _pg_dump()


def _folder(data_dir: Path) -> Finding:
    place = _nearest(data_dir)
    if not os.access(place, os.W_OK | os.X_OK):
        return Finding(Verdict.BAD, "data", f"{data_dir} can't be written to by this user")
    if not data_dir.exists():
        return Finding(Verdict.GOOD, "data", f"{data_dir} will be made by the first start")
    if data_dir.stat().st_mode & stat.S_IRWXO:
        return Finding(Verdict.ODD, "data", f"others may look into it: chmod o-rwx {data_dir}")
    return Finding(Verdict.GOOD, "data", str(data_dir))


def _nearest(path: Path) -> Path:
    while not path.exists() and path != path.parent:
        path = path.parent
    return path


def _room(data_dir: Path) -> Finding:
    free = shutil.disk_usage(_nearest(data_dir)).free
    verdict = Verdict.GOOD
    if free < _SCARCE_BYTES:
        verdict = Verdict.BAD if free < _TOO_FEW_BYTES else Verdict.ODD
    return Finding(verdict, "disk", f"{show_size(free)} free")


def _secret(settings: Settings) -> Finding:
    if settings.secret_key is not None:
        return Finding(Verdict.GOOD, "secret", "set")
    file = settings.data_dir / "secret_key"
    if not file.exists():
        return Finding(Verdict.GOOD, "secret", "will be drawn by the first start")
    if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding(Verdict.BAD, "secret", f"others may read it: chmod 600 {file}")
    return Finding(Verdict.GOOD, "secret", "drawn")


def _addresses(settings: Settings) -> Finding:
    is_local = settings.host in ("127.0.0.1", "::1", "localhost")
    if settings.is_https or (is_local and settings.environment is Environment.DEVELOPMENT):
        return Finding(Verdict.GOOD, "address", settings.public_url or settings.host)
    sentence = "passwords would travel unencrypted; put a proxy with TLS before it, set public_url"
    return Finding(Verdict.ODD, "address", sentence)


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    if tables_ready.is_sqlite(settings) and not tables_ready.sqlite_file(settings).exists():
        yield Finding(Verdict.GOOD, "database", "SQLite; will be made by the first start")
        return
    database = Database(settings.database_address, 1)
    try:
        async with asyncio.timeout(_PATIENCE), database.read() as connection:
            version = await connection.scalar(
                text("SELECT sqlite_version()" if database.is_sqlite else "SHOW server_version")
            )
            state = await Migrations().state(connection)
    except (SQLAlchemyError, OSError) as exc:
        yield Finding(Verdict.BAD, "database", f"it does not answer ({type(exc).__name__})")
        return
    finally:
        await database.close()
    yield _version(database.is_sqlite, str(version))
    yield _tables(state, database.is_sqlite)


def _version(is_sqlite: bool, version: str) -> Finding:
    if is_sqlite:
        return Finding(Verdict.GOOD, "database", f"SQLite {version}")
    if int(version.partition(".")[0]) < _OLDEST_POSTGRESQL:
        sentence = f"PostgreSQL {version}; {_OLDEST_POSTGRESQL} or later is needed"
        return Finding(Verdict.BAD, "database", sentence)
    return Finding(Verdict.GOOD, "database", f"PostgreSQL {version}")


def _tables(state: SchemaState, is_sqlite: bool) -> Finding:
    if state is SchemaState.CURRENT:
        return Finding(Verdict.GOOD, "tables", "up to date")
    if state is SchemaState.AHEAD:
        return Finding(Verdict.ODD, "tables", "of a newer release; upgrade this program")
    if is_sqlite:
        return Finding(Verdict.GOOD, "tables", "will be migrated by the next start")
    return Finding(Verdict.BAD, "tables", "run: whisper-transcriber-server migrate")


async def _redis(address: str | None) -> Finding:
    if address is None:
        return Finding(Verdict.GOOD, "redis", "not used; one process needs none")
    redis = Redis.from_url(address, socket_connect_timeout=_PATIENCE, socket_timeout=_PATIENCE)
    try:
        await redis.ping()
    except (RedisError, OSError) as exc:
        sentence = f"it does not answer ({type(exc).__name__}); news between processes comes late"
        return Finding(Verdict.ODD, "redis", sentence)
    finally:
        await redis.aclose()
    return Finding(Verdict.GOOD, "redis", "it answers")


def _pg_dump() -> Finding:
    found = shutil.which("pg_dump")
    if found is None:
        sentence = "pg_dump is missing, so “backup” won't work: apt-get install postgresql-client"
        return Finding(Verdict.ODD, "backup", sentence)
    return Finding(Verdict.GOOD, "backup", found)
