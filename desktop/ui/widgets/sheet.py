"""Offer sheets: a panel over the window, for what belongs to the document (export, search).

Use::

    sheet = Sheet(window, self.tr("Export"), SheetSize(920, 672))
    sheet.set_subtitle(title); sheet.set_content(widget)
    sheet.add_footer_widget(label)                  # left of the buttons
    sheet.add_footer_button(Button(self.tr("Export"), "primary"))   # Cancel, then main
    sheet.open_sheet(first_field); sheet.closed.connect(…); sheet.close_sheet()

It covers the window with a backdrop; Tab stays inside, shortcuts of the window behind do not
fire, Esc closes and gives the focus back. `SheetSize(680, top=72)`: as high as its content.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.sizes import RADIUS_CARD, dp
from desktop.ui.widgets.buttons import Button, IconButton
from desktop.ui.widgets.labels import ElidedLabel, Label, Separator
from desktop.ui.widgets.overlays import (
    ParentFollower,
    focus_as_last_used,
    focusable_children,
    give_focus_back,
    move_focus_inside,
    paint_shadow,
)
from desktop.ui.widgets.painting import Box, paint_box

_LARGEST = 0.92
"""Part of the window that a sheet may cover, each way."""
_LARGEST_TOP = 0.7
"""The same for the height of one that hangs from the top."""


@dataclass(frozen=True, slots=True)
class SheetSize:
    """How large a sheet is, dp."""

    width: int
    height: int = 0
    """0: as high as the content needs."""
    top: int | None = None
    """Distance from the top of the window; None: centred."""


class Sheet(QWidget):  # pylint: disable=too-many-instance-attributes
    """A backdrop over a window with a panel of title, content and footer."""

    closed = Signal()
    """It is gone, however it was closed."""

    def __init__(self, window: QWidget, title: str, size: SheetSize) -> None:
        super().__init__(window)
        self._window = window
        self._size = size
        self._focus_before: QWidget | None = None
        self.setAccessibleName(title)
        self.hide()
        self.panel = _SheetPanel(self)
        self._layout = QVBoxLayout(self.panel)
        self._layout.setContentsMargins(1, 1, 1, 1)
        self._layout.setSpacing(0)
        self._subtitle = ElidedLabel("", "body", "text2", self.panel)
        if title:
            self._add_header(title)
        self._content: QWidget | None = None
        self._footer = QWidget(self.panel)
        self._footer_row = QHBoxLayout(self._footer)
        self._footer_row.setContentsMargins(dp(20), dp(12), dp(16), dp(12))
        self._footer_row.setSpacing(dp(8))
        self._footer_gap = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding)
        self._footer_row.addItem(self._footer_gap)
        self._footer_line = Separator(self.panel)
        self._layout.addWidget(self._footer_line)
        self._layout.addWidget(self._footer)
        self._footer.hide()
        self._footer_line.hide()
        ParentFollower(window, self.place, self)

    def set_subtitle(self, text: str) -> None:
        """Say beside the title what it is about."""
        self._subtitle.setText(text)

    def set_content(self, content: QWidget) -> None:
        """Put the widget between header and footer."""
        place = self._layout.count() - 2
        self._layout.insertWidget(place, content, 1)
        self._content = content

    def add_footer_widget(self, widget: QWidget, stretch: int = 0) -> None:
        """Put something into the footer's left part."""
        self._show_footer()
        place = self._footer_row.indexOf(self._footer_gap)
        self._footer_row.insertWidget(place, widget, stretch)

    def add_footer_button(self, button: Button) -> None:
        """Put a button at the right of the footer, after those before."""
        self._show_footer()
        self._footer_row.addWidget(button)

    def open_sheet(self, first: QWidget | None = None) -> None:
        """Show it and give `first`, or the first control of its content, the focus."""
        self._focus_before = QApplication.focusWidget()
        self.place()
        self.show()
        self.raise_()
        inside = focusable_children(self._content) if self._content is not None else []
        focus_as_last_used(first or next(iter(inside + focusable_children(self.panel)), self))

    def close_sheet(self) -> None:
        """Hide it and give the focus back."""
        if not self.isVisible():
            return
        self.hide()
        give_focus_back(self._focus_before)
        self._focus_before = None
        self.closed.emit()

    def place(self) -> None:
        """Fit it into the window; call it when a sheet without a height has other content."""
        self.setGeometry(self._window.rect())
        width = min(dp(self._size.width), round(self.width() * _LARGEST))
        largest = _LARGEST if self._size.top is None else _LARGEST_TOP
        height = dp(self._size.height) if self._size.height else self._content_height(width)
        height = min(height, round(self.height() * largest))
        top = (self.height() - height) // 2 if self._size.top is None else dp(self._size.top)
        self.panel.setGeometry(QRect((self.width() - width) // 2, top, width, height))

    def event(self, event: QEvent) -> bool:
        """Keep the shortcuts of the window behind from firing."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if not event.modifiers() & Qt.KeyboardModifier.AltModifier:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # pylint: disable=invalid-name
        """Close on Esc; keep every other key from the window behind."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # pylint: disable=invalid-name
        """Keep clicks on the backdrop from the window behind."""
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:  # pylint: disable=invalid-name
        """Keep Tab inside."""
        return move_focus_inside(self.panel, forward=forward)

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw backdrop and shadow; the panel draws itself."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("backdrop"))
        paint_shadow(painter, QRectF(self.panel.geometry()), RADIUS_CARD)

    def _content_height(self, width: int) -> int:
        layout = self._layout
        if layout.hasHeightForWidth():
            return layout.heightForWidth(width)
        return layout.sizeHint().height()

    def _add_header(self, title: str) -> None:
        header = QHBoxLayout()
        header.setContentsMargins(dp(21), dp(12), dp(12), dp(12))
        header.setSpacing(dp(10))
        header.addWidget(Label(title, "title", "text", self.panel))
        header.addWidget(self._subtitle, 1)
        close = IconButton("x", self.tr("Close"), self.panel)
        close.clicked.connect(self.close_sheet)
        header.addWidget(close)
        self._layout.addLayout(header)
        self._layout.addWidget(Separator(self.panel))

    def _show_footer(self) -> None:
        self._footer.show()
        self._footer_line.show()


class _SheetPanel(QWidget):
    """What a sheet is drawn on."""

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw fill and line."""
        box = Box(fill="raised", edge="line", radius=RADIUS_CARD)
        paint_box(QPainter(self), QRectF(self.rect()), box)
