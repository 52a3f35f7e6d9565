"""Collect Python's garbage in the GUI thread only.

Python collects in whichever thread happens to allocate. Widgets and documents that wait in a
reference cycle would be destroyed in a worker thread then, and Qt crashes (seen with PySide6
6.11.3: a segmentation fault in a thread that built a path).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MS = 1000
_THRESHOLDS = (700, 10, 10)
"""What Python uses: new objects, collections of the youngest, of the middle generation."""


class GarbageCollector(QObject):
    """Switch the automatic collection off, and collect by a timer as much as is due."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect_due)
        self._timer.start()

    @Slot()
    def collect_due(self) -> None:
        """Collect the oldest generation that is due; usually the youngest, in under 1 ms."""
        counts = gc.get_count()
        due = [age for age in (2, 1, 0) if counts[age] > _THRESHOLDS[age]]
        if due:
            gc.collect(due[0])

    def keep_all(self) -> None:
        """Never look again at what is alive now.

        Call it once everything is built that lives as long as the program. With a library of 10,000
        transcripts, a full collection holds the window up for 80 ms otherwise, again and again.
        """
        gc.freeze()

    def keep_none(self) -> None:
        """Look at everything again."""
        gc.unfreeze()

    def close(self) -> None:
        """Give it back to Python."""
        self._timer.stop()
        self.keep_none()
        gc.enable()
