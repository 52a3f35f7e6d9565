"""Paint what surrounds the text: tints, dotted underlines, fades; others do gutter and dots."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPen, QTextBlock

from desktop.ui import theme
from desktop.ui.sizes import RADIUS_WORD, dpf
from desktop.ui.transcript.gutter_painting import GutterPainter
from desktop.ui.transcript.live_dots import LiveDots
from desktop.ui.transcript.page_layout import cursor_x
from desktop.ui.transcript.rows import Row
from desktop.ui.transcript.utf16 import to_units

if TYPE_CHECKING:
    from desktop.ui.transcript.page import Page

_MARK_WIDTH, _MARK_STEP, _MARK_DROP = 2.3, 4.5, 4.5
_FADE_TOP, _FADE_BOTTOM = 20, 28


class PagePainter:
    """Paint a page, visible rows only."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.gutter = GutterPainter(page)
        self.dots = LiveDots(page)

    def paint_below(self, region: QRect) -> None:
        """Paint the paper, and the tint of what was searched for."""
        painter = QPainter(self._page.viewport())
        painter.fillRect(region, theme.color("surface"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("text") if theme.is_high_contrast() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent_tint"))
        for index, block in self._page.visible_rows():
            row = self._page.rows[index]
            for start, end in self._page.hits(row):
                for rect in self.stretches(block, row, start, end):
                    wider = rect.adjusted(-dpf(1), 0, dpf(1), 0)
                    painter.drawRoundedRect(wider, dpf(RADIUS_WORD), dpf(RADIUS_WORD))
        painter.end()

    def paint_above(self, region: QRect) -> None:
        """Paint marks, gutter, dots and fades."""
        painter = QPainter(self._page.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(region)
        for index, block in self._page.visible_rows():
            self._paint_marks(painter, block, self._page.rows[index])
            self._paint_current_hit(painter, block, self._page.rows[index])
            self.gutter.paint(painter, index, block)
        self.dots.paint(painter, self.gutter)
        self._paint_fades(painter)
        painter.end()

    def stretches(self, block: QTextBlock, row: Row, start: int, end: int) -> Iterator[QRectF]:
        """Yield where characters of a row stand, a rectangle for each line."""
        layout = block.layout()
        first, last = to_units(row.text, start), to_units(row.text, end)
        # Text under composition stands in the layout, though not yet in the document.
        composed, composed_at = len(layout.preeditAreaText()), layout.preeditAreaPosition()
        if composed and composed_at >= 0:
            first += composed if first >= composed_at else 0
            last += composed if last > composed_at else 0
        origin = layout.position() - QPointF(0, self._page.verticalScrollBar().value())
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            begin = max(first, line.textStart())
            stop = min(last, line.textStart() + line.textLength())
            if begin >= stop:
                continue
            one, two = cursor_x(line, begin), cursor_x(line, stop)
            baseline = origin.y() + line.y() + line.ascent()
            ascent = QFontMetricsF(self._page.font()).ascent()
            left = origin.x() + min(one, two)
            yield QRectF(left, baseline - ascent, abs(two - one), ascent + dpf(_MARK_DROP))

    def _paint_marks(self, painter: QPainter, block: QTextBlock, row: Row) -> None:
        width = dpf(_MARK_WIDTH)
        pen = QPen(theme.color("warn_mark"), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.001, _MARK_STEP / _MARK_WIDTH])
        painter.setPen(pen)
        for start, end in row.marks:
            for rect in self.stretches(block, row, start, end):
                y = rect.bottom()
                painter.drawLine(
                    QPointF(rect.left() + width / 2, y), QPointF(rect.right() - width / 2, y)
                )

    def _paint_current_hit(self, painter: QPainter, block: QTextBlock, row: Row) -> None:
        """Underline the place that the search is at; its tint is that of all places."""
        cursor = self._page.textCursor()
        if not cursor.hasSelection() or not block.contains(cursor.selectionStart()):
            return
        begin = cursor.selectionStart() - block.position()
        end = cursor.selectionEnd() - block.position()
        painter.setPen(QPen(theme.color("accent"), dpf(2)))
        for hit in self._page.hits(row):
            if (to_units(row.text, hit[0]), to_units(row.text, hit[1])) == (begin, end):
                for rect in self.stretches(block, row, *hit):
                    painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_fades(self, painter: QPainter) -> None:
        """Let the text fade out where it goes on beyond the edge."""
        scroll = self._page.verticalScrollBar()
        width, height = self._page.viewport().width(), self._page.viewport().height()
        if scroll.value() > 0:
            self._paint_fade(painter, QRectF(0, 0, width, dpf(_FADE_TOP)), is_top=True)
        if scroll.value() < scroll.maximum():
            size = dpf(_FADE_BOTTOM)
            self._paint_fade(painter, QRectF(0, height - size, width, size), is_top=False)

    def _paint_fade(self, painter: QPainter, rect: QRectF, *, is_top: bool) -> None:
        solid = QColor(theme.color("surface"))
        clear = QColor(solid)
        clear.setAlpha(0)
        gradient = QLinearGradient(rect.topLeft(), rect.bottomLeft())
        gradient.setColorAt(0, solid if is_top else clear)
        gradient.setColorAt(1, clear if is_top else solid)
        painter.fillRect(rect, gradient)
