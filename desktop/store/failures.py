"""Turn what SQLite and the system report into the library's own errors."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from engine.errors import LibraryError

_BY_RESULT = {
    sqlite3.SQLITE_FULL: "library.disk_full",
    sqlite3.SQLITE_READONLY: "library.read_only",
    sqlite3.SQLITE_CANTOPEN: "library.read_only",
    sqlite3.SQLITE_PERM: "library.read_only",
    sqlite3.SQLITE_IOERR: "library.read_only",
    sqlite3.SQLITE_BUSY: "library.in_use",
    sqlite3.SQLITE_LOCKED: "library.in_use",
    sqlite3.SQLITE_CORRUPT: "library.corrupt",
    sqlite3.SQLITE_NOTADB: "library.corrupt",
}
"""By primary result code, https://www.sqlite.org/rescode.html."""
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
_LITTLE_BYTES = 256 * 1024
"""With less free space than this, an input/output error means a full disk."""


@contextmanager
def translated(folder: Path) -> Iterator[None]:
    """Raise `LibraryError` for what goes wrong with a library in a folder; bugs stay bugs."""
    try:
        yield
    except DBAPIError as exc:
        raise _failure(exc.orig, folder) or exc from exc
    except (sqlite3.Error, OSError) as exc:
        raise _failure(exc, folder) or exc from exc


def _failure(error: BaseException | None, folder: Path) -> LibraryError | None:
    if isinstance(error, OSError):
        is_full = error.errno in _NO_SPACE
        return LibraryError("library.disk_full" if is_full else "library.read_only", str(error))
    result = getattr(error, "sqlite_errorcode", 0) & 0xFF
    code = _BY_RESULT.get(result)
    if code is None:
        return None
    if result == sqlite3.SQLITE_IOERR and _is_full(folder):
        code = "library.disk_full"
    return LibraryError(code, f"{getattr(error, 'sqlite_errorname', '')}: {error}")


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _LITTLE_BYTES
    except OSError:
        return False
