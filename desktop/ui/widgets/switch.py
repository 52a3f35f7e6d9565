"""Offer a switch for what applies at once; a check box to those who listen.

Use: `follow = Switch(self.tr("Follow"), self)`; with the label elsewhere (settings rows):
`Switch("", self, accessible_name=self.tr("Line numbers"))`. Signals as QCheckBox: `toggled`.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.ui import theme
from desktop.ui.fonts import set_role
from desktop.ui.sizes import HEIGHT_SMALL, dp, dpf
from desktop.ui.widgets.painting import is_hovered

_WIDTH, _HEIGHT, _KNOB, _GAP = 36, 20, 15, 8


class Switch(QCheckBox):
    """A track with a knob; on, it is filled and the knob has a tick."""

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, accessible_name: str = ""
    ) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(accessible_name or text.replace("&", ""))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        set_role(self, "body")

    def hitButton(self, position: QPoint) -> bool:  # pylint: disable=invalid-name
        """React on track and label."""
        return self.rect().contains(position)

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give what track and label need; never less than a pointer target."""
        width = dp(_WIDTH)
        if self.text():
            size = self.fontMetrics().size(int(Qt.TextFlag.TextShowMnemonic), self.text())
            width += dp(_GAP) + size.width()
        return QSize(width, max(dp(HEIGHT_SMALL), self.fontMetrics().height()))

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw track, knob, tick and label."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        track = QRectF(0, round((self.height() - dpf(_HEIGHT)) / 2), dpf(_WIDTH), dpf(_HEIGHT))
        if is_mirrored:
            track.moveRight(self.width())
        self._paint_track(painter, track)
        label = QRectF(self.rect()).adjusted(dpf(_WIDTH + _GAP), 0, 2, 0)
        if is_mirrored:
            label = QRectF(self.rect()).adjusted(-2, 0, -dpf(_WIDTH + _GAP), 0)
        painter.setPen(theme.color("text" if self.isEnabled() else "disabled"))
        side = Qt.AlignmentFlag.AlignRight if is_mirrored else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(label, int(flags), self.text())

    def _paint_track(self, painter: QPainter, track: QRectF) -> None:
        is_on = self.isChecked()
        edge = "line_strong" if self.isEnabled() else "disabled"
        inner = track
        if is_on:
            painter.setPen(Qt.PenStyle.NoPen)
            token = "accent_hover" if is_hovered(self) else "accent"
            painter.setBrush(theme.color(token if self.isEnabled() else "disabled"))
        else:
            painter.setPen(QPen(theme.color(edge), 1))
            painter.setBrush(theme.color("hover" if is_hovered(self) else "surface"))
            inner = track.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
        is_right = is_on is not (self.layoutDirection() is Qt.LayoutDirection.RightToLeft)
        offset = track.height() / 2
        middle = track.right() - offset if is_right else track.left() + offset
        knob = dpf(_KNOB) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("on_accent" if is_on else edge))
        center = QPointF(middle, track.center().y())
        painter.drawEllipse(center, knob, knob)
        if is_on:
            self._paint_tick(painter, center)

    def _paint_tick(self, painter: QPainter, center: QPointF) -> None:
        # Bolder than the icon of the same name, or it is lost at this size.
        pen = QPen(theme.color("accent" if self.isEnabled() else "disabled"), dpf(1.8))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        corners = ((-3.0, 0.2), (-0.9, 2.3), (3.1, -2.1))
        painter.drawPolyline([center + QPointF(dpf(x), dpf(y)) for x, y in corners])
