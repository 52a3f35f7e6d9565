"""Tell now and then how far a download is, and how long it will still take."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.speech_models.download import DownloadProgress

_TELL_EVERY = 0.1
_RATE_OVER = 8.0
"""Seconds over which the speed of a download is averaged."""


@dataclass(frozen=True, slots=True)
class ModelProgress:
    """How far a download is."""

    model: str
    done_bytes: int
    total_bytes: int
    remaining: float | None
    """Seconds of clock; None while the speed is not known."""


class Meter:
    """Thin out a download's progress and say how long it will still take; one thread."""

    def __init__(self, tell: Callable[[ModelProgress], None]) -> None:
        self._tell = tell
        self._told_at = 0.0
        self._marks: deque[tuple[float, int]] = deque()

    def on_progress(self, progress: DownloadProgress) -> None:
        """Take a progress of the engine."""
        now = time.monotonic()
        is_last = progress.done_bytes >= progress.total_bytes
        if now - self._told_at < _TELL_EVERY and not is_last:
            return
        self._told_at = now
        self._marks.append((now, progress.done_bytes))
        while now - self._marks[0][0] > _RATE_OVER:
            self._marks.popleft()
        left = progress.total_bytes - progress.done_bytes
        self._tell(
            ModelProgress(
                progress.model, progress.done_bytes, progress.total_bytes, self._remaining(left)
            )
        )

    def _remaining(self, left_bytes: int) -> float | None:
        (begin, before), (end, after) = self._marks[0], self._marks[-1]
        if end - begin < 1 or after <= before:
            return None
        return left_bytes * (end - begin) / (after - before)
