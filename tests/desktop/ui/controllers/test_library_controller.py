"""What people do in the sidebar reaches the library, and the sidebar shows what is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from tests.desktop.running_program import Running
from tests.desktop.ui.controllers.conftest import Drop, press_toast

_CONTROLLER = "desktop.ui.controllers.library_controller"


def _answer(monkeypatch: pytest.MonkeyPatch, *, sure: bool) -> list[str]:
    asked: list[str] = []

    def answer(box: QMessageBox) -> None:
        asked.append(box.text())
        role = QMessageBox.ButtonRole
        wanted = role.DestructiveRole if sure else role.RejectRole
        next(one for one in box.buttons() if box.buttonRole(one) is wanted).click()

    monkeypatch.setattr(QMessageBox, "open", answer)
    return asked


def test_a_title_is_changed(program: Running, drop: Drop) -> None:
    drop("a.wav")
    program.wait("done")
    program.window.sidebar.renamed.emit(1, "  An interview ")
    program.until(lambda: program.only().title == "An interview")
    program.window.sidebar.renamed.emit(1, "   ")
    program.window.sidebar.renamed.emit(1, "The end")
    program.until(lambda: program.only().title == "The end")


def test_what_is_deleted_comes_back_by_the_toast(program: Running, drop: Drop) -> None:
    drop("a.wav", "b.wav")
    program.wait("done", "done")
    program.window.sidebar.trash_requested.emit([1, 2])
    program.until(lambda: "2 transcript" in program.toast)
    assert not program.all() and len(program.library.trash()) == 2
    press_toast(program)
    program.wait("done", "done")


def test_nothing_is_deleted_if_nothing_is_chosen(program: Running, drop: Drop) -> None:
    drop("a.wav")
    program.wait("done")
    program.window.sidebar.trash_requested.emit([])
    program.window.sidebar.delete_requested.emit([])
    assert program.only() and not program.toast


def test_a_running_job_that_is_deleted_stops_and_comes_back_paused(
    program: Running, drop: Drop, tmp_path: Path
) -> None:
    drop("a.wav", glossary=(f"2:until={tmp_path / 'gate'}",))
    program.until(lambda: len(program.segments(1)) == 2)
    program.window.sidebar.trash_requested.emit([1])
    program.until(lambda: bool(program.library.trash()))
    program.until(lambda: program.desk.services.queue.running is None)
    program.until(lambda: not program.window.is_document_shown)
    program.window.sidebar.restore_requested.emit([1])
    program.wait("paused")


def test_deleting_for_good_is_asked_before(
    program: Running, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop("a.wav", "b.wav")
    program.wait("done", "done")
    program.window.sidebar.trash_requested.emit([1, 2])
    program.until(lambda: len(program.library.trash()) == 2)
    asked = _answer(monkeypatch, sure=False)
    program.window.sidebar.delete_requested.emit([1])
    program.window.sidebar.empty_trash_requested.emit()
    assert len(asked) == 2 and len(program.library.trash()) == 2
    _answer(monkeypatch, sure=True)
    program.window.sidebar.delete_requested.emit([1])
    program.until(lambda: len(program.library.trash()) == 1)
    program.window.sidebar.empty_trash_requested.emit()
    program.until(lambda: not program.library.trash())


def test_folders_are_made_filled_renamed_and_removed(program: Running, drop: Drop) -> None:
    drop("a.wav")
    program.wait("done")
    sidebar = program.window.sidebar
    sidebar.folder_add_requested.emit("Thesis", [1])
    program.until(lambda: program.only().folder is not None)
    (folder,) = program.library.folders()
    program.until(
        lambda: [one.name for one in program.program.model.contents.folders] == ["Thesis"]
    )
    sidebar.folder_renamed.emit(folder.id, "Book")
    program.until(lambda: program.library.folders()[0].name == "Book")
    sidebar.folder_chosen.emit([1], None)
    program.until(lambda: program.only().folder is None)
    sidebar.folder_chosen.emit([1], folder.id)
    program.until(lambda: program.only().folder == folder.id)
    sidebar.folder_removed.emit(folder.id)
    program.until(lambda: not program.library.folders())
    assert program.only().folder is None


def test_tags_are_made_put_on_taken_off_renamed_and_removed(program: Running, drop: Drop) -> None:
    drop("a.wav")
    program.wait("done")
    sidebar = program.window.sidebar
    sidebar.tag_add_requested.emit("sea", [1])
    program.until(lambda: len(program.only().tags) == 1)
    (tag,) = program.library.tags()
    program.until(lambda: program.program.model.contents.summary(1) == program.only())
    sidebar.tag_set.emit([1, 99], tag.id, False)
    program.until(lambda: not program.only().tags)
    sidebar.tag_renamed.emit(tag.id, "coast")
    program.until(lambda: program.library.tags()[0].name == "coast")
    sidebar.tag_removed.emit(tag.id)
    program.until(lambda: not program.library.tags())


def test_a_folder_of_the_disk_is_watched_once_and_let_go(
    program: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "inbox").mkdir()
    inbox = str(tmp_path / "inbox")
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(inbox))
    sidebar, settings = program.window.sidebar, program.program.settings
    sidebar.watch_requested.emit()
    sidebar.watch_requested.emit()
    assert [one.path for one in settings.current.watched_folders] == [inbox]
    sidebar.watch_ended.emit(tmp_path / "inbox")
    assert not settings.current.watched_folders


def test_a_write_that_is_refused_is_said(program: Running) -> None:
    program.window.sidebar.renamed.emit(99, "Nothing")
    program.until(lambda: "no longer in the library" in program.toast)
    assert not program.library.summaries()


def test_the_folder_of_a_recording_is_shown(
    program: Running, drop: Drop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(
        f"{_CONTROLLER}.QDesktopServices.openUrl", lambda url: shown.append(url.toLocalFile())
    )
    drop("a.wav")
    program.wait("done")
    program.window.sidebar.file_shown.emit(1)
    program.window.sidebar.file_shown.emit(99)
    program.window.sidebar.watched_opened.emit(tmp_path)
    assert shown == [str(tmp_path / "recordings"), str(tmp_path)]


@pytest.mark.parametrize("is_another_open", [True, False])
def test_a_job_that_is_chosen_moves_through_the_queue_by_keys(
    program: Running, drop: Drop, tmp_path: Path, is_another_open: bool
) -> None:
    drop("a.wav", "b.wav", "c.wav", "d.wav", glossary=(f"1:until={tmp_path / 'gate'}",))
    program.wait("running", "queued", "queued", "queued")
    program.until(lambda: program.desk.document.open_transcript == 1)
    if not is_another_open:
        program.desk.document.close()
    tree, model = program.window.sidebar.tree, program.program.model

    def order() -> list[int]:
        return [job.id for job in model.contents.jobs]

    program.until(lambda: order() == [1, 2, 3, 4])
    tree.setFocus()
    tree.setCurrentIndex(model.index_of(4))
    for key, wanted in (
        (Qt.Key.Key_Up, [1, 2, 4, 3]),
        (Qt.Key.Key_Up, [1, 4, 2, 3]),
        (Qt.Key.Key_Down, [1, 2, 4, 3]),
    ):
        QTest.keyClick(tree, key, Qt.KeyboardModifier.AltModifier)
        program.until(lambda wanted=wanted: order() == wanted)  # type: ignore[misc]
        assert [one.id for one in tree.chosen()] == [4]
        assert tree.currentIndex() == model.index_of(4)
    assert [job.id for job in program.library.queue()] == [1, 2, 4, 3]
    (tmp_path / "gate").touch()
    program.wait("done", "done", "done", "done")
