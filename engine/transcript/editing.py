"""Edit a transcript: pure functions that say which segments become which others.

A segment carries the id of the word it was first set before, wherever that word still stands: so
no two segments ever have the same id, and two computers that split at one place make one mark.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, count, pairwise

from engine.transcript.paragraphs import line, starts_paragraph
from engine.transcript.retyping import Retyping
from engine.transcript.text_shape import has_space_between, join
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


def replace_text(segment: Segment, text: str, ids: WordIds) -> Edit:
    """Give a segment another text, to the letter; without a visible letter it is deleted.

    Words that stay keep id and time, corrected ones keep their id, new ones share the time of what
    they replace. What a person has typed has the probability 1.
    """
    ends = []
    size = 0
    for word in segment.words:
        size += len(word.text)
        ends.append(size)
    return Edit((segment,), Retyping((segment,), segment.text, ends, ids.mint).to(text))


def retype(segments: Sequence[Segment], text: str, ids: WordIds) -> Edit:
    """Give neighbouring segments together another text, as `paragraphs.line` shows it.

    As `replace_text`; new words belong to the segment of the word before them, and segments that
    do not change stay out of the edit.
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


def merge(first: Segment, second: Segment) -> Edit:
    """Make one segment of two neighbours; speaker and scores are those of the first."""
    words = second.words
    if join(first.text, second.text) != first.text + second.text:
        if not has_space_between(first.text, second.text):
            words = (replace(words[0], text=f" {words[0].text}"), *words[1:])
    return Edit((first, second), (replace(first, words=first.words + words),))


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


def keep_together(paragraph: Sequence[Segment], edit: Edit) -> Edit:
    """Return an edit within a paragraph so that it stays one, whatever pause or length it leaves."""
    changed = apply(paragraph, edit)
    held = list(changed[:1])
    for segment in changed[1:]:
        is_parted = segment.paragraph is None and starts_paragraph(held, segment)
        held.append(replace(segment, paragraph=False) if is_parted else segment)
    if tuple(held) == changed:
        return edit
    before, after = list(paragraph), held
    while before and after and before[0] == after[0]:
        before, after = before[1:], after[1:]
    while before and after and before[-1] == after[-1]:
        before, after = before[:-1], after[:-1]
    return Edit(tuple(before), tuple(after))


def keep_apart(paragraph: Sequence[Segment]) -> Edit:
    """Let a paragraph go on to start where it does, whatever becomes of the one before it."""
    first = paragraph[0]
    mark = True if first.paragraph is None else first.paragraph
    return Edit((first,), (replace(first, paragraph=mark),))


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
