"""Stand in for the sidebar where the window is too narrow for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.item_models.captions import fraction, percent
from desktop.item_models.library_model import LibraryModel
from desktop.store.records import JobStatus
from desktop.ui.sizes import dp
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import Separator
from desktop.ui.widgets.panels import Panel
from desktop.ui.widgets.progress import RingProgress

WIDTH = 56
"""Dp."""


class Rail(Panel):
    """Offer menu, new, search, library and settings as icons, and the running job as a ring."""

    add_requested = Signal()
    search_requested = Signal()
    library_requested = Signal()
    settings_requested = Signal()

    def __init__(self, model: LibraryModel, parent: QWidget | None = None) -> None:
        super().__init__("window", parent)
        self._model = model
        self.setAccessibleName(self.tr("Library"))
        self._menu = IconButton("menu", self.tr("Menu"), self)
        self._ring = RingProgress(self.tr("Running"), self)
        self._line = Separator(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(dp(12), dp(16), dp(12), dp(8))
        layout.setSpacing(dp(4))
        layout.addWidget(self._menu)
        for icon, name, signal in (
            ("plus", self.tr("Add files"), self.add_requested),
            ("search", self.tr("Search all"), self.search_requested),
            ("panel-left", self.tr("Show library"), self.library_requested),
        ):
            layout.addWidget(self._button(icon, name, signal))
        layout.addSpacing(dp(8))
        layout.addWidget(self._line)
        layout.addSpacing(dp(8))
        layout.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        layout.addWidget(self._button("settings", self.tr("Settings"), self.settings_requested))
        self.setFixedWidth(dp(WIDTH))
        model.contents_changed.connect(self._on_changed)
        model.dataChanged.connect(self._on_changed)
        self._on_changed()

    def set_menu(self, menu: QMenu) -> None:
        """Open this menu with the first button."""
        self._menu.setMenu(menu)

    def _button(self, icon: str, name: str, signal: object) -> IconButton:
        button = IconButton(icon, name, self)
        button.clicked.connect(signal)
        return button

    @Slot()
    def _on_changed(self) -> None:
        running = [job for job in self._model.contents.jobs if job.status is JobStatus.RUNNING]
        self._ring.setVisible(bool(running))
        self._line.setVisible(bool(running))
        if not running:
            return
        job = running[0]
        part = fraction(self._model.contents.progress(job.id))
        if part is None:
            # Nothing was told since the program started, but some of it is done.
            part = min(1.0, job.done / job.duration) if job.duration else 0.0
        self._ring.set_fraction(part)
        self._ring.setToolTip(f"{job.title} · {percent(part)}")
