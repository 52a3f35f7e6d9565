"""Cover the window while something is dragged over it, to say that it may be let go."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.fonts import font
from desktop.ui.sizes import RADIUS_CARD, dp, dpf
from desktop.ui.widgets.overlays import ParentFollower
from desktop.ui.widgets.painting import Box, paint_dashed_box


class DropVeil(QWidget):
    """A veil with one line of text; it takes no events."""

    def __init__(self, area: QWidget) -> None:
        super().__init__(area)
        self._area = area
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Drop to start"))
        self.hide()
        ParentFollower(area, self._place, self)

    def setVisible(self, visible: bool) -> None:  # pylint: disable=invalid-name
        """Lie above everything."""
        if visible:
            self._place()
            self.raise_()
        super().setVisible(visible)

    def _place(self) -> None:
        self.setGeometry(self._area.rect())

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw veil, dashed edge and sentence."""
        painter = QPainter(self)
        veil = theme.color("accent_soft")
        veil.setAlphaF(0.92)
        painter.fillRect(self.rect(), veil)
        inner = QRectF(self.rect()).adjusted(dpf(16), dpf(16), -dpf(16), -dpf(16))
        paint_dashed_box(painter, inner, Box("accent_soft", "accent", RADIUS_CARD, 2))
        painter.setFont(font("display"))
        painter.setPen(theme.color("text"))
        area = self.rect().adjusted(dp(24), dp(24), -dp(24), -dp(24))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.tr("Drop to start"))
