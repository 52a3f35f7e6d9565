"""Backups are made by themselves, when there is time, and are given up when the program ends."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.background import Background
from desktop.services.library_backups import LibraryBackups
from desktop.store import backups as backups_module
from desktop.store.library import Library
from engine.errors import LibraryError
from tests.desktop.store.material import new


class Backups:
    """A library that is looked after every few milliseconds."""

    def __init__(self, folder: Path) -> None:
        self.library = Library(folder / "library.sqlite3")
        self.library.add(new()).result()
        self.folder = folder
        self.background = Background()
        self.busy_looks = 0
        self.looks = 0
        self.service = LibraryBackups(self.library, self.background, self._is_busy, interval_ms=5)

    def _is_busy(self) -> bool:
        self.looks += 1
        return self.looks <= self.busy_looks

    def made(self) -> list[Path]:
        """Return the backups there are."""
        return list(self.folder.glob("*.backup-????-??-??"))

    def close(self) -> None:
        """End everything."""
        self.service.close()
        self.background.close()
        self.library.close()


@pytest.fixture(name="backups")
def _backups(qtbot: QtBot, tmp_path: Path) -> Iterator[Backups]:
    assert qtbot
    made = Backups(tmp_path)
    yield made
    made.close()


def test_a_backup_is_made_by_itself(qtbot: QtBot, backups: Backups) -> None:
    backups.service.start()
    qtbot.waitUntil(lambda: len(backups.made()) == 1)


@pytest.mark.parametrize(("busy_looks", "waits_for"), [(3, 4), (1000, 13)])
def test_it_waits_while_there_is_work_but_not_for_ever(
    qtbot: QtBot, backups: Backups, busy_looks: int, waits_for: int
) -> None:
    seen: list[int] = []
    make = backups.library.back_up

    def note(is_cancelled: Callable[[], bool]) -> Path | None:
        seen.append(backups.looks)
        return make(is_cancelled)

    backups.library.back_up = note  # type: ignore[method-assign, assignment]
    backups.busy_looks = busy_looks
    backups.service.start()
    qtbot.waitUntil(lambda: bool(backups.made()))
    assert seen[0] == waits_for


def test_closing_gives_a_backup_up_that_is_being_made(
    qtbot: QtBot, backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups_module, "_PAGES_AT_ONCE", 1)
    begun, ended = threading.Event(), threading.Event()
    copy = backups_module.copy

    def begin(source: sqlite3.Connection, target: Path, is_cancelled: Callable[[], bool]) -> None:
        begun.set()
        assert ended.wait(30)
        copy(source, target, is_cancelled)

    monkeypatch.setattr(backups_module, "copy", begin)
    backups.service.start()
    qtbot.waitUntil(begun.is_set)
    backups.service.close()
    ended.set()
    backups.close()
    assert not backups.made() and not list(backups.folder.glob("*.partial"))


def test_a_failure_is_logged_and_the_next_look_tries_again(
    qtbot: QtBot, backups: Backups, caplog: pytest.LogCaptureFixture
) -> None:
    make = backups.library.back_up
    failures = [LibraryError("library.disk_full")]

    def fail_first(is_cancelled: Callable[[], bool]) -> Path | None:
        if failures:
            raise failures.pop()
        return make(is_cancelled)

    backups.library.back_up = fail_first  # type: ignore[method-assign, assignment]
    backups.service.start()
    qtbot.waitUntil(lambda: bool(backups.made()))
    assert "could not be backed up: library.disk_full" in caplog.text
