"""Connect the find bar with the text."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from desktop.ui.transcript.editor import Editor
from desktop.ui.transcript.find_bar import FindBar
from desktop.ui.transcript.rows import Range, Row
from desktop.ui.transcript.text_search import Hit, TextSearch
from desktop.ui.transcript.typing_page import TypingPage


class Finder(QObject):
    """Find, count, go through and replace places in the open transcript."""

    def __init__(self, bar: FindBar, page: TypingPage, editor: Editor) -> None:
        super().__init__(bar)
        self._bar, self._page, self._editor = bar, page, editor
        self._search = TextSearch()
        self._hits: list[Hit] = []
        self._is_stale = False
        page.hits = self._hits_in
        bar.text_changed.connect(self._on_text_changed)
        bar.next_requested.connect(self.find_next)
        bar.previous_requested.connect(self.find_previous)
        bar.replace_requested.connect(self._on_replace)
        bar.replace_all_requested.connect(self._on_replace_all)
        bar.closed.connect(self.close)
        editor.rendered.connect(self._on_rendered)

    def open(self, text: str = "", *, is_replacing: bool = False) -> None:
        """Show the bar; without a text it takes what is selected within a paragraph."""
        selected = self._page.textCursor().selectedText()
        if not text and "\u2029" not in selected:
            text = selected
        self._bar.set_replacing(is_replacing=is_replacing)
        self._bar.open(text)
        self._on_text_changed(self._bar.field.text())

    @Slot()
    def close(self) -> None:
        """Hide the bar; the focus goes back to the text if it was there."""
        focused = QApplication.focusWidget()
        is_focused = focused is not None and self._bar.isAncestorOf(focused)
        self._bar.hide()
        self._search = TextSearch()
        self._hits = []
        self._page.viewport().update()
        if is_focused:
            self._page.setFocus()

    def _hits_in(self, row: Row) -> list[Range]:
        return list(self._search.in_row(row))

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        self._search = TextSearch(text)
        self._look()
        if self._hits:
            self._choose(self._from_caret(), is_moving=False)
        self._page.viewport().update()

    def _look(self) -> None:
        self._hits = self._search.in_rows(self._editor.rows)
        self._is_stale = False
        self._count()

    @Slot()
    def _on_rendered(self) -> None:
        if self._bar.isVisible():
            self._look()
        else:
            self._is_stale = True

    def _spot(self) -> tuple[int, int]:
        """Return row (of all) and character where the selection starts."""
        index, offset = self._page.place(self._page.textCursor().selectionStart())
        return self._editor.filling.first + index, offset

    def _from_caret(self) -> int:
        spot = self._spot()
        for number, hit in enumerate(self._hits):
            if (hit.row, hit.start) >= spot:
                return number
        return 0

    def _current(self) -> int | None:
        """Return the number of the place that is selected."""
        cursor = self._page.textCursor()
        if not cursor.hasSelection() or not self._hits:
            return None
        number = self._from_caret()
        hit = self._hits[number]
        end = self._page.place(cursor.selectionEnd())
        last = (self._editor.filling.first + end[0], end[1])
        is_same = (hit.row, hit.start) == self._spot() and (hit.row, hit.end) == last
        return number if is_same else None

    def _count(self) -> None:
        current = self._current()
        self._bar.set_count(0 if current is None else current + 1, len(self._hits))

    @Slot()
    def find_next(self) -> None:
        """Go to the next place, from the last one to the first."""
        self._step(1)

    @Slot()
    def find_previous(self) -> None:
        """Go to the place before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        if self._is_stale:
            self._look()
        if not self._hits:
            return
        current = self._current()
        if current is None:
            following = self._from_caret() if step > 0 else self._from_caret() - 1
        else:
            following = current + step
        self._choose(following % len(self._hits), is_moving=True)

    def _choose(self, number: int, *, is_moving: bool) -> None:
        hit = self._hits[number]
        filling = self._editor.filling
        if not is_moving and not filling.first <= hit.row < filling.last:
            return
        index = filling.show(hit.row)
        self._page.select(index, hit.start, hit.end)
        self._count()

    @Slot(str)
    def _on_replace(self, text: str) -> None:
        number = self._current()
        if number is None:
            self.find_next()
            return
        hit = self._hits[number]
        old = self._editor.rows[hit.row].text
        self._editor.paragraphs.replace_texts([(hit.row, old[: hit.start] + text + old[hit.end :])])
        index = self._editor.filling.show(min(hit.row, len(self._editor.rows) - 1))
        after = self._page.cursor_at(index, hit.start + len(text))
        self._page.setTextCursor(after)
        self._look()
        self.find_next()

    @Slot(str)
    def _on_replace_all(self, text: str) -> None:
        rows = self._editor.rows
        touched = sorted({hit.row for hit in self._hits})
        texts = [(index, self._search.replaced(rows[index].text, text)) for index in touched]
        self._editor.paragraphs.replace_texts(texts)
        self._look()
