"""Let the library be backed up once a day, while nothing else is to be done."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.services.background import Background
from engine.errors import Cancelled, LibraryError

if TYPE_CHECKING:
    from desktop.store.library import Library

logger = logging.getLogger(__name__)

_INTERVAL_MS = 10 * 60_000
_BUSY_LOOKS = 12
"""Who transcribes day and night gets backups too: after so many looks at a busy program."""


class LibraryBackups(QObject):
    """Look now and then whether a backup is due; the library knows. GUI thread."""

    def __init__(
        self,
        library: Library,
        background: Background,
        is_busy: Callable[[], bool],
        *,
        interval_ms: int = _INTERVAL_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._is_busy = is_busy
        self._busy_looks = 0
        self._is_at_work = False
        self._is_closed = threading.Event()
        self._timer = QTimer(self)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Look after the interval for the first time."""
        self._timer.start()

    def close(self) -> None:
        """Give up a backup that is being made; nothing is left of it."""
        self._timer.stop()
        self._is_closed.set()

    @Slot()
    def _look(self) -> None:
        if self._is_at_work:
            return
        if self._is_busy() and self._busy_looks < _BUSY_LOOKS:
            self._busy_looks += 1
            return
        self._busy_looks = 0
        self._is_at_work = True
        self._background.run(self._back_up, self._on_made, self._on_failed, owner=self)

    def _back_up(self) -> Path | None:
        try:
            return self._library.back_up(self._is_closed.is_set)
        except Cancelled:
            return None

    def _on_made(self, backup: Path | None) -> None:
        self._is_at_work = False
        if backup is not None:
            logger.info("the library was backed up")

    def _on_failed(self, error: Exception) -> None:
        self._is_at_work = False
        if not isinstance(error, LibraryError):
            raise error
        logger.warning("the library could not be backed up: %s", error.code)
