"""Say that something failed: what people can mend themselves, and what they should report."""

from __future__ import annotations

import errno
import logging
import platform
import sys
from dataclasses import dataclass
from typing import cast

import PySide6
from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.logs import Logs, describe
from desktop.ui.messages import Messages
from engine import __version__
from engine.errors import TranscriberError

logger = logging.getLogger(__name__)

_MENDABLE_ERRNOS = frozenset(
    (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.EMFILE, errno.EIO)
)
_REPORT_COLUMNS = 90
_REPORT_LINES = 18


@dataclass(frozen=True, slots=True)
class CrashReport:
    """What a dialog shows of a failure."""

    is_mendable: bool
    """Whether the computer's state is to blame (disk, rights, memory), not the program."""
    code: str
    """As in `engine.errors`; empty for errors of the system and for bugs."""
    sentence: str
    """What happened, in the words of the system; empty if it has none."""
    details: str
    """Versions, traceback and the end of the log, to be copied into a report."""


def report_on(error: BaseException, log_tail: str = "") -> CrashReport:
    """Return what to show of an exception that nobody caught."""
    details = "\n".join((_versions(), "", describe(error).rstrip(), "", log_tail)).rstrip()
    if isinstance(error, TranscriberError) and error.code != "engine.internal":
        return CrashReport(True, error.code, "", details)
    if isinstance(error, MemoryError):
        return CrashReport(True, "", "", details)
    if isinstance(error, OSError) and error.errno in _MENDABLE_ERRNOS:
        place = f" ({error.filename})" if error.filename else ""
        return CrashReport(True, "", f"{error.strerror}{place}", details)
    return CrashReport(False, "", "", details)


class CrashDialog(QDialog):
    """Show one failure; made of plain widgets, for the theme itself may have failed."""

    def __init__(self, report: CrashReport, logs: Logs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self._logs = logs
        self.setWindowTitle(self.tr("Whisper Transcriber"))
        self.setAccessibleName(self.windowTitle())
        layout = QVBoxLayout(self)
        title, *rest = self._texts()
        layout.addWidget(self._title(title))
        for text in rest:
            layout.addWidget(self._label(text))
        layout.addWidget(self._details())
        layout.addWidget(self._buttons())

    def _texts(self) -> tuple[str, ...]:
        report = self._report
        if not report.is_mendable:
            return (
                self.tr("The program made a mistake."),
                self.tr(
                    "Your transcripts are safe: everything is saved as it appears. Report the "
                    "mistake with the text below; look through it first, it may name files."
                ),
            )
        if report.code:
            message = Messages(self).stopped(report.code)
            return (message.title, message.text)
        if report.sentence:
            return (self.tr("The computer refused something."), report.sentence)
        return (self.tr("The memory of this computer is used up. Close other programs."),)

    def _title(self, text: str) -> QLabel:
        label = self._label(text)
        font = label.font()
        font.setBold(True)
        label.setFont(font)
        return label

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setWordWrap(True)
        return label

    def _details(self) -> QPlainTextEdit:
        details = QPlainTextEdit(self._report.details, self)
        details.setReadOnly(True)
        details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        details.setAccessibleName(self.tr("Details of the failure"))
        metrics = details.fontMetrics()
        details.setMinimumSize(
            metrics.averageCharWidth() * _REPORT_COLUMNS, metrics.lineSpacing() * _REPORT_LINES
        )
        return details

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(self)
        roles = QDialogButtonBox.ButtonRole
        close = self._button(box, self.tr("Close"), roles.RejectRole)
        close.clicked.connect(self.reject)
        close.setDefault(True)
        copy = self._button(box, self.tr("Copy details"), roles.ActionRole)
        copy.clicked.connect(self._on_copy_clicked)
        folder = self._button(box, self.tr("Open log folder"), roles.ActionRole)
        folder.clicked.connect(self._on_folder_clicked)
        quit_button = self._button(box, self.tr("Quit the program"), roles.DestructiveRole)
        quit_button.clicked.connect(self._on_quit_clicked)
        return box

    @staticmethod
    def _button(box: QDialogButtonBox, text: str, role: QDialogButtonBox.ButtonRole) -> QPushButton:
        button = box.addButton(text, role)
        button.setAccessibleName(text)
        return button

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._report.details)

    @Slot()
    def _on_folder_clicked(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._logs.folder)))

    @Slot()
    def _on_quit_clicked(self) -> None:
        self.accept()
        QApplication.quit()


class CrashReporter(QObject):
    """Show a dialog for exceptions that nobody caught, in whatever thread; one at a time.

    Make it in the GUI thread.
    """

    _caught = Signal(object)

    def __init__(self, logs: Logs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._logs = logs
        self._dialog: CrashDialog | None = None
        self._caught.connect(self._on_caught)
        logs.tell_of_mistakes(self.show)

    def show(self, error: BaseException) -> None:
        """Show a failure; may be called from any thread."""
        self._caught.emit(error)

    @property
    def dialog(self) -> CrashDialog | None:
        """Return what is shown now."""
        return self._dialog

    @Slot(object)
    def _on_caught(self, error: object) -> None:
        # More mistakes while one is shown are in the log; a row of dialogs helps nobody.
        if self._dialog is not None:
            return
        report = report_on(cast(BaseException, error), self._logs.tail())
        self._dialog = CrashDialog(report, self._logs, QApplication.activeWindow())
        self._dialog.finished.connect(self._on_finished)
        self._dialog.open()

    @Slot()
    def _on_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None


def _versions() -> str:
    python = sys.version.split(maxsplit=1)[0]
    return (
        f"Whisper Transcriber {__version__}, Python {python}, PySide6 {PySide6.__version__}, "
        f"{platform.platform()}"
    )
