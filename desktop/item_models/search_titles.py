"""Find transcripts by their titles; knows nothing of Qt."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.item_models.library_filter import fold
from desktop.item_models.search_model import TitleHit, TitleHits
from desktop.store.records import TranscriptSummary

_SHOWN = 5
"""More would hide the places below them."""


def find_titles(summaries: Sequence[TranscriptSummary], query: str) -> TitleHits:
    """Return the transcripts whose titles have all words of a query, the newest of them to show."""
    words = fold(query.replace('"', " ")).split()
    found = []
    if words:
        for summary in summaries:
            title = fold(summary.title)
            if all(word in title for word in words):
                found.append(summary)
    found.sort(key=lambda summary: (summary.created, summary.id), reverse=True)
    shown = (TitleHit(one.id, one.title, one.duration) for one in found[:_SHOWN])
    return TitleHits(tuple(shown), len(found))
