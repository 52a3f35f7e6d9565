"""Store what is typed within a paragraph: when it pauses, goes on for long, or is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.services.edit_history import Selection, Spot
from desktop.ui.transcript.rows import Row
from desktop.ui.transcript.typing_page import TypingPage
from engine.transcript.editing import Edit, WordIds, apply, retype

if TYPE_CHECKING:
    from desktop.ui.transcript.editor import Editor

_QUIET_MS = 1000
"""Typing is stored when it has paused for this long."""
_LONGEST_MS = 3000
"""Typing that does not pause is stored this long after its first key."""
_EMPTIED_MS = 5000
"""A paragraph that was emptied is deleted when nothing was typed into it for this long."""


class TypingRun(QObject):
    """Know the paragraph that is being typed into, and hand it over."""

    def __init__(self, editor: Editor, page: TypingPage) -> None:
        super().__init__(page)
        self._editor, self._page = editor, page
        self._row: Row | None = None
        self._before: Selection | None = None
        self._caret = 0
        """Characters before the caret after the last key."""
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self.settle)
        self._longest = QTimer(self)
        self._longest.setSingleShot(True)
        self._longest.setInterval(_LONGEST_MS)
        self._longest.timeout.connect(self._on_long_typing)
        page.typed.connect(self._on_typed)
        page.left.connect(self.settle)
        page.cursorPositionChanged.connect(self._on_caret_moved)
        page.composition_ended.connect(self._on_composition_ended)

    def forget(self) -> None:
        """Think no more of what was typed."""
        self._quiet.stop()
        self._longest.stop()
        self._row = None

    @Slot(int)
    def _on_typed(self, index: int) -> None:
        row = self._page.rows[index]
        if self._row is not row:
            self.commit()
            self._row, self._before = row, self._page.selected_before
        at, offset = self._page.caret()
        self._caret = offset if at == index else len(row.text)
        self._wait_for_pause(row)
        if not self._longest.isActive():
            self._longest.start()
        self._editor.rendered.emit()

    def _wait_for_pause(self, row: Row) -> None:
        self._quiet.start(_QUIET_MS if row.text.strip() else _EMPTIED_MS)

    @Slot()
    def _on_long_typing(self) -> None:
        """Store typing that does not pause; an emptied paragraph has a time of its own."""
        if self._row is not None and self._row.text.strip():
            self.settle()

    @Slot()
    def _on_caret_moved(self) -> None:
        row = self._row
        if row is None or self._page.is_composing or self._is_at_caret(row):
            return
        # Not inside Qt's own change of the document.
        QTimer.singleShot(0, self, self.settle)

    def _is_at_caret(self, row: Row) -> bool:
        return self._page.row_at_caret() is row

    @Slot()
    def _on_composition_ended(self) -> None:
        if self._row is not None:
            self._wait_for_pause(self._row)
        # Qt is still in the middle of the event.
        QTimer.singleShot(0, self, self._editor.waiting.work_off)

    @Slot()
    def settle(self) -> None:
        """Store what was typed although the caret left, and do what has waited for it."""
        self._commit(is_final=True)
        self._editor.waiting.work_off()

    @Slot()
    def commit(self) -> bool:
        """Store what was typed; False while that must wait: an input method is at work, or a
        paragraph was emptied and may be filled again.
        """
        return self._commit(is_final=False)

    def _commit(self, *, is_final: bool) -> bool:
        row, session = self._row, self._editor.session
        if self._page.is_composing:
            if is_final:
                self._store_around_composition()
            return False
        if row is None or session is None:
            return True
        if not row.text.strip() and not is_final and self._is_at_caret(row):
            return False
        self.forget()
        index = self._index(row)
        if index is None:
            return True
        if row.text.strip():
            self._store(index, row, session.ids)
        else:
            self._editor.paragraphs.delete(index, self._before)
        return True

    def _index(self, row: Row) -> int | None:
        """Return which row it is, unless another one has taken its place."""
        index = self._editor.rows.index(row.segments[0].id)
        return index if index is not None and self._editor.rows[index] is row else None

    def _store(self, index: int, row: Row, ids: WordIds) -> None:
        edit, after = self._retyped(index, row, ids)
        change = self._editor.type(edit, self._before, after)
        if change is not None:
            self._editor.filling.apply(change)
            self._editor.decorate()

    def _store_around_composition(self) -> None:
        """Store what was typed without what is being composed, and leave the document alone."""
        row, session = self._row, self._editor.session
        if row is None or session is None or not row.text.strip():
            return
        index = self._index(row)
        if index is None:
            return
        self.forget()
        edit, after = self._retyped(index, row, session.ids)
        change = self._editor.type(edit, self._before, after)
        if change is None:
            return
        shown, first = self._page.rows, change.first - self._editor.filling.first
        for at, stored in enumerate(change.added, first):
            if 0 <= at < len(shown):
                stored.type(shown[at].text)
                shown[at] = stored
        self._editor.waiting.when_free(self._editor.decorate)

    def _retyped(self, index: int, row: Row, ids: WordIds) -> tuple[Edit, Selection]:
        """Return what makes the segments of a row say what was typed, and the caret then."""
        typed = apply(row.segments, retype(row.segments, row.text, ids))
        caret = Selection.at(Spot(*Row(typed).segment_at(self._caret)))
        return self._editor.rows.rearranged(index, index + 1, [typed]), caret
