"""Offer areas with a fill, cards with a hairline, and the drawing of the empty state.

Use: `Panel("window", self)` fills itself with a token; `Card(self)` is surface with a line and
radius 10; both take any layout. `EmptyDrawing(self)` is sound that becomes text; decoration.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.sizes import dp, dpf
from desktop.ui.style import set_surface

_WAVE = (8, 16, 34, 20, 46, 30, 52, 26, 38, 20, 30, 12)
"""Heights of the bars, dp."""
_LINES = (56, 48, 60, 32)
"""Lengths of the lines, dp."""


class Panel(QWidget):
    """An area filled with a token's colour."""

    def __init__(self, surface: str = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, surface)


class Card(QFrame):
    """An area with a hairline around it and round corners."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)


class EmptyDrawing(QWidget):
    """Sound bars, an arrow, lines of text; 168 × 52 dp."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give its size."""
        return QSize(dp(168), dp(52))

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = self.height() / 2
        painter.setBrush(theme.color("accent"))
        for column, height in enumerate(_WAVE):
            column_area = QRectF(dpf(column * 6), middle - dpf(height) / 2, dpf(3), dpf(height))
            painter.drawRoundedRect(column_area, dpf(1.5), dpf(1.5))
        painter.setBrush(theme.color("text2"))
        for row, length in enumerate(_LINES):
            line = QRectF(dpf(108), middle + dpf((row - 1.5) * 11 - 2), dpf(length), dpf(4))
            painter.drawRoundedRect(line, dpf(2), dpf(2))
        paint_icon(painter, QRectF(dpf(81), 0, dpf(16), self.height()), "arrow-right", "text2")
