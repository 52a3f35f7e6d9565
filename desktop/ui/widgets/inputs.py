"""Offer fields to type in: an input with its error, a search field, and a search button.

Use::

    Input(self.tr("Start"), self)            # .edit is the QLineEdit; set_error("Write m:ss.")
    SearchField(self.tr("Search settings"), self, keys="Ctrl F")   # textChanged; Esc clears
    SearchButton(self.tr("Search all"), "Ctrl K", self)            # looks alike, clicked opens

Their edge turns accent whenever they have the focus, from keyboard or pointer.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.fonts import font, set_role
from desktop.ui.icons import paint_icon
from desktop.ui.sizes import HEIGHT_CONTROL, dp, dpf
from desktop.ui.style import set_property
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import IconLabel, Label
from desktop.ui.widgets.painting import Box, elided, is_hovered, paint_box


class LineEdit(QLineEdit):
    """A field 32 dp high."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        set_role(self, "body")

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give the height of a control; the width is the layout's."""
        height = max(dp(HEIGHT_CONTROL), self.fontMetrics().height() + dp(10))
        return QSize(dp(160), height)

    def minimumSizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Keep room for a few letters."""
        return QSize(dp(64), self.sizeHint().height())


class Input(QWidget):
    """A field with room for a sentence that says what is wrong with its text."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = LineEdit(accessible_name, self)
        self._error = QWidget(self)
        icon = IconLabel("circle-alert", "danger", self._error, size=14)
        self._sentence = Label("", "caption", "danger", self._error)
        self._sentence.set_wrapping()
        row = QHBoxLayout(self._error)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(dp(4))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._sentence, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(dp(4))
        layout.addWidget(self.edit)
        layout.addWidget(self._error)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.set_error("")

    def set_error(self, sentence: str) -> None:
        """Say what is wrong; empty for nothing. What was typed stays."""
        self._sentence.setText(sentence)
        self.edit.setAccessibleDescription(sentence)
        self._error.setVisible(bool(sentence))
        set_property(self.edit, "error", bool(sentence))


class SearchField(LineEdit):
    """A field with a magnifying glass, a key that reaches it, and a button that clears it."""

    def __init__(self, placeholder: str, parent: QWidget | None = None, *, keys: str = "") -> None:
        super().__init__(placeholder, parent)
        self._keys = keys
        self.setPlaceholderText(placeholder)
        self._clear = IconButton("x", self.tr("Clear"), self)
        self._clear.set_dense()
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.hide()
        self._clear.clicked.connect(self.clear)
        self.textChanged.connect(self._on_text_changed)
        self.setTextMargins(dp(23), 0, self._keys_width() + dp(4), 0)

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give what the placeholder and the key need."""
        text = self.fontMetrics().horizontalAdvance(self.placeholderText())
        return QSize(text + self._keys_width() + dp(54), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # pylint: disable=invalid-name
        """Let Esc clear the text first; with none it is for the parent."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # pylint: disable=invalid-name
        """Keep the clear button at the end."""
        super().resizeEvent(event)
        side = self._clear.sizeHint()
        self._clear.resize(side)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = dp(4) if is_mirrored else self.width() - side.width() - dp(4)
        self._clear.move(left, (self.height() - side.height()) // 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw the field, then glass and key."""
        super().paintEvent(event)
        painter = QPainter(self)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        glass = QRectF(dpf(9), 0, dpf(16), self.height())
        keys = QRectF(0, 0, self.width() - dpf(10), self.height())
        if is_mirrored:
            glass.moveRight(self.width() - dpf(9))
            keys.translate(dpf(10), 0)
        paint_icon(painter, glass, "search", "text2")
        if self._keys and not self.text():
            painter.setFont(font("caption"))
            painter.setPen(theme.color("text3"))
            side = Qt.AlignmentFlag.AlignLeft if is_mirrored else Qt.AlignmentFlag.AlignRight
            painter.drawText(keys, int(side | Qt.AlignmentFlag.AlignVCenter), self._keys)

    def _keys_width(self) -> int:
        width = QFontMetricsF(font("caption")).horizontalAdvance(self._keys)
        return max(dp(20), round(width))

    def _on_text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))


class SearchButton(QPushButton):
    """A button that looks like a search field; the search itself opens elsewhere."""

    def __init__(self, text: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._keys = keys
        self.setAccessibleName(text)
        self.setToolTip(f"{text}   {keys}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_role(self, "body")

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give what text and key need."""
        metrics = self.fontMetrics()
        keys = QFontMetricsF(font("caption")).horizontalAdvance(self._keys)
        width = metrics.horizontalAdvance(self.text()) + round(keys) + dp(33 + 10 + 14)
        return QSize(width, max(dp(HEIGHT_CONTROL), metrics.height() + dp(4)))

    def minimumSizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Keep the glass; text and key may be cut."""
        return QSize(dp(64), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw it as a field at rest."""
        painter = QPainter(self)
        fill = "pressed" if self.isDown() else "hover" if is_hovered(self) else "surface"
        paint_box(painter, QRectF(self.rect()), Box(fill=fill, edge="line_strong"))
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        near = Qt.AlignmentFlag.AlignRight if is_mirrored else Qt.AlignmentFlag.AlignLeft
        far = Qt.AlignmentFlag.AlignLeft if is_mirrored else Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        glass = QRectF(dpf(9), 0, dpf(16), self.height())
        area = QRectF(self.rect()).adjusted(dpf(33), 0, -dpf(10), 0)
        if is_mirrored:
            glass.moveRight(self.width() - dpf(9))
            area = QRectF(self.rect()).adjusted(dpf(10), 0, -dpf(33), 0)
        paint_icon(painter, glass, "search", "text2")
        painter.setPen(theme.color("text3"))
        caption = font("caption")
        keys = QFontMetricsF(caption).horizontalAdvance(self._keys)
        metrics = QFontMetricsF(self.font())
        free = area.width()
        if metrics.horizontalAdvance(self.text()) + keys + dpf(12) <= free:
            painter.setFont(caption)
            painter.drawText(area, int(far | middle), self._keys)
        painter.setFont(self.font())
        line = elided(self.text(), metrics, free, Qt.TextElideMode.ElideRight)
        painter.drawText(area, int(near | middle), line)
