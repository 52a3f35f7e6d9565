"""Share a stretch of time among words of which only the text is known."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from engine.transcript.transcript import seconds

TimedText = tuple[str, float, float]
"""Text of a word, its start and its end in seconds."""


def spread(texts: Sequence[str], begin: int, end: int) -> list[TimedText]:
    """Share a span (ms) among words by their length; times in seconds."""
    sizes = [max(1, len(text.strip())) for text in texts]
    borders = [begin + (end - begin) * size // sum(sizes) for size in accumulate(sizes, initial=0)]
    return [
        (text, seconds(start / 1000), seconds(stop / 1000))
        for text, (start, stop) in zip(texts, pairwise(borders))
    ]
