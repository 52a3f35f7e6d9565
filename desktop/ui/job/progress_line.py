"""Show over the whole width how far a job is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.progress import ProgressBar


class ProgressLine(ProgressBar):
    """A line of 3 dp under the header; the header says the same in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Transcribing"))
        self.set_line()
