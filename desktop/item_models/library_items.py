"""Make the rows of the library."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QStandardItem

from desktop.item_models.captions import Captions, Progress
from desktop.item_models.library_rows import (
    TAGS,
    WATCHED,
    Row,
    RowHeights,
    RowKind,
    Section,
    SectionKind,
    shows_progress,
)
from desktop.store.records import Tag, TranscriptSummary

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""`Row`: what the row stands for."""
COUNT_ROLE = ROW_ROLE + 1
"""int: how many rows a section has, or how many transcripts a tag."""

_FLAG = Qt.ItemFlag
_BASE = _FLAG.ItemIsEnabled | _FLAG.ItemNeverHasChildren
_GONE = _BASE | _FLAG.ItemIsSelectable | _FLAG.ItemIsDragEnabled | _FLAG.ItemIsDropEnabled
_KEPT = _GONE | _FLAG.ItemIsEditable
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)


class RowItems(QObject):
    """Make items: their text, what is spoken, their height, what can be done with them."""

    def __init__(self, captions: Captions, parent: QObject) -> None:
        super().__init__(parent)
        self.heights = RowHeights()
        self._captions = captions

    def header(self, section: Section, title: str) -> QStandardItem:
        """Make the header of a section."""
        item = QStandardItem(title)
        flags = _FLAG.ItemIsEnabled | _FLAG.ItemIsDropEnabled
        if section.kind is SectionKind.FOLDER:
            flags |= _FLAG.ItemIsEditable
        item.setFlags(flags)
        item.setData(Row(RowKind.SECTION, section), ROW_ROLE)
        item.setSizeHint(QSize(1, self.heights.header))
        return item

    def set_apart(self, header: QStandardItem, *, is_apart: bool) -> None:
        """Give the header of a section its height, with or without space above."""
        height = self.heights.spaced_header if is_apart else self.heights.header
        header.setSizeHint(QSize(1, height))

    def transcript(self, summary: TranscriptSummary, section: Section) -> QStandardItem:
        """Make the row of a transcript."""
        item = QStandardItem()
        item.setFlags(_KEPT if summary.deleted is None else _GONE)
        item.setData(Row(RowKind.TRANSCRIPT, section, summary.id), ROW_ROLE)
        return item

    def refresh(
        self, item: QStandardItem, summary: TranscriptSummary, progress: Progress | None
    ) -> None:
        """Bring the row of a transcript up to date; only what differs is told to the view."""
        height = self.heights.job if shows_progress(summary) else self.heights.row
        item.setText(summary.title)
        item.setSizeHint(QSize(1, height))
        item.setData(self._captions.spoken(summary, progress), _ACCESSIBLE)

    def tag(self, tag: Tag, count: int) -> QStandardItem:
        """Make the row of a tag."""
        item = QStandardItem(tag.name)
        item.setFlags(
            _BASE | _FLAG.ItemIsSelectable | _FLAG.ItemIsEditable | _FLAG.ItemIsDropEnabled
        )
        item.setData(Row(RowKind.TAG, TAGS, tag.id), ROW_ROLE)
        item.setSizeHint(QSize(1, self.heights.row))
        self.set_count(item, count)
        return item

    def watched(self, path: Path) -> QStandardItem:
        """Make the row of a watched folder."""
        item = QStandardItem(path.name or str(path))
        item.setFlags(_BASE | _FLAG.ItemIsSelectable)
        item.setData(Row(RowKind.WATCHED, WATCHED, path=path), ROW_ROLE)
        item.setSizeHint(QSize(1, self.heights.row))
        item.setData(str(path), _ACCESSIBLE)
        return item

    def set_count(self, item: QStandardItem, count: int) -> None:
        """Show and say how many transcripts a section or a tag has."""
        if item.data(COUNT_ROLE) == count:
            return
        item.setData(count, COUNT_ROLE)
        spoken = self.tr("{name}, %n row(s)", "", count).format(name=item.text())
        item.setData(spoken, _ACCESSIBLE)
