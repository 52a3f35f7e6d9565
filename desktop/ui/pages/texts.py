"""Show texts in which search hits are marked."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.widgets.labels import Label


class MarkedLabel(Label):
    """A label that marks the places where a searched text stands."""

    def __init__(
        self, text: str, role: str = "body", tone: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, role, tone, parent)
        self._plain = text
        self._query = ""
        self.set_wrapping()
        if (current := theme.current()) is not None:
            current.changed.connect(self._show)

    @property
    def plain(self) -> str:
        """Return the text without marks."""
        return self._plain

    def set_plain(self, text: str) -> None:
        """Show another text."""
        self._plain = text
        self._show()

    def mark(self, query: str) -> bool:
        """Mark a text wherever it stands, whatever its case; tell whether it stands there."""
        had_marks = bool(_spans(self._plain, self._query))
        has_it = bool(query) and query.casefold() in self._plain.casefold()
        self._query = query
        if had_marks or has_it:
            self._show()
        return has_it

    def _show(self) -> None:
        spans = _spans(self._plain, self._query)
        self.setAccessibleName(self._plain)
        if not spans:
            self.setTextFormat(Qt.TextFormat.PlainText)
            self.setText(self._plain)
            return
        background = theme.color("accent_tint").name()
        parts, end = [], 0
        for start, stop in spans:
            parts.append(html.escape(self._plain[end:start]))
            hit = html.escape(self._plain[start:stop])
            parts.append(f'<span style="background-color:{background}">{hit}</span>')
            end = stop
        parts.append(html.escape(self._plain[end:]))
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setText("".join(parts))


def _spans(text: str, query: str) -> list[tuple[int, int]]:
    """Return where a query stands; none if folding its case changes lengths."""
    folded, wanted = text.casefold(), query.casefold()
    if not wanted or len(folded) != len(text):
        return []
    spans, start = [], folded.find(wanted)
    while start >= 0:
        spans.append((start, start + len(wanted)))
        start = folded.find(wanted, start + len(wanted))
    return spans
