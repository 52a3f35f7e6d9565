"""Store the edits of a session, one after the other."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from engine.errors import LibraryError
from engine.transcript.editing import Edit

logger = logging.getLogger(__name__)

_RETRY_MS = 10_000
"""A full disk is tried again after this time, and with each new edit."""


class EditWriter(QObject):
    """Hand edits to the library in order; what it cannot take now is kept and tried again."""

    refused = Signal(object)
    """Edits (tuple) whose `before` is not what is stored: the first one and those built on it."""
    failed = Signal(str)
    """Code of an error for which the edits are kept."""
    saved = Signal()

    _ended = Signal(object, object)
    _watched = Signal(object)

    def __init__(self, store: Callable[[Edit], Future[None]], parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._waiting: deque[Edit] = deque()
        self._is_writing = False
        self._is_closed = False
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(_RETRY_MS)
        self._retry.timeout.connect(self._write_next)
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._watched.connect(self._on_watched, Qt.ConnectionType.QueuedConnection)

    @property
    def is_idle(self) -> bool:
        """Tell whether everything is stored."""
        return not self._waiting

    def write(self, edit: Edit) -> None:
        """Store an edit after those before it."""
        self._waiting.append(edit)
        self._write_next()

    def watch(self, future: Future[None] | Future[int]) -> None:
        """Tell if something else that was handed to the library fails."""
        future.add_done_callback(self._report_watched)

    def close(self) -> None:
        """Hand over all that waits; the library stores it before it closes."""
        self._is_closed = True
        self._retry.stop()
        waiting = list(self._waiting)
        for edit in waiting[1:] if self._is_writing else waiting:
            self._store(edit)
        self._waiting.clear()

    @Slot()
    def _write_next(self) -> None:
        if self._is_writing or not self._waiting:
            return
        self._retry.stop()
        self._is_writing = True
        edit = self._waiting[0]
        self._store(edit).add_done_callback(lambda future: self._report(edit, future))

    def _report(self, edit: Edit, future: Future[None]) -> None:
        """Bring a result back to the GUI thread; called in the store's."""
        if isValid(self):
            self._ended.emit(edit, _error(future))

    def _report_watched(self, future: Future[None] | Future[int]) -> None:
        if isValid(self):
            self._watched.emit(_error(future))

    @Slot(object, object)
    def _on_ended(self, edit: Edit, error: Exception | None) -> None:
        self._is_writing = False
        if self._is_closed:
            return
        if error is None:
            self._waiting.popleft()
            if not self._waiting:
                self.saved.emit()
        elif isinstance(error, LibraryError) and error.code == "library.changed":
            self._refuse(edit)
        else:
            self._keep(error)
            return
        self._write_next()

    def _refuse(self, edit: Edit) -> None:
        touched = {segment.id for segment in edit.before + edit.after}
        doomed = [self._waiting.popleft()]
        rest: list[Edit] = []
        for later in self._waiting:
            if touched.isdisjoint(segment.id for segment in later.before):
                rest.append(later)
            else:
                doomed.append(later)
                touched |= {segment.id for segment in later.before + later.after}
        self._waiting = deque(rest)
        self.refused.emit(tuple(doomed))

    def _keep(self, error: Exception) -> None:
        logger.warning("an edit could not be stored: %s", type(error).__name__)
        self._retry.start()
        self.failed.emit(error.code if isinstance(error, LibraryError) else "engine.internal")

    @Slot(object)
    def _on_watched(self, error: Exception | None) -> None:
        if error is not None and not self._is_closed:
            logger.warning("the library did not take a change: %s", type(error).__name__)
            self.failed.emit(error.code if isinstance(error, LibraryError) else "engine.internal")


def _error(future: Future[None] | Future[int]) -> BaseException | None:
    return None if future.cancelled() else future.exception()
