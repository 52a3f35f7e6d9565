"""Hear which files the system asks the running program to open: macOS sends them as events."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent


class OpenedFiles(QObject):
    """Filter “open with” and drops onto the Dock out of the events of the application."""

    files_opened = Signal(object)
    """tuple[Path, …]; one event brings one file."""

    def __init__(self, application: QObject, parent: QObject) -> None:
        super().__init__(parent)
        application.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # pylint: disable=invalid-name
        """Take the events that name a file; addresses that lead elsewhere are left alone."""
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return False
        self.files_opened.emit((Path(event.file()),))
        return True
