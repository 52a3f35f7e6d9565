"""Divide words into groups that fit a cue, and a group into balanced lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf

from engine.transcript.cue_rules import CueRules
from engine.transcript.text_shape import chunks, display_width, ends_clause, ends_sentence
from engine.transcript.transcript import Word

# Costs without a unit, found by reading the cues they make of speeches.
_CUE = 0.4
_WORD_END, _SEGMENT_END, _CLAUSE_END = 1.6, 0.7, 0.5
_UNDIVIDED = 4.0
_HALF_SENTENCE = 0.6
_EMPTINESS = 0.5


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of a line that belongs to one word."""

    text: str
    """With the space before it, unless it starts the line."""
    word: Word


@dataclass(frozen=True, slots=True)
class TimedPiece:
    """A part of a word that fits a line."""

    text: str
    width: int
    space: int
    """Columns of white space before it: 0 or 1."""
    is_breakable: bool
    """A line may start with it; otherwise only in need."""


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word with times in milliseconds that never run backwards, cut into pieces."""

    word: Word
    start: int
    end: int
    pieces: tuple[TimedPiece, ...]
    ends_segment: bool


def divide(run: Sequence[TimedWord], rules: CueRules) -> list[tuple[TimedWord, ...]]:
    """Divide the words of one speaker into groups that fit a cue, at the least total cost."""
    costs = _Costs(run, rules)
    best = [0.0] * (len(run) + 1)
    after = [0] * len(run)
    for first in reversed(range(len(run))):
        best[first] = inf
        for last, width in _reachable(run, first, rules):
            cost = best[last + 1] + costs.of_group(first, last, width)
            if cost < best[first]:
                best[first], after[first] = cost, last + 1
    groups = []
    first = 0
    while first < len(run):
        groups.append(tuple(run[first : after[first]]))
        first = after[first]
    return groups


def _reachable(run: Sequence[TimedWord], first: int, rules: CueRules) -> Iterator[tuple[int, int]]:
    filling = _Filling(rules.max_line_width)
    longest = round(rules.max_duration * 1000)
    for last in range(first, len(run)):
        for piece in run[last].pieces:
            filling.add(piece)
        is_too_long = run[last].end - run[first].start > longest
        if last > first and (filling.lines > rules.max_lines or is_too_long):
            return
        yield last, filling.total


class _Filling:
    """Fill lines one piece after the other, as full as they get."""

    def __init__(self, max_width: int) -> None:
        self._max_width = max_width
        self._line = 0
        self._unit = 0
        self.lines = 0
        self.total = 0

    def add(self, piece: TimedPiece) -> None:
        self._unit = piece.width if piece.is_breakable else self._unit + piece.space + piece.width
        self.total += piece.width + (piece.space if self.total else 0)
        if self.lines and self._line + piece.space + piece.width <= self._max_width:
            self._line += piece.space + piece.width
            return
        if self._unit > self._max_width:
            self._unit = piece.width
        self.lines += 1
        self._line = self._unit


class _Costs:
    """Say how bad a group of words is as a cue."""

    def __init__(self, run: Sequence[TimedWord], rules: CueRules) -> None:
        self._run = run
        self._capacity = rules.max_line_width * rules.max_lines
        self._per_column = 1000 / rules.max_cps
        self._shortest = rules.min_duration * 1000
        self._linger = rules.max_linger * 1000
        self._sentences = [
            ends_sentence(this.word.text) and not _continues(following)
            for this, following in zip(run, (*run[1:], None))
        ]
        self._sentences_before = list(accumulate(self._sentences, initial=0))
        self._breaks = [self._of_break(index, rules) for index in range(len(run))]

    def _of_break(self, index: int, rules: CueRules) -> float:
        if index + 1 == len(self._run):
            return 0.0
        this, following = self._run[index], self._run[index + 1]
        if not following.pieces[0].is_breakable:
            return _UNDIVIDED
        cost = _WORD_END
        if self._sentences[index]:
            cost = 0.0
        elif ends_clause(this.word.text):
            cost = _CLAUSE_END
        elif this.ends_segment:
            cost = _SEGMENT_END
        silence = max(0, following.start - this.end) / max(1.0, rules.pause * 1000)
        return cost * (1 - 0.7 * min(1.0, silence))

    def of_group(self, first: int, last: int, width: int) -> float:
        cost = _CUE + self._breaks[last]
        until = self._run[last].end + self._linger
        if last + 1 < len(self._run):
            until = min(until, self._run[last + 1].start)
        shown = until - self._run[first].start
        needed = max(self._shortest, width * self._per_column)
        if shown < needed:
            cost += (needed - shown) / needed
        if width < self._capacity:
            cost += _EMPTINESS * (1 - width / self._capacity) ** 2
        has_ended = self._sentences_before[last] > self._sentences_before[first]
        if has_ended and not self._sentences[last]:
            cost += _HALF_SENTENCE
        return cost


def _continues(following: TimedWord | None) -> bool:
    return following is not None and following.word.text.strip()[:1].islower()


def lay_out(group: Sequence[TimedWord], rules: CueRules) -> tuple[tuple[Fragment, ...], ...]:
    """Arrange words on as few lines as they need, of about the same length."""
    placed = [(piece, word.word) for word in group for piece in word.pieces]
    rows = _balance([piece for piece, _ in placed], rules.max_line_width)
    lines = []
    for begin, end in rows:
        line: list[Fragment] = []
        for piece, word in placed[begin:end]:
            text = " " * piece.space + piece.text if line else piece.text
            if line and line[-1].word is word:
                text = line.pop().text + text
            line.append(Fragment(text, word))
        lines.append(tuple(line))
    return tuple(lines)


def _balance(pieces: Sequence[TimedPiece], max_width: int) -> list[tuple[int, int]]:
    filling = _Filling(max_width)
    for piece in pieces:
        filling.add(piece)
    ends = list(accumulate((piece.space + piece.width for piece in pieces), initial=0))
    target = (ends[-1] - pieces[0].space) / filling.lines
    count = len(pieces)
    best = [inf] * count + [0.0]
    choices: list[list[int]] = []
    for _ in range(filling.lines):
        costs, choice = [inf] * (count + 1), [count] * (count + 1)
        for begin in range(count):
            for end in range(begin + 1, count + 1):
                width = ends[end] - ends[begin] - pieces[begin].space
                if width > max_width:
                    break
                cost = best[end] + ((width - target) / max_width) ** 2 * 4
                cost += _line_break_cost(pieces, end)
                if cost < costs[begin]:
                    costs[begin], choice[begin] = cost, end
        best = costs
        choices.append(choice)
    return _follow(choices)


def _follow(choices: list[list[int]]) -> list[tuple[int, int]]:
    rows = []
    begin = 0
    for choice in reversed(choices):
        rows.append((begin, choice[begin]))
        begin = choice[begin]
    return rows


def _line_break_cost(pieces: Sequence[TimedPiece], end: int) -> float:
    if end == len(pieces):
        return 0.0
    if not pieces[end].is_breakable:
        return 6.0
    before = pieces[end - 1].text
    if ends_sentence(before):
        return 0.0
    if ends_clause(before):
        return 0.2
    return 0.5 if pieces[end].space else 1.0


def make_pieces(text: str, space: int, is_breakable: bool, max_width: int) -> list[TimedPiece]:
    """Measure a piece of text; one that is too long for a line becomes several."""
    made = []
    for part in chunks(text, max_width):
        made.append(TimedPiece(part, display_width(part), space, is_breakable))
        space, is_breakable = 0, False
    return made
