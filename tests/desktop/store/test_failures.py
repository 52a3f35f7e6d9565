"""Errors of SQLite and of the system get the library's codes; mistakes of ours stay visible."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from desktop.store.failures import translated
from tests.desktop.store.material import code_of


def _error(result: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("it went wrong")
    error.sqlite_errorcode = result
    error.sqlite_errorname = "SQLITE_SOMETHING"
    return error


def _raise(error: BaseException, folder: Path) -> None:
    with translated(folder):
        raise error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (_error(sqlite3.SQLITE_FULL), "library.disk_full"),
        (_error(sqlite3.SQLITE_READONLY_DBMOVED), "library.read_only"),
        (_error(sqlite3.SQLITE_IOERR_WRITE), "library.read_only"),
        (_error(sqlite3.SQLITE_CORRUPT_VTAB), "library.corrupt"),
        (_error(sqlite3.SQLITE_BUSY), "library.in_use"),
        (OSError(errno.ENOSPC, "full"), "library.disk_full"),
        (PermissionError(errno.EACCES, "no"), "library.read_only"),
    ],
)
def test_an_error_gets_a_code(tmp_path: Path, error: Exception, code: str) -> None:
    assert code_of(lambda: _raise(error, tmp_path)) == code


def test_a_failed_write_without_free_space_is_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.store.failures._LITTLE_BYTES", 1 << 62)
    error = _error(sqlite3.SQLITE_IOERR_SHMSIZE)
    assert code_of(lambda: _raise(error, tmp_path)) == "library.disk_full"


def test_a_folder_that_is_gone_is_not_taken_for_a_full_disk(tmp_path: Path) -> None:
    error = _error(sqlite3.SQLITE_IOERR)
    assert code_of(lambda: _raise(error, tmp_path / "gone")) == "library.read_only"


def test_a_mistake_in_a_query_stays_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        _raise(_error(sqlite3.SQLITE_ERROR), tmp_path)
