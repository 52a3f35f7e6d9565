"""Let changes wait until nothing is being composed or typed where they might land."""

from __future__ import annotations

from collections.abc import Callable


class Waiting:
    """Do work in order, each as soon as the page is free for it."""

    def __init__(self, is_free: Callable[[], bool]) -> None:
        """Take what tells, before each piece of work, whether it may be done."""
        self._is_free = is_free
        self._works: list[Callable[[], None]] = []

    def when_free(self, work: Callable[[], None]) -> None:
        """Do something now, or after everything that waits already."""
        self._works.append(work)
        self.work_off()

    def work_off(self) -> None:
        """Do what waits, as far as it may be done."""
        while self._works and self._is_free():
            # Asking may itself have led to work, and that to all of it being done.
            if self._works:
                self._works.pop(0)()

    def clear(self) -> None:
        """Forget what waits."""
        self._works.clear()
