"""Scroll what needs more height than there is, and be invisible where there is enough.

Use: `FitScroll(page, self)` in the place of the page. The page has a layout and gets the whole
width; its wrapped texts get the height that they need at this width.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from desktop.ui.sizes import dp

_LEAST = 96
"""dp that are seen of it at least, however little room there is."""


class FitScroll(QScrollArea):
    """A scroll area that wants to be as high as its content, and takes less."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self._needed = 0
        self.setAccessibleName(content.accessibleName())
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(content)
        content.setAutoFillBackground(False)  # setWidget switches it on
        content.installEventFilter(self)

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give the height of the content at the present width."""
        return QSize(self._content.sizeHint().width(), self._needed)

    def minimumSizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Keep some of it in sight."""
        return QSize(self._content.minimumSizeHint().width(), min(self._needed, dp(_LEAST)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # pylint: disable=invalid-name
        """Texts wrap elsewhere at another width."""
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # pylint: disable=invalid-name
        """Follow when something in the content changes its size."""
        if watched is self._content and event.type() is QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Reckon the height now, not with the next event."""
        layout = self._content.layout()
        if layout is None:
            return
        wraps = layout.hasHeightForWidth()
        needed = (
            layout.totalHeightForWidth(self.viewport().width())
            if wraps
            else layout.totalMinimumSize().height()
        )
        if needed != self._needed:
            self._needed = needed
            self._content.setMinimumHeight(needed)
            self.updateGeometry()
