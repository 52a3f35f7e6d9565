"""Behind the window: drops, pastes, keys, areas and automatic exports reach what they mean."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.item_models.library_model import LibraryModel
from desktop.store.records import JobStatus
from desktop.ui.export.export_sheet import ExportSheet
from desktop.ui.pages.settings_area import SettingsArea
from desktop.ui.widgets.sheet import Sheet
from tests.conftest import ROOT
from tests.desktop.running_program import SETTINGS, Running, files_mime, running, use_fake_engine
from tests.engine.speech_models.small_models import make_model

_Key = Qt.Key
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
EMOJI_NAME = "🎙️👩‍🚀🇵🇱" * 8 + ".wav"


@pytest.fixture(name="program")
def _program(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    use_fake_engine(monkeypatch)
    monkeypatch.setenv("WHISPER_TRANSCRIBER_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    make_model(tmp_path / "models" / "tiny.en")
    with running(qtbot, tmp_path / "data") as program:
        yield program.start()


@pytest.fixture(name="clipboard")
def _clipboard(program: Running) -> Iterator[QClipboard]:
    """Return the clipboard; what lies in it when Python ends crashes Qt."""
    assert program
    yield QGuiApplication.clipboard()
    QGuiApplication.clipboard().clear()


@pytest.fixture(name="recordings")
def _recordings(tmp_path: Path) -> Path:
    folder = tmp_path / "recordings"
    folder.mkdir()
    return folder


def record(folder: Path, *names: str) -> list[Path]:
    """Make recordings of different content."""
    paths = [folder / name for name in names]
    for path in paths:
        path.write_bytes(path.name.encode())
    return paths


def use_profile(program: Running, **fields: object) -> None:
    """Change the profile for new recordings."""
    (profile,) = SETTINGS.profiles
    changed = replace(profile, **fields)  # type: ignore[arg-type]
    program.program.settings.change(profiles=(changed,))


def test_a_drop_is_taken_wherever_it_falls(program: Running, recordings: Path) -> None:
    names = ["a.wav", "b.wav", "c.wav", "d.wav"]
    paths = record(recordings, *names)
    program.drop(files_mime(paths[0]))
    program.until(lambda: program.window.is_document_shown)
    width, height = program.window.width(), program.window.height()
    places = [QPoint(60, height // 2), QPoint(60, 30), QPoint(width - 40, height - 40)]
    for path, place in zip(paths[1:], places):
        mime = files_mime(path)
        mime.setText(str(path))  # as file managers of X11 do
        program.drop(mime, place)
    program.wait(*["done"] * 4)
    assert sorted(one.source.path for one in program.all()) == sorted(paths)


def test_a_drop_is_taken_over_the_settings(program: Running, recordings: Path) -> None:
    program.desk.settings.open()
    program.drop(files_mime(*record(recordings, "a.wav")))
    program.wait("done")


def test_things_without_a_path_get_a_sentence(program: Running) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/mail/1")])
    program.drop(mime)
    assert "no file on this computer" in program.toast
    assert not program.all()


def test_text_that_is_dragged_is_not_taken(program: Running) -> None:
    mime = QMimeData()
    mime.setText("a sentence")
    assert not program.drag(mime)


def test_copied_files_are_pasted(program: Running, recordings: Path, clipboard: QClipboard) -> None:
    clipboard.setMimeData(files_mime(*record(recordings, "a.wav")))
    program.window.setFocus()
    QTest.keyClick(program.window, _Key.Key_V, _CONTROL)
    program.wait("done")


def test_files_are_pasted_while_a_transcript_is_open(
    program: Running, recordings: Path, clipboard: QClipboard
) -> None:
    first, second = record(recordings, "a.wav", "b.wav")
    program.drop(files_mime(first))
    program.wait("done")
    program.until(lambda: program.window.is_document_shown and bool(program.text))
    before = program.text
    clipboard.setMimeData(files_mime(second))
    page = program.window.document.view.page
    page.setFocus()
    QTest.keyClick(page, _Key.Key_V, _CONTROL)
    program.wait("done", "done")
    assert program.text == before


def test_the_sample_is_one_click(program: Running) -> None:
    program.window.start_page.sample_requested.emit()
    program.until(lambda: program.window.is_document_shown)
    program.wait("done")
    assert program.only().source.path.is_relative_to(program.paths.data)


def test_the_same_file_twice_is_offered_and_not_repeated(
    program: Running, recordings: Path
) -> None:
    (path,) = record(recordings, "a.wav")
    program.drop(files_mime(path, path))
    program.wait("done")
    program.drop(files_mime(path))
    program.until(lambda: "transcribed before" in program.toast)
    program.window.toasts.focus_toast()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, _Key.Key_Space)
    program.wait("done", "done")


def test_a_name_of_forty_emoji_is_carried_through(program: Running, recordings: Path) -> None:
    use_profile(program, outputs=("txt",))
    program.drop(files_mime(*record(recordings, EMOJI_NAME)))
    program.wait("done")
    target = (recordings / EMOJI_NAME).with_suffix(".txt")
    program.until(target.exists)
    assert program.only().title == target.stem
    program.until(lambda: program.window.windowTitle() == target.stem)


def test_a_profile_exports_by_itself(program: Running, recordings: Path, tmp_path: Path) -> None:
    folder = tmp_path / "exported"
    folder.mkdir()
    use_profile(program, outputs=("srt", "json"), output_folder=str(folder))
    program.drop(files_mime(*record(recordings, "a.wav")))
    program.until(lambda: {one.name for one in folder.iterdir()} >= {"a.srt", "a.json"})
    program.until(lambda: bool(program.toast))
    assert "-->" in (folder / "a.srt").read_text("utf-8")


def test_a_failing_export_by_itself_is_said(program: Running, recordings: Path) -> None:
    blocked = recordings / "no folder"
    blocked.write_text("a file")
    use_profile(program, outputs=("srt",), output_folder=str(blocked))
    program.drop(files_mime(*record(recordings, "a.wav")))
    program.until(lambda: "cannot be written" in program.toast)
    assert blocked.read_text() == "a file" and program.only().status is JobStatus.DONE


def test_keys_reach_what_they_are_for(program: Running, recordings: Path) -> None:
    window = program.window
    program.drop(files_mime(*record(recordings, "a.wav")))
    program.wait("done")
    program.until(lambda: window.is_document_shown and bool(program.text))
    QTest.keyClick(window, _Key.Key_F, _CONTROL)
    assert window.document.view.find_bar.isVisible()
    QTest.keyClick(window.document.view, _Key.Key_Escape)
    QTest.keyClick(window, _Key.Key_F9)
    assert not window.sidebar.isVisible()
    QTest.keyClick(window, _Key.Key_F9)
    QTest.keyClick(window, _Key.Key_Plus, _CONTROL)
    assert program.program.settings.current.reading_scale == 1.1
    QTest.keyClick(window, _Key.Key_0, _CONTROL)
    assert program.program.settings.current.reading_scale == 1.0
    QTest.keyClick(window, _Key.Key_F11)
    assert window.isFullScreen()
    QTest.keyClick(window, _Key.Key_F11)
    QTest.keyClick(window, _Key.Key_E, _CONTROL)
    (sheet,) = window.findChildren(ExportSheet)
    assert sheet.isVisible()
    sheet.close_sheet()
    QTest.keyClick(window, _Key.Key_Comma, _CONTROL)
    assert isinstance(window.areas.currentWidget(), SettingsArea)


def test_f6_goes_through_the_areas_both_ways(program: Running, recordings: Path) -> None:
    window = program.window
    window.resize(1280, 800)
    program.drop(files_mime(*record(recordings, "a.wav")))
    program.wait("done")
    header = window.document.header
    program.until(lambda: header.export_button.isVisible())
    window.sidebar.tree.setFocus()
    areas: list[QWidget] = [header.find_button, window.document.view.page, window.sidebar.tree]
    for area in areas:
        QTest.keyClick(window, _Key.Key_F6)
        assert QApplication.focusWidget() is area
    for area in (areas[1], areas[0], areas[2]):
        QTest.keyClick(window, _Key.Key_F6, _SHIFT)
        assert QApplication.focusWidget() is area
    assert window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange), "the focus is marked"


def test_a_click_in_the_list_leaves_the_keyboard_there(program: Running, recordings: Path) -> None:
    program.drop(files_mime(*record(recordings, "a.wav", "b.wav")))
    program.wait("done", "done")
    first, second = (one.id for one in program.all())
    document, tree = program.desk.document, program.window.sidebar.tree
    document.open(first)
    program.until(lambda: document.session is not None and document.open_transcript == first)
    kept = program.segments(first)
    model = tree.model()
    assert isinstance(model, LibraryModel)
    tree.setFocus()
    QTest.mouseClick(
        tree.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        tree.visualRect(model.index_of(second)).center(),
    )
    program.until(lambda: document.session is not None and document.open_transcript == second)
    assert QApplication.focusWidget() is tree
    QTest.keyClick(tree, _Key.Key_Delete)
    program.until(lambda: [one.id for one in program.all()] == [first])
    assert program.segments(first) == kept


def test_pausing_by_key_begins_no_other_job_and_the_key_goes_on_at_once(
    program: Running, recordings: Path, tmp_path: Path
) -> None:
    use_profile(program, glossary=(f"2:until={tmp_path / 'gate'}",))
    program.drop(files_mime(*record(recordings, "a.wav", "b.wav")))
    program.until(lambda: len(program.all()) == 2 and len(program.segments(1)) == 2)
    QTest.keyClick(program.window, _Key.Key_P, _CONTROL | _SHIFT)
    program.wait("paused", "paused")
    (tmp_path / "gate").touch()
    QTest.keyClick(program.window, _Key.Key_P, _CONTROL | _SHIFT)
    program.wait("done", "done")


def test_five_hundred_files_at_once_leave_the_window_alive(
    program: Running, recordings: Path
) -> None:
    paths = record(recordings, *(f"{number}.wav" for number in range(500)))
    gaps: list[float] = []
    last = [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        gaps.append(now - last[0])
        last[0] = now

    timer = QTimer(interval=10)
    timer.timeout.connect(tick)
    timer.start()
    program.drop(files_mime(*paths))
    program.until(lambda: len(program.program.model.contents.summaries()) == 500)
    timer.stop()
    assert gaps
    print(f"500 files: {len(gaps)} turns, longest gap {max(gaps) * 1000:.0f} ms")
    program.desk.services.queue.pause_all()
    program.until(lambda: program.desk.services.queue.running is None)


def test_a_source_that_vanished_is_said_and_found_again(
    program: Running, recordings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_profile(program, glossary=(f"1:until={recordings / 'gate'}",))
    first, second = record(recordings, "a.wav", "b.wav")
    program.drop(files_mime(first, second))
    program.until(lambda: len(program.all()) == 2 and len(program.segments(1)) == 1)
    moved = second.rename(recordings / "moved.wav")
    (recordings / "gate").touch()
    program.wait("done", "failed")
    assert program.all()[1].code == "media.not_found"
    program.desk.document.open(2)
    program.until(program.window.document.card.isVisible)
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(moved)))
    program.desk.library.find_recording(2)
    program.wait("done", "done")


def test_a_model_that_is_deleted_while_it_is_used_is_asked_for(
    program: Running, recordings: Path, tmp_path: Path
) -> None:
    use_profile(program, glossary=(f"2:until={recordings / 'gate'}",))
    program.drop(files_mime(*record(recordings, "a.wav", "b.wav")))
    program.until(lambda: len(program.all()) == 2 and len(program.segments(1)) == 2)
    (tmp_path / "models" / "tiny.en").rename(tmp_path / "gone")
    (recordings / "gate").touch()
    program.until(lambda: program.all()[1].code == "model.not_installed")
    assert [one.status.value for one in program.all()] == ["done", "queued"]
    program.desk.document.open(2)
    program.until(program.window.document.card.isVisible)
    (tmp_path / "gone").rename(tmp_path / "models" / "tiny.en")
    program.desk.services.queue.model_installed("tiny.en")
    program.wait("done", "done")


def test_a_clock_that_goes_backwards_disturbs_nothing(
    program: Running, recordings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_profile(program, glossary=(f"2:until={recordings / 'gate'}",))
    program.drop(files_mime(*record(recordings, "a.wav")))
    program.until(lambda: bool(program.all()) and len(program.segments(1)) == 2)
    real = time.time
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: real() - 86_400.0 * 365)
        program.drop(files_mime(*record(recordings, "b.wav")))
        program.until(lambda: len(program.all()) == 2)
        (recordings / "gate").touch()
        program.wait("done", "done")
        program.desk.library.put_into_trash([1])
        program.until(lambda: len(program.library.trash()) == 1)
    assert len(program.program.model.contents.summaries()) >= 1


def test_a_sheet_keeps_the_keys_of_the_window_from_firing(
    program: Running, recordings: Path
) -> None:
    program.drop(files_mime(*record(recordings, "a.wav")))
    program.wait("done")
    program.desk.search.open()
    (sheet,) = [one for one in program.window.findChildren(Sheet) if one.isVisible()]
    focused = QApplication.focusWidget()
    assert focused is not None and sheet.isAncestorOf(focused)
    QTest.keyClick(focused, _Key.Key_Comma, _CONTROL)
    assert not isinstance(program.window.areas.currentWidget(), SettingsArea)
