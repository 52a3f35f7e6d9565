"""The context menu of the transcript."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFontMetricsF, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.ui.sizes import dpf
from desktop.ui.widgets.painting import elided
from engine.transcript.transcript import Speaker

_Key = QKeySequence.StandardKey
_NAME = 280
"""Longest name in the menu, dp; its tool tip has all of it."""


class TranscriptMenu(QMenu):
    """Offer editing commands and the speakers; what it does is given to it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Transcript"))

    def add(
        self, text: str, command: Callable[[], None], *, key: _Key | None = None, is_on: bool = True
    ) -> QAction:
        """Add a command; its key is shown only, the text has it already."""
        action = self.addAction(text)
        action.triggered.connect(lambda: command())  # pylint: disable=unnecessary-lambda
        action.setEnabled(is_on)
        if key is not None:
            action.setShortcut(QKeySequence(key))
            action.setShortcutVisibleInContextMenu(True)
        return action

    def add_speakers(
        self,
        speakers: Sequence[Speaker],
        current: str | None,
        choose: Callable[[str | None], None],
        create: Callable[[], None],
    ) -> QMenu:
        """Add the list of who may speak here, and somebody new."""
        menu = self.addMenu(self.tr("Speaker"))
        menu.setToolTipsVisible(True)
        for number, speaker in enumerate(speakers, 1):
            metrics = QFontMetricsF(menu.font())
            name = elided(speaker.name, metrics, dpf(_NAME), Qt.TextElideMode.ElideRight)
            # An ampersand in a name would become the key of the menu.
            action = menu.addAction(f"{number}  {name}".replace("&", "&&"))
            action.setToolTip(speaker.name)
            action.setCheckable(True)
            action.setChecked(speaker.id == current)
            action.triggered.connect(lambda _=False, chosen=speaker.id: choose(chosen))
        unknown = menu.addAction(self.tr("Not known"))
        unknown.setCheckable(True)
        unknown.setChecked(current is None)
        unknown.triggered.connect(lambda: choose(None))
        menu.addSeparator()
        menu.addAction(self.tr("New speaker…")).triggered.connect(create)
        return menu


def has_clipboard_text() -> bool:
    """Tell whether there is something to paste."""
    data = QGuiApplication.clipboard().mimeData()
    return data is not None and data.hasText()
