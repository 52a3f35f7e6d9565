"""Say what a row of a list shows, how high it is, and where its drawn buttons are.

A row with a `second_line` or a `fraction` is 56 dp high, others 32. There are 8 dp at both sides;
the view itself has no margin, no indentation. Places are reckoned from left to right, and mirrored
when something is painted or hit.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt

from desktop.ui.sizes import dp

ROW_HEIGHT, TALL_ROW_HEIGHT = 32, 56
ROW_SIDE = 8
"""Free at both sides of a row, dp."""
_BUTTON = 24


@dataclass(frozen=True, slots=True)
class RowButton:
    """An action drawn into a row."""

    key: str
    icon_name: str
    name: str
    """What it does, for the tool tip."""


@dataclass(frozen=True, slots=True)
class Row:  # pylint: disable=too-many-instance-attributes
    """What a row shows."""

    title: str
    icon_name: str = ""
    icon_token: str = "text2"
    caption: str = ""
    """At the right, figures or one word."""
    caption_token: str = "text3"
    second_line: str = ""
    fraction: float | None = None
    """Draws a bar under the second line."""
    buttons: tuple[RowButton, ...] = ()
    shows_buttons: bool = False
    """Whether buttons are there without hover and focus."""
    chip: int | None = None
    """Number of a speaker, in place of the icon."""
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight
    indent: int = 0
    """Levels of 16 dp."""


@dataclass(frozen=True, slots=True)
class Section:
    """What the heading of a group of rows shows."""

    title: str
    count: str = ""
    is_open: bool = True
    is_collapsible: bool = True
    buttons: tuple[RowButton, ...] = ()
    """Always shown, in place of the count."""


def is_tall(row: Row | Section) -> bool:
    """Tell whether a row has two lines."""
    return isinstance(row, Row) and (bool(row.second_line) or row.fraction is not None)


def button_rects(rect: QRect, row: Row | Section) -> dict[str, QRect]:
    """Give where a row's buttons are, by key, from the rectangle of the row; not mirrored."""
    side = dp(_BUTTON)
    height = dp(30) if is_tall(row) else rect.height() - 2
    top = rect.top() + 1 + (height - side) // 2
    right = rect.right() - dp(ROW_SIDE) - dp(8)
    places: dict[str, QRect] = {}
    for button in reversed(row.buttons):
        places[button.key] = QRect(right - side + 1, top, side, side)
        right -= side + dp(2)
    return places


def button_at(
    position: QPoint,
    rect: QRect,
    row: Row | Section,
    direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
) -> RowButton | None:
    """Find the button of a row under a point of a viewport that reads in this direction."""
    places = button_rects(rect, row)
    if direction is Qt.LayoutDirection.RightToLeft:
        position = QPoint(rect.left() + rect.right() - position.x(), position.y())
    return next((b for b in row.buttons if places[b.key].contains(position)), None)
