"""Find which words of an old text stand in a new one, and pair those that were corrected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from os.path import commonprefix

from engine.transcript.text_shape import clusters, is_unspaced

# Letters and figures together, every other sign alone, white space left out.
_TOKEN = re.compile(r"[^\W_]+|\S")
# Above this number of comparisons (some 2,000 words on either side) nothing is looked for.
_MOST_COMPARISONS = 4_000_000
_MOST_PAIRS = 2_500
# Words that share less than half of their letters are different words.
_SIMILAR = 0.5


@dataclass(frozen=True, slots=True)
class Kept:
    """A word that stays: its index among the old ones, and where it stands in the new text."""

    index: int
    start: int
    end: int


def kept_words(old: str, ends: Sequence[int], new: str) -> list[Kept]:
    """Find what stays; `ends` says where each word of the old text ends. White space may differ."""
    head = _kept_head(old, ends, new)
    done = head[-1].end if head else 0
    tail = _kept_tail(old, ends, new, len(head))
    first, last = len(head), len(ends) - len(tail)
    until = tail[0].start if tail else len(new)
    middle = _kept_between(_Stretch(old, ends, first, last), new, done, until)
    return [*head, *middle, *tail]


def _kept_head(old: str, ends: Sequence[int], new: str) -> list[Kept]:
    common = len(commonprefix((old, new)))
    kept = []
    start = 0
    for index, end in enumerate(ends):
        if end > common or (end == common and not _is_border(new, end)):
            break
        kept.append(Kept(index, start, end))
        start = end
    return kept


def _kept_tail(old: str, ends: Sequence[int], new: str, head: int) -> list[Kept]:
    done = ends[head - 1] if head else 0
    longest = min(len(old), len(new)) - done
    common = len(commonprefix((old[len(old) - longest :][::-1], new[len(new) - longest :][::-1])))
    shift = len(new) - len(old)
    kept = []
    for index in reversed(range(head, len(ends))):
        start = ends[index - 1] if index else 0
        left = len(old) - start
        if left > common or (left == common and not _is_border(new, start + shift, done)):
            break
        kept.append(Kept(index, start + shift, ends[index] + shift))
    return kept[::-1]


def _is_border(text: str, offset: int, done: int = 0) -> bool:
    """Tell whether a word may end, and another one start, at an offset."""
    if offset in (done, len(text)):
        return True
    before, after = text[offset - 1], text[offset]
    return before.isspace() or after.isspace() or is_unspaced(before) or is_unspaced(after)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Some words of a text."""

    text: str
    ends: Sequence[int]
    first: int
    last: int

    def tokens(self) -> tuple[list[str], list[range]]:
        """Return the tokens, and which of them belong to each word."""
        found: list[str] = []
        of_words = []
        for index in range(self.first, self.last):
            count = len(found)
            found += [token for token, _ in _tokens(self.word(index))]
            of_words.append(range(count, len(found)))
        return found, of_words

    def word(self, index: int) -> str:
        """Return a word as it is shown."""
        start = self.ends[index - 1] if index else 0
        return self.text[start : self.ends[index]]


def _tokens(text: str) -> list[tuple[str, int]]:
    """Return what a text is made of, and where each part starts."""
    found: list[tuple[str, int]] = []
    for match in _TOKEN.finditer(text):
        if not any(map(is_unspaced, match[0])):
            found.append((match[0], match.start()))
            continue
        start = match.start()
        for cluster in clusters(match[0]):
            found.append((cluster, start))
            start += len(cluster)
    return found


def _kept_between(stretch: _Stretch, new: str, done: int, until: int) -> list[Kept]:
    old_tokens, of_words = stretch.tokens()
    new_tokens = [(token, done + start) for token, start in _tokens(new[done:until])]
    partner = _partners(old_tokens, [token for token, _ in new_tokens])
    found = []
    for index, tokens in enumerate(of_words, stretch.first):
        partners = [partner.get(token, -1) for token in tokens]
        if not partners or partners != list(range(partners[0], partners[0] + len(partners))):
            continue
        if partners[0] < 0:
            continue
        token, last = new_tokens[partners[-1]]
        start, end = new_tokens[partners[0]][1], last + len(token)
        if new[start:end] == stretch.word(index).strip():
            found.append(Kept(index, start, end))
    return _with_borders(found, new, done, until)


def _partners(old: list[str], new: list[str]) -> dict[int, int]:
    if not old or not new or len(old) * len(new) > _MOST_COMPARISONS:
        return {}
    blocks = SequenceMatcher(None, old, new, False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def _with_borders(found: list[Kept], new: str, done: int, until: int) -> list[Kept]:
    """Drop words that have become parts of longer ones."""
    while True:
        starts = {kept.start for kept in found} | {until}
        ends = {kept.end for kept in found} | {done}
        kept_ones = [
            kept
            for kept in found
            if (kept.start in ends or _is_border(new, kept.start, done))
            and (kept.end in starts or _is_border(new, kept.end, done))
        ]
        if len(kept_ones) == len(found):
            return found
        found = kept_ones


def pairs(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Say which new word (key) is the correction of which old one; both in order."""
    found: dict[int, int] = {}
    row = column = 0
    for similar_row, similar_column in [*_similar_pairs(old, new), (len(old), len(new))]:
        found |= dict(zip(range(column, similar_column), range(row, similar_row)))
        if similar_row < len(old):
            found[similar_column] = similar_row
        row, column = similar_row + 1, similar_column + 1
    return found


def _similar_pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    if len(old) == len(new) or len(old) * len(new) > _MOST_PAIRS:
        return []
    scores = [[_similarity(before, after) for after in new] for before in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for row in reversed(range(len(old))):
        for column in reversed(range(len(new))):
            score = scores[row][column]
            paired = score + best[row + 1][column + 1] if score >= _SIMILAR else 0.0
            best[row][column] = max(paired, best[row + 1][column], best[row][column + 1])
    found = []
    row = column = 0
    while row < len(old) and column < len(new):
        if best[row][column] == best[row + 1][column]:
            row += 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            found.append((row, column))
            row, column = row + 1, column + 1
    return found


def _similarity(old: str, new: str) -> float:
    before, after = (text.strip(" .,;:!?…").casefold() for text in (old, new))
    if not before or not after:
        return 0.0
    head = len(commonprefix((before, after)))
    shorter = min(len(before), len(after)) - head
    tail = len(commonprefix((before[::-1][:shorter], after[::-1][:shorter])))
    return (head + tail) / max(len(before), len(after))
