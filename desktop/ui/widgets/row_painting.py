"""Paint the rows of lists; sidebar, search, history and settings share it.

Places are reckoned from left to right, and mirrored when something is painted.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from desktop.ui import theme
from desktop.ui.fonts import font
from desktop.ui.icons import paint_icon
from desktop.ui.sizes import dp, dpf
from desktop.ui.widgets.painting import Box, elided, paint_bar, paint_box, paint_chip, soft_edge
from desktop.ui.widgets.row_values import ROW_SIDE, Row, RowButton, Section, button_rects, is_tall

_PADDING, _ICON, _GAP, _END = 8, 16, 8, 10
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def has_keyboard_focus(option: QStyleOptionViewItem) -> bool:
    """Tell whether a row is the current one of a view that was reached by keyboard."""
    if not option.state & QStyle.StateFlag.State_HasFocus:
        return False
    view: QWidget | None = option.widget
    if view is None:
        return True
    return view.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)


def is_hovered(option: QStyleOptionViewItem) -> bool:
    """Tell whether the pointer is over a row."""
    return bool(option.state & QStyle.StateFlag.State_MouseOver)


def is_selected(option: QStyleOptionViewItem) -> bool:
    """Tell whether a row is chosen."""
    return bool(option.state & QStyle.StateFlag.State_Selected)


def is_mirrored(option: QStyleOptionViewItem) -> bool:
    """Tell whether the view reads from right to left."""
    return option.direction is Qt.LayoutDirection.RightToLeft


def _placed(option: QStyleOptionViewItem, place: QRectF) -> QRectF:
    """Return where a place of a row is painted."""
    if not is_mirrored(option):
        return place
    row, mirrored = QRectF(option.rect), QRectF(place)
    mirrored.moveRight(row.left() + row.right() - place.left())
    return mirrored


def paint_row_background(painter: QPainter, option: QStyleOptionViewItem) -> QRectF:
    """Draw hover, selection and focus; give the rectangle inside the margins."""
    area = QRectF(option.rect).adjusted(dp(ROW_SIDE), 1, -dp(ROW_SIDE), -1)
    fill = "selected" if is_selected(option) else "hover" if is_hovered(option) else ""
    if has_keyboard_focus(option):
        paint_box(painter, area, Box(fill=fill, edge="accent", width=2))
    elif fill:
        paint_box(painter, area, Box(fill=fill, edge=soft_edge()))
    return area


def paint_row(painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
    """Draw a row."""
    painter.save()
    painter.setLayoutDirection(option.direction)
    area = paint_row_background(painter, option)
    line = QRectF(area)
    if is_tall(row):
        line.setHeight(dpf(30))
    left = area.left() + dpf(_PADDING + 16 * row.indent)
    if row.chip is not None:
        chip = QRectF(left, line.top(), dpf(18), line.height())
        paint_chip(painter, _placed(option, chip), row.chip)
        left += dpf(18 + _GAP)
    elif row.icon_name:
        icon = QRectF(left, line.top(), dpf(_ICON), line.height())
        paint_icon(painter, _placed(option, icon), row.icon_name, row.icon_token)
        left += dpf(_ICON + _GAP)
    right = _paint_end(painter, option, row, line)
    painter.setFont(font("medium" if is_selected(option) else "body"))
    painter.setPen(theme.color("text"))
    title = QRectF(left, line.top(), max(0.0, right - left), line.height())
    _paint_line(painter, _placed(option, title), row.title, row.elide)
    if is_tall(row):
        below = QRectF(left, line.bottom(), area.right() - dpf(_END) - left, 0)
        below.setBottom(area.bottom())
        _paint_below(painter, option, row, below)
    painter.restore()


def _paint_line(painter: QPainter, area: QRectF, text: str, mode: Qt.TextElideMode) -> None:
    line = elided(text, QFontMetricsF(painter.font()), area.width() + 0.5, mode)
    painter.drawText(area, int(_MIDDLE | Qt.TextFlag.TextSingleLine), line)


def _paint_end(painter: QPainter, option: QStyleOptionViewItem, row: Row, line: QRectF) -> float:
    """Draw buttons or the caption at the right; give where the title must end."""
    right = line.right() - dpf(_END)
    if row.buttons and are_buttons_shown(option, row):
        rects = button_rects(option.rect, row)
        for button in row.buttons:
            _paint_button(painter, option, rects[button.key], button)
        return float(min(rect.left() for rect in rects.values())) - dpf(4)
    if not row.caption:
        return right
    painter.setFont(font("caption"))
    token = row.caption_token
    # text3 on the selected fill has too little contrast.
    painter.setPen(theme.color("text2" if token == "text3" and is_selected(option) else token))
    width = QFontMetricsF(painter.font()).horizontalAdvance(row.caption) + 1
    place = QRectF(right - width, line.top(), width, line.height())
    flags = int(_MIDDLE | Qt.AlignmentFlag.AlignRight)
    painter.drawText(_placed(option, place), flags, row.caption)
    return right - width - dpf(_GAP)


def _paint_button(
    painter: QPainter, option: QStyleOptionViewItem, rect: QRect, button: RowButton
) -> None:
    place = _placed(option, QRectF(rect))
    view: QWidget | None = option.widget
    if view is not None and is_hovered(option):
        viewport = view.viewport() if isinstance(view, QAbstractItemView) else view
        if place.contains(QPointF(viewport.mapFromGlobal(viewport.cursor().pos()))):
            paint_box(painter, place, Box(fill="pressed", edge=soft_edge()))
    side = dpf(_ICON)
    box = QRectF(0, 0, side, side)
    box.moveCenter(place.center())
    paint_icon(painter, box, button.icon_name, "text2")


def _paint_below(painter: QPainter, option: QStyleOptionViewItem, row: Row, area: QRectF) -> None:
    """Draw second line and bar of a tall row."""
    painter.setFont(font("caption"))
    painter.setPen(theme.color("text2" if is_selected(option) else "text3"))
    height = QFontMetricsF(painter.font()).height()
    text = QRectF(area.left(), area.top() - dpf(4), area.width(), height)
    _paint_line(painter, _placed(option, text), row.second_line, Qt.TextElideMode.ElideRight)
    if row.fraction is not None:
        track = "surface" if is_selected(option) else "bar_empty"
        place = QRectF(area.left(), area.bottom() - dpf(8), area.width(), dpf(4))
        paint_bar(painter, _placed(option, place), row.fraction, track)


def paint_section(painter: QPainter, option: QStyleOptionViewItem, section: Section) -> None:
    """Draw the heading of a group: chevron, title, count or buttons."""
    painter.save()
    painter.setLayoutDirection(option.direction)
    area = paint_row_background(painter, option)
    left = area.left() + dpf(6)
    if section.is_collapsible:
        closed = "chevron-left" if is_mirrored(option) else "chevron-right"
        chevron = _placed(option, QRectF(left, area.top(), dpf(14), area.height()))
        paint_icon(painter, chevron, "chevron-down" if section.is_open else closed, "text2")
        left += dpf(20)
    right = area.right() - dpf(_END)
    if section.buttons:
        rects = button_rects(option.rect, section)
        for button in section.buttons:
            _paint_button(painter, option, rects[button.key], button)
        right = min(rect.left() for rect in rects.values()) - dpf(4)
    elif section.count:
        painter.setFont(font("caption"))
        painter.setPen(theme.color("text2" if is_selected(option) else "text3"))
        flags = int(_MIDDLE | Qt.AlignmentFlag.AlignRight)
        place = QRectF(left, area.top(), right - left, area.height())
        painter.drawText(_placed(option, place), flags, section.count)
        right -= QFontMetricsF(painter.font()).horizontalAdvance(section.count) + dpf(_GAP)
    painter.setFont(font("caption_strong"))
    painter.setPen(theme.color("text2"))
    title = QRectF(left, area.top(), max(0.0, right - left), area.height())
    _paint_line(painter, _placed(option, title), section.title, Qt.TextElideMode.ElideRight)
    painter.restore()


def are_buttons_shown(option: QStyleOptionViewItem, row: Row | Section) -> bool:
    """Tell whether a row's buttons are visible now."""
    if isinstance(row, Section) or row.shows_buttons:
        return True
    return is_hovered(option) or has_keyboard_focus(option)
