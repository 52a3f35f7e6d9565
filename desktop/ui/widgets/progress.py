"""Show how far something is: bar, ring, five-step dots. The words stand beside them, always.

Use: `bar = ProgressBar(self.tr("Transcribing"), self); bar.set_fraction(0.47)`; None while the
length is unknown (nothing is drawn: the text says what is going on). `set_line()` gives the 3 dp
line of the header. `RingProgress` for the rail, `Dots(4, self.tr("Speed"), self)` under a number.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.fonts import set_role
from desktop.ui.sizes import dp, dpf
from desktop.ui.widgets.painting import DOT_GAP, DOT_HEIGHT, DOT_WIDTH, paint_bar, paint_dots

_STEPS = 1000


class ProgressBar(QProgressBar):
    """A bar of 4 dp that speaks its value."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_known = True
        self._is_line = False
        self.setAccessibleName(accessible_name)
        self.setRange(0, _STEPS)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_fraction(self, fraction: float | None) -> None:
        """Show how much is done, 0–1; None draws nothing."""
        self._is_known = fraction is not None
        self.setValue(round((fraction or 0.0) * _STEPS))
        self.update()

    def set_line(self) -> None:
        """Make it the 3 dp line over the whole width of a header."""
        self._is_line = True
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give the height; the width is the layout's."""
        return QSize(dp(120), dp(3 if self._is_line else 4))

    def minimumSizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Stay a bar."""
        return QSize(dp(24), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw what is done and what is to come."""
        if not self._is_known:
            return
        painter = QPainter(self)
        fraction = self.value() / _STEPS
        area = QRectF(self.rect())
        if not self._is_line:
            paint_bar(painter, area, fraction, "bar_empty")
            return
        painter.fillRect(area, theme.color("bar_empty"))
        area.setWidth(area.width() * fraction)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            area.moveRight(self.width())
        painter.fillRect(area, theme.color("accent"))


class RingProgress(QProgressBar):
    """A ring with the per cent inside, 28 dp."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self.setRange(0, 100)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_role(self, "caption_strong")

    def set_fraction(self, fraction: float) -> None:
        """Show how much is done, 0–1."""
        self.setValue(round(fraction * 100))

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give its square."""
        return QSize(dp(28), dp(28))

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw ring and figure."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = dpf(3)
        area = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(theme.color("bar_empty"), width))
        painter.drawEllipse(area)
        pen = QPen(theme.color("accent"), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(area, 90 * 16, -round(self.value() * 3.6 * 16))
        painter.setPen(theme.color("text"))
        small = self.font()
        # The only text under 11 px: "100" must fit into the ring; the tool tip repeats it.
        small.setPixelSize(max(1, round(dpf(9))))
        painter.setFont(small)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(self.value()))


class Dots(QWidget):
    """A measure in five steps, under the number that it shows."""

    def __init__(self, number: int, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = accessible_name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_number(number)

    def set_number(self, number: int) -> None:
        """Show another measure, 0–5."""
        self._number = number
        self.setAccessibleName(self.tr("{0}: {1} of 5").format(self._name, number))
        self.update()

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give the room of five steps."""
        return QSize(dp(5 * DOT_WIDTH + 4 * DOT_GAP), dp(DOT_HEIGHT))

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw the steps."""
        paint_dots(QPainter(self), QRectF(self.rect()), self._number)
