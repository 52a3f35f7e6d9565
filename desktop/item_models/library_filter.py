"""Narrow the library down to titles with certain letters and transcripts with certain tags."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from desktop.store.records import TranscriptSummary


@dataclass(frozen=True, slots=True)
class LibraryFilter:
    """What a transcript must have to be shown."""

    text: str = ""
    """Letters of its title or of its file's name; case and accents do not matter."""
    tags: frozenset[int] = frozenset()
    """All of these."""

    @property
    def is_on(self) -> bool:
        """Tell whether anything is asked for."""
        return bool(self.text.strip() or self.tags)

    def shown(self, summaries: Collection[TranscriptSummary]) -> list[TranscriptSummary]:
        """Return the transcripts that have what is asked for, in the order given."""
        words = fold(self.text).split()
        return [summary for summary in summaries if self._accepts(summary, words)]

    def accepts(self, summary: TranscriptSummary) -> bool:
        """Tell whether one transcript has what is asked for."""
        return self._accepts(summary, fold(self.text).split())

    def _accepts(self, summary: TranscriptSummary, words: list[str]) -> bool:
        if not self.tags.issubset(summary.tags):
            return False
        if not words:
            return True
        name = fold(f"{summary.title} {summary.source.path.name}")
        return all(word in name for word in words)


def fold(text: str) -> str:
    """Return a text without case and accents, so that “lodz” finds “Łódź”."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("ł", "l")
