"""Measure how fast a running job is, and how long the rest will take."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

_WINDOW = 300.0
"""Seconds of clock that are looked back: long enough for slow models, short enough to forget that
the computer slept or that another program was busy."""
_LEAST = 3.0
"""Seconds of clock before anything is said."""


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a running job is."""

    transcript: int
    done: float
    """Seconds of the recording that are decoded, over all channels that are decoded alone."""
    total: float | None
    """Seconds to decode; None if the length is not known yet."""
    remaining: float | None = None
    """Seconds of clock that the rest will take; None if nobody can say."""
    speed: float | None = None
    """Seconds of recording per second of decoding, measured now; None in the first moments."""
    is_again: bool = False
    """Whether a part that was not finished is decoded again: `done` stands still meanwhile."""


class SpeedMeter:
    """Look at how much was done in the last minutes; the clock is one that never goes backwards."""

    def __init__(self, done: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin to measure; `done` seconds of the recording were decoded before."""
        self._clock = clock
        self._begun_at = done
        self._seen = deque([(clock(), done)])

    def add(self, done: float) -> None:
        """Note how much is done by now."""
        now = self._clock()
        self._seen.append((now, done))
        while len(self._seen) > 2 and self._seen[1][0] < now - _WINDOW:
            self._seen.popleft()

    @property
    def speed(self) -> float | None:
        """Return seconds of recording per second of decoding; None in the first moments."""
        (began, done_then), (now, done_now) = self._seen[0], self._seen[-1]
        if now - began < _LEAST or done_now <= done_then:
            return None
        return (done_now - done_then) / (now - began)

    @property
    def decoded(self) -> float:
        """Return the seconds of the recording that were decoded since the meter began."""
        return self._seen[-1][1] - self._begun_at

    def progress(self, transcript: int, total: float | None, expected: float | None) -> JobProgress:
        """Return how far the job is; until something is measured the expected speed counts."""
        done, speed = self._seen[-1][1], self.speed
        assumed = speed or expected
        known = total is not None and assumed
        remaining = max(0.0, (total or 0.0) - done) / assumed if known and assumed else None
        return JobProgress(transcript, done, total, remaining, speed)
