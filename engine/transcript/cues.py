"""Compute subtitle cues from the words of a transcript: when they show, and on which lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.transcript.cue_layout import (
    Fragment,
    TimedPiece,
    TimedWord,
    divide,
    lay_out,
    make_pieces,
)
from engine.transcript.cue_rules import PRESETS, CueRules
from engine.transcript.cue_timing import Span, time_cues
from engine.transcript.text_shape import clean, has_space_between, may_break, pieces
from engine.transcript.transcript import Segment, Transcript, Word, milliseconds, seconds

__all__ = ["PRESETS", "Cue", "CueRules", "Fragment", "make_cues"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle: text that shows from `start` to `end`, in seconds."""

    start: float
    end: float
    rows: tuple[tuple[Fragment, ...], ...]
    """The lines from top to bottom, each cut by words."""
    speaker: str | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the lines as text."""
        return tuple("".join(fragment.text for fragment in row) for row in self.rows)

    @property
    def words(self) -> tuple[Word, ...]:
        """Return the words that show, each once."""
        shown: list[Word] = []
        for fragment in (fragment for row in self.rows for fragment in row):
            if not shown or shown[-1] is not fragment.word:
                shown.append(fragment.word)
        return tuple(shown)


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of one speaker that follow each other without a long silence."""

    speaker: str | None
    words: tuple[TimedWord, ...]


def make_cues(transcript: Transcript, rules: CueRules = PRESETS["web_video"]) -> tuple[Cue, ...]:
    """Return the cues in order of time; they never overlap, and no visible word is lost."""
    groups = [
        (run.speaker, group)
        for run in _runs(transcript.segments, rules)
        for group in divide(run.words, rules)
    ]
    groups.sort(key=lambda item: item[1][0].start)
    spans = [_span(group) for _, group in groups]
    times = time_cues(spans, rules, milliseconds(transcript.info.duration))
    return tuple(
        Cue(seconds(start / 1000), seconds(end / 1000), lay_out(group, rules), speaker)
        for (speaker, group), (start, end) in zip(groups, times)
    )


def _span(group: Sequence[TimedWord]) -> Span:
    width = sum(piece.space + piece.width for word in group for piece in word.pieces)
    width -= group[0].pieces[0].space
    return Span(group[0].start, max(word.end for word in group), width)


def _runs(segments: Iterable[Segment], rules: CueRules) -> Iterator[_Run]:
    silence = milliseconds(rules.pause)
    speaker: str | None = None
    words: list[TimedWord] = []
    for segment in sorted(segments, key=lambda segment: segment.start):
        for index, word in enumerate(_timed(segment, words, rules)):
            # Segments that overlap in time keep their own runs; inside one, order is kept.
            is_apart = index == 0 and (
                segment.speaker != speaker
                or (bool(words) and milliseconds(segment.start) < words[-1].start)
            )
            if words and (is_apart or word.start - words[-1].end >= max(silence, 1)):
                yield _Run(speaker, tuple(words))
                words = []
            speaker = segment.speaker
            words.append(word)
    if words:
        yield _Run(speaker, tuple(words))


def _timed(segment: Segment, before: Sequence[TimedWord], rules: CueRules) -> Iterator[TimedWord]:
    """Yield the visible words with times that never run backwards within the segment."""
    start = 0
    previous = before[-1].word.text if before else ""
    for word in segment.words:
        cut = tuple(_cut(word.text, previous, rules))
        if not cut:
            # White space alone still parts its neighbours.
            previous += word.text
            continue
        start = max(start, milliseconds(word.start))
        end = max(start, milliseconds(word.end))
        yield TimedWord(word, start, end, cut, word is segment.words[-1])
        previous = word.text


def _cut(text: str, previous: str, rules: CueRules) -> Iterator[TimedPiece]:
    body = clean(text)
    if not body:
        return
    has_space = has_space_between(previous, text)
    for piece in pieces(body):
        has_space = has_space or piece.has_space
        is_breakable = has_space or may_break(previous, piece.text) or not previous
        yield from make_pieces(piece.text, int(has_space), is_breakable, rules.max_line_width)
        previous, has_space = piece.text, False
