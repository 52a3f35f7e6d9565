"""Edit a transcript: pure functions that say which segments become which others.

A segment carries the id of the word it was first set before, wherever that word still stands: so
no two segments ever have the same id, and two computers that split at one place make one mark.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, count, pairwise

from engine.transcript.paragraphs import line, marked
from engine.transcript.retyping import Retyping
from engine.transcript.time_shares import spread
from engine.transcript.transcript import Segment, Word, milliseconds


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace neighbouring segments by others; either side may be empty, not both."""

    before: tuple[Segment, ...]
    after: tuple[Segment, ...]

    def inverse(self) -> Edit:
        """Return the edit that takes this one back."""
        return Edit(self.after, self.before)

    @property
    def changes_nothing(self) -> bool:
        """Tell whether both sides are the same, so that there is nothing to store."""
        return self.before == self.after


class WordIds:
    """Mint ids for typed words, `<launch>.<counter>`; `launch` is drawn at each program start."""

    def __init__(self, launch: str) -> None:
        self._launch = launch
        self._numbers = count()

    def mint(self) -> str:
        """Return an id that no other word has."""
        return f"{self._launch}.{next(self._numbers)}"


def retype(segments: Sequence[Segment], text: str, ids: WordIds) -> Edit:
    """Give neighbouring segments together another text, as `paragraphs.line` shows it.

    Words that stay keep id and time, corrected ones keep their id, new ones share the time of what
    they replace and belong to the segment of the word before them. What a person has typed has the
    probability 1. Segments that do not change stay out of the edit; without a visible letter all
    are deleted.
    """
    shown = line(segments)
    after = Retyping(segments, shown.text, shown.ends, ids.mint).to(text)
    return _narrowed(tuple(segments), after)


def retype_across(paragraphs: Sequence[Sequence[Segment]], text: str, ids: WordIds) -> Edit:
    """Make one paragraph with another text of several, as `paragraphs.line` shows all their
    segments; the first one's speaker says it all.
    """
    before = tuple(segment for paragraph in paragraphs for segment in paragraph)
    heads = set(accumulate(map(len, paragraphs)))
    shown = line(before)
    after = []
    previous = 0
    for at, item in Retyping(before, shown.text, shown.ends, ids.mint).by_place(text).items():
        if any(previous < head <= at for head in heads):
            item = replace(item, paragraph=False)
        if item.speaker != before[0].speaker:
            item = replace(item, speaker=before[0].speaker)
        after.append(item)
        previous = at
    return _narrowed(before, tuple(after))


def _narrowed(before: tuple[Segment, ...], after: tuple[Segment, ...]) -> Edit:
    shortest = min(len(before), len(after))
    head = 0
    while head < shortest and before[head] is after[head]:
        head += 1
    tail = 0
    while tail < shortest - head and before[-1 - tail] is after[-1 - tail]:
        tail += 1
    if head == len(before) == len(after):
        return Edit(before, after)
    return Edit(before[head : len(before) - tail], after[head : len(after) - tail])


def split(segment: Segment, offset: int, ids: WordIds) -> Edit:
    """Part a segment before a character; the second part starts a paragraph.

    A word that is cut keeps its id in its first half, and its halves share its time. Raises
    `ValueError` if there is no visible text on one of the sides.
    """
    if not segment.text[: max(0, offset)].strip() or not segment.text[max(0, offset) :].strip():
        raise ValueError("there is nothing to part")
    left: list[Word] = []
    right: list[Word] = []
    for word in segment.words:
        size = len(word.text)
        visible = size - len(word.text.lstrip())
        if right or offset <= visible:
            right.append(word)
        elif offset >= len(word.text.rstrip()):
            left.append(word)
        else:
            first, second = _halves(word, offset, ids)
            left.append(first)
            right.append(second)
        offset -= size
    return Edit((segment,), _parts(segment, tuple(left), tuple(right)))


def _halves(word: Word, offset: int, ids: WordIds) -> tuple[Word, Word]:
    texts = (word.text[:offset], word.text[offset:])
    (first, start, middle), (second, _, end) = spread(
        texts, milliseconds(word.start), milliseconds(word.end)
    )
    return (
        replace(word, start=start, end=middle, text=first),
        replace(word, id=ids.mint(), start=middle, end=end, text=second),
    )


def _parts(
    segment: Segment, left: tuple[Word, ...], right: tuple[Word, ...]
) -> tuple[Segment, Segment]:
    first, second = segment.id, right[0].id
    if any(word.id == segment.id for word in right):
        first, second = left[0].id, segment.id
    return (
        replace(segment, id=first, words=left),
        replace(segment, id=second, words=right, paragraph=True),
    )


def delete(segments: Sequence[Segment]) -> Edit:
    """Take segments out; `ValueError` if there are none."""
    if not segments:
        raise ValueError("there is nothing to delete")
    return Edit(tuple(segments), ())


def assign_speaker(segments: Sequence[Segment], speaker: str | None) -> Edit:
    """Say who speaks; None if that is not known."""
    return Edit(tuple(segments), tuple(replace(item, speaker=speaker) for item in segments))


def break_paragraph(segments: Sequence[Segment], offset: int, ids: WordIds) -> Edit:
    """Start a paragraph before a character of `paragraphs.line(segments)`.

    Raises `ValueError` if there is no visible text on one of the sides.
    """
    shown = line(segments)
    if not shown.text[:offset].strip() or not shown.text[offset:].strip():
        raise ValueError("there is nothing to part")
    starts = [0, *shown.ends]
    number = 0
    for segment in segments:
        size = len(segment.words)
        start, end = starts[number], starts[number + size]
        begin = start + len(shown.text[start:end]) - len(shown.text[start:end].lstrip())
        if offset <= begin:
            return Edit((segment,), (replace(segment, paragraph=True),))
        if offset < start + len(shown.text[start:end].rstrip()):
            # White space before the text is shown only in part.
            unseen = len(segment.text) - (end - start)
            return split(segment, offset - start + unseen, ids)
        number += size
    raise ValueError("there is nothing to part")


def rearrange(shown: Sequence[Sequence[Segment]], wanted: Sequence[Sequence[Segment]]) -> Edit:
    """Make paragraphs of others, marked so that their borders are those wanted.

    Give the neighbours on both sides as well, the same in both: what a deletion takes away may be
    what parted them from each other by pause or length.
    """
    before = tuple(segment for paragraph in shown for segment in paragraph)
    return _narrowed(before, tuple(marked(wanted)))


def compose(first: Edit, second: Edit) -> Edit | None:
    """Return the edit that does what two do one after the other; None if they are apart."""
    if (at := _place_in(first.after, second.before)) is not None:
        behind = first.after[at + len(second.before) :]
        return Edit(first.before, (*first.after[:at], *second.after, *behind))
    if (at := _place_in(second.before, first.after)) is not None:
        behind = second.before[at + len(first.after) :]
        return Edit((*second.before[:at], *first.before, *behind), second.after)
    return None


def _place_in(whole: tuple[Segment, ...], part: tuple[Segment, ...]) -> int | None:
    if not part:
        return None
    places = range(len(whole) - len(part) + 1)
    return next((at for at in places if whole[at : at + len(part)] == part), None)


def join_paragraphs(first: Sequence[Segment], second: Sequence[Segment]) -> Edit:
    """Let the second paragraph go on with the first, whose speaker then says both."""
    speaker = first[-1].speaker
    after = [replace(item, speaker=speaker) for item in second]
    after[0] = replace(after[0], paragraph=False)
    return Edit(tuple(second), tuple(after))


def place(segment: Segment) -> tuple[int, int, int, int]:
    """Return what segments are put in order by: start, end (ms), block, number of the id."""
    number = segment.id.rpartition(".")[2]
    return (
        milliseconds(segment.start),
        milliseconds(segment.end),
        segment.block,
        int(number) if number.isdecimal() else 0,
    )


def apply(segments: Sequence[Segment], edit: Edit) -> tuple[Segment, ...]:
    """Return the segments after an edit; `ValueError` if `before` is not there as it was.

    Segments that arrived in between (of a block that was decoded side by side) stay.
    """
    if not edit.before:
        return _with_added(segments, edit.after)
    known = {segment.id: index for index, segment in enumerate(segments)}
    places = [known.get(segment.id, -1) for segment in edit.before]
    if -1 in places or any(segments[at] != old for at, old in zip(places, edit.before)):
        raise ValueError("the passage is not what it was")
    if any(after <= before for before, after in pairwise(places)):
        raise ValueError("the passage has another order")
    rest = [item for item in segments[places[0] : places[-1]] if item not in edit.before]
    middle = _with_added(edit.after, rest)
    return (*segments[: places[0]], *middle, *segments[places[-1] + 1 :])


def _with_added(segments: Sequence[Segment], added: Sequence[Segment]) -> tuple[Segment, ...]:
    result = list(segments)
    for segment in added:
        result.insert(bisect_right(result, place(segment), key=place), segment)
    return tuple(result)
