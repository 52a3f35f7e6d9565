"""Show the first pages of a file as white paper, in both themes."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.services.export_presets import Purpose
from desktop.services.export_preview import Preview, PreviewBlock, Span
from desktop.ui import tokens
from desktop.ui.fonts import font
from desktop.ui.sizes import dp, dpf, font_pixels
from desktop.ui.style import set_surface
from desktop.ui.widgets.painting import Box, paint_box

PAGES = 2
_MARGIN, _TOP, _FOOT = 48, 36, 44
_NARROW = 420
"""Width of the paper, dp, below which its margins shrink."""
_LEAST_HEIGHT = 320
_LONGEST_SPOKEN = 2000


def _ink(token: str) -> QColor:
    """Return a colour as it is on white paper, whatever the theme."""
    return QColor(tokens.LIGHT[token])


def page_margin(width: float) -> float:
    """Return the white at both sides of a page, in pixels."""
    return dpf(_MARGIN if width >= dpf(_NARROW) else _MARGIN * 2 / 3)


class Page(QWidget):
    """One sheet of paper."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self._document: QTextDocument | None = None
        self._caption = ""
        self._counts_lines = False

    def show_document(self, document: QTextDocument, caption: str, *, counts_lines: bool) -> None:
        """Show a page of a document that is laid out already."""
        self._document, self._caption, self._counts_lines = document, caption, counts_lines
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw paper, text, line numbers and the number of the page."""
        painter = QPainter(self)
        paint_box(painter, QRectF(self.rect()), Box(fill="paper", edge="line", radius=4))
        if self._document is None:
            return
        height = self._document.pageSize().height()
        top = (self._number - 1) * height
        margin = page_margin(self.width())
        painter.translate(margin, dpf(_TOP) - top)
        if self._counts_lines:
            self._paint_line_numbers(painter, self._document, top)
        # The palette of the theme has light text in the dark one.
        painter.setPen(_ink("text"))
        self._document.drawContents(painter, QRectF(0, top, self.width(), height))
        painter.resetTransform()
        painter.setFont(font("caption"))
        painter.setPen(_ink("text2"))
        foot = QRectF(self.rect()).adjusted(margin, 0, -margin, -dpf(14))
        painter.drawText(
            foot, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom), self._caption
        )

    def _paint_line_numbers(self, painter: QPainter, document: QTextDocument, top: float) -> None:
        painter.setFont(font("caption"))
        painter.setPen(_ink("text2"))
        ascent = QFontMetricsF(painter.font()).ascent()
        margin = page_margin(self.width())
        number, height = 0, document.pageSize().height()
        block = document.begin()
        while block.isValid():
            for y, line_ascent in _lines(document, block):
                number += 1
                if top <= y < top + height:
                    box = QRectF(-margin, y + line_ascent - ascent, margin - dpf(8), dpf(32))
                    painter.drawText(box, int(Qt.AlignmentFlag.AlignRight), str(number))
            block = block.next()


def _lines(document: QTextDocument, block: QTextBlock) -> list[tuple[float, float]]:
    """Return top and ascent of each line of a block."""
    place = document.documentLayout().blockBoundingRect(block).topLeft()
    layout = block.layout()
    lines = [layout.lineAt(index) for index in range(layout.lineCount())]
    return [((place + QPointF(0, line.y())).y(), line.ascent()) for line in lines]


class PreviewPages(QScrollArea):
    """Pages one below the other, as wide as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Preview"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._preview: Preview | None = None
        self._sentence = ""
        self._document = QTextDocument(self)
        holder = QWidget(self)
        set_surface(holder, "window")
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(dp(24), dp(24), dp(24), dp(24))
        layout.setSpacing(dp(16))
        self.pages = [Page(number, holder) for number in range(1, PAGES + 1)]
        for page in self.pages:
            layout.addWidget(page)
        layout.addStretch(1)
        self.setWidget(holder)
        self.say(self.tr("The preview is being made."))

    def show_preview(self, preview: Preview) -> None:
        """Show the beginning of a file; the place on the page stays."""
        self._preview = preview
        self._sentence = "" if preview.blocks or preview.text else self.tr("There is no text yet.")
        self._lay_out()

    def say(self, sentence: str) -> None:
        """Show a sentence in place of the pages."""
        self._preview, self._sentence = None, sentence
        self._lay_out()

    def shown_text(self) -> str:
        """Return what stands on the pages."""
        return self._document.toPlainText()

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give the size on the pictures of the design."""
        return QSize(dp(632), dp(553))

    def minimumSizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Stay readable."""
        return QSize(dp(280), dp(120))

    def resizeEvent(self, event: QResizeEvent) -> None:  # pylint: disable=invalid-name
        """Break the lines anew."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:  # pylint: disable=invalid-name
        """Follow the size of the system font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "pages"):
            self._lay_out()

    def _lay_out(self) -> None:
        width = max(dp(160), self.viewport().width() - dp(48))
        height = max(dp(_LEAST_HEIGHT), self.viewport().height() - dp(48))
        self._document = self._make_document(
            QSizeF(width - 2 * page_margin(width), height - dpf(_TOP + _FOOT))
        )
        count = self._document.pageCount()
        preview = self._preview
        counts_lines = preview is not None and preview.counts_lines
        for number, page in enumerate(self.pages, 1):
            page.setFixedHeight(height)
            page.setVisible(number <= count)
            caption = self._caption(number, count) if preview is not None else ""
            page.show_document(self._document, caption, counts_lines=counts_lines)
        self.setAccessibleDescription(self.shown_text()[:_LONGEST_SPOKEN])

    def _caption(self, number: int, count: int) -> str:
        share = self._preview.share if self._preview is not None else 1.0
        if share >= 1.0:
            return self.tr("{page} / {pages}").format(page=number, pages=count)
        pages = math.ceil(count / share)
        return self.tr("{page} / about {pages}").format(page=number, pages=pages)

    def _make_document(self, size: QSizeF) -> QTextDocument:
        document = QTextDocument(self)
        self._document.deleteLater()
        document.setDocumentMargin(0)
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        document.setDefaultFont(self._font())
        cursor = QTextCursor(document)
        preview = self._preview
        if preview is None or self._sentence:
            cursor.insertText(self._sentence, _look(Span("", is_quiet=True)))
        elif preview.text:
            cursor.insertText(preview.text, _look(Span("")))
        else:
            for index, block in enumerate(preview.blocks):
                _insert(cursor, block, is_first=index == 0)
        document.setPageSize(size)
        return document

    def _font(self) -> QFont:
        """Return the reading matter's font: figures below each other in files for programs."""
        body = font("body")
        preview = self._preview
        if preview is None or preview.preset.purpose in (Purpose.DOCUMENT, Purpose.TEXT):
            return body
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(round(font_pixels(body) * 0.92))
        return fixed


def _insert(cursor: QTextCursor, block: PreviewBlock, *, is_first: bool) -> None:
    shape = QTextBlockFormat()
    shape.setBottomMargin(dp(16 if block.is_heading else 10))
    shape.setLineHeight(135.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if is_first:
        cursor.setBlockFormat(shape)
    else:
        cursor.insertBlock(shape)
    for span in block.spans:
        look = _look(span)
        if block.is_heading:
            look.setFont(
                font("title"), QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesAll
            )
        # A line break inside a paragraph.
        cursor.insertText(span.text.replace("\n", "\u2028"), look)


def _look(span: Span) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(_ink("text2" if span.is_quiet else "text"))
    if span.is_bold:
        look.setFontWeight(QFont.Weight.DemiBold)
    if span.is_doubtful:
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        look.setUnderlineColor(_ink("warn_mark"))
    return look
