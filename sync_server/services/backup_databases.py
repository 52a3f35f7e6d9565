"""Copy a database while it is in use, and put a copy back while it is not."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from sqlalchemy import URL

from sync_server.services.chunk_files import make_folder, sync_folder
from sync_server.services.libraries import new_epoch

_NEW_EPOCHS = """
UPDATE library SET epoch = left(replace(gen_random_uuid()::text, '-', ''), 16);
DELETE FROM web_session;
DELETE FROM device_code;
"""
_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    # The database's own helpers have no user.
    "AND pid <> pg_backend_pid() AND usename IS NOT NULL"
)
_MAIN_CODE = 0xFF
"""Of an error code of SQLite; above it stand the details."""
_DRIVER_OPTIONS = {"host": "PGHOST", "port": "PGPORT", "ssl": "PGSSLMODE", "sslmode": "PGSSLMODE"}


class BackupError(Exception):
    """A backup can't be made or restored; the message says why, in one sentence."""


class DatabaseCopier(Protocol):
    """Copies one database."""

    async def copy_to(self, folder: Path) -> None:
        """Write a copy of one moment into a folder; raises `BackupError`."""

    async def put_back(self, folder: Path, now: int) -> Path | None:
        """Put a copy back with new epochs; return where the old database lies, if anywhere."""


class SqliteCopier:
    """Copies a SQLite file."""

    _NAME = "database.sqlite3"

    def __init__(self, url: URL) -> None:
        self._path = Path(url.database or "")

    async def copy_to(self, folder: Path) -> None:
        """Write a copy of one moment into a folder; raises `BackupError`."""
        try:
            await asyncio.to_thread(self._copy, folder / self._NAME)
        except sqlite3.Error as exc:
            raise BackupError(f"the database can't be copied: {exc}") from exc

    async def put_back(self, folder: Path, now: int) -> Path | None:
        """Put a copy back with new epochs; return where the old database lies, if anywhere."""
        try:
            return await asyncio.to_thread(self._put_back, folder / self._NAME, now)
        except (sqlite3.Error, OSError) as exc:
            raise BackupError(f"the database can't be restored: {exc}") from exc

    def _copy(self, target: Path) -> None:
        if not self._path.is_file():
            raise BackupError("there is no database yet")
        with closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
        _flush(target)

    def _put_back(self, source: Path, now: int) -> Path | None:
        make_folder(self._path.parent)
        fresh = self._path.with_name(f"{self._path.name}.{uuid4().hex}")
        try:
            shutil.copyfile(source, fresh)
            _renew(fresh)
            _flush(fresh)
            aside = self._set_aside(now)
            os.replace(fresh, self._path)
            sync_folder(self._path.parent)
            return aside
        finally:
            fresh.unlink(missing_ok=True)

    def _set_aside(self, now: int) -> Path | None:
        """Keep what is there under another name; raises `BackupError` while somebody uses it."""
        if not self._path.exists():
            return None
        self._refuse_while_in_use()
        aside = self._path.with_name(f"{self._path.name}.before-restore-{now}")
        os.rename(self._path, aside)
        # Of a file too damaged to be opened; they must not be taken for the new one's.
        for ending in ("-wal", "-shm"):
            beside = self._path.with_name(self._path.name + ending)
            if beside.exists():
                os.rename(beside, aside.with_name(aside.name + ending))
        return aside

    def _refuse_while_in_use(self) -> None:
        """Raise `BackupError` while somebody has it open; a damaged file passes."""
        with closing(sqlite3.connect(self._path, timeout=0, isolation_level=None)) as connection:
            try:
                # Only the last connection can leave WAL; that also moves all into the one file.
                connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            except sqlite3.DatabaseError as exc:
                if exc.sqlite_errorcode & _MAIN_CODE in (
                    sqlite3.SQLITE_BUSY,
                    sqlite3.SQLITE_LOCKED,
                ):
                    raise BackupError("the server is running; stop it first") from exc


def _renew(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        ids = connection.execute("SELECT id FROM library").fetchall()
        for row in ids:
            connection.execute("UPDATE library SET epoch = ? WHERE id = ?", (new_epoch(), row[0]))
        connection.execute("DELETE FROM web_session")
        connection.execute("DELETE FROM device_code")
        connection.execute("COMMIT")


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


class PostgresCopier:
    """Copies a PostgreSQL database with its own programs."""

    _NAME = "database.dump"

    def __init__(self, url: URL, programs: str | None = None) -> None:
        self.environment = _environment(url)
        self._programs = programs

    async def copy_to(self, folder: Path) -> None:
        """Write a copy of one moment into a folder; raises `BackupError`."""
        target = folder / self._NAME
        await self._run("pg_dump", ["--format=custom", f"--file={target}"])
        await asyncio.to_thread(_flush, target)

    async def put_back(self, folder: Path, now: int) -> Path | None:
        """Put a copy back with new epochs; nothing is kept of what was there."""
        others = await self._run("psql", ["-X", "-A", "-t", "-c", _OTHERS])
        if others.strip() != "0":
            raise BackupError("the server is running; stop it first")
        options = ["--clean", "--if-exists", "--no-owner", "--no-privileges"]
        with tempfile.TemporaryDirectory() as private:
            script = Path(private, "restore.sql")
            await self._run("pg_restore", [*options, f"--file={script}", str(folder / self._NAME)])
            # One transaction: nobody ever sees the old epochs with the restored data.
            await self._run(
                "psql",
                ["-X", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction"]
                + ["-f", str(script), "-c", "SET search_path = public", "-c", _NEW_EPOCHS],
            )
        return None

    async def _run(self, name: str, arguments: Sequence[str]) -> str:
        program = shutil.which(name, path=self._programs)
        if program is None:
            raise BackupError(f"{name} is missing; install PostgreSQL's client programs")
        process = await asyncio.create_subprocess_exec(
            program,
            *arguments,
            env=self.environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            output, errors = await process.communicate()
        except asyncio.CancelledError:
            process.kill()
            await process.wait()
            raise
        if process.returncode:
            lines = errors.decode(errors="replace").strip().splitlines()
            raise BackupError(f"{name} failed: {lines[0] if lines else process.returncode}")
        return output.decode()


def _environment(url: URL) -> dict[str, str]:
    """Return the address in libpq's variables: arguments could be read by everyone."""
    found = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    named = {
        "PGHOST": url.host,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": str(url.password) if url.password else None,
        "PGDATABASE": url.database,
    }
    found |= {name: value for name, value in named.items() if value}
    for option, variable in _DRIVER_OPTIONS.items():
        value = url.query.get(option)
        if isinstance(value, str):
            found[variable] = value
    return found
