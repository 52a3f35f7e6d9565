"""Paint three moving dots where text is still to come, and say where lines without text stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QTextBlock

from desktop.ui import theme
from desktop.ui.sizes import dp, dpf
from desktop.ui.transcript.holes import Hole
from desktop.ui.transcript.page_layout import (
    PADDING,
    cursor_x,
    is_right_to_left,
    line_height,
    placeholder_height,
)
from desktop.ui.transcript.rows import Row

if TYPE_CHECKING:
    from desktop.ui.transcript.gutter_painting import GutterPainter
    from desktop.ui.transcript.page import Page

_DOT, _DOT_STEP = 5.0, 9.0
_DOT_MS = 400
_GAP = 8


class LiveDots(QObject):
    """Animate and paint the dots of a page; visible rows only."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._phase = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_DOT_MS)
        self._timer.timeout.connect(self._on_tick)

    def animate(self, is_live: bool) -> None:
        """Let the dots of live text move, unless motion is unwanted."""
        if is_live and theme.duration(_DOT_MS):
            self._timer.start()
        else:
            self._timer.stop()

    def _on_tick(self) -> None:
        self._phase = (self._phase + 1) % 3
        for rect in self._dots():
            self._page.viewport().update(rect.toAlignedRect().adjusted(-2, -2, 2, 2))

    def paint(self, painter: QPainter, gutter: GutterPainter) -> None:
        """Paint the dots, and the gutter of lines without text."""
        for seconds, baseline in self._placeholders():
            gutter.paint_unknown(painter, baseline, seconds)
        painter.setPen(Qt.PenStyle.NoPen)
        for rect in self._dots():
            for number in range(3):
                color = QColor(theme.color("accent"))
                color.setAlphaF((1.0, 0.6, 0.3)[(number + self._phase) % 3])
                painter.setBrush(color)
                left = rect.left() + number * dpf(_DOT_STEP)
                painter.drawEllipse(QRectF(left, rect.top(), rect.height(), rect.height()))

    def hole_places(self) -> Iterator[tuple[Hole, QRectF]]:
        """Yield the holes that can be seen, and where the lines that name them stand."""
        page, decoration = self._page.geometry_of_page, self._page.decoration
        left = dp(PADDING) + page.gutter
        width, height = page.width - left - dp(PADDING), placeholder_height()
        reading = QFontMetricsF(self._page.font())
        above = zip(decoration.holes_above, self._lines_above(len(decoration.holes_above)))
        for hole, baseline in (*above, *self._holes_below()):
            middle = baseline - reading.xHeight() / 2
            rect = QRectF(left, middle - height / 2, width, height)
            if rect.intersects(QRectF(self._page.viewport().rect())):
                yield hole, rect

    def _holes_below(self) -> Iterator[tuple[Hole, float]]:
        for index, block in self._page.visible_rows():
            holes = (self._page.decoration.holes_below or {}).get(id(self._page.rows[index]), ())
            yield from zip(holes, self._lines_below(block, len(holes)))

    def _dots(self) -> Iterator[QRectF]:
        """Yield where dots stand: behind text that grows, and in lines without text."""
        decoration = self._page.decoration
        for index, block in self._page.visible_rows():
            if id(self._page.rows[index]) in decoration.growing:
                yield self._dots_behind(block, self._page.rows[index])
        for _, y in self._placeholders():
            left = dp(PADDING) + self._page.geometry_of_page.gutter
            yield self._dots_at(left, y)

    def _dots_behind(self, block: QTextBlock, row: Row) -> QRectF:
        layout = block.layout()
        line = layout.lineAt(layout.lineCount() - 1)
        x = layout.position().x() + cursor_x(line, line.textStart() + line.textLength())
        width = 3 * dpf(_DOT_STEP)
        left = x - dpf(_GAP) - width if is_right_to_left(row.text) else x + dpf(_GAP)
        return self._dots_at(left, self._last_baseline(block))

    def _dots_at(self, left: float, baseline: float) -> QRectF:
        side = dpf(_DOT)
        middle = baseline - QFontMetricsF(self._page.font()).xHeight() / 2
        return QRectF(left, middle - side / 2, 2 * dpf(_DOT_STEP) + side, side)

    def _placeholders(self) -> Iterator[tuple[float, float]]:
        """Yield time (seconds) and baseline of the lines that stand for text to come."""
        decoration = self._page.decoration
        yield from zip(decoration.above, self._lines_above(len(decoration.above)))
        for index, block in self._page.visible_rows():
            below = (decoration.below or {}).get(id(self._page.rows[index]), ())
            yield from zip(below, self._lines_below(block, len(below)))

    def _lines_above(self, count: int) -> list[float]:
        """Return the baselines of lines above the first row."""
        first = dpf(PADDING) + line_height() * 0.8 - self._page.verticalScrollBar().value()
        return [first + number * placeholder_height() for number in range(count)]

    def _lines_below(self, block: QTextBlock, count: int) -> list[float]:
        """Return the baselines of lines below a row."""
        if not count:
            return []
        last = self._last_baseline(block)
        return [last + number * placeholder_height() for number in range(1, count + 1)]

    def _last_baseline(self, block: QTextBlock) -> float:
        layout = block.layout()
        line = layout.lineAt(layout.lineCount() - 1)
        top = layout.position().y() - self._page.verticalScrollBar().value()
        return top + line.y() + line.ascent()
