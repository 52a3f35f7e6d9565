"""Compute widths, margins and formats of the transcript's page from the font and the width."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat, QTextLine

from desktop.ui.fonts import READING_LINE_HEIGHT, font
from desktop.ui.sizes import dp, dpf, font_pixels

PADDING = 24
TIME_GAP = 16
"""Between the time and the text."""
TEXT_WIDTH = 640
PARAGRAPH_GAP = 14
_WIDE, _NARROW, _BARE = 176 - PADDING, 88, 60
"""From the padding to the text: with names, with chips only, with times only."""
_NARROW_BELOW = 520


@dataclass(frozen=True, slots=True)
class PageLayout:
    """Where text and gutter stand; pixels."""

    width: int
    """Of the page; what the viewport has beyond it stays free."""
    gutter: int
    has_chips: bool
    has_names: bool

    @classmethod
    def of(cls, viewport: int, *, has_speakers: bool) -> PageLayout:
        """Fit the page into a viewport; without speakers the gutter has times only."""
        is_wide = viewport >= dp(_NARROW_BELOW)
        gutter = dp((_WIDE if is_wide else _NARROW) if has_speakers else _BARE)
        widest = gutter + dp(TEXT_WIDTH + 2 * PADDING)
        return cls(min(viewport, widest), gutter, has_speakers, has_speakers and is_wide)

    def block_format(self, text: str, placeholders: int) -> QTextBlockFormat:
        """Return the format of a paragraph; placeholders are lines kept free below it."""
        is_mirrored = is_right_to_left(text)
        beside, opposite = float(dp(PADDING) + self.gutter), float(dp(PADDING))
        block = QTextBlockFormat()
        direction = (
            Qt.LayoutDirection.RightToLeft if is_mirrored else Qt.LayoutDirection.LeftToRight
        )
        block.setLayoutDirection(direction)
        block.setLeftMargin(opposite if is_mirrored else beside)
        block.setRightMargin(beside if is_mirrored else opposite)
        block.setBottomMargin(dpf(PARAGRAPH_GAP) + placeholders * placeholder_height())
        height = QTextBlockFormat.LineHeightTypes.MinimumHeight.value
        block.setLineHeight(line_height(), height)
        return block


def line_height() -> float:
    """Return the height of a line of the transcript; taller scripts may need more."""
    return round(font_pixels(font("reading")) * READING_LINE_HEIGHT)


def placeholder_height() -> float:
    """Return the height of the line that stands for text still to come."""
    return line_height() + dpf(PARAGRAPH_GAP)


def cursor_x(line: QTextLine, place: int) -> float:
    """Return where a character of a line begins, from the left end of its block."""
    # The stubs say object; Qt gives the place back beside x.
    found: object = line.cursorToX(place)
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]


def is_right_to_left(text: str) -> bool:
    """Tell the direction of a paragraph by its first letter that has one."""
    for char in text:
        if char.isalpha():
            return _is_rtl_letter(char)
    return False


def _is_rtl_letter(char: str) -> bool:
    # Hebrew to Arabic Extended-A, presentation forms, and the right-to-left plane of Unicode.
    return (
        "\u0590" <= char <= "\u08ff"
        or "\ufb1d" <= char <= "\ufdff"
        or "\ufe70" <= char <= "\ufeff"
        or "\U00010800" <= char <= "\U00010fff"
        or "\U0001e800" <= char <= "\U0001efff"
    )
