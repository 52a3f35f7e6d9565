"""Say in a later start that the window which is open has not answered yet."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox

_PATIENCE_MS = 5_000
"""A window that is only busy for a moment takes over without a word."""


class WaitingNote(QMessageBox):
    """Appear after a while; rejected if people do not want to wait."""

    def __init__(self, title: str, *, has_files: bool, patience_ms: int = _PATIENCE_MS) -> None:
        super().__init__()
        self.setIcon(QMessageBox.Icon.Information)
        self.setWindowTitle(title)
        self.setText(self.tr("The window that is open is busy at the moment."))
        self.setInformativeText(
            self.tr("It takes your recordings as soon as it answers.")
            if has_files
            else self.tr("It comes to the front as soon as it answers.")
        )
        self.setStandardButtons(QMessageBox.StandardButton.Cancel)
        QTimer.singleShot(patience_ms, self, self.open)
