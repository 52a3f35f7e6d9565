"""Draw what a search has found: titles; sentences with what was found tinted, who and when below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.item_models.search_model import HIT_ROLE, HitGroup, TitleGroup, TitleHit, speaker_of
from desktop.store.records import SearchHit
from desktop.ui import theme
from desktop.ui.fonts import font
from desktop.ui.icons import paint_icon
from desktop.ui.sizes import dp, dpf
from desktop.ui.widgets.painting import CHIP_SIDE, Box, elided, paint_box, paint_chip
from desktop.ui.widgets.row_painting import is_selected, paint_row_background
from engine.clock import clock

Index = QModelIndex | QPersistentModelIndex
_HIT, _TITLE, _GROUP = 60, 36, 40
_LEFT, _TEXT = 12, 40
"""Where chips and icons begin, and where text does."""
_LEAD = 0.6
"""The first mark begins in this part of the line, or the start of the sentence is left out."""


@dataclass(frozen=True, slots=True)
class Extract:
    """As much of a sentence as fits into a line."""

    text: str
    marks: tuple[tuple[int, int], ...]


class HitDelegate(QStyledItemDelegate):
    """Draw headings and hits."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a heading or a hit."""
        value = index.data(HIT_ROLE)
        if isinstance(value, TitleHit):
            return QSize(1, dp(_TITLE))
        return QSize(1, dp(_HIT if isinstance(value, SearchHit) else _GROUP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        value = index.data(HIT_ROLE)
        painter.save()
        token = "text2" if is_selected(option) else "text3"
        if isinstance(value, HitGroup):
            self._paint_heading(painter, QRectF(option.rect), value.title, str(value.count))
        elif isinstance(value, TitleGroup):
            count = str(value.count)
            if value.shown < value.count:
                count = self.tr("{shown} of {count}").format(shown=value.shown, count=value.count)
            self._paint_heading(painter, QRectF(option.rect), self.tr("Titles"), count)
        elif isinstance(value, TitleHit):
            self._paint_title(painter, paint_row_background(painter, option), value, token)
        elif isinstance(value, SearchHit):
            self._paint_hit(painter, paint_row_background(painter, option), value, token)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRectF, text: str, count: str) -> None:
        area = rect.adjusted(dpf(20), dpf(4), -dpf(20), 0)
        icon = QRectF(area.left(), area.top(), dpf(16), area.height())
        paint_icon(painter, icon, "file-text", "text2")
        strong, quiet = font("caption_strong"), font("caption")
        count_width = QFontMetricsF(quiet).horizontalAdvance(count) + dpf(8)
        room = area.adjusted(dpf(24), 0, -count_width, 0)
        metrics = QFontMetricsF(strong)
        title = elided(text, metrics, room.width(), Qt.TextElideMode.ElideRight)
        painter.setFont(strong)
        painter.setPen(theme.color("text2"))
        painter.drawText(room, _MIDDLE, title)
        painter.setFont(quiet)
        painter.setPen(theme.color("text3"))
        left = room.left() + metrics.horizontalAdvance(title) + dpf(8)
        painter.drawText(QRectF(left, room.top(), count_width, room.height()), _MIDDLE, count)

    def _paint_title(self, painter: QPainter, area: QRectF, hit: TitleHit, token: str) -> None:
        inner = area.adjusted(dpf(_TEXT), 0, -dpf(12), 0)
        icon = QRectF(area.left() + dpf(_LEFT), area.top(), dpf(CHIP_SIDE), area.height())
        paint_icon(painter, icon, "file-text", "text2")
        length = "" if hit.duration is None else clock(hit.duration)
        room = _paint_right(painter, inner, length, token)
        body = font("body")
        title = elided(hit.title, QFontMetricsF(body), room.width(), Qt.TextElideMode.ElideRight)
        painter.setFont(body)
        painter.setPen(theme.color("text"))
        painter.drawText(room, _MIDDLE, title)

    def _paint_hit(self, painter: QPainter, area: QRectF, hit: SearchHit, token: str) -> None:
        inner = area.adjusted(dpf(_TEXT), dpf(6), -dpf(12), -dpf(4))
        body = font("body")
        line = QRectF(inner.left(), inner.top(), inner.width(), dpf(26))
        if hit.speaker_number is not None:
            left = area.left() + dpf(_LEFT)
            chip = QRectF(left, line.top(), dpf(CHIP_SIDE), line.height())
            paint_chip(painter, chip, hit.speaker_number)
        paint_marked(painter, line, extract(hit, body, inner.width()), body)
        below = QRectF(inner.left(), line.bottom(), inner.width(), inner.bottom() - line.bottom())
        room = _paint_right(painter, below, clock(hit.start), token)
        quiet = QFontMetricsF(painter.font())
        name = elided(speaker_of(hit), quiet, room.width(), Qt.TextElideMode.ElideRight)
        painter.drawText(room, _MIDDLE, name)


def _paint_right(painter: QPainter, area: QRectF, text: str, token: str) -> QRectF:
    """Draw a caption at the right, and return the room that is left."""
    quiet = font("caption")
    painter.setFont(quiet)
    painter.setPen(theme.color(token))
    painter.drawText(area, _MIDDLE_RIGHT, text)
    return area.adjusted(0, 0, -QFontMetricsF(quiet).horizontalAdvance(text) - dpf(8), 0)


_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_MIDDLE_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


def extract(hit: SearchHit, body: QFont, width: float) -> Extract:
    """Return the part of a hit's text that fits into a width and has its first mark in it."""
    bold = QFont(body)
    bold.setWeight(QFont.Weight.DemiBold)
    metrics = QFontMetricsF(bold)
    start = 0
    first = hit.marks[0][0] if hit.marks else 0
    while metrics.horizontalAdvance(hit.text[start:first]) > width * _LEAD:
        space = hit.text.find(" ", start + 1, first)
        start = space + 1 if space > 0 else first
    lead = "…" if start else ""
    text = metrics.elidedText(lead + hit.text[start:], Qt.TextElideMode.ElideRight, width)
    kept = len(text) - (1 if text.endswith("…") else 0)
    shift = len(lead) - start
    marks = [(begin + shift, min(end + shift, kept)) for begin, end in hit.marks]
    return Extract(text, tuple((begin, end) for begin, end in marks if 0 <= begin < end))


def paint_marked(painter: QPainter, area: QRectF, shown: Extract, body: QFont) -> None:
    """Draw a line of text whose marks are bold on a tint."""
    layout = QTextLayout(shown.text, body)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setFormats(_bold(shown.marks))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(area.width())
    layout.endLayout()
    top = area.top() + (area.height() - line.height()) / 2
    for begin, end in shown.marks:
        # In right-to-left text the end lies left of the beginning.
        left, right = sorted((_x(line, begin), _x(line, end)))
        tint = QRectF(area.left() + left, top, right - left, line.height())
        paint_box(painter, tint.adjusted(-dpf(3), -dpf(2), dpf(3), dpf(2)), _TINT)
    painter.setPen(theme.color("text"))
    layout.draw(painter, QPointF(area.left(), top))


def _x(line: QTextLine, cursor: int) -> float:
    # The stubs say object; it is the place and the cursor that really stands there.
    place = line.cursorToX(cursor)
    return float(place[0] if isinstance(place, tuple) else str(place))


_TINT = Box(fill="accent_tint", radius=4)


def _bold(marks: Sequence[tuple[int, int]]) -> list[QTextLayout.FormatRange]:
    strong = QTextCharFormat()
    strong.setFontWeight(QFont.Weight.DemiBold)
    ranges = []
    for begin, end in marks:
        made = QTextLayout.FormatRange()
        made.start, made.length, made.format = begin, end - begin, strong
        ranges.append(made)
    return ranges
