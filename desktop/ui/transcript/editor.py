"""Bring page and session together: what is typed to the session, what changes to the page."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.services.edit_history import Act, Selection
from desktop.services.editing_session import EditingSession
from desktop.ui.transcript.filling import Filling
from desktop.ui.transcript.live_feed import LiveFeed
from desktop.ui.transcript.paragraph_edits import ParagraphEdits
from desktop.ui.transcript.rows import Change, Rows
from desktop.ui.transcript.typing_page import TypingPage
from desktop.ui.transcript.typing_run import TypingRun
from desktop.ui.transcript.waiting import Waiting
from engine.transcript.editing import Edit

logger = logging.getLogger(__name__)


class Editor(QObject):  # pylint: disable=too-many-instance-attributes
    """Edit an open transcript on a page. All changes from outside wait for an input method.

    `typing` stores what is typed within a paragraph, `paragraphs` does what changes them; here is
    what both stand on: the session, the rows and the page, and undoing.
    """

    rendered = Signal()
    """The rows are other ones."""

    def __init__(self, page: TypingPage) -> None:
        super().__init__(page)
        self._page = page
        self.filling = Filling(page)
        self.rows = Rows()
        self.feed = LiveFeed(self, page)
        self.typing = TypingRun(self, page)
        self.paragraphs = ParagraphEdits(self, page)
        self.waiting = Waiting(self.typing.commit)
        self.session: EditingSession | None = None
        self._is_typing = False
        page.damaged.connect(self.show_anew)
        page.undo_requested.connect(self.undo)
        page.redo_requested.connect(self.redo)
        page.select_everything = self.select_all

    def open(self, session: EditingSession) -> None:
        """Show the transcript of a session."""
        self.close()
        self.session = session
        session.changed.connect(self._on_changed)
        self.feed.open(session)
        session.speakers_changed.connect(self.decorate)
        self._start(0)

    def close(self) -> None:
        """Hand over what was typed, and empty the page."""
        self.typing.settle()
        self._page.drop_composition()
        self.waiting.clear()
        if self.session is not None:
            self.session.changed.disconnect(self._on_changed)
            self.feed.close(self.session)
            self.session.speakers_changed.disconnect(self.decorate)
            self.session = None
        self.feed.clear()
        self._start(0)

    def _start(self, at: int) -> None:
        self.typing.forget()
        self.rows = Rows(self.session.segments if self.session is not None else ())
        self.filling.start(self.rows, at)
        self.decorate()
        self.rendered.emit()

    @Slot()
    def show_anew(self) -> None:
        """Show what the session has, whatever stands on the page."""
        logger.debug("the page is filled anew")
        top = next(self._page.visible_rows(), (0, None))[0]
        at = self.filling.first + top
        # Qt may be in the middle of a change of the document.
        QTimer.singleShot(0, self, lambda: self._start(at))

    @Slot()
    def decorate(self) -> None:
        """Show speakers and the places where text is still to come."""
        self._page.decorate(self.feed.decoration())

    # Changes made here.

    def make(
        self, *acts: Act, before: Selection | None = None, after: Selection | None = None
    ) -> None:
        """Do something in the session, and select what is to be selected then.

        `before` is what undoing selects, if it is not what is selected now.
        """
        if self.session is None:
            return
        try:
            self.session.edit(*acts, before=before or self._page.selection(), after=after)
        except ValueError:
            self.show_anew()
            return
        if after is not None:
            self.select(after)

    def type(self, edit: Edit, before: Selection | None, after: Selection) -> Change | None:
        """Store what stands on the page already; None if nothing is to be shown."""
        if edit.changes_nothing or self.session is None:
            return None
        self._is_typing = True
        try:
            self.session.type(edit, before=before, after=after)
        except ValueError:
            self.show_anew()
            return None
        finally:
            self._is_typing = False
        return self.rows.edit(edit)

    # Changes that the session tells.

    @Slot(object, bool)
    def _on_changed(self, edit: Edit, _is_own: bool) -> None:
        if not self._is_typing:
            self.waiting.when_free(lambda: self._render(edit))

    def _render(self, edit: Edit) -> None:
        with self._page.keeping_place():
            try:
                self.filling.apply(self.rows.edit(edit))
            except ValueError:
                self.show_anew()
                return
            self.decorate()
        self.rendered.emit()

    # Commands.

    @Slot()
    def undo(self) -> None:
        """Take the last step back, and put caret and selection where they were before it."""
        self._step(lambda session: session.undo())

    @Slot()
    def redo(self) -> None:
        """Make the last undone step again, and put the caret where it was after it."""
        self._step(lambda session: session.redo())

    def _step(self, step: Callable[[EditingSession], Selection | None]) -> None:
        if self.session is None or self._page.is_composing:
            return
        self.typing.settle()
        self._page.last_change = None
        selection = step(self.session)
        if selection is not None and self.select(selection):
            return
        if self._page.last_change is not None:
            row, offset = self._page.last_change
            if row in self._page.rows:
                place = self._page.cursor_at(self._page.rows.index(row), offset)
                self._page.setTextCursor(place)
                self._page.ensureCursorVisible()

    def select(self, selection: Selection) -> bool:
        """Select something and show it; False if it is not there any more."""
        caret = self.rows.index(selection.caret.segment)
        anchor = self.rows.index(selection.anchor.segment)
        if caret is None or anchor is None:
            return False
        self.filling.show(caret)
        self._page.set_selection(selection)
        return True

    @Slot()
    def select_all(self) -> None:
        """Select the whole text, also what is not on the page yet."""
        self.filling.finish()
        self._page.selectAll()
