"""Turn the design's sizes (dp) into pixels that follow the size of the system font.

Use: `dp(32)` for heights, widths, margins, gaps and paint offsets, at the moment they are needed
(in `sizeHint`, `paintEvent`), or in a constructor for layout margins. One dp is one pixel at
100 % and a font of 13 px. Spacing is 4, 8, 12, 16, 20, 24, 32; inside a control also 2 and 6.
"""

from __future__ import annotations

from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication

DESIGN_FONT_PIXELS = 13.0
"""Height of the body font that the design was drawn for."""

RADIUS_WORD = 4
RADIUS_CONTROL = 6
RADIUS_TRACK = 7
RADIUS_TOAST = 8
RADIUS_CARD = 10

HEIGHT_CONTROL = 32
"""Buttons, inputs, rows of lists."""
HEIGHT_VALUE = 30
HEIGHT_SMALL = 24
HEIGHT_HEADER = 64
HEIGHT_STRIP = 48


def font_pixels(font: QFont) -> float:
    """Give the height of a font in (device independent) pixels."""
    if font.pixelSize() > 0:
        return float(font.pixelSize())
    screen = QGuiApplication.primaryScreen()
    dots = screen.logicalDotsPerInchY() if screen is not None else 96.0
    return font.pointSizeF() * dots / 72


def dpf(n: float) -> float:
    """Give n dp in pixels, unrounded; for painting."""
    return n * font_pixels(QApplication.font()) / DESIGN_FONT_PIXELS


def dp(n: float) -> int:
    """Give n dp in whole pixels; at least one for what is not zero."""
    pixels = round(dpf(n))
    return pixels if pixels or not n else (1 if n > 0 else -1)
