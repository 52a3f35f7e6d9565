"""Copy the library beside itself once in a while, and find the newest copy that is sound.

`library.sqlite3.backup-N` was made before a migration from version N, and
`library.sqlite3.backup-YYYY-MM-DD` on that day; the last three of those are kept.
"""

from __future__ import annotations

import glob
import logging
import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.store.migrations import NEWEST
from engine.errors import Cancelled

logger = logging.getLogger(__name__)

KEPT = 3
"""Days of which a backup is kept."""

_ROOM = 3
"""A backup is made where there is room for so many."""
_PAGES_AT_ONCE = 1024
_OF_A_DAY = re.compile(r"\.backup-\d{4}-\d{2}-\d{2}$")
_ANY = re.compile(r"\.backup-(\d{4}-\d{2}-\d{2}|\d+)$")


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the library."""

    path: Path
    made: float
    """Seconds since 1970."""


def path_of(library: Path, day: date) -> Path:
    """Return where the backup of a day is."""
    return library.with_name(f"{library.name}.backup-{day.isoformat()}")


def is_possible(library: Path) -> bool:
    """Tell whether the disk has room enough that a backup leaves people theirs."""
    size = sum(file.stat().st_size for file in _files(library))
    return shutil.disk_usage(library.parent).free >= _ROOM * size


def copy(source: sqlite3.Connection, target: Path, is_cancelled: Callable[[], bool] = bool) -> None:
    """Copy a library as it is at this moment; the target is there whole, or as it was.

    Writers are not held up. Raises `Cancelled`, `sqlite3.Error`, `OSError`; a copy that is damaged
    is refused by `sqlite3.DatabaseError`.
    """
    partial = target.with_name(f"{target.name}.partial")
    partial.unlink(missing_ok=True)

    def go_on(_status: int, _left: int, _total: int) -> None:
        if is_cancelled():
            raise Cancelled

    try:
        with closing(sqlite3.connect(partial, isolation_level=None)) as made:
            source.backup(made, pages=_PAGES_AT_ONCE, progress=go_on)
        if not _is_sound(partial):
            raise _damaged()
        os.replace(partial, target)
    except BaseException:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise


def drop_old(library: Path, newest: Path) -> None:
    """Remove all backups of days but the last ones that were made; `newest` stays in any case."""
    # By when they were made: a clock that was wrong for a day has given one a name far ahead.
    others = [
        file
        for file in _backups(library)
        if _OF_A_DAY.search(file.path.name) and file.path != newest
    ]
    for file in sorted(others, key=lambda one: (one.made, one.path.name))[: 1 - KEPT]:
        with suppress(OSError):
            file.path.unlink()


def drop_unfinished(library: Path) -> None:
    """Remove what is left of backups during which the program was killed."""
    for path in library.parent.glob(f"{glob.escape(library.name)}.backup-*.partial*"):
        with suppress(OSError):
            path.unlink()


def are_there(library: Path) -> bool:
    """Tell whether there are backups, whatever they are worth."""
    return bool(_backups(library))


def newest_sound(library: Path) -> Backup | None:
    """Return the newest backup that can be used; None if there is none. Reads it whole."""
    for backup in sorted(_backups(library), key=lambda one: one.made, reverse=True):
        if _is_sound(backup.path):
            return backup
        logger.warning("the backup %s cannot be used", backup.path.name)
    return None


def _backups(library: Path) -> list[Backup]:
    found = []
    for path in library.parent.glob(f"{glob.escape(library.name)}.backup-*"):
        if _ANY.search(path.name) and path.is_file():
            found.append(Backup(path, path.stat().st_mtime))
    return found


def _files(library: Path) -> list[Path]:
    return [path for path in (library, library.with_name(f"{library.name}-wal")) if path.exists()]


def _is_sound(path: Path) -> bool:
    # Immutable: nothing is written beside it.
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error:
        return False
    return bool(found == "ok" and 1 <= version <= NEWEST)


def _damaged() -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError("the copy is damaged")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    error.sqlite_errorname = "SQLITE_CORRUPT"
    return error
