"""Store the changes of a session, one after the other."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from desktop.services.answers import answers, error_of
from engine.errors import LibraryError
from engine.transcript.editing import Edit
from engine.transcript.transcript import Speaker

logger = logging.getLogger(__name__)

_RETRY_MS = 10_000
"""A full disk is tried again after this time, and with each new edit."""


@dataclass(frozen=True, slots=True)
class Names:
    """Make these the speakers of the transcript."""

    speakers: tuple[Speaker, ...]


Change = Edit | Names


class EditWriter(QObject):
    """Hand changes to the library in order; what it cannot take now is kept and tried again."""

    refused = Signal(object)
    """Edits (tuple) whose `before` is not what is stored: the first one and those built on it."""
    failed = Signal(str)
    """Code of an error for which the changes are kept."""
    saved = Signal()
    """Nothing waits any more."""
    rested = Signal()
    """What was watched came back."""

    def __init__(self, store: Callable[[Change], Future[None]], parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._waiting: deque[Change] = deque()
        self._answer: Future[None] | None = None
        self._handed: list[tuple[Change, Future[None]]] = []
        self._watched = 0
        self._is_closed = False
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(_RETRY_MS)
        self._retry.timeout.connect(self._write_next)

    @property
    def is_idle(self) -> bool:
        """Tell whether everything is stored."""
        return not self._waiting

    @property
    def is_resting(self) -> bool:
        """Tell whether nothing is under way, not even what is watched."""
        return not self._waiting and not self._watched

    @property
    def has_names(self) -> bool:
        """Tell whether names of speakers wait."""
        return any(isinstance(change, Names) for change in self._waiting)

    def write(self, change: Change) -> None:
        """Store a change after those before it."""
        self._waiting.append(change)
        self._write_next()

    def watch(self, future: Future[int]) -> None:
        """Tell if something else that was handed to the library fails."""
        self._watched += 1
        answers().follow(future, self._on_watched)

    def close(self) -> None:
        """Hand over all that waits; the library stores it before it closes."""
        if self._is_closed:
            return
        self._is_closed = True
        self._retry.stop()
        waiting = list(self._waiting)
        under_way = [] if self._answer is None else [self._answer]
        rest = [self._store(change) for change in waiting[len(under_way) :]]
        self._handed = list(zip(waiting, under_way + rest, strict=True))
        self._waiting.clear()

    def unsaved(self, seconds: float) -> tuple[Change, ...]:
        """Return what the library did not store after `close`, once it answered or time is up."""
        wait([answer for _, answer in self._handed], seconds)
        unsaved: list[Change] = []
        for change, answer in self._handed:
            error = error_of(answer) if answer.done() else TimeoutError()
            # What comes after a change that failed may be built on it.
            if error is not None and (unsaved or _code(error) not in _FINAL):
                unsaved.append(change)
        return tuple(unsaved)

    @Slot()
    def _write_next(self) -> None:
        if self._answer is not None or not self._waiting:
            return
        self._retry.stop()
        change = self._waiting[0]
        self._answer = self._store(change)
        answers().follow(self._answer, partial(self._on_ended, change))

    def _on_ended(self, change: Change, error: BaseException | None) -> None:
        if not isValid(self) or self._is_closed:
            return
        self._answer = None
        if error is None:
            self._waiting.popleft()
        elif _code(error) == "library.not_found":
            logger.warning("a transcript is gone, and with it what was to be stored")
            self._waiting.clear()
        elif _code(error) == "library.changed" and isinstance(change, Edit):
            self._refuse(change)
        else:
            self._keep(error)
            return
        if self._waiting:
            self._write_next()
        else:
            self.saved.emit()

    def _refuse(self, edit: Edit) -> None:
        touched = {segment.id for segment in edit.before + edit.after}
        self._waiting.popleft()
        doomed = [edit]
        rest: list[Change] = []
        for later in self._waiting:
            if isinstance(later, Names) or touched.isdisjoint(one.id for one in later.before):
                rest.append(later)
            else:
                doomed.append(later)
                touched |= {segment.id for segment in later.before + later.after}
        self._waiting = deque(rest)
        self.refused.emit(tuple(doomed))

    def _keep(self, error: BaseException) -> None:
        logger.warning("a change could not be stored: %s", type(error).__name__)
        self._retry.start()
        self.failed.emit(_code(error))

    def _on_watched(self, error: BaseException | None) -> None:
        if not isValid(self):
            return
        self._watched -= 1
        if error is not None and not self._is_closed:
            logger.warning("the library did not take a change: %s", type(error).__name__)
            self.failed.emit(_code(error))
        if not self._watched:
            self.rested.emit()


_FINAL = ("library.changed", "library.not_found")
"""No further try would help."""


def _code(error: BaseException) -> str:
    return error.code if isinstance(error, LibraryError) else "engine.internal"
