"""List what people export for, and the presets they made."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.services.export_presets import Preset, Purpose
from desktop.ui import theme
from desktop.ui.export.words import ICONS, OWN_ICON, ExportWords
from desktop.ui.fonts import font, set_role
from desktop.ui.icons import paint_icon
from desktop.ui.sizes import dp, dpf
from desktop.ui.widgets.painting import Box, elided, is_hovered, paint_box, soft_edge

_HEIGHT, _PADDING, _ICON, _GAP = 52, 13, 16, 15


class PresetButton(QRadioButton):
    """A row of 52 dp: icon, name, caption, and a tick if it is chosen."""

    def __init__(self, icon_name: str, name: str, caption: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._icon_name, self._caption = icon_name, caption
        self.setAccessibleName(name)
        self.setAccessibleDescription(caption)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_role(self, "medium")

    def hitButton(self, position: QPoint) -> bool:  # pylint: disable=invalid-name
        """React on the whole row."""
        return self.rect().contains(position)

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give the height of two lines; the width is the list's."""
        lines = self.fontMetrics().height() + round(QFontMetricsF(font("caption")).height())
        return QSize(dp(160), max(dp(_HEIGHT), lines + dp(12)))

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw it from the tokens."""
        painter = QPainter(self)
        is_on = self.isChecked()
        fill = "selected" if is_on else "hover" if is_hovered(self) else ""
        if fill:
            paint_box(painter, QRectF(self.rect()), Box(fill=fill, edge=soft_edge()))
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        icon = QRectF(dpf(_PADDING), 0, dpf(_ICON), self.height())
        tick = QRectF(self.width() - dpf(_PADDING + _ICON - 3), 0, dpf(_ICON), self.height())
        text = QRectF(self.rect()).adjusted(
            dpf(_PADDING + _ICON + _GAP), 0, -dpf(_PADDING + _ICON + 4), 0
        )
        if is_mirrored:
            icon.moveRight(self.width() - dpf(_PADDING))
            tick.moveLeft(dpf(_PADDING - 3))
            text.moveRight(icon.left() - dpf(_GAP))
        paint_icon(painter, icon, self._icon_name, "text2")
        if is_on:
            paint_icon(painter, tick, "check", "accent_text")
        self._paint_lines(painter, text)

    def _paint_lines(self, painter: QPainter, area: QRectF) -> None:
        name_font, caption_font = self.font(), font("caption")
        name_height = QFontMetricsF(name_font).height()
        caption_height = QFontMetricsF(caption_font).height()
        top = (self.height() - name_height - caption_height - dpf(2)) / 2
        self._paint_line(
            painter, QRectF(area.left(), top, area.width(), name_height), self.text(), "text"
        )
        painter.setFont(caption_font)
        below = QRectF(area.left(), top + name_height + dpf(2), area.width(), caption_height)
        self._paint_line(painter, below, self._caption, "text2")

    def _paint_line(self, painter: QPainter, area: QRectF, text: str, token: str) -> None:
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if is_mirrored else Qt.AlignmentFlag.AlignLeft
        painter.setPen(theme.color(token))
        metrics = QFontMetricsF(painter.font())
        line = elided(text, metrics, area.width() + 0.5, Qt.TextElideMode.ElideRight)
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), line)


class PresetList(QWidget):
    """One stop for Tab; arrows choose."""

    purpose_chosen = Signal(str)
    """A `Purpose`, by a person."""
    preset_chosen = Signal(str)
    """The name of a preset that somebody made."""
    removal_requested = Signal(str)
    """The name of a preset that is to go."""

    def __init__(self, words: ExportWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setAccessibleName(self.tr("What to export"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(dp(2))
        self._group = QButtonGroup(self)
        self._purposes: dict[Purpose, PresetButton] = {}
        self._own: dict[str, PresetButton] = {}
        for purpose in Purpose:
            name, caption = words.purpose(purpose)
            button = self._add(ICONS[purpose], name, caption)
            button.clicked.connect(partial(self.purpose_chosen.emit, purpose.value))
            self._purposes[purpose] = button

    def set_own(self, presets: Sequence[Preset]) -> None:
        """Show the presets that people made."""
        for button in self._own.values():
            self._group.removeButton(button)
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._own = {}
        for preset in presets:
            button = self._add(OWN_ICON, preset.name, self._words.preset_caption(preset))
            button.clicked.connect(partial(self.preset_chosen.emit, preset.name))
            remove = QAction(self.tr("Remove this preset"), button)
            remove.triggered.connect(partial(self.removal_requested.emit, preset.name))
            button.addAction(remove)
            button.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
            self._own[preset.name] = button

    def choose(self, preset: Preset) -> None:
        """Mark what is chosen, without a signal."""
        button = self._own.get(preset.name) if preset.name else None
        (button or self._purposes[preset.purpose]).setChecked(True)

    def chosen_button(self) -> PresetButton:
        """Give the row that has the tick, to focus it."""
        checked = self._group.checkedButton()
        return checked if isinstance(checked, PresetButton) else self._purposes[Purpose.SUBTITLES]

    def button(self, key: str) -> PresetButton:
        """Give the row of a purpose or of a preset; KeyError."""
        return self._own[key] if key in self._own else self._purposes[Purpose(key)]

    def _add(self, icon_name: str, name: str, caption: str) -> PresetButton:
        button = PresetButton(icon_name, name, caption, self)
        self._group.addButton(button)
        self._layout.addWidget(button)
        return button
