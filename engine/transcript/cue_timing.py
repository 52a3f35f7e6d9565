"""Give cues times: none overlap, none starts before its words, all are read if time allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from math import ceil

from engine.transcript.cue_rules import CueRules


@dataclass(frozen=True, slots=True)
class Span:
    """When the words of a cue are spoken, in milliseconds, and how many columns they take."""

    start: int
    end: int
    width: int


def time_cues(spans: Sequence[Span], rules: CueRules, limit: int) -> list[tuple[int, int]]:
    """Return start and end of each cue in milliseconds; `spans` are in order of their starts.

    No cue lingers past `limit`, the end of the recording (0: unknown).
    """
    starts = _delayed(_spread(spans, rules), rules)
    following = [*starts[1:], None] if starts else []
    return [
        (start, _end(span, start, after, _Bounds.of(span, rules, limit)))
        for span, start, after in zip(spans, starts, following)
    ]


def _spread(spans: Sequence[Span], rules: CueRules) -> list[int]:
    """Part the cues whose words all claim the same moment: they share the time up to the next."""
    runs = [list(run) for _, run in groupby(spans, key=lambda span: span.start)]
    starts: list[int] = []
    for run, after in zip(runs, (*runs[1:], None)):
        needs = [_needed(span, rules) for span in run]
        begin = run[0].start
        room = max(sum(needs), max(span.end for span in run) - begin)
        if after is not None:
            room = min(room, after[0].start - begin)
        for before in list(accumulate(needs, initial=0))[:-1]:
            start = begin + room * before // sum(needs)
            starts.append(max(start, starts[-1] + 1) if starts else start)
    return starts


def _delayed(starts: list[int], rules: CueRules) -> list[int]:
    """Let a cue wait for one that would hardly be seen, up to half of its own time."""
    shortest = _ms(rules.min_duration)
    delayed = starts[:1]
    for index in range(1, len(starts)):
        wish = delayed[-1] + shortest
        bound = starts[index] + shortest // 2
        if index + 1 < len(starts):
            bound = (starts[index] + starts[index + 1]) // 2
        delayed.append(max(starts[index], min(wish, bound)))
    return delayed


def _needed(span: Span, rules: CueRules) -> int:
    return max(_ms(rules.min_duration), ceil(span.width * 1000 / rules.max_cps))


@dataclass(frozen=True, slots=True)
class _Bounds:
    """The rules for one cue in milliseconds."""

    needed: int
    shortest: int
    longest: int
    gap: int
    bridge: int
    latest: int

    @classmethod
    def of(cls, span: Span, rules: CueRules, limit: int) -> _Bounds:
        """Compute how long a cue may stay."""
        latest = span.end + _ms(rules.max_linger)
        return cls(
            needed=_needed(span, rules),
            shortest=_ms(rules.min_duration),
            longest=_ms(rules.max_duration),
            gap=_ms(rules.min_gap),
            bridge=max(_ms(rules.bridge_gap), _ms(rules.min_gap)),
            latest=max(span.end, min(latest, limit)) if limit else latest,
        )


def _end(span: Span, start: int, after: int | None, bounds: _Bounds) -> int:
    readable = min(start + bounds.needed, bounds.latest)
    end = max(span.end, start + bounds.shortest, readable)
    end = min(end, start + bounds.longest)
    if after is None:
        return end
    if after - end < bounds.bridge:
        end = min(after - bounds.gap, start + bounds.longest)
        end = max(end, min(after, start + bounds.shortest))
    return end


def _ms(value: float) -> int:
    return round(value * 1000)
