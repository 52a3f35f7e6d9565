"""Bring what the store thread answers back to the GUI thread, whoever asked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from itertools import count
from typing import TypeVar, cast

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from shiboken6 import isValid

Result = TypeVar("Result")
Call = Callable[[BaseException | None], None]


class Answers(QObject):
    """Call back in the GUI thread once a future is done; one of it lives as long as Qt.

    The store thread must not emit on an object that the GUI thread may be destroying: Qt crashes.
    It sees this object and a number only, so that nothing of whoever asked is released there
    either; and it says nothing any more once the application quits, which destroys this too.
    """

    _came = Signal(int)

    def __init__(self, parent: QCoreApplication) -> None:
        super().__init__(parent)
        self.is_over = False
        """The application has quit: nobody is called any more."""
        self._numbers = count()
        self._calls: dict[int, Callable[[], None]] = {}
        self._lock = threading.Lock()
        self._came.connect(self._on_came, Qt.ConnectionType.QueuedConnection)
        parent.aboutToQuit.connect(self.end)

    def follow(self, future: Future[Result], call: Call) -> None:
        """Call with the error, or None, in a later turn of the event loop; from the GUI thread."""
        number = next(self._numbers)
        self._calls[number] = partial(_answer, future, call)
        future.add_done_callback(lambda _: self._report(number))

    def _report(self, number: int) -> None:
        with self._lock:
            if not self.is_over and isValid(self):
                self._came.emit(number)

    @Slot()
    def end(self) -> None:
        """Let the store thread finish what it is saying, and say no more."""
        with self._lock:
            self.is_over = True

    @Slot(int)
    def _on_came(self, number: int) -> None:
        self._calls.pop(number)()


def _answer(future: Future[Result], call: Call) -> None:
    call(error_of(future))


def error_of(future: Future[Result]) -> BaseException | None:
    """Return what a future that is done failed with; None if it did not, or was cancelled."""
    return None if future.cancelled() else future.exception()


_SHARED: list[Answers] = []


def answers() -> Answers:
    """Return the one that lives as long as the application runs; from the GUI thread."""
    if not _SHARED or not isValid(_SHARED[0]) or _SHARED[0].is_over:
        _SHARED[:] = [Answers(cast(QCoreApplication, QCoreApplication.instance()))]
    return _SHARED[0]
