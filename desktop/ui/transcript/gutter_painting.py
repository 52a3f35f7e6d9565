"""Paint the gutter beside the text: who speaks, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextBlock

from desktop.ui import theme
from desktop.ui.fonts import font
from desktop.ui.sizes import dp, dpf
from desktop.ui.transcript.page_layout import PADDING, TIME_GAP, is_right_to_left, line_height
from desktop.ui.widgets.painting import CHIP_SIDE, elided, paint_chip
from engine.clock import clock

if TYPE_CHECKING:
    from desktop.ui.transcript.page import Page

_NAME_GAP = 8


@dataclass(frozen=True, slots=True)
class GutterBoxes:
    """Where the parts of a paragraph's gutter stand in the viewport; null where there is none."""

    chip: QRectF
    name: QRectF
    time: QRectF


class GutterPainter:
    """Know where the parts of the gutter stand on a page, and paint them."""

    def __init__(self, page: Page) -> None:
        self._page = page

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

    def paint(self, painter: QPainter, index: int, block: QTextBlock) -> None:
        """Paint chip, name and time of a row."""
        row = self._page.rows[index]
        boxes = self.boxes(index, block)
        baseline = self.baseline(block)
        number, name = self._page.decoration.speakers.get(row.speaker or "", (None, ""))
        is_mirrored = is_right_to_left(row.text)
        if not boxes.chip.isNull():
            self._paint_chip(painter, boxes.chip.center().x(), baseline, number)
        if not boxes.name.isNull() and name:
            painter.setFont(font("strong"))
            painter.setPen(theme.color("text"))
            metrics = QFontMetricsF(painter.font())
            shown = elided(name, metrics, boxes.name.width(), Qt.TextElideMode.ElideRight)
            left = boxes.name.left()
            if is_mirrored:
                left = boxes.name.right() - metrics.horizontalAdvance(shown)
            painter.drawText(QPointF(left, baseline), shown)
        self.paint_time(painter, boxes.time, baseline, row.start)

    def paint_time(self, painter: QPainter, box: QRectF, baseline: float, seconds: float) -> None:
        """Paint a time in a box: at its right end, or at its left end on a mirrored row."""
        painter.setFont(font("caption"))
        painter.setPen(theme.color("text3"))
        text = clock(seconds)
        is_left = box.left() < self._page.geometry_of_page.width / 2
        width = QFontMetricsF(painter.font()).horizontalAdvance(text)
        left = box.right() - width if is_left else box.left()
        painter.drawText(QPointF(left, baseline), text)

    def paint_unknown(self, painter: QPainter, baseline: float, seconds: float) -> None:
        """Paint the gutter of a line whose text is still to come."""
        page = self._page.geometry_of_page
        right = dp(PADDING) + page.gutter - dp(TIME_GAP)
        self.paint_time(painter, QRectF(right, 0, 0, 0), baseline, seconds)
        if page.has_chips:
            self._paint_chip(painter, dp(PADDING) + dpf(CHIP_SIDE) / 2, baseline, None)

    def _paint_chip(
        self, painter: QPainter, middle: float, baseline: float, number: int | None
    ) -> None:
        reading = QFontMetricsF(self._page.font())
        square = QRectF(0, 0, dpf(CHIP_SIDE), dpf(CHIP_SIDE))
        square.moveCenter(QPointF(middle, baseline - reading.capHeight() / 2))
        paint_chip(painter, square, number)
