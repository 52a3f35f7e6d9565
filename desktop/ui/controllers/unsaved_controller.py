"""Store at the start what could not be stored at the last end, and keep at the end what cannot."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from PySide6.QtCore import QObject

from desktop.services import unsaved_edits
from desktop.services.editing_session import EditingSession
from desktop.services.services import Services
from desktop.ui.main_window import MainWindow
from engine.errors import TranscriberError

logger = logging.getLogger(__name__)

_LAST_SECONDS = 5.0
"""So long the end waits for the library, before what is not stored goes into the file."""
_RESTORE_SECONDS = 30.0


class UnsavedController(QObject):
    """Stand between sessions and the file of unsaved edits. GUI thread unless said."""

    def __init__(self, window: MainWindow, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._toasts = window.toasts
        self._library = services.library
        self._path = services.paths.data / unsaved_edits.FILE_NAME
        self._is_restored = threading.Event()
        services.background.run(self._restore, self._on_restored, self._on_failed, owner=self)

    def wait_restored(self) -> None:
        """Wait, though not forever, until the edits of last time are stored; in a thread."""
        self._is_restored.wait(_RESTORE_SECONDS)

    def end(self, sessions: Sequence[EditingSession]) -> None:
        """Hand everything to the library, wait for it, and keep in the file what it refused."""
        for session in sessions:
            session.close()
        unsaved = [
            unsaved_edits.unsaved_edit(session.transcript, session.uid, change)
            for session in sessions
            for change in session.unsaved(_LAST_SECONDS)
        ]
        if not unsaved:
            return
        logger.warning("%s changes could not be stored before the end", len(unsaved))
        try:
            unsaved_edits.keep(self._path, unsaved)
        except (OSError, TranscriberError) as error:
            logger.error("nor could they be kept in a file: %s", type(error).__name__)

    def _restore(self) -> int:
        try:
            return unsaved_edits.restore(self._path, self._library)
        finally:
            self._is_restored.set()

    def _on_restored(self, left: int) -> None:
        if left:
            text = self.tr("Some changes of last time could not be stored. They are in “{name}”.")
            self._toasts.show_toast(text.format(name=self._path.name))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, (OSError, TranscriberError)):
            raise error
        logger.warning("the changes of last time cannot be read: %s", type(error).__name__)
        self._on_restored(1)
