"""Offer a button that shows a value and opens a menu of others, in place of a combo box.

Use::

    model = ValueButton(self.tr("Speech model"), [Choice("base", "base"), …], "base", self)
    model.chosen.connect(self._on_model_chosen)     # str: the key; only when a person chose
    model.set_choices(choices); model.set_value("turbo")

The name is spoken with the value ("Speech model: base"). Choices with `starts_group` have a line
above; `is_enabled=False` greys one out. `set_prefix("Speakers: ")` shows words before the value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.fonts import set_role
from desktop.ui.icons import paint_icon
from desktop.ui.sizes import HEIGHT_VALUE, dp, dpf
from desktop.ui.widgets.painting import Box, elided, is_hovered, paint_box

_CHEVRON, _GAP, _PADDING = 14, 8, 10


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a value button."""

    key: str
    text: str
    starts_group: bool = False
    is_enabled: bool = True


class ValueButton(QPushButton):
    """Show the chosen value; a click or Space opens the menu, arrows change it in the menu."""

    chosen = Signal(str)
    """The key of what a person chose."""

    def __init__(
        self,
        accessible_name: str,
        choices: Sequence[Choice] = (),
        value: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = accessible_name
        self._choices = tuple(choices)
        self._value = value
        self._prefix, self._icon_name = "", ""
        self._is_shrinkable = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._on_about_to_show)
        self._menu.triggered.connect(self._on_triggered)
        self.clicked.connect(self._on_clicked)
        set_role(self, "body")
        self._describe()

    @property
    def value(self) -> str:
        """Give the key of the shown value."""
        return self._value

    def set_value(self, key: str) -> None:
        """Show another value, without a signal."""
        self._value = key
        self._describe()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other values; the shown one stays."""
        self._choices = tuple(choices)
        self._describe()

    def set_prefix(self, prefix: str) -> None:
        """Show words before the value."""
        self._prefix = prefix
        self._describe()

    def set_icon_name(self, icon_name: str) -> None:
        """Show an icon left of the value."""
        self._icon_name = icon_name
        self._describe()

    def set_shrinkable(self) -> None:
        """Let a layout make it narrower than its text, which is then elided, with a tool tip."""
        self._is_shrinkable = True
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def shown_text(self) -> str:
        """Give the text on the button."""
        texts = {choice.key: choice.text for choice in self._choices}
        return self._prefix + texts.get(self._value, self._value)

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give what the shown value needs."""
        text = self.fontMetrics().horizontalAdvance(self.shown_text())
        icon = dp(16 + _GAP) if self._icon_name else 0
        width = icon + text + dp(2 * _PADDING + _GAP + _CHEVRON)
        return QSize(width, max(dp(HEIGHT_VALUE), self.fontMetrics().height() + dp(4)))

    def minimumSizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give the least size; a shrinkable one still shows a few letters."""
        full = self.sizeHint()
        return QSize(min(dp(88), full.width()), full.height()) if self._is_shrinkable else full

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw value and chevron."""
        painter = QPainter(self)
        is_open = self._menu.isVisible()
        fill = "pressed" if self.isDown() or is_open else "hover" if is_hovered(self) else "surface"
        edge = "line_button" if self.isEnabled() else "line"
        paint_box(painter, QRectF(self.rect()), Box(fill=fill, edge=edge))
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        inner = QRectF(self.rect()).adjusted(dpf(_PADDING), 0, -dpf(_PADDING), 0)
        chevron = QRectF(inner.right() - dpf(_CHEVRON), 0, dpf(_CHEVRON), self.height())
        text = inner.adjusted(0, 0, -dpf(_CHEVRON + _GAP) + 1, 0)
        if is_mirrored:
            chevron.moveLeft(inner.left())
            text = inner.adjusted(dpf(_CHEVRON + _GAP) - 1, 0, 0, 0)
        paint_icon(painter, chevron, "chevron-down", "text2")
        if self._icon_name:
            icon = QRectF(text.left(), 0, dpf(16), self.height())
            if is_mirrored:
                icon.moveRight(text.right())
            paint_icon(painter, icon, self._icon_name, "text2")
            shift = dpf(16 + _GAP)
            text.adjust(0 if is_mirrored else shift, 0, -shift if is_mirrored else 0, 0)
        self._paint_text(painter, text)

    def _paint_text(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(theme.color("text" if self.isEnabled() else "disabled"))
        metrics = QFontMetricsF(self.font())
        shown = self.shown_text()
        line = elided(shown, metrics, area.width() + 1, Qt.TextElideMode.ElideRight)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if is_mirrored else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), line)

    def _describe(self) -> None:
        text = self.shown_text()
        self.setAccessibleName(f"{self._name}: {text}" if text else self._name)
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    @Slot()
    def _on_clicked(self) -> None:
        self._menu.setMinimumWidth(self.width())
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + dp(4))))

    @Slot()
    def _on_about_to_show(self) -> None:
        self._menu.clear()
        for choice in self._choices:
            if choice.starts_group and self._menu.actions():
                self._menu.addSeparator()
            # Doubled, or Qt takes it for a mnemonic.
            action = self._menu.addAction(choice.text.replace("&", "&&"))
            action.setData(choice.key)
            action.setCheckable(True)
            action.setChecked(choice.key == self._value)
            action.setEnabled(choice.is_enabled)
            if choice.key == self._value:
                self._menu.setActiveAction(action)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        key = str(action.data())
        if key != self._value:
            self.set_value(key)
            self.chosen.emit(key)
