"""Search, history, export, settings and intake do what is asked of them in the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.services.export_presets import Destination, usual_preset
from desktop.services.export_writing import ExportRequest, ExportResult, Outcome
from desktop.services.exporting import AutomaticExport, Exporter, ExportReport
from desktop.services.watched_folders import WatchTimings
from desktop.settings import WatchedFolder
from desktop.ui.document.history_sheet import HistorySheet
from desktop.ui.export.export_sheet import ExportSheet
from desktop.ui.widgets.buttons import Button
from tests.desktop.running_program import Running, files_mime, running, use_fake_engine
from tests.desktop.ui.controllers.conftest import Drop, press_toast

_Key = Qt.Key


def _open(program: Running, drop: Drop) -> None:
    drop("a.wav")
    program.wait("done")
    program.until(lambda: program.window.is_document_shown and bool(program.text))


def _focused() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


# ---- search --------------------------------------------------------------------------------


def test_a_search_leads_to_the_place(program: Running, drop: Drop) -> None:
    _open(program, drop)
    program.desk.document.close()
    program.desk.search.open()
    QTest.keyClicks(_focused(), "word")
    program.until(lambda: bool(program.find(QListView, "Places found")))
    (places,) = program.find(QListView, "Places found")
    assert isinstance(places, QListView)
    program.until(lambda: places.currentIndex().isValid())
    QTest.keyClick(_focused(), _Key.Key_Return)
    program.until(lambda: program.window.is_document_shown)


def test_what_was_searched_last_is_searched_again(program: Running, drop: Drop) -> None:
    program.desk.search.open()
    QTest.keyClicks(_focused(), "word")
    QTest.keyClick(_focused(), _Key.Key_Escape)
    _open(program, drop)
    program.desk.search.open()
    program.until(lambda: bool(program.find(QListView, "Places found")))
    field = _focused()
    assert isinstance(field, QLineEdit) and field.text() == "word"


# ---- history -------------------------------------------------------------------------------


def test_there_is_no_history_without_a_transcript(program: Running) -> None:
    program.desk.history.open()
    assert not program.window.findChildren(HistorySheet)


def test_an_earlier_text_comes_back(program: Running, drop: Drop) -> None:
    _open(program, drop)
    page = program.window.document.view.page
    page.setFocus()
    page.setTextCursor(page.cursor_at(0, 0))
    QTest.keyClicks(page, "Typed ")
    program.desk.history.open()
    (revisions,) = program.find(QListWidget, "Revisions")
    assert isinstance(revisions, QListWidget)
    program.until(lambda: revisions.count() >= 1)
    revisions.setCurrentRow(revisions.count() - 1)
    (restore,) = program.find(Button, "Restore")
    QTest.mouseClick(restore, Qt.MouseButton.LeftButton)
    program.until(lambda: "earlier text is back" in program.toast)
    program.until(lambda: bool(program.text) and "Typed" not in program.text)


# ---- export --------------------------------------------------------------------------------


def test_there_is_nothing_to_export_before_the_first_words(
    program: Running, drop: Drop, tmp_path: Path
) -> None:
    drop("a.wav", glossary=(f"0:until={tmp_path / 'gate'}",))
    program.wait("running")
    program.window.sidebar.export_requested.emit([1, 99])
    assert "no text to export" in program.toast
    assert not program.window.findChildren(ExportSheet)
    (tmp_path / "gate").touch()
    program.wait("done")


def test_several_are_exported_together(program: Running, drop: Drop, tmp_path: Path) -> None:
    drop("a.wav", "b.wav")
    program.wait("done", "done")
    program.window.sidebar.export_requested.emit([1, 2])
    (sheet,) = program.window.findChildren(ExportSheet)
    QTest.mouseClick(sheet.presets.button("text"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(sheet.export, Qt.MouseButton.LeftButton)
    folder = tmp_path / "recordings"
    program.until(lambda: (folder / "a.txt").exists() and (folder / "b.txt").exists())
    program.until(lambda: bool(program.toast))


def test_where_files_went_can_be_shown(
    program: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(
        "desktop.ui.controllers.export_controller.QDesktopServices.openUrl",
        lambda url: shown.append(url.toLocalFile()),
    )
    request = ExportRequest(1, usual_preset("txt"), Destination())
    done = ExportResult(request, Outcome.WRITTEN, tmp_path / "a.txt")
    program.desk.services.exporter.finished.emit(ExportReport((done,), is_automatic=True))
    press_toast(program)
    assert shown == [str(tmp_path)]


def _want_texts(program: Running, name: str = "Standard") -> None:
    """Let the only profile, under this name, export by itself."""
    (profile,) = program.program.settings.current.profiles
    changed = replace(profile, name=name, outputs=("txt",))
    program.program.settings.change(profiles=(changed,), default_profile=name)


def test_what_a_profile_wants_is_exported_once(
    program: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    export = Exporter.export_automatically

    def note(exporter: Exporter, transcript: int, profile: AutomaticExport) -> None:
        asked.append(transcript)
        export(exporter, transcript, profile)

    monkeypatch.setattr(Exporter, "export_automatically", note)
    _want_texts(program)
    (tmp_path / "a.wav").write_bytes(b"a")
    program.drop(files_mime(tmp_path / "a.wav"))
    program.until((tmp_path / "a.txt").exists)
    due = program.paths.data / "exports_due.json"
    program.until(lambda: due.read_text("utf-8") == "{}")
    program.library.rename(1, "Another title").result()
    program.until(lambda: program.window.windowTitle().startswith("Another title"))
    assert asked == [1]


def test_a_profile_that_is_renamed_meanwhile_still_exports(
    program: Running, tmp_path: Path
) -> None:
    (profile,) = program.program.settings.current.profiles
    blocked = replace(profile, glossary=(f"1:until={tmp_path / 'gate'}",))
    program.program.settings.change(profiles=(blocked,))
    _want_texts(program)
    (tmp_path / "a.wav").write_bytes(b"a")
    program.drop(files_mime(tmp_path / "a.wav"))
    program.wait("running")
    _want_texts(program, "Renamed")
    (tmp_path / "gate").touch()
    program.until((tmp_path / "a.txt").exists)


def test_an_export_that_the_end_of_the_program_cut_off_is_made_up_for(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Running
) -> None:
    del program  # it has prepared everything
    folder = tmp_path / "other data"
    use_fake_engine(monkeypatch)
    with running(qtbot, folder) as first, monkeypatch.context() as patch:
        patch.setattr(Exporter, "export_automatically", lambda *_: None)
        first.start()
        _want_texts(first)
        (tmp_path / "a.wav").write_bytes(b"a")
        first.drop(files_mime(tmp_path / "a.wav"))
        first.wait("done")
        first.until(lambda: first.desk.services.queue.running is None)
    assert not (tmp_path / "a.txt").exists()
    use_fake_engine(monkeypatch)
    with running(qtbot, folder) as second:
        second.start()
        second.until((tmp_path / "a.txt").exists)
        second.until(lambda: bool(second.toast))


# ---- settings ------------------------------------------------------------------------------


def test_settings_are_opened_at_their_groups_and_left(program: Running) -> None:
    window = program.window
    window.sidebar.settings_requested.emit()
    area = window.areas.currentWidget()
    assert area is not None and area.isVisible()
    program.desk.settings.open_models()
    program.desk.settings.open("shortcuts")
    assert window.areas.currentWidget() is area
    window.show_library_area()
    assert not area.isVisible()


def test_looks_and_language_follow_the_settings(program: Running) -> None:
    settings = program.program.settings
    settings.change(appearance="dark", reading_scale=1.25, serif_reading=True)
    settings.change(language="de")
    assert "started again" in program.toast


@pytest.mark.parametrize(("steps", "scale"), [(1, 1.1), (-1, 0.9), (0, 1.0), (99, 2.5), (-99, 0.9)])
def test_zooming_stays_within_the_sizes(program: Running, steps: int, scale: float) -> None:
    program.desk.settings.zoom(steps)
    assert program.program.settings.current.reading_scale == scale


def test_settings_that_cannot_be_saved_are_said(program: Running) -> None:
    program.program.settings.save_failed.emit("no room")
    assert "could not be saved" in program.toast


# ---- intake --------------------------------------------------------------------------------


def test_a_folder_without_recordings_is_said(program: Running, tmp_path: Path) -> None:
    for name in ("empty", "also empty"):
        (tmp_path / name).mkdir()
    program.drop(files_mime(tmp_path / "empty"))
    program.until(lambda: "contains no recording" in program.toast)
    program.drop(files_mime(tmp_path / "empty", tmp_path / "also empty"))
    program.until(lambda: "2 dropped" in program.toast)
    assert not program.library.summaries()


def test_whoever_reads_goes_on_reading(program: Running, drop: Drop) -> None:
    _open(program, drop)
    drop("b.wav")
    program.until(lambda: "in the queue" in program.toast)
    assert program.desk.document.open_transcript == 1
    press_toast(program)
    program.until(lambda: program.desk.document.open_transcript == 2)


def test_what_the_library_has_is_met_in_watched_folders(
    program: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = WatchTimings(still=0.05, interval=0.02, share=1.0)
    monkeypatch.setattr(program.desk.services.watched, "_timings", quick)
    (tmp_path / "watched").mkdir()
    path = tmp_path / "watched" / "a.wav"
    path.write_bytes(b"a")
    program.program.settings.change(watched_folders=(WatchedFolder(str(path.parent)),))
    met = program.paths.data / "watched.json"
    program.until(lambda: met.exists() and str(path) in met.read_text("utf-8"))
    assert program.only().source.path == path


def test_files_are_chosen_with_the_dialog(
    program: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.wav").write_bytes(b"a")
    names = [str(tmp_path / "a.wav")]
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.filesSelected.emit(names))
    program.window.start_page.files_requested.emit()
    program.wait("done")


def test_a_missing_model_is_said_on_the_start_page(program: Running) -> None:
    settings = program.program.settings
    (profile,) = settings.current.profiles
    settings.change(profiles=(type(profile)("Standard", model="large-v3"),))
    program.desk.services.downloads.refresh()
    note = program.window.start_page.note
    program.until(note.isVisible)
    assert any("large-v3" in label.text() for label in note.findChildren(QLabel))
