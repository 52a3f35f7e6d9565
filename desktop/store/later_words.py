"""Tell what was decoded after a revision was kept, also where people have changed it since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.transcript.transcript import Segment, Word


@dataclass(frozen=True, slots=True)
class LaterWords:
    """Know a revision of the same run."""

    run: str
    next_n: Mapping[object, object]
    """Number of the first word that was decoded later, for each block."""
    taken: set[str]
    """Ids of segments that are in use; grows."""
    known: set[str]
    """Ids of the words of the revision."""
    _latest: dict[int, bool] = field(default_factory=dict)
    """Whether the decoded word before was a later one, for each block."""

    def part_of(self, segment: Segment) -> Segment | None:
        """Return the segment with its later words only; None if it has none. Ask in their order.

        A typed word belongs to the decoded one before it, or to the first of its segment.
        """
        decoded = (self._is_later(word) for word in segment.words)
        before = self._latest.get(segment.block, False)
        is_later = next((answer for answer in decoded if answer is not None), before)
        words = []
        for word in segment.words:
            answer = self._is_later(word)
            is_later = is_later if answer is None else answer
            if is_later and word.id not in self.known:
                words.append(word)
        self._latest[segment.block] = is_later
        return self._with_words(segment, tuple(words)) if words else None

    def _is_later(self, word: Word) -> bool | None:
        """Tell whether a word was decoded later; None if it was typed."""
        parts = word.id.rsplit(".", 2)
        if len(parts) != 3 or not (parts[1] + parts[2]).isdecimal():
            return None
        first = self.next_n.get(int(parts[1]), 0)
        return parts[0] == self.run and isinstance(first, int) and int(parts[2]) >= first

    def _with_words(self, segment: Segment, words: tuple[Word, ...]) -> Segment:
        ids = [word.id for word in words]
        if words == segment.words or segment.id in ids:
            ids.insert(0, segment.id)
        # The revision may have a segment of this id: then the first free word gives another one.
        own = next(uid for uid in ids if uid not in self.taken)
        self.taken.add(own)
        starts_alike = words[0] == segment.words[0]
        paragraph = segment.paragraph if starts_alike else None
        return replace(segment, id=own, words=words, paragraph=paragraph)
