"""Say which words a person should look at: one rule for the screen, the review and the files."""

from __future__ import annotations

from collections.abc import Iterable

from engine.transcript.text_shape import clean
from engine.transcript.transcript import Word

DOUBTFUL_BELOW = 0.5
"""Below this probability the speech model itself holds all other texts together for likelier."""

_PUNCTUATION = ".,;:!?…\"'“”„‘’«»()[]、。，！？；：؟،؛–—- "


def is_doubtful(word: Word) -> bool:
    """Tell whether a word needs a person's eye."""
    return word.probability < DOUBTFUL_BELOW


def doubtful_ranges(words: Iterable[Word], text: str) -> tuple[tuple[int, int], ...]:
    """Return where doubtful words stand in the cleaned text that the words form together.

    Start and end of each stretch, without the punctuation around it; neighbours are one stretch.
    """
    ranges: list[tuple[int, int]] = []
    position = 0
    follows_doubt = False
    for word in words:
        token = clean(word.text)
        start = text.find(token, position)
        if not token or start < 0:
            continue
        position = start + len(token)
        doubt = is_doubtful(word)
        bare = _without_punctuation(text, start, position)
        if doubt and bare is not None:
            if follows_doubt:
                ranges[-1] = (ranges[-1][0], bare[1])
            else:
                ranges.append(bare)
        follows_doubt = doubt and bare is not None
    return tuple(ranges)


def _without_punctuation(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in _PUNCTUATION:
        start += 1
    while start < end and text[end - 1] in _PUNCTUATION:
        end -= 1
    return (start, end) if start < end else None
