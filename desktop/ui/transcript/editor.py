"""Bring page and session together: what is typed to the session, what changes to the page."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.services.editing_session import EditingSession
from desktop.ui.transcript.filling import Filling
from desktop.ui.transcript.live_feed import LiveFeed
from desktop.ui.transcript.rows import Change, Row, Rows
from desktop.ui.transcript.typing_page import Stretch, TypingPage
from desktop.ui.transcript.waiting import Waiting
from engine.transcript.editing import (
    Edit,
    assign_speaker,
    break_paragraph,
    delete,
    join_paragraphs,
    keep_apart,
    keep_together,
    retype,
    retype_across,
)

logger = logging.getLogger(__name__)

_QUIET_MS = 1000
"""Typing is stored when it has paused for this long."""
_LONGEST_MS = 3000
"""Typing that does not pause is stored this long after its first key."""
_EMPTIED_MS = 5000
"""A paragraph that was emptied is deleted when nothing was typed into it for this long."""


class Editor(QObject):
    """Edit an open transcript on a page. All changes from outside wait for an input method."""

    rendered = Signal()
    """The rows are other ones."""

    def __init__(self, page: TypingPage) -> None:
        super().__init__(page)
        self._page = page
        self.filling = Filling(page)
        self.rows = Rows()
        self.feed = LiveFeed(self, page)
        self.waiting = Waiting(self.commit)
        self._session: EditingSession | None = None
        self._typed: Row | None = None
        self._is_typing = False
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self.settle)
        self._longest = QTimer(self)
        self._longest.setSingleShot(True)
        self._longest.setInterval(_LONGEST_MS)
        self._longest.timeout.connect(self._on_long_typing)
        page.typed.connect(self._on_typed)
        page.damaged.connect(self._on_damaged)
        page.left.connect(self.settle)
        page.cursorPositionChanged.connect(self._on_caret_moved)
        page.composition_ended.connect(self._on_composition_ended)
        page.break_requested.connect(self._on_break)
        page.replace_requested.connect(self._on_replace)
        page.undo_requested.connect(self.undo)
        page.redo_requested.connect(self.redo)
        page.select_everything = self.select_all

    def open(self, session: EditingSession) -> None:
        """Show the transcript of a session."""
        self.close()
        self._session = session
        session.changed.connect(self._on_changed)
        self.feed.open(session)
        session.speakers_changed.connect(self.decorate)
        self._start(0)

    def close(self) -> None:
        """Hand over what was typed, and empty the page."""
        self.settle()
        self._page.drop_composition()
        self.waiting.clear()
        self._typed = None
        if self._session is not None:
            self._session.changed.disconnect(self._on_changed)
            self.feed.close(self._session)
            self._session.speakers_changed.disconnect(self.decorate)
            self._session = None
        self.feed.clear()
        self._start(0)

    def _start(self, at: int) -> None:
        self._typed = None
        self.rows = Rows(self._session.segments if self._session is not None else ())
        self.filling.start(self.rows, at)
        self.decorate()
        self.rendered.emit()

    @Slot()
    def decorate(self) -> None:
        """Show speakers and the places where text is still to come."""
        self._page.decorate(self.feed.decoration())

    # Typing.

    @Slot(int)
    def _on_typed(self, index: int) -> None:
        row = self._page.rows[index]
        if self._typed is not None and self._typed is not row:
            self.commit()
        self._typed = row
        self._wait_for_pause(row)
        if not self._longest.isActive():
            self._longest.start()
        self.rendered.emit()

    def _wait_for_pause(self, row: Row) -> None:
        self._quiet.start(_QUIET_MS if row.text.strip() else _EMPTIED_MS)

    @Slot()
    def _on_long_typing(self) -> None:
        """Store typing that does not pause; an emptied paragraph has a time of its own."""
        if self._typed is not None and self._typed.text.strip():
            self.settle()

    @Slot()
    def _on_caret_moved(self) -> None:
        row = self._typed
        if row is None or self._page.is_composing or self._is_at_caret(row):
            return
        # Not inside Qt's own change of the document.
        QTimer.singleShot(0, self, self.settle)

    def _is_at_caret(self, row: Row) -> bool:
        index = self._page.textCursor().blockNumber()
        return index < len(self._page.rows) and self._page.rows[index] is row

    @Slot()
    def _on_composition_ended(self) -> None:
        if self._typed is not None:
            self._wait_for_pause(self._typed)
        # Qt is still in the middle of the event.
        QTimer.singleShot(0, self, self.waiting.work_off)

    @Slot()
    def settle(self) -> None:
        """Store what was typed although the caret left, and do what has waited for it."""
        self._commit(is_final=True)
        self.waiting.work_off()

    @Slot()
    def commit(self) -> bool:
        """Store what was typed; False while that must wait: an input method is at work, or a
        paragraph was emptied and may be filled again.
        """
        return self._commit(is_final=False)

    def _commit(self, *, is_final: bool) -> bool:
        row, session = self._typed, self._session
        if self._page.is_composing:
            if is_final:
                self._store_around_composition()
            return False
        if row is None or session is None:
            return True
        if not row.text.strip() and not is_final and self._is_at_caret(row):
            return False
        self._forget_typing()
        index = self.rows.index(row.segments[0].id)
        if index is None or self.rows[index] is not row:
            return True
        if row.text.strip():
            self._store_typing(index, _retyped(row, session))
        else:
            self._make(delete(row.segments))
        return True

    def _forget_typing(self) -> None:
        self._quiet.stop()
        self._longest.stop()
        self._typed = None

    def _store_typing(self, index: int, edit: Edit) -> None:
        if self._type(index, edit):
            self.filling.apply(Change(index, 1, (self.rows[index],)))
            self.decorate()

    def _store_around_composition(self) -> None:
        """Store what was typed without what is being composed, and leave the document alone."""
        row, session = self._typed, self._session
        if row is None or session is None or not row.text.strip():
            return
        index = self.rows.index(row.segments[0].id)
        if index is None or self.rows[index] is not row:
            return
        self._forget_typing()
        if self._type(index, _retyped(row, session)):
            stored = self.rows[index]
            stored.type(row.text)
            if row in self._page.rows:
                self._page.rows[self._page.rows.index(row)] = stored
            self.waiting.when_free(self.decorate)

    def _type(self, index: int, edit: Edit) -> bool:
        """Make an edit of one row; False if there is nothing to show."""
        session = self._session
        if edit.changes_nothing or session is None:
            return False
        self._is_typing = True
        try:
            session.type(edit)
        except ValueError:
            self._on_damaged()
            return False
        finally:
            self._is_typing = False
        self.rows.retype(index, edit)
        return True

    # Changes of paragraphs.

    def _make(self, *edits: Edit) -> bool:
        if self._session is None:
            return False
        try:
            self._session.edit(*edits)
        except ValueError:
            self._on_damaged()
            return False
        return True

    @Slot(object, bool)
    def _on_changed(self, edit: Edit, _is_own: bool) -> None:
        if not self._is_typing:
            self.waiting.when_free(lambda: self._render(edit))

    def _render(self, edit: Edit) -> None:
        with self._page.keeping_place():
            try:
                self.filling.apply(self.rows.edit(edit))
            except ValueError:
                self._on_damaged()
                return
            self.decorate()
        self.rendered.emit()

    @Slot()
    def _on_damaged(self) -> None:
        """Show anew what the session has."""
        logger.debug("the page is filled anew")
        top = next(self._page.visible_rows(), (0, None))[0]
        at = self.filling.first + top
        QTimer.singleShot(0, self, lambda: self._start(at))

    @Slot(int, int)
    def _on_break(self, index: int, offset: int) -> None:
        if self._session is None or not self.commit():
            return
        row = self._page.rows[index]
        try:
            edit = break_paragraph(row.segments, offset, self._session.ids)
        except ValueError:  # there are no empty paragraphs
            if not row.text[offset:].strip() and index + 1 < len(self._page.rows):
                self._move_caret(index + 1, 0)
            return
        # The one behind it keeps its start, which may have come from the length before it.
        following = self._page.rows[index + 1 : index + 2]
        if self._make(edit, *(keep_apart(other.segments) for other in following)):
            self._put_caret(edit.after[-1].id)

    def _put_caret(self, segment: str) -> None:
        row = self.rows.index(segment)
        if row is not None:
            self._page.setTextCursor(self._page.cursor_at(self.filling.show(row), 0))

    @Slot(object, str)
    def _on_replace(self, stretch: Stretch, text: str) -> None:
        session, page = self._session, self._page
        if session is None or not self.commit():
            return
        touched = page.rows[stretch.first_row : stretch.last_row + 1]
        first, last = touched[0], touched[-1]
        head, tail = first.text[: stretch.start], last.text[stretch.end :]
        caret = stretch.start + len(text)
        if not text and head == first.text and stretch.last_row - stretch.first_row == 1:
            if tail == last.text:
                caret += 0 if tail[:1].isspace() else 1
                self._make(join_paragraphs(first.segments, last.segments))
                self._move_caret(stretch.first_row, caret)
                return
            text = "" if head[-1:].isspace() or tail[:1].isspace() else " "
        paragraphs = [row.segments for row in touched]
        self._make(retype_across(paragraphs, head + text + tail, session.ids))
        self._move_caret(stretch.first_row, caret)

    def _move_caret(self, index: int, offset: int) -> None:
        if self._page.rows:
            index = min(index, len(self._page.rows) - 1)
            self._page.setTextCursor(self._page.cursor_at(index, offset))
            self._page.ensureCursorVisible()

    # Commands.

    @Slot()
    def undo(self) -> None:
        """Take the last step back and show where."""
        self._step(lambda session: session.undo())

    @Slot()
    def redo(self) -> None:
        """Make the last undone step again and show where."""
        self._step(lambda session: session.redo())

    def _step(self, step: Callable[[EditingSession], None]) -> None:
        if self._session is None or self._page.is_composing:
            return
        self._commit(is_final=True)
        self._page.last_change = None
        step(self._session)
        if self._page.last_change is not None:
            row, offset = self._page.last_change
            if row in self._page.rows:
                self._move_caret(self._page.rows.index(row), offset)

    @Slot()
    def select_all(self) -> None:
        """Select the whole text, also what is not on the page yet."""
        self.filling.finish()
        self._page.selectAll()

    def assign(self, speaker: str | None) -> None:
        """Say who speaks in the paragraphs of the selection, or of the caret."""
        if not self.commit():
            return
        # What was typed made other rows of those it is in.
        stretch = self._page.selected()
        at = self._page.caret()[0]
        first, last = (stretch.first_row, stretch.last_row) if stretch else (at, at)
        rows = self._page.rows[first : last + 1]
        if rows:
            segments = [segment for row in rows for segment in row.segments]
            self._make(assign_speaker(segments, speaker))

    def replace_texts(self, texts: Sequence[tuple[int, str]]) -> None:
        """Give rows (indices in `rows`) other texts, as one step."""
        if self._session is None or not self.commit():
            return
        ids = self._session.ids
        self._make(*[retype(self.rows[index].segments, text, ids) for index, text in texts])


def _retyped(row: Row, session: EditingSession) -> Edit:
    """Return the edit that makes the segments of a paragraph say what was typed into it."""
    edit = retype(row.segments, row.text, session.ids)
    return edit if edit.changes_nothing else keep_together(row.segments, edit)
