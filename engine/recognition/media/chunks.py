"""Put decoded sound on one time line, cut it into pieces and mix the channels.

The time line counts samples of 16 kHz from the container's start. Pieces begin at whole multiples
of ten seconds, wherever reading began, so that what is decided about a piece is repeatable.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000
"""Of all sound the engine works on; hertz (the sample rate of Whisper)."""
PIECE = 10 * SAMPLE_RATE
"""Longest piece; samples."""
HOLE = SAMPLE_RATE
"""Holes shorter than this become silence; samples."""

# A mix at a quarter of its loudest channel (-12 dB) has cancelled itself out, or hides one voice
# among silent channels; equal channels give 1, one of two gives 1/2.
_CANCELLED = 0.25
# Prefer the first channel that is about as loud as the loudest, so that the choice stays put.
_ABOUT_AS_LOUD = 0.5

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of sound without a hole."""

    start: float
    """Presentation time minus the container's start; seconds."""
    samples: Samples
    """float32 in [-1, 1], 16 kHz, shape (n,) if mixed, else (n, channels); n > 0."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of sound of all channels; `position` counts samples of 16 kHz."""

    position: int
    samples: Samples
    """float32, shape (channels, n)."""
    mixed: tuple[int, ...]
    """Channels that make the mix: all but the low-frequency one."""


class Canvas:
    """Collect sound between two positions; overlaps are dropped, small holes become silence."""

    def __init__(self, low: int, high: int) -> None:
        self._low = low
        self._high = high
        self._reached: int | None = None
        self._begin = 0
        self._end = -1
        self._parts: list[Samples] = []
        self._mixed: tuple[int, ...] = ()

    def add(self, piece: Piece) -> Iterator[Piece]:
        """Take sound in, of any length, and yield the pieces that are complete."""
        position, samples = piece.position, piece.samples
        if self._reached is not None:
            ahead = self._reached - position
            if ahead >= samples.shape[1]:
                return
            if ahead > 0:
                samples = samples[:, ahead:]
                position += ahead
            elif 0 < -ahead < HOLE:
                silence = np.zeros((samples.shape[0], -ahead), np.float32)
                yield from self._place(Piece(self._reached, silence, piece.mixed))
        self._reached = position + samples.shape[1]
        yield from self._place(Piece(position, samples, piece.mixed))

    def finish(self) -> Iterator[Piece]:
        """Yield what is left."""
        if self._parts:
            samples = np.concatenate(self._parts, axis=1)
            self._parts = []
            yield Piece(self._begin, samples, self._mixed)

    def _place(self, piece: Piece) -> Iterator[Piece]:
        position, samples = _crop(piece.position, piece.samples, self._low, self._high)
        if self._parts and (position != self._end or samples.shape[0] != self._parts[0].shape[0]):
            yield from self.finish()
        while samples.shape[1]:
            if not self._parts:
                self._begin, self._mixed = position, piece.mixed
            room = PIECE - position % PIECE
            self._parts.append(samples[:, :room])
            samples = samples[:, room:]
            position += self._parts[-1].shape[1]
            self._end = position
            if position % PIECE == 0:
                yield from self.finish()


def mix(piece: Piece) -> Samples:
    """Return the average of the channels, shape (n,); one channel where the average cancels out.

    Loudness is compared over the whole piece, so it must not have been cropped before.
    """
    if piece.samples.shape[0] == 1:
        only: Samples = piece.samples[0]
        return only
    channels: Samples = piece.samples[list(piece.mixed)]
    average: Samples = channels.mean(axis=0, dtype=np.float32)
    loudness = np.sqrt(np.mean(np.square(channels), axis=1, dtype=np.float64))
    loudest = float(loudness.max())
    if _rms(average) >= _CANCELLED * loudest:
        return average
    chosen: Samples = channels[int(np.argmax(loudness >= _ABOUT_AS_LOUD * loudest))]
    return chosen


def cleaned(samples: Samples) -> Samples:
    """Return the samples within [-1, 1] and finite; what is no number becomes silence."""
    if not np.isfinite(samples.sum(dtype=np.float64)):
        samples = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)
    return np.clip(samples, -1.0, 1.0)


def mixed_channels(names: Sequence[str]) -> tuple[int, ...]:
    """Return which channels of a layout make its mix: all but the low-frequency ones."""
    heard = tuple(n for n, name in enumerate(names) if not name.startswith("LFE"))
    return heard or tuple(range(len(names)))


def _crop(position: int, samples: Samples, low: int, high: int) -> tuple[int, Samples]:
    front = min(max(0, low - position), samples.shape[1])
    back = min(max(0, position + samples.shape[1] - high), samples.shape[1] - front)
    return position + front, samples[:, front : samples.shape[1] - back]


def _rms(samples: Samples) -> float:
    return float(np.sqrt(np.mean(np.square(samples), dtype=np.float64)))
