"""Find a text in all paragraphs, and say what they are when it is replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.ui.transcript.rows import Range, Row


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the text stands."""

    row: int
    start: int
    end: int


class TextSearch:
    """Look for one text; capitals do not matter, and runs of white space count as one."""

    def __init__(self, text: str = "") -> None:
        parts = [re.escape(part) for part in text.split()]
        self._pattern = re.compile(r"\s+".join(parts), re.IGNORECASE) if parts else None

    def in_row(self, row: Row) -> Sequence[Range]:
        """Return where it stands in a paragraph."""
        if self._pattern is None:
            return ()
        return [match.span() for match in self._pattern.finditer(row.text)]

    def in_rows(self, rows: Iterable[Row]) -> list[Hit]:
        """Return all places, in order."""
        if self._pattern is None:
            return []
        return [
            Hit(index, start, end)
            for index, row in enumerate(rows)
            for start, end in self.in_row(row)
        ]

    def replaced(self, text: str, by: str) -> str:
        """Return a text in which every place has been replaced."""
        return text if self._pattern is None else self._pattern.sub(lambda _: by, text)
