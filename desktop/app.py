"""Build everything and connect it, in the order people notice it: window, library, queue, engine."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop import settings as settings_file
from desktop.crash_dialog import CrashReporter
from desktop.item_models.library_model import LibraryModel
from desktop.logs import Logs
from desktop.paths import Paths
from desktop.services.background import Background
from desktop.services.garbage import GarbageCollector
from desktop.services.library_news import LibraryNews
from desktop.services.settings_service import SettingsService
from desktop.single_instance import SingleInstance
from desktop.ui.controllers.settings_controller import dress
from desktop.ui.main_window import MainWindow
from desktop.ui.messages import Messages
from desktop.ui.theme import Theme
from desktop.ui.translation import Translation
from engine.errors import LibraryError, TranscriberError

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.store.library import Library

logger = logging.getLogger(__name__)

APP_NAME = "Whisper Transcriber"


def run(paths: Paths, files: Sequence[Path]) -> int:
    """Show the window and return the exit code when it is closed.

    A second start for the same data directory hands its files to the first and ends.
    """
    application = make_application()
    instance = SingleInstance(paths.instance)
    try:
        paths.make()
        is_first = instance.acquire()
    except LibraryError as error:
        return _refuse(error)
    if not is_first:
        return 0 if instance.hand_over(files) else _refuse(LibraryError("library.in_use"))
    program = Program(application, paths, instance)
    program.show(files)
    try:
        return application.exec()
    finally:
        program.close()


def make_application() -> QApplication:
    """Return the application object, with the name that window managers show."""
    QApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    application = QApplication(sys.argv[:1])
    application.setApplicationName("WhisperTranscriber")
    application.setApplicationDisplayName(APP_NAME)
    application.setDesktopFileName("whisper-transcriber")
    return application


class Program(QObject):  # pylint: disable=too-many-instance-attributes
    """The running program: a window at once, and behind it what needs longer."""

    def __init__(
        self, application: QApplication, paths: Paths, instance: SingleInstance | None = None
    ) -> None:
        super().__init__(application)
        self.paths = paths
        # First: it keeps Qt's objects from being destroyed in a thread of the pool.
        self._garbage = GarbageCollector(self)
        self._instance = instance
        self._logs = Logs(paths.logs)
        self._logs.start()
        self._crashes = CrashReporter(self._logs, self)
        self.settings = SettingsService(settings_file.read(paths.settings), paths.settings, self)
        self.theme = Theme(application)
        dress(self.theme, self.settings.current)
        self._translation = Translation(application)
        self._translation.apply(self.settings.current.language)
        self.background = Background(self)
        self.news = LibraryNews(self)
        self.model = LibraryModel(self)
        self.window = MainWindow(self.model)
        self._messages = Messages(self)
        self.library: Library | None = None
        self.desk: Desk | None = None
        self._files: list[Path] = []
        self._is_closed = False
        self._restore_window()
        self._connect()

    @property
    def widget(self) -> MainWindow:
        """Return the main window."""
        return self.window

    def show(self, files: Sequence[Path] = ()) -> None:
        """Show the window; the library comes after it was painted, then the files are queued."""
        self._files.extend(files)
        self.window.show()

    def close(self) -> None:
        """Store everything and end every thread and process; the running job goes on next time."""
        if self._is_closed:
            return
        self._is_closed = True
        self._save_window()
        if self.desk is not None:
            self.desk.close()
        self.background.close()
        if self.library is not None:
            self.library.close()
        self.settings.close()
        if self._instance is not None:
            self._instance.release()
        self._logs.close()

    def _connect(self) -> None:
        self.window.painted.connect(self._open_library)
        self.window.closing.connect(QApplication.quit)
        self.window.trouble.try_again_requested.connect(self._open_library)
        self.window.trouble.folder_requested.connect(self._show_data_folder)
        if self._instance is not None:
            self._instance.files_received.connect(self._on_files_received)

    # ---- the library -----------------------------------------------------------------------

    @Slot()
    def _open_library(self) -> None:
        self.background.run(self._read_library, self._on_library_opened, self._on_library_failed)

    def _read_library(self) -> Library:
        # In a thread: SQLAlchemy takes half a second to import.
        from desktop.store.library import Library  # pylint: disable=import-outside-toplevel

        return Library(self.paths.library, self.news.report)

    def _on_library_opened(self, library: Library) -> None:
        from desktop.desk import Desk  # pylint: disable=import-outside-toplevel  # after the paint

        self.library = library
        self.window.show_start()
        self.desk = Desk(self, library)
        self.desk.ready.connect(self._on_desk_ready)
        self.desk.start()

    def _on_library_failed(self, error: Exception) -> None:
        if not isinstance(error, LibraryError):
            raise error
        logger.warning("the library cannot be opened: %s", error.code)
        self.window.trouble.show_message(self._messages.stopped(error.code), error.detail)
        self.window.show_trouble()

    @Slot()
    def _on_desk_ready(self) -> None:
        self._queue_files()
        if self._logs.was_killed and self.library is not None and self.library.was_interrupted:
            self.window.toasts.show_toast(
                self.tr("The program did not end by itself last time. Nothing stored was lost.")
            )

    def _queue_files(self) -> None:
        files, self._files = self._files, []
        if files and self.desk is not None:
            self.desk.intake.add(files)

    @Slot(object)
    def _on_files_received(self, files: Sequence[Path]) -> None:
        self._files.extend(files)
        self._queue_files()
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    @Slot()
    def _show_data_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.paths.data)))

    # ---- the window's place ----------------------------------------------------------------

    def _window_state(self) -> QSettings:
        return QSettings(str(self.paths.window_state), QSettings.Format.IniFormat)

    def _restore_window(self) -> None:
        state = self._window_state()
        geometry = state.value("geometry")
        if geometry is not None:
            self.window.restoreGeometry(geometry)
        self.window.sidebar.restore_state(state.value("closed_sections", []))
        width = state.value("sidebar_width", 0)
        self.window.restore_layout(int(str(width)) if str(width).isdecimal() else 0)

    def _save_window(self) -> None:
        state = self._window_state()
        state.setValue("geometry", self.window.saveGeometry())
        state.setValue("closed_sections", self.window.sidebar.save_state())
        state.setValue("sidebar_width", self.window.save_layout())
        state.sync()


def _refuse(error: TranscriberError) -> int:
    message = Messages().stopped(error.code)
    box = QMessageBox(QMessageBox.Icon.Warning, APP_NAME, message.title)
    box.setInformativeText(f"{message.text}\n\n{error.code}")
    box.setDetailedText(error.detail)
    box.exec()
    return 1
