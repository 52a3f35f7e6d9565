"""Keep one block of a text document for each row; text that stays is not touched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.ui import theme
from desktop.ui.fonts import font
from desktop.ui.sizes import dpf
from desktop.ui.transcript.holes import Hole
from desktop.ui.transcript.page_layout import PageLayout, placeholder_height
from desktop.ui.transcript.rows import Row, difference
from desktop.ui.transcript.utf16 import to_units

_TOP, _BOTTOM = 18, 32
"""The first line has some room of its own above it: letters begin 24 dp below the edge."""


@dataclass(frozen=True, slots=True)
class Decoration:
    """What stands around the text of paragraphs."""

    speakers: Mapping[str, tuple[int, str]]
    """Number and name by id."""
    growing: frozenset[int] = frozenset()
    """`id` of the rows that more text will be added to."""
    below: Mapping[int, tuple[float, ...]] | None = None
    """By `id` of a row: starts (seconds) of stretches below it that have no text yet."""
    above: tuple[float, ...] = ()
    """The same above the first row."""
    holes_below: Mapping[int, tuple[Hole, ...]] | None = None
    """By `id` of a row: what is missing below it while no job runs."""
    holes_above: tuple[Hole, ...] = ()
    """The same above the first row."""

    @property
    def holes(self) -> tuple[Hole, ...]:
        """Return everything that is missing."""
        return self.holes_above + sum((self.holes_below or {}).values(), ())

    @property
    def lines_above(self) -> int:
        """Return how many lines are kept free above the first row."""
        return len(self.above) + len(self.holes_above)

    def lines_below(self, row: int) -> int:
        """Return how many lines are kept free below a row, by its `id`."""
        parts = ((self.below or {}).get(row, ()), (self.holes_below or {}).get(row, ()))
        return sum(len(part) for part in parts)

    def rows_with_lines(self) -> set[int]:
        """Return the `id` of the rows below which lines are kept free."""
        return {*(self.below or {}), *(self.holes_below or {})}


class RowDocument(QTextEdit):
    """A text widget that holds rows, and formats them for the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.decoration = Decoration({})
        self.last_change: tuple[Row, int] | None = None
        """Row and character (of its text) at which the document was last changed from outside."""
        self.geometry_of_page = PageLayout.of(0, has_speakers=False)
        self.is_rendering = False
        """The document is being changed by the program, not by a person."""
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setReadOnly(True)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.document().setDocumentMargin(0)
        self.take_font()

    # What stands in the document.

    def clear_rows(self) -> None:
        """Empty the page, whatever stands on it."""
        self.rows = []
        self._rendering(self._clear_blocks)
        self.setReadOnly(True)
        self.verticalScrollBar().setValue(0)

    def _clear_blocks(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        cursor.setBlockFormat(QTextBlockFormat())

    def replace_rows(self, at: int, removed: int, added: Sequence[Row]) -> None:
        """Put rows in the place of others; text that stays is not touched."""
        common = min(removed, len(added))
        cursor = QTextCursor(self.document())
        self.is_rendering = True
        cursor.beginEditBlock()
        for index in range(common):
            self._update(at + index, added[index])
        if removed > common:
            self._remove(at + common, removed - common)
        elif len(added) > common:
            self._insert(at + common, added[common:])
        cursor.endEditBlock()
        self.is_rendering = False
        self.setReadOnly(not self.rows)

    def _update(self, index: int, row: Row) -> None:
        old, new = self.rows[index].text, row.text
        self.rows[index] = row
        block = self.document().findBlockByNumber(index)
        if old != new:
            start, end, grown = difference(old, new)
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + to_units(old, start))
            keep = QTextCursor.MoveMode.KeepAnchor
            cursor.setPosition(block.position() + to_units(old, end), keep)
            cursor.insertText(new[start : end + grown])
            self.last_change = (row, end + grown)
        self._format(block, row)

    def _remove(self, at: int, count: int) -> None:
        first = self.document().findBlockByNumber(at)
        last = self.document().findBlockByNumber(at + count - 1)
        cursor = QTextCursor(first)
        keep = QTextCursor.MoveMode.KeepAnchor
        end = last.position() + last.length() - 1
        is_last = at + count == len(self.rows)
        del self.rows[at : at + count]
        if not is_last:
            cursor.setPosition(end + 1, keep)
        elif at:
            cursor.setPosition(first.position() - 1)
            cursor.setPosition(end, keep)
        else:
            cursor.setPosition(end, keep)
        cursor.removeSelectedText()
        if self.rows:
            index = min(at, len(self.rows) - 1)
            row = self.rows[index]
            self._format(self.document().findBlockByNumber(index), row)
            self.last_change = (row, 0 if index == at else len(row.text))

    def _insert(self, at: int, added: Sequence[Row]) -> None:
        cursor = QTextCursor(self.document())
        normal = QTextCharFormat()
        if not self.rows:
            cursor.setBlockFormat(self._block_format(added[0]))
            cursor.insertText(added[0].text, normal)
        elif at == len(self.rows):
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertBlock(self._block_format(added[0]), normal)
            cursor.insertText(added[0].text, normal)
        else:
            # In front of the block that is moved down, so that carets in it move with it.
            block = self.document().findBlockByNumber(at)
            moved = block.blockFormat()
            cursor.setPosition(block.position())
            for row in added:
                cursor.insertText(row.text, normal)
                cursor.setBlockFormat(self._block_format(row))
                cursor.insertBlock(moved, normal)
            self.rows[at:at] = added
            self.last_change = (added[0], 0)
            return
        for row in added[1:]:
            cursor.insertBlock(self._block_format(row), normal)
            cursor.insertText(row.text, normal)
        self.rows[at:at] = added
        self.last_change = (added[0], 0)

    # Formats.

    def _block_format(self, row: Row) -> QTextBlockFormat:
        lines = self.decoration.lines_below(id(row))
        return self.geometry_of_page.block_format(row.text, lines)

    def _format(self, block: QTextBlock, row: Row) -> None:
        """Give a block margins, direction and colour, if it has others."""
        cursor = QTextCursor(block)
        wanted = self._block_format(row)
        if block.blockFormat() != wanted:
            cursor.setBlockFormat(wanted)
        is_growing = id(row) in self.decoration.growing
        color = theme.color("text3") if is_growing else None
        if is_growing or _has_color(block):
            look = QTextCharFormat()
            if color is not None:
                look.setForeground(color)
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.setCharFormat(look)
            cursor.setBlockCharFormat(look)

    def set_decoration(self, decoration: Decoration) -> None:
        """Show other speakers and other places where text is still to come."""
        old, self.decoration = self.decoration, decoration
        if bool(decoration.speakers) != bool(old.speakers):
            self.lay_out()
        changed = old.growing ^ decoration.growing
        changed |= {
            row
            for row in old.rows_with_lines() | decoration.rows_with_lines()
            if old.lines_below(row) != decoration.lines_below(row)
        }
        if changed:
            self._rendering(lambda: self._reformat(changed))
        self._set_margins()

    def _reformat(self, changed: set[int] | frozenset[int]) -> None:
        for index, row in enumerate(self.rows):
            if id(row) in changed:
                self._format(self.document().findBlockByNumber(index), row)

    def lay_out(self) -> None:
        """Fit margins and widths to font, width and speakers."""
        layout = PageLayout.of(self.viewport().width(), has_speakers=bool(self.decoration.speakers))
        if layout.width != self.geometry_of_page.width:
            self.setLineWrapColumnOrWidth(layout.width)
        if layout == self.geometry_of_page:
            return
        is_other = layout.gutter != self.geometry_of_page.gutter
        self.geometry_of_page = layout
        if is_other and self.rows:
            self.reformat_all()

    def reformat_all(self) -> None:
        """Give every block its margins and its direction anew."""
        self._rendering(self._reformat_blocks)

    def _reformat_blocks(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(self.geometry_of_page.block_format("", 0))
        plain = cursor.blockFormat()
        for index, row in enumerate(self.rows):
            if self._block_format(row) != plain:
                self._format(self.document().findBlockByNumber(index), row)

    def _rendering(self, work: Callable[[], None]) -> None:
        self.is_rendering = True
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        work()
        cursor.endEditBlock()
        self.is_rendering = False

    def take_font(self) -> None:
        """Use the font that transcripts are read in."""
        self.is_rendering = True
        self.setFont(font("reading"))
        self.document().setDefaultFont(font("reading"))
        self._set_margins()
        self.is_rendering = False

    def _set_margins(self) -> None:
        frame = self.document().rootFrame()
        wanted = frame.frameFormat()
        wanted.setTopMargin(dpf(_TOP) + self.decoration.lines_above * placeholder_height())
        # The bottom margin of the last block does not count. Not for dots, which come and go while
        # the job runs: with other margins Qt lays out the whole text again.
        last = id(self.rows[-1]) if self.rows else 0
        lines = len((self.decoration.holes_below or {}).get(last, ()))
        wanted.setBottomMargin(dpf(_BOTTOM) + lines * placeholder_height())
        if wanted != frame.frameFormat():
            self._rendering(lambda: frame.setFrameFormat(wanted))


def _has_color(block: QTextBlock) -> bool:
    """Tell whether any of the text is coloured; the block's own format may say otherwise."""
    brush = QTextCharFormat.Property.ForegroundBrush
    if block.charFormat().hasProperty(brush):
        return True
    fragments = block.begin()
    while not fragments.atEnd():
        if fragments.fragment().charFormat().hasProperty(brush):
            return True
        fragments += 1
    return False
