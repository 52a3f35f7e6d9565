"""Fit a window into the screen that it is on, however large the system's font is."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_FRAME = QSize(16, 48)
"""Pixels that title and borders take at most on the usual desktops; known once it was shown."""


def fit_into_screen(window: QWidget, least: QSize) -> None:
    """Let a window be neither larger than its screen, nor kept from becoming as small as that.

    `least` is how small it may become where there is room, in pixels.
    """
    room = _room(window)
    window.setMinimumSize(least.boundedTo(room))
    if not window.isMaximized() and not window.isFullScreen():
        window.resize(window.size().boundedTo(room))


def _room(window: QWidget) -> QSize:
    """Return what the screen has for the inside of a window: panels and the title are taken off."""
    frame = window.frameGeometry().size() - window.size()
    return window.screen().availableSize() - frame.expandedTo(_FRAME)
