"""Open the library's file: refuse what would harm it, lock it, check it, bring it up to date."""

from __future__ import annotations

import io
import logging
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool

from desktop.store import backups
from desktop.store.failures import translated
from desktop.store.migrations import MIGRATIONS
from desktop.store.network_folder import is_network_folder
from engine.errors import LibraryError
from engine.file_lock import is_locked_for_us

logger = logging.getLogger(__name__)

Steps = tuple[tuple[str, ...], ...]

_WAIT_SECONDS = 5.0
"""How long another program (a backup, an inspector) may hold the file before we give up."""
_PAGES_KEPT = "PRAGMA cache_size = -8000"
_FOR_WRITING = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA journal_size_limit = 16777216",
    _PAGES_KEPT,
)
_FOR_READING = ("PRAGMA query_only = ON", "PRAGMA temp_store = MEMORY", _PAGES_KEPT)


class Database:
    """The open file; one process at a time has it. Any thread may read, one may write."""

    def __init__(
        self,
        path: Path,
        *,
        steps: Steps = MIGRATIONS,
        is_remote: Callable[[Path], bool] = is_network_folder,
    ) -> None:
        """Open or create the file; raises `LibraryError` and leaves everything as it was."""
        self.path = path
        self.was_interrupted = False
        """Whether the program ended without closing the file."""
        self._is_damaged = False
        with translated(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
            if is_remote(path.parent):
                raise LibraryError("library.network_folder")
            self._lock = locked(path)
        try:
            with translated(path.parent):
                self._prepare(steps)
        except BaseException:
            self._lock.close()
            raise
        self._readers = self._engine(_FOR_READING, "BEGIN")
        self._writers = self._engine(_FOR_WRITING, "BEGIN IMMEDIATE")

    def _prepare(self, steps: Steps) -> None:
        is_there = self.path.exists()
        connection = self._connect()
        try:
            version = _version(connection)
            if version > len(steps):
                raise LibraryError("library.too_new", f"version {version}")
            if version == 0 and is_there:
                self._refuse_strange(connection)
            self.was_interrupted = version > 0 and not _was_closed(connection)
            if self.was_interrupted:
                _check(connection)
            _run(connection, *_FOR_WRITING)
            if version == 0:
                _run(connection, "PRAGMA auto_vacuum = INCREMENTAL")
            _run(connection, "PRAGMA journal_mode = WAL")
            self._migrate(connection, version, steps)
            _mark(connection, "open")
        finally:
            connection.close()

    def _refuse_strange(self, connection: sqlite3.Connection) -> None:
        """Refuse a file that is another program's, or that has lost what its backups have."""
        if _has_tables(connection):
            raise LibraryError("library.corrupt", "the file is no library")
        # Without backups, it is what is left of a first start that was cut off.
        if backups.are_there(self.path):
            raise LibraryError("library.corrupt", "the file is empty, but there are backups of it")

    def _migrate(self, connection: sqlite3.Connection, version: int, steps: Steps) -> None:
        for number, statements in enumerate(steps[version:], version + 1):
            if version:
                name = f"{self.path.name}.backup-{number - 1}"
                backups.copy(connection, self.path.with_name(name))
            _run(connection, "BEGIN IMMEDIATE")
            try:
                _run(connection, *statements, f"PRAGMA user_version = {number}", "COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.rollback()
                raise
            logger.info("the library is of version %s now", number)

    def back_up(self, target: Path, is_cancelled: Callable[[], bool]) -> None:
        """Copy what is committed now, while others write; raises `LibraryError`, `Cancelled`."""
        with self.watching(), closing(self._connect()) as connection:
            # With a transaction open, it is one state of the library however long it takes.
            _run(connection, *_FOR_READING, "BEGIN", "SELECT * FROM sqlite_master")
            backups.copy(connection, target, is_cancelled)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the library; raises `LibraryError`."""
        with self.watching(), self._readers.begin() as connection:
            yield connection

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Raise `LibraryError` for what goes wrong; after damage the next start checks the file."""
        try:
            with translated(self.path.parent):
                yield
        except LibraryError as exc:
            self._is_damaged |= exc.code == "library.corrupt"
            raise

    def connect_writer(self) -> Connection:
        """Return a connection that can write, for one thread; raises `LibraryError`."""
        with translated(self.path.parent):
            return self._writers.connect()

    def close(self) -> None:
        """Note that all is well, empty the journal and let others open the file."""
        self._readers.dispose()
        self._writers.dispose()
        try:
            with translated(self.path.parent):
                connection = self._connect()
                try:
                    _run(connection, *_FOR_WRITING)
                    if not self._is_damaged:
                        _mark(connection, "closed")
                    _run(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
                finally:
                    connection.close()
        except LibraryError as exc:
            # Nothing is lost: the next start takes it for an interruption and checks the file.
            logger.warning("the library was not closed well: %s", exc)
        finally:
            self._lock.close()

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(
            self.path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
        )

    def _engine(self, pragmas: tuple[str, ...], begin: str) -> Engine:
        if begin == "BEGIN":
            engine = create_engine(
                "sqlite://",
                creator=self._connect,
                poolclass=QueuePool,
                pool_size=4,
                max_overflow=-1,
            )
        else:
            engine = create_engine("sqlite://", creator=self._connect, poolclass=NullPool)
        event.listen(engine, "connect", lambda connection, _: _run(connection, *pragmas))
        # The driver's own BEGIN comes too late for reading several tables in one state.
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        return engine


def locked(path: Path) -> io.FileIO:
    """Keep other processes from a library until the result is closed; `LibraryError`: in_use."""
    # A file of its own: closing a second handle of the library's would drop SQLite's locks on it.
    file = io.FileIO(path.with_name(path.name + ".lock"), "a")
    if is_locked_for_us(file):
        return file
    file.close()
    raise LibraryError("library.in_use")


def _run(connection: sqlite3.Connection, *statements: str) -> None:
    for statement in statements:
        connection.execute(statement)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _has_tables(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None


def _was_closed(connection: sqlite3.Connection) -> bool:
    row = connection.execute("SELECT value FROM meta WHERE key = 'state'").fetchone()
    return row is not None and row[0] == "closed"


def _mark(connection: sqlite3.Connection, state: str) -> None:
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('state', ?)", (state,))


def _check(connection: sqlite3.Connection) -> None:
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise LibraryError("library.corrupt", found)


def note_change(connection: Connection) -> None:
    """Note that there is something that no backup has; within the transaction of the change."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO meta VALUES ('changed', ?)", (secrets.token_hex(8),)
    )


def noted_change(connection: Connection) -> str:
    """Return which change no backup has; empty if there is none."""
    row = connection.exec_driver_sql("SELECT value FROM meta WHERE key = 'changed'").first()
    return "" if row is None else str(row[0])


def forget_change(connection: Connection, change: str) -> None:
    """Note that a backup has a change, unless there was another one since."""
    connection.exec_driver_sql("DELETE FROM meta WHERE key = 'changed' AND value = ?", (change,))
