"""Scroll a column of limited width, in the middle of a page, at the height its texts need."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QWidget

from desktop.ui.sizes import dp

_WIDE_MARGIN, _NARROW_MARGIN = 40, 24


class ColumnScroll(QScrollArea):
    """A scroll area for pages; never scrolls sideways."""

    narrowed = Signal(int)
    """The column is this many pixels wide now."""

    def __init__(self, name: str, width: int, column: QLayout, parent: QWidget) -> None:
        """Show the layout, at most `width` dp wide."""
        super().__init__(parent)
        self._width = width
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner = QWidget(self)
        self.column = QWidget(self._inner)
        self.column.setLayout(column)
        self.column.setMaximumWidth(dp(width))
        self._frame = QHBoxLayout(self._inner)
        self._frame.setSpacing(0)
        self._frame.addStretch(1)
        self._frame.addWidget(self.column, 1000)
        self._frame.addStretch(1)
        self.setWidget(self._inner)
        self._inner.setAutoFillBackground(False)  # setWidget switches it on
        self._inner.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # pylint: disable=invalid-name
        """Keep the margins small where there is little room."""
        room = self.viewport().width()
        is_narrow = room < dp(self._width + 2 * _WIDE_MARGIN)
        margin = dp(_NARROW_MARGIN if is_narrow else _WIDE_MARGIN)
        self._frame.setContentsMargins(margin, 0, margin, 0)
        self.narrowed.emit(min(dp(self._width), room - 2 * margin))
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # pylint: disable=invalid-name
        """Follow when something in the column changes its size."""
        if watched is self._inner and event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        # QScrollArea does not ask how high wrapped texts are at this width.
        # It is -1 if none is left that wraps, as after a search that found nothing.
        height = max(0, self._frame.totalHeightForWidth(self.viewport().width()))
        if height != self._inner.minimumHeight():
            self._inner.setMinimumHeight(height)
