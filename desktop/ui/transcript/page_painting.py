"""Paint what surrounds the text: tints, dotted underlines, gutter, dots of live text, fades."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QPen,
    QTextBlock,
)

from desktop.item_models.captions import clock
from desktop.ui import theme
from desktop.ui.fonts import font
from desktop.ui.sizes import RADIUS_WORD, dp, dpf
from desktop.ui.transcript.page_layout import (
    PADDING,
    TIME_GAP,
    is_right_to_left,
    line_height,
    placeholder_height,
)
from desktop.ui.transcript.rows import Row
from desktop.ui.transcript.utf16 import to_units
from desktop.ui.widgets.painting import CHIP_SIDE, elided, paint_chip

if TYPE_CHECKING:
    from desktop.ui.transcript.page import Page

_MARK_WIDTH, _MARK_STEP, _MARK_DROP = 2.3, 4.5, 4.5
_FADE_TOP, _FADE_BOTTOM = 20, 28
_NAME_GAP = 8
_DOT, _DOT_STEP = 5.0, 9.0
_DOT_MS = 400


@dataclass(frozen=True, slots=True)
class GutterBoxes:
    """Where the parts of a paragraph's gutter stand in the viewport; null where there is none."""

    chip: QRectF
    name: QRectF
    time: QRectF


class PagePainter(QObject):
    """Paint a page, visible rows only."""

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
            self._paint_gutter(painter, index, block)
        self._paint_live(painter)
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
            # Qt gives the position back beside x.
            one, two = _x(line.cursorToX(begin)), _x(line.cursorToX(stop))
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

    # The gutter.

    def baseline(self, block: QTextBlock) -> float:
        """Return where the first line of a block stands."""
        layout = block.layout()
        top = layout.position().y() - self._page.verticalScrollBar().value()
        line = layout.lineAt(0)
        return top + line.y() + line.ascent() if line.isValid() else top + line_height()

    def boxes(self, index: int, block: QTextBlock) -> GutterBoxes:
        """Return where the gutter's parts stand; mirrored beside text from right to left."""
        row = self._page.rows[index]
        page = self._page.geometry_of_page
        height = line_height()
        top = self.baseline(block) - height * 0.7
        chip = QRectF(dp(PADDING), top, dpf(CHIP_SIDE), height)
        metrics = QFontMetricsF(font("caption_strong"))
        wide = metrics.horizontalAdvance(clock(row.start)) + dpf(2)
        right = dp(PADDING) + page.gutter - dp(TIME_GAP)
        time = QRectF(right - wide, top, wide, height)
        name = QRectF()
        if page.has_names:
            left = chip.right() + dpf(_NAME_GAP)
            name = QRectF(left, top, time.left() - dpf(_NAME_GAP) - left, height)
        if not page.has_chips or self._goes_on(index):
            chip, name = QRectF(), QRectF()
        if is_right_to_left(row.text):
            return GutterBoxes(*(self._mirrored(box) for box in (chip, name, time)))
        return GutterBoxes(chip, name, time)

    def _mirrored(self, box: QRectF) -> QRectF:
        if box.isNull():
            return box
        width = self._page.geometry_of_page.width
        return QRectF(width - box.right(), box.top(), box.width(), box.height())

    def _goes_on(self, index: int) -> bool:
        """Tell whether the paragraph before is said by the same person."""
        if index == 0:
            return False
        speaker = self._page.rows[index].speaker
        return speaker is not None and self._page.rows[index - 1].speaker == speaker

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

    def _paint_gutter(self, painter: QPainter, index: int, block: QTextBlock) -> None:
        row = self._page.rows[index]
        boxes = self.boxes(index, block)
        baseline = self.baseline(block)
        number, name = self._page.decoration.speakers.get(row.speaker or "", (None, ""))
        is_mirrored = is_right_to_left(row.text)
        if not boxes.chip.isNull():
            reading = QFontMetricsF(self._page.font())
            center = QPointF(boxes.chip.center().x(), baseline - reading.capHeight() / 2)
            square = QRectF(0, 0, dpf(CHIP_SIDE), dpf(CHIP_SIDE))
            square.moveCenter(center)
            paint_chip(painter, square, number)
        if not boxes.name.isNull() and name:
            painter.setFont(font("strong"))
            painter.setPen(theme.color("text"))
            metrics = QFontMetricsF(painter.font())
            shown = elided(name, metrics, boxes.name.width(), Qt.TextElideMode.ElideRight)
            left = boxes.name.left()
            if is_mirrored:
                left = boxes.name.right() - metrics.horizontalAdvance(shown)
            painter.drawText(QPointF(left, baseline), shown)
        self._paint_time(painter, boxes.time, baseline, row.start)

    def _paint_time(self, painter: QPainter, box: QRectF, baseline: float, seconds: float) -> None:
        painter.setFont(font("caption"))
        painter.setPen(theme.color("text3"))
        text = clock(seconds)
        is_left = box.left() < self._page.geometry_of_page.width / 2
        width = QFontMetricsF(painter.font()).horizontalAdvance(text)
        left = box.right() - width if is_left else box.left()
        painter.drawText(QPointF(left, baseline), text)

    # Live text.

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
        x = layout.position().x() + _x(line.cursorToX(line.textStart() + line.textLength()))
        width = 3 * dpf(_DOT_STEP)
        left = x - dpf(_NAME_GAP) - width if is_right_to_left(row.text) else x + dpf(_NAME_GAP)
        return self._dots_at(left, self._last_baseline(block))

    def _dots_at(self, left: float, baseline: float) -> QRectF:
        side = dpf(_DOT)
        middle = baseline - QFontMetricsF(self._page.font()).xHeight() / 2
        return QRectF(left, middle - side / 2, 2 * dpf(_DOT_STEP) + side, side)

    def _placeholders(self) -> Iterator[tuple[float, float]]:
        """Yield time (seconds) and baseline of the lines that stand for text to come."""
        decoration = self._page.decoration
        drop = line_height() * 0.8
        step = placeholder_height()
        scroll = self._page.verticalScrollBar().value()
        for number, seconds in enumerate(decoration.above):
            yield seconds, dpf(PADDING) + number * step + drop - scroll
        for index, block in self._page.visible_rows():
            below = (decoration.below or {}).get(id(self._page.rows[index]), ())
            if below:
                last = self._last_baseline(block)
                yield from ((time, last + step * place) for place, time in enumerate(below, 1))

    def _last_baseline(self, block: QTextBlock) -> float:
        layout = block.layout()
        line = layout.lineAt(layout.lineCount() - 1)
        top = layout.position().y() - self._page.verticalScrollBar().value()
        return top + line.y() + line.ascent()

    def _paint_live(self, painter: QPainter) -> None:
        page = self._page.geometry_of_page
        right = dp(PADDING) + page.gutter - dp(TIME_GAP)
        for seconds, baseline in self._placeholders():
            self._paint_time(painter, QRectF(right, 0, 0, 0), baseline, seconds)
            if page.has_chips:
                box = QRectF(dp(PADDING), 0, dpf(CHIP_SIDE), dpf(CHIP_SIDE))
                reading = QFontMetricsF(self._page.font())
                box.moveCenter(QPointF(box.center().x(), baseline - reading.capHeight() / 2))
                paint_chip(painter, box, None)
        painter.setPen(Qt.PenStyle.NoPen)
        for rect in self._dots():
            for number in range(3):
                color = QColor(theme.color("accent"))
                color.setAlphaF((1.0, 0.6, 0.3)[(number + self._phase) % 3])
                painter.setBrush(color)
                left = rect.left() + number * dpf(_DOT_STEP)
                painter.drawEllipse(QRectF(left, rect.top(), rect.height(), rect.height()))

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


def _x(found: object) -> float:
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
