"""Paint the rows of lists and hit-test their buttons; sidebar, search and the like share it.

Use: subclass `RowDelegate`, give `row(index)`, connect `button_clicked`::

    class _Delegate(RowDelegate):
        def row(self, index) -> Row | Section:
            return Row(title, icon_name="file-text", caption="48:20")

    view.setMouseTracking(True); view.setItemDelegate(delegate)
    delegate.button_clicked.connect(…)      # QPersistentModelIndex, str: the button's key

A row with a `second_line` or a `fraction` is 56 dp high, others 32. Buttons appear on hover and
on keyboard focus in place of the caption (always with `shows_buttons`); they must also be in the
row's context menu, and the model gives `AccessibleTextRole`: drawn buttons have no voice.
The delegate leaves 8 dp at both sides; the view itself has no margin, no indentation.
Places are reckoned from left to right, and mirrored when something is painted or hit.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.fonts import font
from desktop.ui.icons import paint_icon
from desktop.ui.sizes import dp, dpf
from desktop.ui.widgets.painting import Box, elided, paint_bar, paint_box, paint_chip, soft_edge

_Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT, TALL_ROW_HEIGHT = 32, 56
_SIDE, _PADDING, _ICON, _GAP, _END, _BUTTON = 8, 8, 16, 8, 10, 24
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


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
    area = QRectF(option.rect).adjusted(dp(_SIDE), 1, -dp(_SIDE), -1)
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
    is_tall = _is_tall(row)
    line = QRectF(area)
    if is_tall:
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
    if is_tall:
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


def button_rects(rect: QRect, row: Row | Section) -> dict[str, QRect]:
    """Give where a row's buttons are, by key, from the rectangle of the row; not mirrored."""
    side = dp(_BUTTON)
    height = dp(30) if isinstance(row, Row) and _is_tall(row) else rect.height() - 2
    top = rect.top() + 1 + (height - side) // 2
    right = rect.right() - dp(_SIDE) - dp(8)
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


def _is_tall(row: Row) -> bool:
    return bool(row.second_line) or row.fraction is not None


class RowDelegate(QStyledItemDelegate):
    """Paint rows and sections, and tell which drawn button was clicked."""

    button_clicked = Signal(QPersistentModelIndex, str)
    """Row and key of the button."""

    def row(self, index: _Index) -> Row | Section:
        """Give what to show for an index; subclasses say."""
        return Row(str(index.data(Qt.ItemDataRole.DisplayRole) or ""))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row or a section."""
        row = self.row(index)
        if isinstance(row, Section):
            paint_section(painter, option, row)
        else:
            paint_row(painter, option, row)

    def sizeHint(  # pylint: disable=invalid-name
        self, option: QStyleOptionViewItem, index: _Index
    ) -> QSize:
        """Give the height of a row; the width is the view's."""
        row = self.row(index)
        is_tall = isinstance(row, Row) and _is_tall(row)
        return QSize(option.rect.width(), dp(TALL_ROW_HEIGHT if is_tall else ROW_HEIGHT))

    def editorEvent(  # pylint: disable=invalid-name
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """Let drawn buttons take their clicks before the view does."""
        if isinstance(event, QMouseEvent) and event.button() is Qt.MouseButton.LeftButton:
            row = self.row(index)
            point = event.position().toPoint()
            found = button_at(point, option.rect, row, option.direction)
            if found is not None and are_buttons_shown(option, row):
                if event.type() == QEvent.Type.MouseButtonRelease:
                    self.button_clicked.emit(QPersistentModelIndex(index), found.key)
                return True
        return super().editorEvent(event, model, option, index)

    def helpEvent(  # pylint: disable=invalid-name
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """Name the button under the pointer, or the whole title of the row."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        row = self.row(index)
        found = button_at(event.pos(), option.rect, row, option.direction)
        QToolTip.showText(event.globalPos(), found.name if found else row.title, view)
        return True
