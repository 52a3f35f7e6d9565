"""The open transcript follows the library and the queue, and its buttons do what they say."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.ui.message_values import Way
from tests.desktop.running_program import Running
from tests.desktop.ui.controllers.conftest import Drop

_CLICK = Qt.MouseButton.LeftButton


def _type(program: Running, text: str) -> None:
    page = program.window.document.view.page
    page.setFocus()
    page.setTextCursor(page.cursor_at(0, 0))
    QTest.keyClicks(page, text)


def test_text_appears_while_it_is_decoded(program: Running, drop: Drop, tmp_path: Path) -> None:
    gates = [tmp_path / "first", tmp_path / "second"]
    drop("a.wav", glossary=(f"1:until={gates[0]}", f"2:until={gates[1]}"))
    page = program.window.document
    program.until(lambda: bool(program.text))
    first = program.text
    assert page.header.pause_button.isVisible() and page.progress.isVisible()
    gates[0].touch()
    program.until(lambda: len(program.text) > len(first))
    assert program.text.startswith(first)
    gates[1].touch()
    program.wait("done")
    program.until(lambda: not page.progress.isVisible())
    assert page.header.export_button.isVisible()


def test_what_was_typed_is_kept_when_another_transcript_is_opened(
    program: Running, drop: Drop
) -> None:
    drop("a.wav", "b.wav")
    program.wait("done", "done")
    program.until(lambda: bool(program.text))
    opened = program.desk.document.open_transcript
    assert opened is not None
    _type(program, "Typed ")
    program.desk.document.open(3 - opened)
    program.until(lambda: program.segments(opened)[0].text.startswith(" Typed"))
    program.until(lambda: "Typed" not in program.text and bool(program.text))
    program.desk.document.open(opened)
    program.until(lambda: program.text.startswith("Typed"))


def test_what_was_typed_is_kept_when_the_program_is_closed(program: Running, drop: Drop) -> None:
    drop("a.wav")
    program.wait("done")
    program.until(lambda: bool(program.text))
    _type(program, "Typed ")
    library = program.library
    program.program.close()
    again = type(library)(program.paths.library)
    (summary,) = again.summaries()
    assert again.load(summary.id).transcript.segments[0].text.startswith(" Typed")
    assert [one.reason for one in again.revisions(summary.id)] == ["edited", "transcribed"]
    again.close()


def test_pausing_resuming_and_stopping(program: Running, drop: Drop, tmp_path: Path) -> None:
    drop("a.wav", glossary=(f"2:until={tmp_path / 'gate'}",))
    header = program.window.document.header
    program.until(lambda: len(program.segments(1)) == 2)
    QTest.mouseClick(header.pause_button, _CLICK)
    program.wait("paused")
    program.until(header.resume_button.isVisible)
    QTest.mouseClick(header.resume_button, _CLICK)
    program.wait("running")
    program.until(header.stop_button.isVisible)
    QTest.mouseClick(header.stop_button, _CLICK)
    program.wait("cancelled")


def test_what_is_missing_is_named_and_can_be_continued_from_there(
    program: Running, drop: Drop, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    drop("a.wav", glossary=(f"2:until={gate}",))
    view, header = program.window.document.view, program.window.document.header
    program.until(lambda: len(program.segments(1)) == 2 and header.stop_button.isVisible())
    assert not view.holes.sentences()
    QTest.mouseClick(header.stop_button, _CLICK)
    program.wait("cancelled")
    program.until(lambda: "not transcribed yet" in " ".join(view.holes.sentences()))
    gate.touch()
    view.continue_requested.emit()
    program.wait("done")
    program.until(lambda: not view.holes.sentences() and len(program.segments(1)) == 4)


def test_a_transcript_opens_at_its_first_line_below_its_card(program: Running, drop: Drop) -> None:
    drop("a.wav", glossary=("2:media_error",))
    program.wait("failed")
    program.until(program.window.document.card.isVisible)
    program.window.resize(1000, 560)
    program.desk.document.close()
    program.desk.document.open(1)
    program.until(lambda: program.window.is_document_shown and bool(program.text))
    assert program.window.document.view.page.verticalScrollBar().value() == 0


def test_transcribing_again_keeps_the_old_text_in_the_history(program: Running, drop: Drop) -> None:
    drop("a.wav")
    program.wait("done")
    program.until(lambda: bool(program.text))
    before = program.segments(1)
    _type(program, "Typed ")
    program.window.document.view.commit()
    program.until(lambda: program.segments(1)[0].text.startswith(" Typed"))
    edited = program.segments(1)
    program.window.document.header.start_again_requested.emit()
    program.until(lambda: program.segments(1)[:1] != edited[:1])
    program.wait("done")
    program.until(lambda: bool(program.text) and "Typed" not in program.text)
    assert [one.text for one in program.segments(1)] == [one.text for one in before]
    numbers = [one.number for one in program.library.revisions(1)]
    earlier = [program.library.revision(1, number).segments for number in numbers]
    assert any("Typed" in segment.text for segments in earlier for segment in segments)


def test_a_transcript_that_is_deleted_is_closed(program: Running, drop: Drop) -> None:
    drop("a.wav")
    program.wait("done")
    program.until(lambda: program.window.is_document_shown)
    program.window.document.header.trash_requested.emit()
    program.until(lambda: not program.window.is_document_shown)
    assert program.window.windowTitle() == "Whisper Transcriber"


def test_a_transcript_that_is_gone_is_said(program: Running) -> None:
    program.desk.document.open(99)
    program.until(lambda: "no longer in the library" in program.toast)
    assert program.desk.document.open_transcript is None


def test_the_title_is_changed_in_the_header(program: Running, drop: Drop) -> None:
    drop("a.wav")
    program.wait("done")
    program.until(lambda: program.window.is_document_shown)
    program.window.document.header.renamed.emit("Talk")
    program.until(lambda: program.window.windowTitle() == "Talk")


def test_a_mistake_of_the_engine_is_shown_and_can_be_continued(
    program: Running, drop: Drop, tmp_path: Path
) -> None:
    drop("a.wav", glossary=(f"2:bug*1 {tmp_path}",))
    program.wait("failed")
    card = program.window.document.card
    program.until(card.isVisible)
    assert card.message.code == "engine.internal"
    card.way_chosen.emit(Way.CONTINUE)
    program.wait("done")
    program.until(lambda: not card.isVisible())


def test_what_is_there_of_a_damaged_recording_can_be_kept(program: Running, drop: Drop) -> None:
    drop("a.wav", glossary=("2:media_error",))
    program.wait("failed")
    program.until(program.window.document.card.isVisible)
    program.window.document.card.way_chosen.emit(Way.KEEP)
    program.wait("done")
    view = program.window.document.view
    program.until(lambda: "was not transcribed" in " ".join(view.holes.sentences()))
    assert len(program.segments(1)) == 2


@pytest.mark.parametrize(("way", "group"), [(Way.CHOOSE_MODEL, "models")])
def test_choosing_a_model_leads_to_the_models(
    program: Running, drop: Drop, way: Way, group: str
) -> None:
    drop("a.wav", glossary=("2:media_error",))
    program.wait("failed")
    program.until(program.window.document.card.isVisible)
    program.window.document.card.way_chosen.emit(way)
    assert group and not program.window.is_document_shown


def test_a_restart_of_the_engine_is_said(program: Running, drop: Drop, tmp_path: Path) -> None:
    drop("a.wav", glossary=(f"2:exit=3*1 {tmp_path}",))
    program.until(lambda: "started again" in program.toast)
    program.wait("done")


def test_another_model_applies_to_the_rest(program: Running, drop: Drop, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    drop("a.wav", glossary=(f"2:until={gate}",))
    program.until(lambda: len(program.segments(1)) == 2)
    options = program.only().options
    changed = type(options)("base", options.transcription, options.compute, options.profile)
    program.window.document.strip.options_changed.emit(changed)
    gate.touch()
    program.wait("done")
    assert program.only().options.model == "base"
    assert len(program.segments(1)) == 4
