"""The real window with the real small model: dropped, read, edited, searched, exported."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QListWidget
from pytestqt.qtbot import QtBot

from desktop.ui.document.history_sheet import HistorySheet
from desktop.ui.export.export_sheet import ExportSheet
from desktop.ui.export.preset_list import PresetButton
from desktop.ui.widgets.buttons import Button
from tests.conftest import ROOT
from tests.desktop.running_program import Running, files_mime, kept_look, running
from tests.end_to_end.recordings import write_talk

_Key = Qt.Key
_CONTROL = Qt.KeyboardModifier.ControlModifier
_OPTIONS = ("-m", "tiny.en", "-l", "en", "--beam-size", "1", "--device", "cpu")
_CLI = (sys.executable, "-m", "engine.cli", "transcribe", *_OPTIONS, "--compute-type", "int8")


@pytest.fixture(name="recording")
def _recording(tmp_path: Path, sample_recording: Path, tiny_model: Path) -> Path:
    """Return a minute and a half of speech: long enough to type while it is decoded."""
    assert tiny_model.is_dir()
    folder = tmp_path / "recordings"
    folder.mkdir()
    return write_talk(folder / "A talk – Łódź 🎙.wav", sample_recording, seconds=90)


@pytest.fixture(name="program")
def _program(
    qtbot: QtBot, qapp: QApplication, isolated_home: Path, tmp_path: Path
) -> Iterator[Running]:
    assert isolated_home.is_dir()
    with kept_look(qapp), running(qtbot, tmp_path / "data") as program:
        yield program


def test_from_the_drop_to_the_exported_file(program: Running, recording: Path) -> None:
    program.start()
    program.drop(files_mime(recording))
    view = program.window.document.view
    program.until(lambda: program.window.is_document_shown and bool(program.text))
    assert program.only().status.value == "running"
    # Somebody types while the text still comes; earlier blocks may yet come in above it.
    view.page.setFocus()
    view.page.setTextCursor(view.page.cursor_at(0, 0))
    QTest.keyClicks(view.page, "Typed meanwhile ")
    program.wait("done")
    number = program.only().id
    assert program.text.count("Typed meanwhile And so") == 1
    program.until(lambda: _stored(program, number).count("Typed meanwhile And so") == 1)

    _find_by_search(program, "typed meanwhile")
    assert view.page.textCursor().block().text().startswith("Typed meanwhile And so")
    view.page.setFocus()
    QTest.keyClick(view.page, _Key.Key_Z, _CONTROL)
    assert "Typed" not in program.text
    program.until(lambda: "Typed" not in _stored(program, number))

    assert _exported(program, recording) == _of_the_command_line(recording)


def test_an_edit_is_in_the_export_and_history_brings_the_first_text_back(
    program: Running, recording: Path
) -> None:
    program.start(recording)
    program.wait("done")
    program.until(lambda: program.window.is_document_shown)
    number = program.only().id
    view = program.window.document.view
    decoded = program.segments(number)
    program.until(lambda: view.editor.filling.is_filled)
    view.page.setFocus()
    view.page.setTextCursor(view.page.cursor_at(0, 0))
    QTest.keyClicks(view.page, "Changed ")
    exported = _exported(program, recording)
    assert _words(exported)[0] == "Changed"
    assert _words(exported)[1:] == _words(_of_the_command_line(recording))
    _restore(program, "As it was transcribed")
    program.until(lambda: not program.text.startswith("Changed"))
    assert program.segments(number) == decoded


def _stored(program: Running, transcript: int) -> str:
    return "".join(segment.text for segment in program.segments(transcript))


def _find_by_search(program: Running, words: str) -> None:
    QTest.keyClick(program.window, _Key.Key_K, _CONTROL)
    fields = program.window.findChildren(QLineEdit)
    field = QApplication.focusWidget()
    assert field in fields
    QTest.keyClicks(field, words)
    program.until(lambda: bool(program.find(QListView, "Places found")))
    (places,) = program.find(QListView, "Places found")
    assert isinstance(places, QListView)
    program.until(lambda: places.currentIndex().isValid())
    QTest.keyClick(field, _Key.Key_Return)
    program.until(lambda: not places.isVisible())


def _exported(program: Running, recording: Path) -> bytes:
    QTest.keyClick(program.window, _Key.Key_E, _CONTROL)
    (sheet,) = program.window.findChildren(ExportSheet)
    (subtitles,) = program.find(PresetButton, "Subtitles")
    QTest.mouseClick(subtitles, Qt.MouseButton.LeftButton)
    assert sheet.preset.format == "srt"
    program.until(lambda: "-->" in sheet.pages.shown_text())
    QTest.mouseClick(sheet.export, Qt.MouseButton.LeftButton)
    target = recording.with_suffix(".srt")
    program.until(lambda: not program.window.findChildren(ExportSheet))
    content = target.read_bytes()
    target.unlink()
    return content


def _of_the_command_line(recording: Path) -> bytes:
    subprocess.run([*_CLI, "-f", "srt", str(recording)], check=True, capture_output=True, cwd=ROOT)
    return recording.with_suffix(".srt").read_bytes()


def _words(subtitles: bytes) -> list[str]:
    lines = subtitles.decode("utf-8-sig").splitlines()
    said = [line for line in lines if "-->" not in line and not line.isdecimal()]
    return " ".join(said).split()


def _restore(program: Running, reason: str) -> None:
    program.window.document.history_requested.emit()
    (revisions,) = program.find(QListWidget, "Revisions")
    assert isinstance(revisions, QListWidget)
    program.until(lambda: revisions.count() > 0)
    items = [revisions.item(row) for row in range(revisions.count())]
    spoken = [item.data(Qt.ItemDataRole.AccessibleTextRole) for item in items]
    rows = [row for row, text in enumerate(spoken) if reason in text]
    assert rows, spoken
    revisions.setCurrentRow(rows[-1])
    (button,) = program.find(Button, "Restore")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    program.until(lambda: not program.window.findChildren(HistorySheet))
