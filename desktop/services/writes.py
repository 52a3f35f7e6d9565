"""Follow what is written to the library, and tell in the GUI thread how it went."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from engine.errors import LibraryError

logger = logging.getLogger(__name__)

Result = TypeVar("Result")


class Writes(QObject):
    """Wait for the store thread without waiting; use it from the GUI thread."""

    failed = Signal(str)
    """Code as in `engine.errors`."""
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ended.connect(self._on_ended)

    def follow(self, future: Future[Result], done: Callable[[Result], None] | None = None) -> None:
        """Tell of a failure; call `done` with the result once it is committed."""

        def report(ended: Future[Result]) -> None:
            if isValid(self):
                self._ended.emit(lambda: self._settle(ended, done))

        future.add_done_callback(report)

    @Slot(object)
    def _on_ended(self, settle: Callable[[], None]) -> None:
        settle()

    def _settle(self, future: Future[Result], done: Callable[[Result], None] | None) -> None:
        if future.cancelled():
            return
        error = future.exception()
        if isinstance(error, LibraryError):
            logger.warning("the library could not be changed: %s", error.code)
            self.failed.emit(error.code)
        elif error is not None:
            raise error
        elif done is not None:
            done(future.result())
