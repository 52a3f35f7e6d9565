"""Say in place of everything why the library cannot be used, and what to do."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.job.stopped_card import StoppedCard
from desktop.ui.message_values import Message, Way
from desktop.ui.sizes import dp
from desktop.ui.widgets.panels import Panel

_WIDTH = 640
_WAYS = (Way.TRY_AGAIN, Way.OPEN_FOLDER, Way.USE_BACKUP, Way.START_EMPTY)
_USUAL = (Way.TRY_AGAIN, Way.OPEN_FOLDER)
"""What can be done here in any case: whatever is mended outside, the library is opened then."""


class TroublePage(Panel):
    """One card in the middle of the page."""

    try_again_requested = Signal()
    folder_requested = Signal()
    """The folder of the library is to be shown."""
    backup_requested = Signal()
    """The newest backup is to take the place of the library."""
    empty_requested = Signal()
    """An empty library is to take its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self._card = StoppedCard(self)
        self._card.way_chosen.connect(self._on_way_chosen)
        column = QWidget(self)
        column.setMaximumWidth(dp(_WIDTH))
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._card)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(column, 1000)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(dp(24), dp(24), dp(24), dp(24))
        layout.addStretch(4)
        layout.addLayout(row)
        layout.addStretch(5)

    def show_message(self, message: Message, detail: str, about: str) -> None:
        """Say what happened to the library of this name; `detail` is technical."""
        ways = [Way.TRY_AGAIN if way is Way.CONTINUE else way for way in message.ways]
        offered = tuple(way for way in ways if way in _WAYS)
        shown = replace(message, ways=offered or _USUAL)
        self._card.show_message(shown, detail=detail, about=about)
        self._card.focus_first()

    @Slot(object)
    def _on_way_chosen(self, way: Way) -> None:
        wanted = {
            Way.OPEN_FOLDER: self.folder_requested,
            Way.USE_BACKUP: self.backup_requested,
            Way.START_EMPTY: self.empty_requested,
        }
        wanted.get(way, self.try_again_requested).emit()
