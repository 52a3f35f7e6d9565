"""Find the stretches of a recording that have no text because a job did not come so far."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.events import Block
from engine.transcript.transcript import Segment

_LEAST = 1.0
"""Seconds; what is shorter is the silence at a block's end."""
_APART = 0.5
"""Seconds between blocks that are still one stretch: borders move to silences."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A stretch without text, in seconds."""

    start: float
    end: float | None
    """None: to the end of a recording whose length is not known."""


def holes(unfinished: Iterable[Block], segments: Sequence[Segment]) -> list[Hole]:
    """Return what unfinished blocks lack, neighbours joined, in order of time."""
    reached: dict[int, float] = {}
    for segment in segments:
        reached[segment.block] = max(reached.get(segment.block, 0.0), segment.end)
    found = sorted(
        (
            max(block.start, reached.get(block.index, 0.0)),
            math.inf if block.end is None else block.end,
        )
        for block in unfinished
    )
    joined: list[tuple[float, float]] = []
    for start, end in found:
        if joined and start <= joined[-1][1] + _APART:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif end > start:
            joined.append((start, end))
    return [
        Hole(start, None if math.isinf(end) else end)
        for start, end in joined
        if end - start >= _LEAST
    ]
