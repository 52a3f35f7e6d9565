"""Do slow work in threads and bring its result back to the GUI thread by one signal."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

_THREADS = 8
_CLOSE_SECONDS = 2.0


class Background(QObject):
    """Run work in a few threads; a thread that hangs on a dead disk never holds up the end.

    The threads are daemons: work that must not be torn in the middle (writing a file) makes itself
    whole by replacing the old file at once. Use it from the GUI thread.
    """

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None, *, threads: int = _THREADS) -> None:
        super().__init__(parent)
        self._limit = threads
        self._change = threading.Condition()
        self._waiting: deque[Callable[[], None]] = deque()
        self._working = 0
        self._idle = 0
        self._is_closed = False
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Call `work` in a thread, then `done` or `failed` in the GUI thread.

        Both are dropped if `owner` is deleted by then. An exception that nobody takes is given to
        `sys.excepthook`, in the GUI thread.
        """

        def task() -> None:
            try:
                result = work()
            except Exception as exc:  # pylint: disable=broad-exception-caught
                # The top of the task: handed on whole, to whoever asked or to `sys.excepthook`.
                error = exc  # `exc` is gone when the call comes
                self._report(owner, lambda: _fail(error, failed))
            else:
                self._report(owner, lambda: done(result))

        with self._change:
            if self._is_closed:
                return
            self._waiting.append(task)
            self._change.notify()
            if self._idle < len(self._waiting) and self._working + self._idle < self._limit:
                self._idle += 1
                threading.Thread(target=self._serve, name="background", daemon=True).start()

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing is being done, nor waits; results may still be on their way."""
        with self._change:
            return not self._working and not self._waiting

    def close(self) -> None:
        """Drop what has not begun and all results; wait a moment for what is being done."""
        end = time.monotonic() + _CLOSE_SECONDS
        with self._change:
            self._is_closed = True
            self._waiting.clear()
            self._change.notify_all()
            while self._working and (left := end - time.monotonic()) > 0:
                self._change.wait(left)
            if self._working:
                logger.warning("%s background tasks do not end", self._working)

    def _serve(self) -> None:
        while (task := self._take()) is not None:
            try:
                task()
            finally:
                del task  # what it holds is not kept until the next one comes
                with self._change:
                    self._working -= 1
                    self._idle += 1
                    self._change.notify_all()

    def _take(self) -> Callable[[], None] | None:
        with self._change:
            while not self._waiting and not self._is_closed:
                self._change.wait()
            self._idle -= 1
            if self._is_closed:
                return None
            self._working += 1
            return self._waiting.popleft()

    def _report(self, owner: QObject | None, call: Callable[[], None]) -> None:
        with self._change:  # `close` has to be through before this object may be deleted
            if not self._is_closed and isValid(self):
                self._finished.emit((owner, call))

    @Slot(object)
    def _on_finished(self, finished: tuple[QObject | None, Callable[[], None]]) -> None:
        owner, call = finished
        if not self._is_closed and (owner is None or isValid(owner)):
            call()


def _fail(error: Exception, failed: Callable[[Exception], None] | None) -> None:
    if failed is None:
        sys.excepthook(type(error), error, error.__traceback__)
    else:
        failed(error)
