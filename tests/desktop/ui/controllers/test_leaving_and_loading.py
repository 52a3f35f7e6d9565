"""No edit is lost when a transcript is left, and what is shown is what the library has."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.services import edit_writer
from desktop.services.naming import Naming
from desktop.services.unsaved_edits import FILE_NAME
from desktop.store.library import Library
from desktop.store.records import BlockFinished, StoredTranscript
from engine.errors import LibraryError
from engine.events import Block
from engine.transcript.editing import Edit, WordIds, retype
from engine.transcript.transcript import Speaker
from tests.desktop.running_program import Running, running
from tests.desktop.ui.controllers.conftest import Drop


@pytest.fixture(autouse=True)
def _tries_again_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edit_writer, "_RETRY_MS", 20)


class _FullDisk:
    """Refuse every change of the text while the disk is full."""

    is_full = True

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        apply, set_speakers = Library.apply, Library.set_speakers

        def refuse() -> Future[None]:
            future: Future[None] = Future()
            future.set_exception(LibraryError("library.disk_full"))
            return future

        def applied(library: Library, transcript: int, edit: Edit) -> Future[None]:
            return refuse() if self.is_full else apply(library, transcript, edit)

        def named(library: Library, transcript: int, speakers: tuple[Speaker, ...]) -> Future[None]:
            return refuse() if self.is_full else set_speakers(library, transcript, speakers)

        monkeypatch.setattr(Library, "apply", applied)
        monkeypatch.setattr(Library, "set_speakers", named)


def _two(program: Running, drop: Drop) -> tuple[int, int]:
    """Make two transcripts and return the open one and the other."""
    drop("a.wav", "b.wav")
    program.wait("done", "done")
    program.until(lambda: bool(program.text))
    opened = program.desk.document.open_transcript
    assert opened is not None
    return opened, 3 - opened


def _type(program: Running, text: str) -> None:
    page = program.window.document.view.page
    page.setFocus()
    page.setTextCursor(page.cursor_at(0, 0))
    QTest.keyClicks(page, text)


def _go_to(program: Running, transcript: int) -> None:
    program.desk.document.open(transcript)
    _wait_for(program, transcript)


def _wait_for(program: Running, transcript: int) -> None:
    def is_shown() -> bool:
        session = program.desk.document.session
        return session is not None and session.transcript == transcript and bool(program.text)

    program.until(is_shown)


def test_what_a_full_disk_refused_is_shown_again_and_stored_later(
    program: Running, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, other = _two(program, drop)
    disk = _FullDisk(monkeypatch)
    _type(program, "Typed ")
    _go_to(program, other)
    _go_to(program, opened)
    assert program.text.startswith("Typed")
    _go_to(program, other)
    disk.is_full = False
    program.until(lambda: program.segments(opened)[0].text.startswith(" Typed"))
    reasons = [one.reason for one in program.library.revisions(opened)]
    program.until(lambda: len(program.library.revisions(opened)) == 2)
    assert reasons[-1] == "transcribed"


def test_what_a_full_disk_refused_is_stored_at_the_next_start(
    program: Running, drop: Drop, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, other = _two(program, drop)
    with monkeypatch.context() as patches:
        _FullDisk(patches)
        _type(program, "Typed ")
        _go_to(program, other)
        session = program.desk.document.session
        assert session is not None
        session.edit(Naming(None, Speaker("x.1", "Anna")))
        program.program.close()
    kept = program.paths.data / FILE_NAME
    assert kept.exists()
    program.window.close()
    with running(qtbot, program.paths.data) as again:
        again.start()
        again.until(lambda: not kept.exists())
        assert again.segments(opened)[0].text.startswith(" Typed")
        speakers = again.library.load(other).transcript.speakers
        assert [speaker.name for speaker in speakers] == ["Anna"]


def test_edits_that_no_longer_fit_are_said_at_the_start(
    program: Running, drop: Drop, qtbot: QtBot
) -> None:
    drop("a.wav")
    program.wait("done")
    program.program.close()
    program.window.close()
    kept = program.paths.data / FILE_NAME
    kept.write_text('[{"type": "unsaved_edit", "transcript": 1, "uid": "other"}]', "utf-8")
    with running(qtbot, program.paths.data) as again:
        again.start()
        again.until(lambda: FILE_NAME in again.toast)
    assert kept.exists()


def test_reopening_at_once_shows_what_is_still_being_stored(
    program: Running, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, other = _two(program, drop)
    held: list[tuple[int, Edit, Future[None]]] = []

    def hold(_library: Library, transcript: int, edit: Edit) -> Future[None]:
        held.append((transcript, edit, Future()))
        return held[-1][2]

    with monkeypatch.context() as patches:
        patches.setattr(Library, "apply", hold)
        _type(program, "Typed ")
        program.desk.document.open(other)
        _go_to(program, opened)
        assert program.text.startswith("Typed")
    for transcript, edit, future in held:
        program.library.apply(transcript, edit).result()
        future.set_result(None)
    session = program.desk.document.session
    assert session is not None
    program.until(lambda: session.is_saved)
    assert program.segments(opened)[0].text.startswith(" Typed")


def test_after_a_refusal_the_text_of_the_library_is_shown(program: Running, drop: Drop) -> None:
    opened, _other = _two(program, drop)
    session = program.desk.document.session
    assert session is not None
    first = session.segments[0]
    edit = retype((first,), "Theirs.", WordIds("elsewhere"))
    program.library.apply(opened, edit).result()
    _type(program, "Mine ")
    program.window.document.view.commit()
    program.until(lambda: program.text.startswith("Theirs."))
    assert "changed" in program.toast
    _wait_for(program, opened)
    _type(program, "Mine ")
    program.window.document.view.commit()
    program.until(lambda: program.segments(opened)[0].text.startswith(" Mine Theirs."))


class _SlowLoads:
    """Hold loads up; `read` before they are held, as a slow disk would answer."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.gates: list[Event] = []
        load = Library.load

        def loaded(library: Library, transcript: int) -> StoredTranscript:
            stored = load(library, transcript)
            gate = Event()
            self.gates.append(gate)
            gate.wait(30)
            return stored

        monkeypatch.setattr(Library, "load", loaded)

    def release(self) -> None:
        """Let all go on."""
        for gate in self.gates:
            gate.set()


def test_only_the_newest_load_counts(
    program: Running, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, other = _two(program, drop)
    _go_to(program, other)
    before = program.segments(opened)[0]
    with monkeypatch.context() as patches:
        loads = _SlowLoads(patches)
        program.desk.document.open(opened)
        program.until(lambda: len(loads.gates) == 1)
        program.desk.document.open(other)
        program.until(lambda: len(loads.gates) == 2)
        edit = retype((before,), "Newer.", WordIds("elsewhere"))
        program.library.apply(opened, edit).result()
        program.desk.document.open(opened)
        program.until(lambda: len(loads.gates) == 3)
        loads.gates[0].set()
        loads.gates[1].set()
        program.qtbot.wait(0)
        loads.gates[2].set()
        _wait_for(program, opened)
    assert program.text.startswith("Newer.")


@pytest.mark.parametrize("news", ["block", "speakers", "replaced"])
def test_news_while_loading_load_again(
    program: Running, drop: Drop, monkeypatch: pytest.MonkeyPatch, news: str
) -> None:
    opened, other = _two(program, drop)
    _go_to(program, other)
    with monkeypatch.context() as patches:
        loads = _SlowLoads(patches)
        program.desk.document.open(opened)
        program.until(lambda: len(loads.gates) == 1)
        if news == "block":
            program.program.news.report(BlockFinished(opened, Block(0, 0.0, 1.0)))
        elif news == "speakers":
            program.library.set_speakers(opened, (Speaker("x.1", "Anna"),)).result()
        else:
            number = program.library.keep_revision(opened, "edited").result()
            program.library.restore_revision(opened, number).result()
        program.qtbot.wait(50)
        loads.release()
        program.until(lambda: len(loads.gates) == 2)
        loads.release()
        _wait_for(program, opened)
    session = program.desk.document.session
    assert session is not None
    assert session.speakers == program.library.load(opened).transcript.speakers


def test_names_wait_for_room_on_the_disk(
    program: Running, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, other = _two(program, drop)
    disk = _FullDisk(monkeypatch)
    session = program.desk.document.session
    assert session is not None
    first, anna = session.segments[0], "x.1"
    session.edit(Naming(None, Speaker(anna, "Anna")))
    session.edit(Edit((first,), (replace(first, speaker=anna),)))
    _go_to(program, other)
    disk.is_full = False
    program.until(lambda: program.segments(opened)[0].speaker == anna)
    speakers = program.library.load(opened).transcript.speakers
    assert [speaker.name for speaker in speakers] == ["Anna"]
