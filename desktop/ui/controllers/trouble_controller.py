"""Say why the library cannot be opened, and put a backup or an empty one in its place."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from desktop.services.background import Background
from desktop.ui.main_window import MainWindow
from desktop.ui.message_values import Circumstances
from desktop.ui.messages import Messages
from engine.errors import LibraryError

if TYPE_CHECKING:
    from desktop.store.backups import Backup

logger = logging.getLogger(__name__)


class TroubleController(QObject):
    """Stand between the trouble page and the library's file; needs no open library. GUI thread."""

    library_wanted = Signal()
    """Open the library; it may be another one now."""

    def __init__(self, window: MainWindow, library: Path, background: Background) -> None:
        super().__init__(window)
        self._window = window
        self._library = library
        self._background = background
        self._messages = Messages(self)
        self.set_aside: Path | None = None
        """Where the damaged library is now."""
        page = window.trouble
        page.try_again_requested.connect(self.library_wanted)
        page.folder_requested.connect(self._on_folder_requested)
        page.backup_requested.connect(self._on_backup_requested)
        page.empty_requested.connect(self._on_empty_requested)

    def show(self, error: Exception) -> None:
        """Show what is wrong in place of everything; what is no error of ours is raised again."""
        if not isinstance(error, LibraryError):
            raise error
        logger.warning("the library cannot be opened: %s", error.code)
        if error.code != "library.corrupt":
            self._show(error, None)
            return
        self._background.run(self._find_backup, partial(self._show, error), owner=self)

    def _find_backup(self) -> Backup | None:
        # In a thread of the pool, as are the other two that import from the store.
        from desktop.store.backups import newest_sound  # pylint: disable=import-outside-toplevel

        try:
            return newest_sound(self._library)
        except OSError as exc:
            logger.warning("backups cannot be looked for: %s", exc)
            return None

    def _use_backup(self) -> Path:
        from desktop.store.recovery import (  # pylint: disable=import-outside-toplevel
            use_newest_backup,
        )

        return use_newest_backup(self._library)

    def _start_empty(self) -> Path:
        from desktop.store.recovery import start_empty  # pylint: disable=import-outside-toplevel

        return start_empty(self._library)

    def _show(self, error: LibraryError, backup: Backup | None) -> None:
        known = Circumstances(backup=None if backup is None else backup.made)
        page = self._window.trouble
        page.setEnabled(True)
        message = self._messages.stopped(error.code, known)
        page.show_message(message, error.detail, self._library.name)
        self._window.show_trouble()

    @Slot()
    def _on_backup_requested(self) -> None:
        self._recover(self._use_backup)

    @Slot()
    def _on_empty_requested(self) -> None:
        self._recover(self._start_empty)

    def _recover(self, recover: Callable[[], Path]) -> None:
        self._window.trouble.setEnabled(False)
        self._background.run(recover, self._on_recovered, self.show, owner=self)

    def _on_recovered(self, set_aside: Path) -> None:
        self.set_aside = set_aside
        self.library_wanted.emit()

    @Slot()
    def _on_folder_requested(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._library.parent)))
