"""A library that is really damaged stops nobody: its newest backup or an empty one takes over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.paths import Paths
from desktop.store.library import Library
from desktop.ui.job.stopped_card import StoppedCard
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import ElidedLabel
from tests.desktop.running_program import Running, kept_look, running, use_fake_engine
from tests.desktop.store.material import begun, new, segment


@pytest.fixture(name="program")
def _program(
    qtbot: QtBot,
    qapp: QApplication,
    isolated_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Running]:
    assert isolated_home.is_dir()
    use_fake_engine(monkeypatch)
    with kept_look(qapp), running(qtbot, tmp_path / "data") as program:
        yield program


def _damage(paths: Paths) -> bytes:
    """Let the disk lose pages of the library; return what it has left."""
    data = bytearray(paths.library.read_bytes())
    for start in range(0, len(data), 4096):
        data[start : start + 4000] = b"\xa5" * 4000
    paths.library.write_bytes(data)
    return bytes(data)


def _make_library(paths: Paths, *, has_backup: bool) -> bytes:
    library = Library(paths.library)
    begun(library, segment("kept words"))
    if has_backup:
        assert library.back_up(lambda: False, date(2026, 11, 24))
    library.add(new("Later")).result()
    library.close()
    return _damage(paths)


def _buttons(program: Running) -> dict[str, Button]:
    (card,) = program.window.trouble.findChildren(StoppedCard)
    return {button.text(): button for button in card.findChildren(Button) if button.isVisible()}


def _choose(program: Running, text: str) -> None:
    program.show()
    program.until(lambda: text in _buttons(program))
    QTest.mouseClick(_buttons(program)[text], Qt.MouseButton.LeftButton)
    program.until(lambda: program.program.desk is not None and bool(program.toast))


def _set_aside(paths: Paths) -> Path:
    (aside,) = paths.data.glob("library.sqlite3.damaged-*")
    return aside


def test_the_newest_backup_is_used_and_the_damaged_file_kept(program: Running) -> None:
    damaged = _make_library(program.paths, has_backup=True)

    _choose(program, "Use the newest backup")

    assert [one.title for one in program.all()] == ["Interview"]
    assert "kept words" in "".join(one.text for one in program.segments(program.only().id))
    assert _set_aside(program.paths).read_bytes() == damaged
    assert _set_aside(program.paths).name in program.toast
    assert not program.window.trouble.isVisible()


@pytest.mark.parametrize("has_backup", [True, False])
def test_one_can_start_empty_and_the_damaged_file_is_kept(
    program: Running, has_backup: bool
) -> None:
    damaged = _make_library(program.paths, has_backup=has_backup)

    _choose(program, "Start with an empty library")

    assert not program.all()
    assert _set_aside(program.paths).read_bytes() == damaged


def test_without_a_backup_none_is_offered(program: Running) -> None:
    _make_library(program.paths, has_backup=False)
    program.show()
    program.until(lambda: "Details" in _buttons(program))

    assert list(_buttons(program)) == [
        "Start with an empty library",
        "Open the folder",
        "Details",
    ]
    names = [label.text() for label in program.window.trouble.findChildren(ElidedLabel)]
    assert "library.sqlite3" in names


def test_an_empty_file_beside_a_backup_is_no_new_library(program: Running) -> None:
    _make_library(program.paths, has_backup=True)
    program.paths.library.write_bytes(b"")

    _choose(program, "Use the newest backup")

    assert [one.title for one in program.all()] == ["Interview"]
    assert _set_aside(program.paths).read_bytes() == b""


def test_a_backup_that_went_away_is_told_and_the_page_stays(program: Running) -> None:
    damaged = _make_library(program.paths, has_backup=True)
    program.show()
    program.until(lambda: "Use the newest backup" in _buttons(program))
    for backup in program.paths.data.glob("*.backup-*"):
        backup.unlink()

    QTest.mouseClick(_buttons(program)["Use the newest backup"], Qt.MouseButton.LeftButton)

    program.until(lambda: "Open the folder" in _buttons(program))
    assert program.window.trouble.isEnabled()
    assert program.paths.library.read_bytes() == damaged
