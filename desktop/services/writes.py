"""Follow what is written to the library, and tell in the GUI thread how it went."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.services.answers import answers
from engine.errors import LibraryError

logger = logging.getLogger(__name__)

Result = TypeVar("Result")


class Writes(QObject):
    """Wait for the store thread without waiting; use it from the GUI thread."""

    failed = Signal(str)
    """Code as in `engine.errors`."""

    def follow(self, future: Future[Result], done: Callable[[Result], None] | None = None) -> None:
        """Tell of a failure; call `done` with the result once it is committed."""
        answers().follow(future, partial(self._settle, future, done))

    def _settle(
        self,
        future: Future[Result],
        done: Callable[[Result], None] | None,
        error: BaseException | None,
    ) -> None:
        if future.cancelled() or not isValid(self):
            return
        if isinstance(error, LibraryError):
            logger.warning("the library could not be changed: %s", error.code)
            self.failed.emit(error.code)
        elif error is not None:
            raise error
        elif done is not None:
            done(future.result())
