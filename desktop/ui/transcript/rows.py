"""Keep the paragraphs of a transcript in step with its segments, changing as few as possible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from os.path import commonprefix

from engine.transcript.doubt import doubtful_ranges
from engine.transcript.editing import Edit, apply, place, rearrange
from engine.transcript.paragraphs import Line, grouped, line, marked, starts_paragraph
from engine.transcript.transcript import Segment

Range = tuple[int, int]
"""Start and end of a part of a text."""


class Row:
    """One paragraph, and what of it stands in the document just now."""

    def __init__(self, segments: tuple[Segment, ...]) -> None:
        self.segments = segments
        self._typed: str | None = None
        self._marks: list[Range] | None = None

    @cached_property
    def line(self) -> Line:
        """Return the text as the segments have it, and where its words end."""
        return line(self.segments)

    @property
    def text(self) -> str:
        """Return the text as it stands in the document, typed parts included."""
        return self.line.text if self._typed is None else self._typed

    @property
    def start(self) -> float:
        """Return where it starts, in seconds."""
        return self.segments[0].start

    @property
    def speaker(self) -> str | None:
        """Return the id of who speaks."""
        return self.segments[0].speaker

    @property
    def marks(self) -> Sequence[Range]:
        """Return where doubtful words stand in `text`."""
        if self._marks is None:
            words = (word for segment in self.segments for word in segment.words)
            self._marks = list(doubtful_ranges(words, self.line.text))
        return self._marks

    def type(self, text: str) -> bool:
        """Take over what was typed, and move the marks along; False if nothing has changed."""
        old = self.text
        if text == old:
            return False
        start, end, grown = difference(old, text)
        moved = []
        for mark in self.marks:
            if mark[1] <= start:
                moved.append(mark)
            elif mark[0] >= end:
                moved.append((mark[0] + grown, mark[1] + grown))
        self._marks = moved
        self._typed = text
        return True

    def word_start(self, segment: str) -> int:
        """Return where a segment begins in the text; 0 if it is not of this row."""
        return next((start for item, start in self._starts() if item == segment), 0)

    def segment_at(self, offset: int) -> tuple[str, int]:
        """Return the id of the segment at a character, and the characters from its begin."""
        found = (self.segments[0].id, offset)
        for segment, start in self._starts():
            if start > offset:
                break
            found = (segment, offset - start)
        return found

    def _starts(self) -> Iterator[tuple[str, int]]:
        number = 0
        text = self.line.text
        for item in self.segments:
            start = self.line.ends[number - 1] if number else 0
            yield item.id, len(text) - len(text[start:].lstrip())
            number += len(item.words)


def difference(old: str, new: str) -> tuple[int, int, int]:
    """Return start and end (in the old text) of what changed, and by how much it grew."""
    start = len(commonprefix((old, new)))
    most = min(len(old), len(new)) - start
    tail = len(commonprefix((old[len(old) - most :][::-1], new[len(new) - most :][::-1])))
    return start, len(old) - tail, len(new) - len(old)


@dataclass(frozen=True, slots=True)
class Change:
    """At index `first`, `removed` rows became the added ones."""

    first: int
    removed: int
    added: tuple[Row, ...]


class Rows:
    """All paragraphs, in order of time."""

    def __init__(self, segments: Sequence[Segment] = ()) -> None:
        self._rows = [Row(group) for group in grouped(segments)]
        self._of_segment = {item.id: row for row in self._rows for item in row.segments}

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> Row:
        return self._rows[index]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def slice(self, first: int, last: int) -> list[Row]:
        """Return some neighbours."""
        return self._rows[first:last]

    def index(self, segment: str) -> int | None:
        """Return which row a segment belongs to."""
        row = self._of_segment.get(segment)
        return None if row is None else self._rows.index(row)

    def before(self, seconds: float) -> int:
        """Return how many rows start before a time."""
        first, last = 0, len(self._rows)
        while first < last:
            middle = (first + last) // 2
            if self._rows[middle].start < seconds:
                first = middle + 1
            else:
                last = middle
        return first

    def rearranged(self, first: int, last: int, wanted: Sequence[Sequence[Segment]]) -> Edit:
        """Return the edit that makes other paragraphs of some rows, and leaves all borders around
        them where they are.
        """
        before = [row.segments for row in self._rows[max(0, first - 1) : first]]
        shown = [row.segments for row in self._rows[first:last]]
        behind = [row.segments for row in self._rows[last : last + 1]]
        return rearrange([*before, *shown, *behind], [*before, *wanted, *behind])

    def rearranged_each(self, wanted: Iterable[tuple[int, Sequence[Segment]]]) -> Iterator[Edit]:
        """Yield one edit after the other that gives rows, in order, other segments or none."""
        groups = [row.segments for row in self._rows]
        gone = 0
        for index, segments in wanted:
            at = index - gone
            around = slice(max(0, at - 1), at + 2)
            shown = groups[around]
            groups[at : at + 1] = [tuple(segments)] if segments else []
            gone += not segments
            around = slice(around.start, at + 2 if segments else at + 1)
            rest = marked(groups[around])
            groups[around] = [tuple(islice(rest, len(group))) for group in groups[around]]
            yield rearrange(shown, groups[around])

    def edit(self, edit: Edit) -> Change:
        """Make an edit and group anew around it; `ValueError` if the segments are not there."""
        first, last = self._around(edit)
        segments = apply([item for row in self._rows[first:last] for item in row.segments], edit)
        groups = list(grouped(segments))
        while groups and last < len(self._rows):
            following = self._rows[last].segments
            if starts_paragraph(groups[-1], following[0]):
                break
            segments += following
            last += 1
            groups = list(grouped(segments))
        return self._change(first, last, groups)

    def _around(self, edit: Edit) -> tuple[int, int]:
        """Return the rows that an edit may change, its neighbours included."""
        places = [self.index(segment.id) for segment in edit.before]
        known = [at for at in places if at is not None]
        if not known:
            at = self._place(edit.after[0])
            known = [at]
        return max(0, min(known) - 1), min(len(self._rows), max(known) + 2)

    def _place(self, segment: Segment) -> int:
        """Return the last row that starts before a segment."""
        at = self.before(segment.start)
        while at < len(self._rows) and place(self._rows[at].segments[0]) < place(segment):
            at += 1
        return max(0, at - 1)

    def _change(self, first: int, last: int, groups: list[tuple[Segment, ...]]) -> Change:
        old = self._rows[first:last]
        shortest = min(len(old), len(groups))
        head = 0
        while head < shortest and old[head].segments == groups[head]:
            head += 1
        tail = 0
        while tail < shortest - head and old[-1 - tail].segments == groups[-1 - tail]:
            tail += 1
        added = [Row(group) for group in groups[head : len(groups) - tail]]
        self._put(first + head, last - tail, added)
        return Change(first + head, last - tail - first - head, tuple(added))

    def _put(self, first: int, last: int, added: list[Row]) -> None:
        for row in self._rows[first:last]:
            for item in row.segments:
                self._of_segment.pop(item.id, None)
        self._rows[first:last] = added
        self._of_segment |= {item.id: row for row in added for item in row.segments}
