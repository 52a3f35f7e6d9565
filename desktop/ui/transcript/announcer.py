"""Say who speaks and when, as the caret enters another paragraph: names and times are painted."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.transcript.rows import Row
from engine.clock import clock

_PAUSE_MS = 1000


class Announcer(QObject):
    """Speak politely, at most once a second; the last one counts."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._last: tuple[str, float] | None = None
        self._text = ""
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._announce)

    def enter(self, row: Row, name: str) -> None:
        """Note that the caret is in a row."""
        place = (name, row.start)
        if place == self._last:
            return
        self._last = place
        self._text = ", ".join(part for part in (name, clock(row.start)) if part)
        if not QAccessible.isActive() or not self._widget.hasFocus():
            return
        if not self._since.isValid() or self._since.elapsed() >= _PAUSE_MS:
            self._announce()
        elif not self._timer.isActive():
            self._timer.start(_PAUSE_MS)

    def _announce(self) -> None:
        self._since.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._widget, self._text))
