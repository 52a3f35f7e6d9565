"""What the system, or a later start, asks to open reaches the queue, however early it comes."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QObject, QUrl
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import app as app_module
from desktop.opened_files import OpenedFiles
from tests.desktop.running_program import kept_look, running, use_fake_engine


def test_a_file_that_the_system_opens_is_heard(qapp: QApplication, tmp_path: Path) -> None:
    parent = QObject()
    opened = OpenedFiles(qapp, parent)
    heard: list[Path] = []
    opened.files_opened.connect(heard.extend)
    path = tmp_path / "a talk – Łódź 100%.m4a"
    assert qapp.notify(qapp, QFileOpenEvent(str(path)))
    assert heard == [path]
    qapp.notify(qapp, QFileOpenEvent(QUrl("https://example.org/talk.mp3")))
    qapp.notify(qapp, QEvent(QEvent.Type.User))
    assert heard == [path]
    parent.deleteLater()


@pytest.mark.usefixtures("isolated_home")
def test_what_is_opened_before_the_library_is_there_is_queued_afterwards(
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    sample_recording: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use_fake_engine(monkeypatch)
    monkeypatch.setattr(app_module, "sys", SimpleNamespace(platform="darwin"))
    with kept_look(qapp), running(qtbot, tmp_path / "data") as program:
        qapp.notify(qapp, QFileOpenEvent(str(sample_recording)))
        program.start()
        program.until(lambda: len(program.all()) == 1)
        assert program.only().source.path == sample_recording


def test_the_picture_of_the_program_can_be_drawn(qapp: QApplication) -> None:
    assert qapp is not None
    image = QIcon(str(app_module.ICON)).pixmap(32).toImage()
    assert image.pixelColor(16, 3).alpha() == 255
    assert image.pixelColor(0, 0).alpha() == 0
