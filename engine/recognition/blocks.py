"""Cut a recording into blocks at silences; only a few blocks are in memory at a time.

The cuts depend on the recording alone, so that every computer cuts alike.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.recognition.media import SAMPLE_RATE, Chunk
from engine.recognition.vad import SpeechTrack, longest_silence
from engine.transcript.transcript import seconds

ONE_BLOCK = 40.0
TWO_BLOCKS = 8 * 60.0
FOUR_BLOCKS = 20 * 60.0
SEARCH = 15.0
"""A border moves at most so far to the longest silence; seconds."""
LONGEST_OPEN = 300.0
"""A block whose end is not planned is cut in the last 40 % of so many seconds."""

_OPEN_SEARCH = LONGEST_OPEN * 0.6
_SAMPLES_PER_MS = SAMPLE_RATE // 1000
_HOLE = 0.05
"""Chunks further apart do not follow each other; seconds."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sound between two cuts: float32, shape (n,) or (n, channels), 16 kHz; start in seconds."""

    index: int
    start: float
    audio: NDArray[np.float32]

    @property
    def end(self) -> float:
        """Return where it ends, in seconds of the recording."""
        return seconds(self.start + len(self.audio) / SAMPLE_RATE)


def plan_borders(start: float, end: float) -> tuple[float, ...]:
    """Return where to cut between `start` and `end`, before the borders move to silences."""
    length = end - start
    if length < ONE_BLOCK:
        return ()
    pieces = 2 if length <= TWO_BLOCKS else 4 * -int(-length // FOUR_BLOCKS)
    return tuple(seconds(start + length * index / pieces) for index in range(1, pieces))


@dataclass(frozen=True, slots=True)
class CuttingPlan:
    """Where to cut before the borders move to silences, and where the recording should end."""

    borders: tuple[float, ...]
    end: float
    """Sound beyond it (the recording still grows) is cut as if its length were unknown."""


def plan_cuts(start: float, end: float) -> CuttingPlan:
    """Return the plan for a recording that is used from `start` to `end`."""
    return CuttingPlan(plan_borders(start, end), end)


def cut(chunks: Iterable[Chunk], plan: CuttingPlan, first_index: int = 0) -> Iterator[Stretch]:
    """Yield the stretches between the cuts, in order; a hole in the recording ends a stretch too.

    `chunks` may begin after some of the borders: an interrupted job reads from the first unfinished
    block on.
    """
    cutter = _Cutter(plan, first_index)
    for chunk in chunks:
        yield from cutter.add(chunk)
    yield from cutter.finish()


@dataclass(slots=True)
class _Cutter:
    plan: CuttingPlan
    index: int
    start: float = 0.0
    pieces: list[NDArray[np.float32]] = field(default_factory=list)
    samples: int = 0

    @property
    def reached(self) -> float:
        return self.start + self.samples / SAMPLE_RATE

    def add(self, chunk: Chunk) -> Iterator[Stretch]:
        if self.pieces and chunk.start - self.reached > _HOLE:
            yield from self.finish()
        samples = chunk.samples
        if not self.pieces:
            # Cuts are whole milliseconds, so that reading on from one finds the same samples.
            position = round(chunk.start * SAMPLE_RATE)
            skipped = -position % _SAMPLES_PER_MS
            samples = samples[skipped:]
            self.start = (position + skipped) / SAMPLE_RATE
        if len(samples):
            self.pieces.append(samples)
            self.samples += len(samples)
        while (search := self._search()) and self.reached >= search[1]:
            yield self._cut_within(*search)

    def finish(self) -> Iterator[Stretch]:
        """Yield what is left, cut once more if a border lies in it."""
        search = self._search()
        if search and self.reached > search[0] + SEARCH:
            yield self._cut_within(search[0], min(search[1], self.reached))
        if self.samples:
            yield self._take(self.samples)

    def _search(self) -> tuple[float, float] | None:
        """Return between which times the stretch is to be cut."""
        for border in self.plan.borders:
            if border - SEARCH > self.start:
                return border - SEARCH, border + SEARCH
        if self.reached <= self.plan.end + SEARCH:
            return None
        return self.start + _OPEN_SEARCH, self.start + LONGEST_OPEN

    def _cut_within(self, earliest: float, latest: float) -> Stretch:
        audio = _joined(self.pieces)
        self.pieces = [audio]
        low = round((earliest - self.start) * SAMPLE_RATE)
        high = round((latest - self.start) * SAMPLE_RATE)
        mono = audio[low:high] if audio.ndim == 1 else audio[low:high].mean(axis=1)
        silence = longest_silence(SpeechTrack(mono).probabilities())
        cut_at = seconds(earliest + silence)
        return self._take(round((cut_at - self.start) * SAMPLE_RATE))

    def _take(self, samples: int) -> Stretch:
        audio = self.pieces[0] if len(self.pieces) == 1 else _joined(self.pieces)
        stretch = Stretch(self.index, self.start, audio[:samples])
        self.index += 1
        self.start = stretch.end
        rest = audio[samples:].copy()
        self.pieces = [rest] if len(rest) else []
        self.samples = len(rest)
        return stretch


def _joined(pieces: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Join pieces in memory of their own, which goes back to the system with the last reference.

    In the C library's heap the minutes of sound that come and go would leave holes for ever.
    """
    shape = (sum(len(piece) for piece in pieces), *pieces[0].shape[1:])
    size = int(np.prod(shape)) * np.dtype(np.float32).itemsize
    joined = np.ndarray(shape, np.float32, buffer=mmap.mmap(-1, max(size, 1)))
    return np.concatenate(pieces, out=joined)
