"""Hold what the library's tree knows of one section that is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QStandardItem

from desktop.store.records import TranscriptSummary


class Branch:
    """The header of a section, what its rows are sorted by, and the transcripts without a row."""

    def __init__(self, header: QStandardItem, summaries: Sequence[TranscriptSummary]) -> None:
        self.header = header
        self.keys: list[tuple[float, float, int]] = []
        """Of the transcripts that have a row."""
        self.rest = list(reversed(summaries))
        """Those that are to get one below the last; the next one is the last here."""

    @property
    def count(self) -> int:
        """Return how many rows it has, or is to have."""
        return self.header.rowCount() + len(self.rest)

    def take(self, most: int) -> list[TranscriptSummary]:
        """Return the next ones that are to get a row, and leave them out from now on."""
        first = max(0, len(self.rest) - most)
        taken = self.rest[first:]
        del self.rest[first:]
        return taken[::-1]
