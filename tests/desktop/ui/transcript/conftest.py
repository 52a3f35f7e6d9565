"""Open transcripts for tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services.editing_session import EditingSession
from desktop.store.records import StoredTranscript
from desktop.ui.transcript.view import TranscriptView
from engine.transcript.editing import WordIds
from tests.fakes.edited_library import EditedLibrary


class Opened:
    """A view with a transcript in it."""

    def __init__(self, view: TranscriptView, session: EditingSession) -> None:
        self.view = view
        self.page = view.page
        self.session = session

    @property
    def paragraphs(self) -> list[str]:
        """Return what stands on the page."""
        return self.page.toPlainText().split("\n")

    @property
    def texts(self) -> list[str]:
        """Return what the session has."""
        return [segment.text for segment in self.session.segments]

    def put_caret(self, paragraph: int, offset: int) -> None:
        """Click into the text."""
        self.page.setTextCursor(self.page.cursor_at(paragraph, offset))

    def select(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Select over paragraphs."""
        cursor = self.page.cursor_at(*first)
        end = self.page.cursor_at(*last).position()
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.page.setTextCursor(cursor)

    def compose(self, preedit: str, commit: str = "") -> None:
        """Do what an input method does; QTest's keys know only Latin letters."""
        event = QInputMethodEvent(preedit, [])
        if commit:
            event.setCommitString(commit)
        QApplication.sendEvent(self.page, event)

    def check(self) -> None:
        """Check that page and session show the same."""
        assert self.view.editor.filling.is_filled
        shown = [row.text for row in self.page.rows]
        assert self.paragraphs == (shown or [""])
        inside = tuple(segment for row in self.page.rows for segment in row.segments)
        assert inside == self.session.segments
        assert [row.text for row in self.view.editor.rows] == shown


Open = Callable[[StoredTranscript], Opened]


@pytest.fixture(name="open_view")
def _open_view(qtbot: QtBot) -> Open:
    def open_view(stored: StoredTranscript) -> Opened:
        view = TranscriptView()
        qtbot.addWidget(view)
        view.resize(960, 400)
        library = EditedLibrary(stored.transcript.segments)
        session = EditingSession(library, stored, WordIds("here"), view)
        view.show_transcript(stored, session)
        view.show()
        view.activateWindow()
        qtbot.waitUntil(view.isActiveWindow)
        view.page.setFocus()
        qtbot.waitUntil(lambda: view.editor.filling.is_filled)
        return Opened(view, session)

    return open_view
