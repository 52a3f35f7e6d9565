"""Send signs of life, and tell a slow worker from a dead one without counting time slept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from enum import Enum, auto


class Verdict(Enum):
    """Say what the silence of a worker means."""

    ALIVE = auto()
    ASK = auto()
    """The watcher itself did not run for a while: ask before judging."""
    DEAD = auto()


class SilenceWatch:
    """Judge the silence of a worker; after a gap in the watcher's own running it starts anew.

    A gap is a third of the allowance without a call of `judge`: the laptop slept, the program was
    stopped, or the computer thrashed. Such time says nothing about the worker.
    """

    def __init__(self, allowance: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._allowance = allowance
        self._clock = clock
        self._granted_at = self._judged_at = clock()

    def judge(self, heard_at: float) -> Verdict:
        """Return the verdict; `heard_at` is when the worker was last heard, on the same clock."""
        now = self._clock()
        gap, self._judged_at = now - self._judged_at, now
        if gap > self._allowance / 3:
            self._granted_at = now
            return Verdict.ASK
        if now - max(heard_at, self._granted_at) > self._allowance:
            return Verdict.DEAD
        return Verdict.ALIVE


class Heart:
    """Beat from a thread of its own while there is work."""

    def __init__(self, beat: Callable[[], None], interval: float) -> None:
        self._beat = beat
        self._interval = interval
        self._lock = threading.Lock()
        self._jobs = 0
        self._is_working = threading.Event()

    def start(self) -> None:
        """Start the thread; it ends with the process."""
        threading.Thread(target=self._run, name="heartbeat", daemon=True).start()

    def work_begins(self) -> None:
        """Count one more job."""
        self._count(1)

    def work_ends(self) -> None:
        """Count one job less; without any be silent: an idle worker shall not wake the computer."""
        self._count(-1)

    def _count(self, change: int) -> None:
        # A number, because the next job may arrive before the last one is counted off.
        with self._lock:
            self._jobs += change
            if self._jobs > 0:
                self._is_working.set()
            else:
                self._is_working.clear()

    def _run(self) -> None:
        while self._is_working.wait():
            self._beat()
            time.sleep(self._interval)
