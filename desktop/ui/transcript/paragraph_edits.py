"""Change paragraphs as a whole: part, join, replace, delete them, and say who speaks.

Every change leaves the borders of all other paragraphs where they are seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desktop.services.edit_history import Selection, Spot
from desktop.services.naming import Naming
from desktop.ui.transcript.rows import Row
from desktop.ui.transcript.typing_page import Stretch, TypingPage
from engine.transcript.editing import (
    Edit,
    apply,
    assign_speaker,
    break_paragraph,
    join_paragraphs,
    retype,
    retype_across,
)
from engine.transcript.transcript import Segment, Speaker

if TYPE_CHECKING:
    from desktop.ui.transcript.editor import Editor

_Paragraph = tuple[Segment, ...]


class ParagraphEdits(QObject):
    """Do what the page, the menus and the find bar ask for."""

    def __init__(self, editor: Editor, page: TypingPage) -> None:
        super().__init__(page)
        self._editor, self._page = editor, page
        page.break_requested.connect(self._on_break)
        page.replace_requested.connect(self._on_replace)

    @Slot(int, int)
    def _on_break(self, index: int, offset: int) -> None:
        session = self._editor.session
        if session is None or not self._editor.typing.commit():
            return
        row = self._page.rows[index]
        try:
            edit = break_paragraph(row.segments, offset, session.ids)
        except ValueError:  # there are no empty paragraphs
            if not row.text[offset:].strip() and index + 1 < len(self._page.rows):
                self._page.setTextCursor(self._page.cursor_at(index + 1, 0))
                self._page.ensureCursorVisible()
            return
        parted, second = apply(row.segments, edit), edit.after[-1]
        at = parted.index(second)
        self._put(index, 1, [parted[:at], parted[at:]], Selection.at(Spot(second.id, 0)))

    @Slot(object, str)
    def _on_replace(self, stretch: Stretch, text: str) -> None:
        session, page = self._editor.session, self._page
        if session is None or not self._editor.typing.commit():
            return
        touched = page.rows[stretch.first_row : stretch.last_row + 1]
        first, last = touched[0], touched[-1]
        head, tail = first.text[: stretch.start], last.text[stretch.end :]
        caret = stretch.start + len(text)
        if not text and head == first.text and len(touched) == 2:
            if tail == last.text:
                caret += 0 if tail[:1].isspace() else 1
                edit = join_paragraphs(first.segments, last.segments)
                self._put_one(stretch.first_row, touched, edit, caret)
                return
            text = "" if head[-1:].isspace() or tail[:1].isspace() else " "
        paragraphs = [row.segments for row in touched]
        edit = retype_across(paragraphs, head + text + tail, session.ids)
        self._put_one(stretch.first_row, touched, edit, caret)

    def _put_one(self, index: int, touched: Sequence[Row], edit: Edit, caret: int) -> None:
        """Make one paragraph of several, or none if no text is left."""
        made = apply([segment for row in touched for segment in row.segments], edit)
        if made:
            spot = Spot(*Row(made).segment_at(caret))
            self._put(index, len(touched), [made], Selection.at(spot))
        else:
            first = self._editor.filling.first + index
            last = first + len(touched)
            edit = self._editor.rows.rearranged(first, last, [])
            self._editor.make(edit, after=self._beside(first, last))

    def _put(
        self, index: int, count: int, made: Sequence[_Paragraph], after: Selection | None
    ) -> None:
        """Put paragraphs in the place of some on the page."""
        first = self._editor.filling.first + index
        self._editor.make(self._editor.rows.rearranged(first, first + count, made), after=after)

    def _beside(self, first: int, last: int) -> Selection | None:
        """Return the caret behind deleted rows, or else at the end of what stands before them."""
        rows = self._editor.rows
        if last < len(rows):
            return Selection.at(Spot(rows[last].segments[0].id, 0))
        if first:
            before = rows[first - 1]
            return Selection.at(Spot(*before.segment_at(len(before.text))))
        return None

    def delete(self, index: int, before: Selection | None) -> None:
        """Delete a row (index in `Editor.rows`) that was emptied; say what was selected before."""
        edit = self._editor.rows.rearranged(index, index + 1, [])
        self._editor.make(edit, before=before)

    def assign(self, speaker: str | None) -> None:
        """Say who speaks in the paragraphs of the selection, or of the caret."""
        edit = self._assignment(speaker)
        if edit is not None:
            self._editor.make(edit, after=self._page.selection())

    def assign_new(self, name: str) -> None:
        """Say that somebody speaks there who is not in the list yet."""
        session = self._editor.session
        if session is None:
            return
        speaker = Speaker(session.ids.mint(), name)
        edit = self._assignment(speaker.id)
        if edit is not None:
            self._editor.make(Naming(None, speaker), edit, after=self._page.selection())

    def _assignment(self, speaker: str | None) -> Edit | None:
        if not self._editor.typing.commit():
            return None
        # What was typed made other rows of those it is in.
        stretch = self._page.selected()
        at = self._page.caret()[0]
        first, last = (stretch.first_row, stretch.last_row) if stretch else (at, at)
        segments = [item for row in self._page.rows[first : last + 1] for item in row.segments]
        return assign_speaker(segments, speaker) if segments else None

    def replace_texts(self, texts: Sequence[tuple[int, str]]) -> None:
        """Give rows (indices in `Editor.rows`, in order) other texts, as one step."""
        session = self._editor.session
        if session is None or not self._editor.typing.commit():
            return
        rows = self._editor.rows
        made = []
        for index, text in texts:
            segments = rows[index].segments
            made.append((index, apply(segments, retype(segments, text, session.ids))))
        self._editor.make(*rows.rearranged_each(made))
