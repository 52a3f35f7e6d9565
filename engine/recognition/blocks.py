"""Cut a recording into blocks at silences; only a few blocks are in memory at a time.

The cuts depend on the recording alone, so that every computer cuts alike.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from engine.recognition.media import SAMPLE_RATE, Chunk
from engine.recognition.sound import PackedSound, pack, unpack
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
_USUAL_SAMPLES = round((LONGEST_OPEN + 3 * SEARCH) * SAMPLE_RATE)
"""As long as a block with the piece that its end is in usually gets."""
_HOLE = 0.05
"""Chunks further apart do not follow each other; seconds."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sound between two cuts: 16-bit, shape (n,) or (n, channels), 16 kHz; start in seconds."""

    index: int
    start: float
    audio: PackedSound

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


class _Growing:
    """Sound that is being read, in memory that goes back to the system with the last reference.

    In the C library's heap the minutes of sound that come and go would leave holes for ever. Pages
    that nothing was written to take no memory.
    """

    def __init__(self) -> None:
        self._sound = np.zeros(0, np.int16)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    @property
    def sound(self) -> PackedSound:
        """What has been read; a view."""
        return self._sound[: self._length]

    def add(self, samples: PackedSound) -> None:
        """Write samples behind the others."""
        reached = self._length + len(samples)
        if reached > len(self._sound):
            room = max(_USUAL_SAMPLES, 2 * reached)
            roomier = _own_memory((room, *samples.shape[1:]))
            if self._length:
                roomier[: self._length] = self.sound
            self._sound = roomier
        self._sound[self._length : reached] = samples
        self._length = reached


class _Cutter:
    def __init__(self, plan: CuttingPlan, first_index: int) -> None:
        self._plan = plan
        self._index = first_index
        self._start = 0.0
        self._read = _Growing()

    @property
    def _reached(self) -> float:
        return self._start + len(self._read) / SAMPLE_RATE

    def add(self, chunk: Chunk) -> Iterator[Stretch]:
        if self._read and chunk.start - self._reached > _HOLE:
            yield from self.finish()
        samples = chunk.samples
        if not self._read:
            # Cuts are whole milliseconds, so that reading on from one finds the same samples.
            position = round(chunk.start * SAMPLE_RATE)
            skipped = -position % _SAMPLES_PER_MS
            samples = samples[skipped:]
            self._start = (position + skipped) / SAMPLE_RATE
        if len(samples):
            self._read.add(pack(samples))
        while (search := self._search()) and self._reached >= search[1]:
            yield self._cut_within(*search)

    def finish(self) -> Iterator[Stretch]:
        """Yield what is left, cut once more if a border lies in it."""
        search = self._search()
        if search and self._reached > search[0] + SEARCH:
            yield self._cut_within(search[0], min(search[1], self._reached))
        if self._read:
            yield self._take(len(self._read))

    def _search(self) -> tuple[float, float] | None:
        """Return between which times the stretch is to be cut."""
        for border in self._plan.borders:
            if border - SEARCH > self._start:
                return border - SEARCH, border + SEARCH
        if self._reached <= self._plan.end + SEARCH:
            return None
        return self._start + _OPEN_SEARCH, self._start + LONGEST_OPEN

    def _cut_within(self, earliest: float, latest: float) -> Stretch:
        low = round((earliest - self._start) * SAMPLE_RATE)
        high = round((latest - self._start) * SAMPLE_RATE)
        heard = unpack(self._read.sound[low:high])
        mono = heard if heard.ndim == 1 else heard.mean(axis=1)
        silence = longest_silence(SpeechTrack(mono).probabilities())
        cut_at = seconds(earliest + silence)
        return self._take(round((cut_at - self._start) * SAMPLE_RATE))

    def _take(self, samples: int) -> Stretch:
        sound = self._read.sound
        stretch = Stretch(self._index, self._start, sound[:samples])
        self._index += 1
        self._start = stretch.end
        self._read = _Growing()
        if samples < len(sound):
            self._read.add(sound[samples:])
        return stretch


def _own_memory(shape: tuple[int, ...]) -> PackedSound:
    size = int(np.prod(shape)) * np.dtype(np.int16).itemsize
    return np.ndarray(shape, np.int16, buffer=mmap.mmap(-1, size))
