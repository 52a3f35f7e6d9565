"""The page of a transcript says what is going on while there is no text, and keeps its distances."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.services.editing_session import EditingSession
from desktop.store.records import JobStatus
from desktop.ui.document.page import DocumentPage
from desktop.ui.job.model_strip import StripState
from desktop.ui.message_values import Message
from desktop.ui.sizes import dp
from engine.transcript.editing import WordIds
from tests.desktop.item_models.values import StubProgress, job
from tests.desktop.ui.transcript.documents import long_text, stored
from tests.fakes.edited_library import EditedLibrary


@pytest.fixture(name="page")
def _page(qtbot: QtBot) -> DocumentPage:
    made = DocumentPage()
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.show()
    return made


def _show(page: DocumentPage, status: JobStatus, code: str = "", *, done: float = -1) -> None:
    summary = replace(job(1, status, "Talk"), code=code)
    progress = None if done < 0 else StubProgress(1, done, 100.0)
    page.show_summary(summary, progress, StripState(summary.options))


def _sentences(page: DocumentPage) -> str:
    return " | ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize(
    ("status", "done", "words"),
    [
        (JobStatus.RUNNING, -1, "Reading the file…"),
        (JobStatus.RUNNING, 0, "Listening…"),
        (JobStatus.QUEUED, -1, "waits in the queue. Its text"),
        (JobStatus.PAUSED, -1, "Paused before the first words"),
        (JobStatus.INTERRUPTED, -1, "It goes on by itself"),
        (JobStatus.CANCELLED, -1, "Stopped before the first words"),
    ],
)
def test_a_page_without_text_says_what_is_waited_for(
    page: DocumentPage, status: JobStatus, done: float, words: str
) -> None:
    _show(page, status, done=done)
    assert words in _sentences(page)
    page.clear()
    assert words not in _sentences(page)


def test_it_says_more_once_the_file_is_read(page: DocumentPage) -> None:
    _show(page, JobStatus.RUNNING)
    page.show_progress(StubProgress(1, 3.0, 100.0))
    assert "Listening…" in _sentences(page) and "Reading the file…" not in _sentences(page)


def test_what_a_card_says_is_not_said_twice(page: DocumentPage) -> None:
    _show(page, JobStatus.QUEUED, "model.not_installed")
    assert "Its text will appear" not in _sentences(page)


def test_why_there_is_no_text_comes_first(page: DocumentPage) -> None:
    _show(page, JobStatus.DONE)
    page.show_empty("No speech was found in this recording.")
    assert "No speech was found" in _sentences(page)
    page.show_empty("")
    assert "No speech was found" not in _sentences(page)


def test_a_card_keeps_away_from_the_strip(page: DocumentPage) -> None:
    _show(page, JobStatus.QUEUED, "model.not_installed")
    page.show_problem(Message("It waits."), "info")
    page.grab()
    assert page.card.mapTo(page, page.card.rect().topLeft()).y() >= (
        page.strip.geometry().bottom() + dp(12)
    )


def test_how_much_there_is_stands_at_the_right_of_a_bar(page: DocumentPage) -> None:
    page.show_hint(64)
    page.grab()
    hint = next(one for one in page.findChildren(QLabel) if one.text().startswith("64 "))
    bar = hint.parentWidget()
    assert bar is not None
    assert bar.height() == dp(48)
    assert hint.geometry().right() == bar.width() - dp(24) - 1


def test_what_is_read_stays_where_it_is_when_the_strip_goes(page: DocumentPage) -> None:
    text = stored(*long_text(3000))
    library = EditedLibrary(text.transcript.segments)
    session = EditingSession(library, text, WordIds("here"), page)
    page.view.show_transcript(text, session)
    page.view.editor.filling.finish()
    _show(page, JobStatus.RUNNING, done=50)
    QApplication.processEvents()
    scroll = page.view.page.verticalScrollBar()
    scroll.setValue(scroll.maximum() // 2)
    before, top = scroll.value(), page.view.y()
    with page.keeping_place():
        _show(page, JobStatus.DONE)
    assert page.view.y() < top
    assert scroll.value() - page.view.y() == before - top


def test_the_card_names_the_recording_also_after_it_was_found_elsewhere(page: DocumentPage) -> None:
    message = Message("The recording was moved or deleted.", code="media.not_found")
    for name in ("Talk.mp3", "Talk (copy).mp3"):
        failed = job(1, JobStatus.FAILED, "Talk")
        source = replace(failed.source, path=failed.source.path.with_name(name))
        summary = replace(failed, source=source)
        page.show_summary(summary, None, StripState(summary.options))
        page.show_problem(message)
        assert f"{name} | The recording was moved or deleted." in _sentences(page)
