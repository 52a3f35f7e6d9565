"""Offer the buttons: main, normal, quiet and danger, and icon buttons.

Use::

    Button(self.tr("Choose files…"), "primary", "folder-open", self)   # at most one main visible
    Button(self.tr("Try the sample"), "quiet", parent=self)
    review.set_key("F8")                     # a key beside the label
    IconButton("x", self.tr("Close"), self)  # 32 dp; dense(): 24 dp; setCheckable for tools
    button.follow(action)                    # one QAction: trigger, enabled, checked, shortcut

Their size hint is also their least size: a button's text is never cut.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QToolButton, QWidget

from desktop.ui import theme
from desktop.ui.fonts import font, set_role
from desktop.ui.icons import paint_icon
from desktop.ui.sizes import HEIGHT_CONTROL, HEIGHT_SMALL, dp, dpf
from desktop.ui.widgets.painting import Box, is_hovered, paint_box, soft_edge

Kind = Literal["primary", "normal", "quiet", "danger", "inverse"]
"""Inverse is the quiet button of a toast."""

_ICON, _GAP = 16, 8
_TEXT_TOKENS = {
    "primary": "on_accent",
    "quiet": "accent_text",
    "danger": "danger",
    "inverse": "toast_action",
}
_MNEMONIC = Qt.TextFlag.TextShowMnemonic
_FIXED = QSizePolicy.Policy.Fixed


class Button(QPushButton):
    """A button with a text, and perhaps an icon left and a key right of it."""

    def __init__(
        self,
        text: str,
        kind: Kind = "normal",
        icon_name: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self._icon_name = icon_name
        self._key = ""
        self._height = HEIGHT_CONTROL
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, _FIXED)
        self.setAutoDefault(False)
        self.set_kind(kind)

    def setText(self, text: str) -> None:  # pylint: disable=invalid-name
        """Show another text; it is also the accessible name."""
        super().setText(text)
        self.setAccessibleName(text.replace("&", ""))

    @property
    def kind(self) -> Kind:
        """Tell how much weight it has."""
        return self._kind

    def set_kind(self, kind: Kind) -> None:
        """Give it another weight, for example when a card asks for the main one."""
        self._kind = kind
        set_role(self, "strong" if kind == "primary" else "medium")
        self.updateGeometry()
        self.update()

    def set_small(self) -> None:
        """Make it 24 dp high."""
        self._height = HEIGHT_SMALL
        self.updateGeometry()

    def set_icon_name(self, icon_name: str | None) -> None:
        """Show another icon, or none."""
        self._icon_name = icon_name
        self.updateGeometry()
        self.update()

    def set_key(self, key: str) -> None:
        """Show a key beside the text; the shortcut itself belongs to a QAction."""
        self._key = key
        self.updateGeometry()
        self.update()

    def follow(self, action: QAction) -> None:
        """Trigger an action and take its enabled state and its shortcut."""
        follow_action(self, action)

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give what text, icon and key need."""
        self.ensurePolished()
        width = self._text_width() + 2 * self._padding()
        if self._icon_name:
            width += dp(_ICON) + (dp(_GAP) if self.text() else 0)
        if self._key:
            width += self._key_width() + dp(_GAP + 4)
        return QSize(width, max(dp(self._height), self.fontMetrics().height() + dp(4)))

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw it from the tokens."""
        painter = QPainter(self)
        paint_box(painter, QRectF(self.rect()), self._box())
        token = self._text_token()
        content = self.sizeHint().width() - 2 * self._padding()
        left = max(self._padding(), (self.width() - content) // 2)
        area = QRectF(left, 0, content, self.height())
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._paint_content(painter, area, token)

    def _paint_content(self, painter: QPainter, area: QRectF, token: str) -> None:
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        parts: list[tuple[str, float]] = []
        if self._icon_name:
            parts.append(("icon", dp(_ICON) + (dp(_GAP) if self.text() else 0)))
        parts.append(("text", float(self._text_width())))
        if self._key:
            parts.append(("key", float(self._key_width() + dp(_GAP + 4))))
        position = area.left()
        for part, width in reversed(parts) if is_mirrored else parts:
            cell = QRectF(position, 0, width, area.height())
            self._paint_part(painter, part, cell, token)
            position += width

    def _paint_part(self, painter: QPainter, part: str, cell: QRectF, token: str) -> None:
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        near = Qt.AlignmentFlag.AlignRight if is_mirrored else Qt.AlignmentFlag.AlignLeft
        far = Qt.AlignmentFlag.AlignLeft if is_mirrored else Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        if part == "icon":
            side = dpf(_ICON)
            left = cell.right() - side if is_mirrored else cell.left()
            box = QRectF(left, (cell.height() - side) / 2, side, side)
            plain = "text2" if token == "text" else token
            paint_icon(painter, box, self._icon_name or "", plain)
            return
        painter.setPen(theme.color(token))
        if part == "text":
            painter.setFont(self.font())
            painter.drawText(cell, int(near | middle | _MNEMONIC), self.text())
        else:
            painter.setFont(font("medium"))
            painter.drawText(cell, int(far | middle), self._key)

    def _padding(self) -> int:
        narrow = 10 if self._kind in ("quiet", "inverse") or self._height == HEIGHT_SMALL else 13
        return dp(narrow)

    def _text_width(self) -> int:
        return self.fontMetrics().size(int(_MNEMONIC), self.text()).width() if self.text() else 0

    def _key_width(self) -> int:
        return self.fontMetrics().size(0, self._key).width()

    def _text_token(self) -> str:
        if not self.isEnabled():
            return "disabled"
        return _TEXT_TOKENS.get(self._kind, "text")

    def _box(self) -> Box:
        is_down = self.isDown() or self.isChecked()
        if self._kind == "primary":
            if not self.isEnabled():
                return Box(fill="hover", edge=soft_edge("line"))
            state = "_pressed" if is_down else "_hover" if is_hovered(self) else ""
            return Box(fill=f"accent{state}")
        if self._kind == "inverse":
            # Its fills would belong to the other theme: the edge alone answers the pointer.
            return Box(edge="toast_action" if is_down or is_hovered(self) else "")
        fill = "pressed" if is_down else "hover" if is_hovered(self) else ""
        if self._kind == "quiet":
            return Box(fill=fill, edge=soft_edge() if fill else "")
        edge = "line_button" if self.isEnabled() else "line"
        return Box(fill=fill or "surface", edge=edge)


class IconButton(QToolButton):
    """A button of one icon; its name is spoken and is its tool tip."""

    def __init__(self, icon_name: str, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._side, self._icon_side = HEIGHT_CONTROL, 18
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(_FIXED, _FIXED)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.set_accessible_name(accessible_name)

    def set_accessible_name(self, name: str) -> None:
        """Say what it does, to ears and in the tool tip."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def set_dense(self) -> None:
        """Make it 24 dp with a 16 dp icon, for rows."""
        self._side, self._icon_side = HEIGHT_SMALL, 16
        self.updateGeometry()

    def set_icon_name(self, icon_name: str) -> None:
        """Show another icon."""
        self._icon_name = icon_name
        self.update()

    def follow(self, action: QAction) -> None:
        """Trigger an action and take its enabled and checked state and its shortcut."""
        follow_action(self, action)

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give its square."""
        return QSize(dp(self._side), dp(self._side))

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw it from the tokens; switched on it has a fill, not only a coloured icon."""
        painter = QPainter(self)
        is_on = self.isChecked()
        fill = "selected" if is_on else ""
        if self.isDown():
            fill = "pressed"
        elif is_hovered(self) and not is_on:
            fill = "hover"
        if fill:
            paint_box(painter, QRectF(self.rect()), Box(fill=fill, edge=soft_edge()))
        token = "accent_text" if is_on else "text2"
        if not self.isEnabled():
            token = "disabled"
        side = dpf(self._icon_side)
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_icon(painter, box, self._icon_name, token)


def follow_action(button: QAbstractButton, action: QAction) -> None:
    """Make a button another face of an action: it triggers it and mirrors its state."""

    def on_changed() -> None:
        button.setEnabled(action.isEnabled())
        if action.isCheckable():
            button.setCheckable(True)
            button.setChecked(action.isChecked())
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        name = button.accessibleName() or action.text().replace("&", "")
        button.setToolTip(f"{name}   {keys}" if keys else name)

    button.clicked.connect(action.trigger)
    action.changed.connect(on_changed)
    button.destroyed.connect(lambda: _disconnect(action, on_changed))
    on_changed()


def _disconnect(action: QAction, slot: Callable[[], None]) -> None:
    # An action that went first has taken its connections along.
    with suppress(RuntimeError):
        action.changed.disconnect(slot)
