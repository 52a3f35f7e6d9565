"""Compute the outline of a recording for drawing, while its sound streams by."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from engine.recognition.media.chunks import SAMPLE_RATE, Chunk

_FULL = 127


class PeaksBuilder:
    """Gather the lowest and the highest sample of every stretch of 1/`per_second` s."""

    def __init__(self, per_second: int) -> None:
        if not 1 <= per_second <= SAMPLE_RATE:
            raise ValueError(f"peaks per second must lie between 1 and {SAMPLE_RATE}")
        self._per_second = per_second
        self._peaks = np.zeros((0, 2), np.int8)
        self._count = 0

    def add(self, chunk: Chunk) -> None:
        """Take a chunk in; several channels are drawn as one."""
        samples = chunk.samples
        low, high = samples, samples
        if samples.ndim == 2:
            low, high = samples.min(axis=1), samples.max(axis=1)
        begin = round(chunk.start * SAMPLE_RATE)
        first = begin * self._per_second // SAMPLE_RATE
        last = (begin + low.size - 1) * self._per_second // SAMPLE_RATE
        edges = -(-np.arange(first + 1, last + 1) * SAMPLE_RATE // self._per_second)
        cuts = np.concatenate(([0], edges - begin)).astype(np.intp)
        self._reserve(last + 1)
        into = self._peaks[first : last + 1]
        lowest = np.floor(np.minimum.reduceat(low, cuts) * _FULL)
        highest = np.ceil(np.maximum.reduceat(high, cuts) * _FULL)
        into[:, 0] = np.minimum(into[:, 0], np.clip(lowest, -_FULL, _FULL))
        into[:, 1] = np.maximum(into[:, 1], np.clip(highest, -_FULL, _FULL))

    def peaks(self) -> NDArray[np.int8]:
        """Return what was gathered: int8, shape (n, 2), lowest and highest, 127 is full scale.

        Row n covers the seconds from n / `per_second` on; holes are 0, and 0 is always included.
        """
        return self._peaks[: self._count].copy()

    def _reserve(self, count: int) -> None:
        self._count = max(self._count, count)
        if count > len(self._peaks):
            grown = np.zeros((max(count, 2 * len(self._peaks)), 2), np.int8)
            grown[: len(self._peaks)] = self._peaks
            self._peaks = grown


def waveform_peaks(chunks: Iterable[Chunk], per_second: int) -> NDArray[np.int8]:
    """Return the outline of a whole stream; int8, shape (n, 2), see `PeaksBuilder.peaks`."""
    builder = PeaksBuilder(per_second)
    for chunk in chunks:
        builder.add(chunk)
    return builder.peaks()
