"""Lead the keyboard from area to area of a window (F6), whichever of them are there.

Use: `mark_area(panel)` once for each; `step_area(window, 1)` goes on to the next one in reading
order. An area is entered at its list or text, else at its first control.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTextEdit, QWidget

from desktop.ui.widgets.overlays import focus_by_key, focusable_children

_PROPERTY = "key_area"


def mark_area(*areas: QWidget) -> None:
    """Count widgets as areas of their window."""
    for area in areas:
        area.setProperty(_PROPERTY, True)


def step_area(root: QWidget, step: int) -> None:
    """Put the keyboard into the next area (1) or the one before (-1), round and round."""
    areas = _areas(root)
    if not areas:
        return
    focus = QApplication.focusWidget()
    inside = (place for place, area in enumerate(areas) if focus is not None and _has(area, focus))
    here = next(inside, -1 if step > 0 else 0)
    focus_by_key(_entry(areas[(here + step) % len(areas)]))


def _has(area: QWidget, focus: QWidget) -> bool:
    return area is focus or area.isAncestorOf(focus)


def _areas(root: QWidget) -> list[QWidget]:
    """List the areas that can be entered, from left to right, then down."""

    def place(area: QWidget) -> tuple[int, int]:
        corner = area.mapTo(root, QPoint(0, 0))
        return corner.x(), corner.y()

    marked = (one for one in root.findChildren(QWidget) if one.property(_PROPERTY))
    return sorted((one for one in marked if focusable_children(one)), key=place)


def _entry(area: QWidget) -> QWidget:
    stops = focusable_children(area)
    main = (one for one in stops if isinstance(one, (QAbstractItemView, QTextEdit)))
    return next(main, stops[0])
