"""Carry a new text over to the words that stood there before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from engine.transcript.text_shape import has_space_between, join, split_words
from engine.transcript.time_shares import spread
from engine.transcript.transcript import Segment, Word, milliseconds
from engine.transcript.word_alignment import kept_words, pairs

_CERTAIN = 1.0
"""The probability of what a person has typed."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A word, and the index of the segment it belongs to."""

    word: Word
    owner: int


class Retyping:
    """Give neighbouring segments together another text."""

    def __init__(
        self, segments: Sequence[Segment], shown: str, ends: Sequence[int], mint: Callable[[], str]
    ) -> None:
        """Take the text as it is shown, and where each word ends in it."""
        self._segments = segments
        self._shown = shown
        self._ends = ends
        self._mint = mint
        self._old = [
            _Placed(word, owner) for owner, item in enumerate(segments) for word in item.words
        ]
        self._new: list[_Placed] = []

    def to(self, text: str) -> tuple[Segment, ...]:
        """Return the segments that have this text; those that did not change are the same."""
        return tuple(self.by_place(text).values())

    def by_place(self, text: str) -> dict[int, Segment]:
        """Return them by the index of the segment that each of them was."""
        if not text.strip():
            return {}
        self._new = []
        done = first = 0
        for kept in kept_words(self._shown, self._ends, text):
            gap = text[done : kept.start]
            words = gap.rstrip()
            self._replace(first, kept.index, words)
            self._keep(kept.index, gap[len(words) :] + text[kept.start : kept.end])
            done, first = kept.end, kept.index + 1
        rest = text[done:]
        if rest.strip():
            self._replace(first, len(self._old), rest)
        elif rest:
            self._append(rest)
        self._restore_lead()
        return self._rebuilt()

    def _keep(self, index: int, text: str) -> None:
        old = self._old[index]
        start = self._ends[index - 1] if index else 0
        if text == self._shown[start : self._ends[index]]:
            self._new.append(old)
        else:
            self._new.append(_Placed(replace(old.word, text=text), self._joined(old.owner, text)))

    def _joined(self, owner: int, text: str) -> int:
        """Return the segment a word belongs to: the one before if a person joined it to that.

        Between segments a space is shown, so a word without one cannot start a segment.
        """
        if not self._new or owner == self._new[-1].owner:
            return owner
        before = self._new[-1].word.text
        is_parted = has_space_between(before, text) or join(before, text) == before + text
        return owner if is_parted else self._new[-1].owner

    def _append(self, white_space: str) -> None:
        last = self._new[-1]
        longer = replace(last.word, text=last.word.text + white_space)
        self._new[-1] = replace(last, word=longer)

    def _replace(self, first: int, last: int, text: str) -> None:
        """Put typed text in the place of some old words, or between two."""
        if not text:
            return
        old = self._old[first:last]
        texts = split_words(text)
        corrected = pairs([item.word.text for item in old], texts)
        begin, end = self._span(first, last)
        for number, (part, start, stop) in enumerate(spread(texts, begin, end)):
            if number not in corrected:
                self._new.append(_Placed(self._typed(part, start, stop), self._owner(first)))
                continue
            before = old[corrected[number]]
            word = replace(before.word, text=part, probability=_CERTAIN)
            if len(old) != len(texts):
                word = replace(word, start=start, end=stop)
            self._new.append(_Placed(word, self._joined(before.owner, part)))

    def _typed(self, text: str, start: float, end: float) -> Word:
        return Word(self._mint(), start, end, text, _CERTAIN)

    def _owner(self, first: int) -> int:
        return self._new[-1].owner if self._new else self._old[first].owner

    def _span(self, first: int, last: int) -> tuple[int, int]:
        """Return the time (ms) of some old words, or of the silence between two."""
        if first < last:
            begin, end = self._old[first].word.start, self._old[last - 1].word.end
        else:
            before = self._new[-1].word.end if self._new else self._old[last].word.start
            after = self._old[last].word.start if last < len(self._old) else before
            begin, end = before, after
        return milliseconds(begin), max(milliseconds(begin), milliseconds(end))

    def _restore_lead(self) -> None:
        """Give the first word the white space that is not shown before it."""
        old, first = self._old[0].word, self._new[0]
        unseen = len(old.text) - self._ends[0]
        if unseen and first.word is not old:
            text = old.text[:unseen] + first.word.text
            self._new[0] = replace(first, word=replace(first.word, text=text))

    def _rebuilt(self) -> dict[int, Segment]:
        owners = {item.word.id: item.owner for item in self._new}
        words: dict[int, tuple[Word, ...]] = {
            owner: tuple(item.word for item in items)
            for owner, items in groupby(self._new, key=attrgetter("owner"))
        }
        return {
            owner: _with_words(self._segments[owner], some, owners, owner)
            for owner, some in words.items()
        }


def _with_words(
    segment: Segment, words: tuple[Word, ...], owners: Mapping[str, int], owner: int
) -> Segment:
    if owners.get(segment.id, owner) != owner:
        # The word that its mark stood before belongs to another segment now.
        segment = replace(segment, id=words[0].id)
    return segment if words == segment.words else replace(segment, words=words)
