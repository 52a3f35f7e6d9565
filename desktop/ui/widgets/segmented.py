"""Offer a choice between two to four views, always one of them on.

Use::

    segments = [Segment("document", self.tr("Document"), "file-text"), …]
    views = SegmentedControl(self.tr("View"), segments, self)
    views.chosen.connect(…)          # str: the key, when a person chose
    views.set_value("cues"); views.set_compact(True)   # icons only, below 600 dp

One stop of Tab; arrows choose inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from desktop.ui import theme
from desktop.ui.fonts import font, set_role
from desktop.ui.icons import paint_icon
from desktop.ui.sizes import HEIGHT_CONTROL, RADIUS_TRACK, dp, dpf
from desktop.ui.widgets.painting import Box, is_hovered, paint_box, soft_edge

_ICON, _GAP, _PADDING = 16, 8, 14


@dataclass(frozen=True, slots=True)
class Segment:
    """One of the views."""

    key: str
    text: str
    icon_name: str = ""


class SegmentedControl(QWidget):
    """Show exclusive views side by side on one track."""

    chosen = Signal(str)
    """The key of the view that a person chose."""

    def __init__(
        self,
        accessible_name: str,
        segments: Sequence[Segment],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self._group = QButtonGroup(self)
        self._keys: dict[QAbstractButton, str] = {}
        layout = QHBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        for segment in segments:
            button = _SegmentButton(segment, self)
            self._group.addButton(button)
            self._keys[button] = segment.key
            layout.addWidget(button)
        layout.addStretch(1)
        self.set_value(segments[0].key)
        self._group.buttonToggled.connect(self._on_toggled)

    @property
    def value(self) -> str:
        """Give the key of the view that is on."""
        # One of an exclusive group is always on.
        return next(key for button, key in self._keys.items() if button.isChecked())

    def set_value(self, key: str) -> None:
        """Switch a view on, without a signal; ValueError if there is none of that key."""
        for button, known in self._keys.items():
            if known == key:
                was_blocked = self._group.blockSignals(True)
                button.setChecked(True)
                self._group.blockSignals(was_blocked)
                return
        raise ValueError(key)

    def set_compact(self, compact: bool) -> None:
        """Show icons only, or icons and texts."""
        for button in self.findChildren(_SegmentButton):
            button.set_compact(compact)

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw the track under the segments."""
        buttons = self.findChildren(_SegmentButton)
        track = QRectF()
        for button in buttons:
            track = track.united(QRectF(button.geometry()))
        edge = soft_edge("line_strong")
        paint_box(QPainter(self), track, Box(fill="hover", edge=edge, radius=RADIUS_TRACK))

    @Slot(QAbstractButton, bool)
    def _on_toggled(self, button: QAbstractButton, is_on: bool) -> None:
        if is_on:
            self.chosen.emit(self._keys[button])


class _SegmentButton(QRadioButton):
    """One segment; a radio button to those who listen."""

    def __init__(self, segment: Segment, parent: QWidget) -> None:
        super().__init__(segment.text, parent)
        self._segment = segment
        self._is_compact = False
        self.setAccessibleName(segment.text.replace("&", ""))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        set_role(self, "medium")

    def set_compact(self, compact: bool) -> None:
        """Show the icon only, the text as tool tip."""
        self._is_compact = compact and bool(self._segment.icon_name)
        self.setToolTip(self.accessibleName() if self._is_compact else "")
        self.updateGeometry()
        self.update()

    def hitButton(self, position: QPoint) -> bool:  # pylint: disable=invalid-name
        """React over the whole segment."""
        return self.rect().contains(position)

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give what icon and the text, at its boldest, need."""
        width = dp(2 * _PADDING)
        if self._segment.icon_name:
            width += dp(_ICON)
        if not self._is_compact:
            width += self._text_width() + (dp(_GAP) if self._segment.icon_name else 0)
        return QSize(width, max(dp(HEIGHT_CONTROL), self.fontMetrics().height() + dp(8)))

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw the segment on its track."""
        painter = QPainter(self)
        is_on = self.isChecked()
        if is_on:
            inset = dpf(2)
            area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            paint_box(painter, area, Box(fill="seg_on", edge=soft_edge(), radius=5))
        token = "text" if is_on or is_hovered(self) else "text2"
        if not self.isEnabled():
            token = "disabled"
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        area = QRectF(self.rect()).adjusted(dpf(_PADDING), 0, -dpf(_PADDING), 0)
        if self._segment.icon_name:
            icon = QRectF(area.left(), 0, dpf(_ICON), self.height())
            if is_mirrored:
                icon.moveRight(area.right())
            paint_icon(painter, icon, self._segment.icon_name, token)
            shift = dpf(_ICON + _GAP)
            area.adjust(0 if is_mirrored else shift, 0, -shift if is_mirrored else 0, 0)
        if not self._is_compact:
            painter.setFont(font("strong" if is_on else "medium"))
            painter.setPen(theme.color(token))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic
            painter.drawText(area.adjusted(-2, 0, 2, 0), int(flags), self.text())

    def _text_width(self) -> int:
        metrics = QFontMetrics(font("strong"))
        return metrics.size(int(Qt.TextFlag.TextShowMnemonic), self.text()).width()
