"""Offer drawers: a column that slides over the text where the window is too narrow for it.

Use: `drawer = Drawer(central, "right", 296, self.tr("Inspector")); drawer.set_content(inspector)`,
`drawer.open_drawer()`, `drawer.close_drawer()`, `drawer.closed`. Esc closes and gives the focus
back. `drawer.take_content()` returns the widget when the window is wide again.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.sizes import dp
from desktop.ui.widgets.overlays import (
    ParentFollower,
    focus_as_last_used,
    focusable_children,
    give_focus_back,
    paint_shadow,
)

Side = Literal["left", "right"]
_SHADOW = 24
"""Room for the shadow beside the column, dp."""


class Drawer(QWidget):
    """A column over the edge of an area, with a shadow; not modal."""

    closed = Signal()

    def __init__(self, area: QWidget, side: Side, width: int, accessible_name: str) -> None:
        super().__init__(area)
        self._area, self._side, self._column_width = area, side, width
        self._focus_before: QWidget | None = None
        self._content: QWidget | None = None
        self.setAccessibleName(accessible_name)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        shadow = dp(_SHADOW)
        is_left = side == "left"
        self._layout.setContentsMargins(0 if is_left else shadow, 0, shadow if is_left else 0, 0)
        self._animation = QPropertyAnimation(self, b"pos", self)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.hide()
        ParentFollower(area, self._place, self)

    def set_content(self, content: QWidget) -> None:
        """Show a widget in the column; it becomes a child of the drawer."""
        self._content = content
        self._layout.addWidget(content)
        content.show()

    def take_content(self) -> QWidget | None:
        """Give the widget up, without a parent, for another layout."""
        content, self._content = self._content, None
        if content is not None:
            self._layout.removeWidget(content)
            content.setParent(None)
        return content

    def open_drawer(self) -> None:
        """Slide in and take the focus."""
        self._focus_before = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()
        stops = focusable_children(self)
        if stops:
            focus_as_last_used(stops[0])
        self._slide()

    def close_drawer(self) -> None:
        """Leave, and give the focus back."""
        if not self.isVisible():
            return
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self._area)
        self._animation.stop()
        self.hide()
        if had_focus:
            give_focus_back(self._focus_before)
        self._focus_before = None
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # pylint: disable=invalid-name
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_drawer()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw shadow, fill and the hairline at the edge."""
        painter = QPainter(self)
        column = self._column()
        paint_shadow(painter, QRectF(column), 0)
        painter.fillRect(column, theme.color("window"))
        edge = column.right() if self._side == "left" else column.left()
        painter.setPen(theme.color("line"))
        painter.drawLine(edge, column.top(), edge, column.bottom())

    def _column(self) -> QRect:
        shadow = dp(_SHADOW)
        if self._side == "left":
            return self.rect().adjusted(0, 0, -shadow, 0)
        return self.rect().adjusted(shadow, 0, 0, 0)

    def _place(self) -> None:
        width = min(dp(self._column_width), self._area.width()) + dp(_SHADOW)
        left = 0 if self._side == "left" else self._area.width() - width
        self.setGeometry(left, 0, width, self._area.height())

    def _slide(self) -> None:
        milliseconds = theme.duration(160)
        if not milliseconds:
            return
        end = self.pos()
        away = -self.width() if self._side == "left" else self.width()
        self._animation.stop()
        self._animation.setDuration(milliseconds)
        self._animation.setStartValue(end + QPoint(away, 0))
        self._animation.setEndValue(end)
        self._animation.start()
