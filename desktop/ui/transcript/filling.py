"""Put rows on the page in slices, so that ten hours of text open at once where they are read."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.ui.transcript.page import Page
from desktop.ui.transcript.rows import Change, Rows

_FIRST = 24
"""More than can be seen, even of short paragraphs."""
_SLICE = 20
_SLICE_SECONDS = 0.006


class Filling(QObject):
    """Keep the page filled with a growing stretch of the rows; first the place that is shown."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._rows = Rows()
        self.first = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_tick)

    @property
    def last(self) -> int:
        """Return the index behind the last row on the page."""
        return self.first + len(self._page.rows)

    @property
    def is_filled(self) -> bool:
        """Tell whether all rows stand on the page."""
        return self.first == 0 and self.last == len(self._rows)

    def start(self, rows: Rows, at: int = 0) -> None:
        """Show other rows, beginning with one of them."""
        self._page.clear_rows()
        self._rows = rows
        self.first = max(0, min(at, len(rows) - _FIRST))
        self._page.replace_rows(0, 0, rows.slice(self.first, self.first + _FIRST))
        self._page.setTextCursor(self._page.cursor_at(min(at, len(rows)) - self.first, 0))
        if not at:
            self._page.verticalScrollBar().setValue(0)
        if self.is_filled:
            self._timer.stop()
        else:
            self._timer.start(0)

    @Slot()
    def _on_tick(self) -> None:
        end = time.monotonic() + _SLICE_SECONDS
        while not self.is_filled and time.monotonic() < end:
            self._add_slice(_SLICE)
        if self.is_filled:
            self._timer.stop()

    def _add_slice(self, size: int) -> None:
        if self.last < len(self._rows):
            self._page.replace_rows(
                len(self._page.rows), 0, self._rows.slice(self.last, self.last + size)
            )
            return
        first = max(0, self.first - size)
        with self._page.keeping_place():
            self._page.replace_rows(0, 0, self._rows.slice(first, self.first))
        self.first = first

    def finish(self) -> None:
        """Put everything on the page at once."""
        while not self.is_filled:
            self._add_slice(max(_SLICE, len(self._rows)))

    def show(self, index: int) -> int:
        """Make sure that a row is on the page, and return its place there."""
        if not self.first <= index < self.last:
            self.start(self._rows, max(0, index - _FIRST // 2))
        return index - self.first

    def apply(self, change: Change) -> None:
        """Bring a change of the rows to the page."""
        shown = len(self._page.rows)
        end = change.first + change.removed
        grown = len(change.added) - change.removed
        if end < self.first or 0 < self.first == end:
            self.first += grown
            return
        is_complete = self.first + shown == len(self._rows) - grown
        if change.first > self.last or (change.first == self.last and not is_complete):
            return
        first, last = max(change.first, self.first), min(end, self.last)
        self._page.replace_rows(first - self.first, last - first, change.added)
        self.first = min(self.first, change.first)
