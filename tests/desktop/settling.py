"""Let a program that is looked at come to rest: layouts, threads, short delays."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.services.background import Background

QUIET_SECONDS = 0.4
"""Waited in any case."""
_PATIENCE_SECONDS = 15.0
_TURN_SECONDS = 0.002
_SHORT_MS = 300


def settle() -> None:
    """Let everything that is due happen: layouts, results of threads, short animations."""
    begun = time.monotonic()
    while True:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        past = time.monotonic() - begun
        if past > _PATIENCE_SECONDS or (past >= QUIET_SECONDS and not _is_something_due()):
            # What was done meanwhile may have sent its result since.
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
            return
        time.sleep(_TURN_SECONDS)


def _is_something_due() -> bool:
    """Tell whether a thread is at work, or a short delay runs: of a search, of a preview."""
    application = QCoreApplication.instance()
    workers = application.findChildren(Background) if application is not None else ()
    if not all(worker.is_idle for worker in workers):
        return True
    timers = (timer for one in QApplication.topLevelWidgets() for timer in one.findChildren(QTimer))
    return any(
        timer.isActive() and timer.isSingleShot() and timer.remainingTime() <= _SHORT_MS
        for timer in timers
    )
