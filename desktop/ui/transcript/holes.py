"""Find the stretches of a recording that have no text because a job did not come so far."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.events import Block
from engine.transcript.transcript import Segment

_LEAST = 1.0
"""Seconds; what is shorter is the silence at a block's end."""
_MOVES = 15.0
"""Seconds that a border may move from where it was planned, to a silence."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A stretch without text, in seconds."""

    start: float
    end: float | None
    """None: to the end of a recording whose length is not known."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """What is known about the blocks of a job that does not run."""

    blocks: Collection[Block]
    completed: Collection[int]
    """Indices; these blocks lie where they really were, the others where they were planned."""
    reached: Mapping[int, float]
    """Seconds: the end of the last word that each block ever gave, also of text that is deleted."""


def holes(decoded: Decoded, segments: Sequence[Segment]) -> list[Hole]:
    """Return what the unfinished blocks lack, neighbours joined, in order of time.

    The segments, in order of time, tell where a block begins whose border moved.
    """
    first: dict[int, float] = {}
    for segment in segments:
        first.setdefault(segment.block, segment.start)
    channels: defaultdict[int | None, list[Block]] = defaultdict(list)
    for block in sorted(decoded.blocks, key=lambda block: block.index):
        channels[block.channel].append(block)
    found = [lack for lane in channels.values() for lack in _lacks(lane, decoded, first)]
    return [
        Hole(start, None if math.isinf(end) else end)
        for start, end in _joined(sorted(found))
        if end - start >= _LEAST
    ]


def _lacks(
    lane: Sequence[Block], decoded: Decoded, first: Mapping[int, float]
) -> Iterator[tuple[float, float]]:
    """Yield what the blocks of a channel lack; they follow each other."""
    starts = [
        _start(block, before, decoded, first)
        for before, block in zip((None, *lane), lane, strict=False)
    ]
    end = math.inf if lane[-1].end is None else lane[-1].end
    reached = 0.0
    for block, (start, following) in zip(lane, itertools.pairwise((*starts, end)), strict=True):
        reached = max(reached, decoded.reached.get(block.index, 0.0))
        if block.index not in decoded.completed:
            yield max(start, reached), following


def _start(
    block: Block, before: Block | None, decoded: Decoded, first: Mapping[int, float]
) -> float:
    """Return where a block really begins, as far as that is known."""
    if block.index in decoded.completed:
        return block.start
    if before is not None and before.index in decoded.completed and before.end is not None:
        return before.end
    heard = first.get(block.index, math.inf)
    # Text that begins later follows a silence, or what stood before it was deleted.
    return heard if heard <= block.start + _MOVES else block.start


def _joined(found: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Yield stretches in order, those that meet as one."""
    joined: tuple[float, float] | None = None
    for start, end in found:
        if end <= start:
            continue
        if joined is None:
            joined = start, end
        elif start <= joined[1]:
            joined = joined[0], max(joined[1], end)
        else:
            yield joined
            joined = start, end
    if joined is not None:
        yield joined
