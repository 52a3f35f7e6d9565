"""Show paragraphs in a text widget, one block each; change them without moving what is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.transcript.gutter_painting import GutterBoxes
from desktop.ui.transcript.holes import Hole
from desktop.ui.transcript.page_layout import PageLayout, placeholder_height
from desktop.ui.transcript.page_painting import PagePainter
from desktop.ui.transcript.row_document import Decoration, RowDocument
from desktop.ui.transcript.rows import Range, Row
from desktop.ui.transcript.utf16 import to_characters, to_units


class Page(RowDocument):
    """A text document with a painted gutter; it knows rows, not where they come from."""

    typed = Signal(int)
    """Index of the row in whose block a person changed the text."""
    damaged = Signal()
    """The document no longer has one block for each row."""
    decorated = Signal()
    """Speakers, or places without text, are other ones."""
    painted = Signal()
    """It was painted, and has holes: the lines that name them may stand elsewhere now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hits: Callable[[Row], Sequence[Range]] = _no_hits
        """Where a row has what is searched for."""
        self._painter = PagePainter(self)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self.document().contentsChange.connect(self._on_contents_change)

    def decorate(self, decoration: Decoration) -> None:
        """Show other speakers and other places where text is still to come."""
        self.set_decoration(decoration)
        is_live = bool(decoration.growing or decoration.below or decoration.above)
        self._painter.dots.animate(is_live)
        self.viewport().update()
        self.decorated.emit()

    def take_look(self) -> None:
        """Take over other fonts and colours."""
        with self._keeping_top(), self.keeping_place():
            self.take_font()
            self.geometry_of_page = PageLayout.of(0, has_speakers=False)
            self.lay_out()
            self.reformat_all()
        self.viewport().update()

    # Where things are.

    def block_rect(self, index: int) -> QRectF:
        """Return where a row stands, in pixels of the viewport."""
        block = self.document().findBlockByNumber(index)
        rect = self.document().documentLayout().blockBoundingRect(block)
        return rect.translated(0, -self.verticalScrollBar().value())

    def visible_rows(self) -> Iterator[tuple[int, QTextBlock]]:
        """Yield index and block of what can be seen; no other block is visited."""
        if not self.rows:
            return
        block = self.cursorForPosition(QPoint(0, 0)).block()
        layout = self.document().documentLayout()
        bottom = self.verticalScrollBar().value() + self.viewport().height()
        while block.isValid() and block.blockNumber() < len(self.rows):
            if layout.blockBoundingRect(block).top() > bottom:
                return
            yield block.blockNumber(), block
            block = block.next()

    def gutter(self, index: int, block: QTextBlock) -> GutterBoxes:
        """Return where the parts of a row's gutter stand."""
        return self._painter.gutter.boxes(index, block)

    def hole_places(self) -> Iterator[tuple[Hole, QRectF]]:
        """Yield the holes that can be seen and where their lines stand, pixels of the viewport."""
        yield from self._painter.dots.hole_places()

    def is_at_end(self) -> bool:
        """Tell whether the last line can be seen."""
        scroll = self.verticalScrollBar()
        return scroll.value() >= scroll.maximum() - placeholder_height()

    def lay_out_all(self) -> None:
        """Let Qt lay out the last line too, so that the scroll bar knows its range."""
        if self.rows:
            self.block_rect(len(self.rows) - 1)

    @contextmanager
    def keeping_place(self) -> Iterator[None]:
        """Keep caret, selection and the lines that are being read where they are."""
        scroll = self.verticalScrollBar()
        seen = [
            (self.rows[index].segments[0].id, self.cursorRect(self.cursor_at(index, 0)).top())
            for index, _ in self.visible_rows()
        ]
        cursor = self.textCursor()
        caret = (self._spot(cursor.anchor()), self._spot(cursor.position()))
        yield
        self._restore(caret)
        for segment, top in seen:
            after = self._cursor_in(segment, 0)
            if after is not None:
                scroll.setValue(scroll.value() + self.cursorRect(after).top() - top)
                return

    @contextmanager
    def _keeping_top(self) -> Iterator[None]:
        """Stay at the very top, margin included, if that is where the text is."""
        is_at_top = self.verticalScrollBar().value() == 0
        yield
        if is_at_top:
            self.verticalScrollBar().setValue(0)

    def _spot(self, position: int) -> tuple[str, int] | None:
        """Return a position as it outlasts other paragraphs: segment and characters in it."""
        index, offset = self.place(position)
        return self.rows[index].segment_at(offset) if index < len(self.rows) else None

    def _cursor_in(self, segment: str, offset: int) -> QTextCursor | None:
        for index, row in enumerate(self.rows):
            if any(item.id == segment for item in row.segments):
                return self.cursor_at(index, row.word_start(segment) + offset)
        return None

    def _restore(self, caret: tuple[tuple[str, int] | None, tuple[str, int] | None]) -> None:
        positions = []
        for spot in caret:
            found = self._cursor_in(*spot) if spot is not None else None
            if found is None:
                return
            positions.append(found.position())
        cursor = self.textCursor()
        if [cursor.anchor(), cursor.position()] != positions:
            cursor.setPosition(positions[0])
            cursor.setPosition(positions[1], QTextCursor.MoveMode.KeepAnchor)
            value = self.verticalScrollBar().value()
            self.setTextCursor(cursor)
            self.verticalScrollBar().setValue(value)

    def caret(self) -> tuple[int, int]:
        """Return the row of the caret and the characters before it."""
        return self.place(self.textCursor().position())

    def row_at_caret(self) -> Row | None:
        """Return the row of the caret; None if there is no text."""
        index = self.caret()[0]
        return self.rows[index] if index < len(self.rows) else None

    def place(self, position: int) -> tuple[int, int]:
        """Return row and character at a position of the document."""
        block = self.document().findBlock(position)
        return block.blockNumber(), to_characters(block.text(), position - block.position())

    def cursor_at(self, index: int, offset: int) -> QTextCursor:
        """Return a cursor before a character of a row."""
        index = min(max(index, 0), self.document().blockCount() - 1)
        block = self.document().findBlockByNumber(index)
        cursor = QTextCursor(block)
        units = min(to_units(block.text(), offset), block.length() - 1)
        cursor.setPosition(block.position() + units)
        return cursor

    def select(self, index: int, start: int, end: int) -> None:
        """Select characters of a row and show them."""
        cursor = self.cursor_at(index, start)
        last = self.cursor_at(index, end).position()
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    # Qt's own events.

    @Slot(int, int, int)
    def _on_contents_change(self, position: int, _removed: int, _added: int) -> None:
        if self.is_rendering or not self.rows:
            return
        if self.document().blockCount() != len(self.rows):
            self.damaged.emit()
            return
        block = self.document().findBlock(position)
        if self.rows[block.blockNumber()].type(block.text()):
            self.typed.emit(block.blockNumber())

    def resizeEvent(self, event: QResizeEvent) -> None:  # pylint: disable=invalid-name
        """Fit the page, keeping the place."""
        with self._keeping_top(), self.keeping_place():
            super().resizeEvent(event)
            self.lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Paint paper and tints, then the text, then marks and gutter."""
        self._painter.paint_below(event.rect())
        super().paintEvent(event)
        self._painter.paint_above(event.rect())
        if self.decoration.holes:
            self.painted.emit()


def _no_hits(_row: Row) -> Sequence[Range]:
    return ()
