"""Build and connect everything, in the order people notice it: window, library, queue, engine."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, Qt, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop import settings as settings_file
from desktop.crash_dialog import CrashReporter
from desktop.item_models.library_model import LibraryModel
from desktop.logs import Logs
from desktop.opened_files import OpenedFiles
from desktop.paths import Paths
from desktop.quit_signals import QuitSignals
from desktop.services.background import Background
from desktop.services.garbage import GarbageCollector
from desktop.services.library_news import LibraryNews
from desktop.services.settings_service import SettingsService
from desktop.single_instance import Outcome, SingleInstance
from desktop.ui.controllers.trouble_controller import TroubleController
from desktop.ui.dressing import dress
from desktop.ui.main_window import MainWindow
from desktop.ui.messages import Messages
from desktop.ui.theme import Theme
from desktop.ui.translation import Translation
from desktop.ui.waiting_note import WaitingNote
from engine.errors import LibraryError, TranscriberError

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.store.library import Library

APP_NAME = "Whisper Transcriber"
ICON = Path(__file__).parent / "resources" / "whisper-transcriber.svg"


def run(paths: Paths, files: Sequence[Path]) -> int:
    """Show the window and return the exit code when it is closed.

    A second start for the same data directory hands its files to the first and ends; if that has
    ended meanwhile without them, it takes its place.
    """
    application = make_application()
    instance = SingleInstance(paths.instance)
    try:
        paths.make()
        is_first = instance.acquire()
    except LibraryError as error:
        return _refuse(error)
    if not is_first:
        outcome = _hand_over(application, instance, paths, files)
        if outcome is not Outcome.OURS:
            return 0 if outcome is Outcome.TAKEN else 1
    program = Program(application, paths, instance)
    signals = QuitSignals()
    program.show(files)
    try:
        return application.exec()
    finally:
        program.close()
        signals.close()
        # While Qt still lives: what dies with the interpreter starts timers that have no home.
        for part in (program.window, program):
            part.deleteLater()
            QCoreApplication.sendPostedEvents(part, QEvent.Type.DeferredDelete)


def make_application() -> QApplication:
    """Return the application object, with the name that window managers show."""
    QApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    application = QApplication(sys.argv[:1])
    application.setApplicationName("WhisperTranscriber")
    application.setApplicationDisplayName(APP_NAME)
    application.setDesktopFileName("whisper-transcriber")
    application.setWindowIcon(QIcon(str(ICON)))
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
        self.trouble = TroubleController(self.window, paths.library, self.background)
        self.library: Library | None = None
        self.desk: Desk | None = None
        self._files: list[Path] = []
        self._is_ready = self._is_closed = self._is_opening = False
        self._closing = threading.Lock()
        self._restore_window()
        self._connect()

    @property
    def widget(self) -> MainWindow:
        """Return the main window."""
        return self.window

    @property
    def is_ready(self) -> bool:
        """Tell whether the library is shown and the queue goes on."""
        return self._is_ready

    def show(self, files: Sequence[Path] = ()) -> None:
        """Show the window; the library comes after it was painted, then the files are queued."""
        self._files.extend(files)
        self.window.show()

    def close(self) -> None:
        """Store everything and end every thread and process; the running job goes on next time."""
        if self._is_closed:
            return
        with self._closing:
            self._is_closed = True
        with ExitStack() as parts:  # from the last to the first, whatever one of them raises
            parts.callback(self._logs.close)
            if self._instance is not None:
                parts.callback(self._instance.release)
            parts.callback(self.settings.close)
            if self.library is not None:
                parts.callback(self.library.close)
            parts.callback(self.background.close)
            if self.desk is not None:
                parts.callback(self.desk.close)
            parts.callback(self._garbage.keep_none)
            parts.callback(self._save_window)

    def _connect(self) -> None:
        self.window.painted.connect(self._open_library)
        self.window.closing.connect(QApplication.quit)
        self.trouble.library_wanted.connect(self._open_library)
        if self._instance is not None:
            self._instance.files_received.connect(self._on_files_received)
        if sys.platform == "darwin":
            # Nowhere else: it sees every event there is.
            opened = OpenedFiles(self.parent(), self)
            opened.files_opened.connect(self._on_files_received)

    # ---- the library -----------------------------------------------------------------------

    @Slot()
    def _open_library(self) -> None:
        if not self._is_opening and self.library is None:
            self._is_opening = True
            self.background.run(
                self._read_library, self._on_library_opened, self._on_library_refused
            )

    def _read_library(self) -> Library:
        # In a thread: SQLAlchemy and what needs it take half a second to import.
        # pylint: disable=import-outside-toplevel
        from desktop.store.library import Library

        library = Library(self.paths.library, self.news.report)
        with self._closing:
            if not self._is_closed:
                self.library = library
        if self.library is None:  # the window was closed meanwhile
            library.close()
        else:
            import_module("desktop.desk")
        return library

    def _on_library_refused(self, error: Exception) -> None:
        self._is_opening = False
        self.trouble.show(error)

    def _on_library_opened(self, library: Library) -> None:
        from desktop.desk import Desk  # pylint: disable=import-outside-toplevel  # see above

        self._is_opening = False
        self.window.show_start()
        self.desk = Desk(self, library)
        self.desk.ready.connect(self._on_desk_ready)
        self.desk.start()

    @Slot()
    def _on_desk_ready(self) -> None:
        self._garbage.keep_all()
        self._is_ready = True
        self._queue_files()
        if self.trouble.set_aside is not None:
            sentence = self.tr("The damaged library is kept beside this one, as “{name}”.")
            name = self.trouble.set_aside.name
            self.window.toasts.show_toast(sentence.format(name=name))
        elif self._logs.was_killed and self.library is not None and self.library.was_interrupted:
            self.window.toasts.show_toast(
                self.tr("The program did not end by itself last time. Nothing stored was lost.")
            )
        elif self.settings.loaded.kept_aside is not None:
            sentence = self.tr(
                "The settings could not be read, so the usual ones hold. The old file is kept "
                "as “{name}”."
            )
            name = self.settings.loaded.kept_aside.name
            self.window.toasts.show_toast(sentence.format(name=name))

    def _queue_files(self) -> None:
        # What comes before the library is open waits.
        if self._is_ready and self.desk is not None:
            files, self._files = self._files, []
            self.desk.intake.add(files, shows_known=True)

    @Slot(object)
    def _on_files_received(self, files: Sequence[Path]) -> None:
        self._files.extend(files)
        self._queue_files()
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    # ---- the window's place ----------------------------------------------------------------

    def _window_state(self) -> QSettings:
        return QSettings(str(self.paths.window_state), QSettings.Format.IniFormat)

    def _restore_window(self) -> None:
        state = self._window_state()
        geometry = state.value("geometry")
        if geometry is not None:
            self.window.restoreGeometry(geometry)
            self.window.fit_screen()
        self.window.sidebar.restore_state(state.value("closed_sections", []))
        width = state.value("sidebar_width", 0)
        self.window.restore_layout(int(str(width)) if str(width).isdecimal() else 0)

    def _save_window(self) -> None:
        state = self._window_state()
        state.setValue("geometry", self.window.saveGeometry())
        state.setValue("closed_sections", self.window.sidebar.save_state())
        state.setValue("sidebar_width", self.window.save_layout())
        state.sync()


def _hand_over(
    application: QApplication, instance: SingleInstance, paths: Paths, files: Sequence[Path]
) -> Outcome | None:
    """Give the files to the first program; say so if it takes its time."""
    translation = Translation(application)
    translation.apply(settings_file.load(paths.settings).language)
    note = WaitingNote(APP_NAME, has_files=bool(files))
    hand_over = instance.hand_over(files)
    hand_over.ended.connect(application.quit)
    note.rejected.connect(hand_over.give_up)
    hand_over.begin()
    application.exec()
    for part in (note, translation):
        part.deleteLater()
    return hand_over.outcome


def _refuse(error: TranscriberError) -> int:
    message = Messages().stopped(error.code)
    box = QMessageBox(QMessageBox.Icon.Warning, APP_NAME, message.title)
    box.setInformativeText(f"{message.text}\n\n{error.code}")
    box.setDetailedText(error.detail)
    box.exec()
    return 1
