"""Bring what the store thread answers back to the GUI thread, whoever asked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from itertools import count

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from shiboken6 import isValid

Asked = Future[None] | Future[int]
Call = Callable[[BaseException | None], None]


class Answers(QObject):
    """Call back in the GUI thread once a future is done; one of it lives as long as Qt.

    The store thread must not emit on an object that the GUI thread may be destroying: Qt crashes.
    It sees this object and a number only, so that nothing of a session is released there either.
    """

    _came = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = count()
        self._calls: dict[int, tuple[Asked, Call]] = {}
        self._lock = threading.Lock()
        self._came.connect(self._on_came, Qt.ConnectionType.QueuedConnection)

    def follow(self, future: Asked, call: Call) -> None:
        """Call with the error, or None, in a later turn of the event loop; from the GUI thread."""
        number = next(self._numbers)
        self._calls[number] = (future, call)
        future.add_done_callback(lambda _: self._report(number))

    def _report(self, number: int) -> None:
        with self._lock:
            if isValid(self):
                self._came.emit(number)

    @Slot(int)
    def _on_came(self, number: int) -> None:
        future, call = self._calls.pop(number)
        call(error_of(future))


def error_of(future: Asked) -> BaseException | None:
    """Return what a future that is done failed with; None if it did not, or was cancelled."""
    return None if future.cancelled() else future.exception()


_SHARED: list[Answers] = []


def answers() -> Answers:
    """Return the one that lives as long as the application; from the GUI thread."""
    if not _SHARED or not isValid(_SHARED[0]):
        _SHARED[:] = [Answers(QCoreApplication.instance())]
    return _SHARED[0]
