"""Hold the library as a tree: sections, and below them transcripts, jobs, tags and folders.

The rows are items of Qt, so that laying out ten thousand of them calls no Python (5 ms instead
of 80 ms with a model written in Python); the rest is asked for by id when a row is painted.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QStandardItem

from desktop.item_models.captions import Captions, Progress
from desktop.item_models.dragged_rows import MIME_TYPE, DraggedRows, Index
from desktop.item_models.library_branch import Branch
from desktop.item_models.library_filter import LibraryFilter
from desktop.item_models.library_items import COUNT_ROLE, ROW_ROLE, RowItems
from desktop.item_models.library_rows import (
    TAGS,
    WATCHED,
    Row,
    RowHeights,
    RowKind,
    Section,
    SectionKind,
    shows_progress,
    sort_key,
)
from desktop.store.records import Folder, Tag, TranscriptSummary

_AT_ONCE = 100
"""Rows that a section has at once: more than can be seen. The others follow in slices."""
_SLICE_SECONDS = 0.006


class LibraryModel(DraggedRows):
    """Give the sidebar its tree, and say what people asked for by renaming and dropping."""

    rename_asked = Signal(object, str)
    """Row, new name."""
    filter_changed = Signal(object)
    """LibraryFilter."""
    contents_changed = Signal()
    """Something was added, removed or moved."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.captions = Captions(self)
        self._make = RowItems(self.captions, self)
        self._branches: dict[Section, Branch] = {}
        self._items: dict[int, QStandardItem] = {}
        self._filling = QTimer(self)
        self._filling.timeout.connect(self._on_filling)

    def show_library(
        self,
        summaries: Iterable[TranscriptSummary],
        trash: Iterable[TranscriptSummary],
        folders: Sequence[Folder],
        tags: Sequence[Tag],
    ) -> None:
        """Show a whole library at once, in place of what is shown."""
        self.contents.replace([*summaries, *trash])
        self.set_shelves(folders, tags)

    def upsert(self, summary: TranscriptSummary) -> None:
        """Show a transcript as it now is, wherever it now belongs."""
        item = self._item_of(summary.id)
        place = None if item is None else self._place(summary.id)
        self.contents.put(summary)
        is_shown = self.contents.filter.accepts(summary)
        if item is not None and is_shown and place == self._place(summary.id):
            self._make.refresh(item, summary, self.contents.progress(summary.id))
        else:
            if place is not None:
                self._take(summary.id, *place)
            if is_shown:
                self._put(summary)
            self.contents_changed.emit()
        self._refresh_tags()

    def remove(self, transcript: int) -> None:
        """Show a transcript no longer."""
        if self._item_of(transcript) is not None:
            self._take(transcript, *self._place(transcript))
        self.contents.take(transcript)
        self._refresh_tags()
        self.contents_changed.emit()

    def set_progress(self, progress: Progress) -> None:
        """Show how far a job is."""
        summary = self.contents.set_progress(progress)
        item = self._items.get(progress.transcript)
        if summary is not None and item is not None and shows_progress(summary):
            self._make.refresh(item, summary, progress)
            self.dataChanged.emit(item.index(), item.index(), [])

    def set_shelves(self, folders: Sequence[Folder], tags: Sequence[Tag]) -> None:
        """Show these folders and tags."""
        before = self.contents.filter
        self.contents.set_shelves(folders, tags)
        self._rebuild()
        if self.contents.filter != before:
            self.filter_changed.emit(self.contents.filter)

    def set_watched(self, folders: Sequence[Path]) -> None:
        """Show the folders of the disk that are watched."""
        if tuple(folders) != self.contents.watched:
            self.contents.watched = tuple(folders)
            self._rebuild()

    def set_filter(self, wanted: LibraryFilter) -> None:
        """Show only what has certain letters and tags."""
        if wanted != self.contents.filter:
            self.contents.filter = wanted
            self._rebuild()
            self.filter_changed.emit(wanted)

    def set_heights(self, heights: RowHeights) -> None:
        """Use these heights for the rows; they follow the system's font."""
        if heights != self._make.heights:
            self._make.heights = heights
            self._rebuild()

    def set_apart(self, header: QModelIndex, *, is_apart: bool) -> None:
        """Leave some space above the header of a section, or none."""
        self._make.set_apart(self.itemFromIndex(header), is_apart=is_apart)

    def index_of(self, transcript: int) -> QModelIndex:
        """Return where a transcript stands; invalid if the filter hides it or its row is to come.

        `contents_changed` says when all rows are there.
        """
        item = self._items.get(transcript)
        return QModelIndex() if item is None else item.index()

    def index_of_row(self, row: Row) -> QModelIndex:
        """Return where a row stands; invalid if it is not shown."""
        if row.kind is RowKind.TRANSCRIPT:
            return self.index_of(row.id)
        header = self.section_index(row.section)
        if row.kind is RowKind.SECTION:
            return header
        places = (self.index(place, 0, header) for place in range(self.rowCount(header)))
        return next((index for index in places if self.row(index) == row), QModelIndex())

    def section_index(self, section: Section) -> QModelIndex:
        """Return where a section stands; invalid if it is not shown."""
        branch = self._branches.get(section)
        return QModelIndex() if branch is None else branch.header.index()

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name; it is shown when the library has it."""
        row = self.row(index)
        if role != Qt.ItemDataRole.EditRole or row is None:
            return super().setData(index, value, role)
        name = str(value).strip()
        if not name or name == index.data():
            return False
        self.rename_asked.emit(row, name)
        return True

    def _rebuild(self) -> None:
        self.removeRows(0, self.rowCount())
        self._branches.clear()
        self._items.clear()
        for section, summaries in self.contents.sections():
            self._add_section(section, summaries)
        if self._unfilled():
            self._filling.start(0)
        self.contents_changed.emit()

    @Slot()
    def _on_filling(self) -> None:
        end = time.monotonic() + _SLICE_SECONDS
        for branch in self._unfilled():
            added: list[QStandardItem] = []
            while branch.rest and time.monotonic() < end:
                added += self._items_of(branch, branch.take(_AT_ONCE))
            branch.header.appendRows(added)
        if not self._unfilled():
            self._filling.stop()
            self.contents_changed.emit()

    def _fill(self) -> None:
        for branch in self._unfilled():
            branch.header.appendRows(self._items_of(branch, branch.take(len(branch.rest))))

    def _unfilled(self) -> list[Branch]:
        return [branch for branch in self._branches.values() if branch.rest]

    def _add_section(self, section: Section, summaries: Sequence[TranscriptSummary]) -> Branch:
        header = self._make.header(section, self._title(section))
        if section == TAGS:
            count = self.contents.tag_count
            header.appendRows([self._make.tag(tag, count(tag.id)) for tag in self.contents.tags])
        elif section == WATCHED:
            header.appendRows([self._make.watched(path) for path in self.contents.watched])
        branch = Branch(header, summaries)
        header.appendRows(self._items_of(branch, branch.take(_AT_ONCE)))
        self._make.set_count(header, branch.count)
        order = self.contents.section_order
        place = sum(order(other) < order(section) for other in self._branches)
        self._branches[section] = branch
        self.insertRow(place, header)
        return branch

    def _items_of(
        self, branch: Branch, summaries: Sequence[TranscriptSummary]
    ) -> list[QStandardItem]:
        branch.keys += [sort_key(summary) for summary in summaries]
        return [self._item(summary) for summary in summaries]

    def _item_of(self, transcript: int) -> QStandardItem | None:
        """Return the item of a transcript, if it has one once all rows are there."""
        if transcript not in self._items:
            self._fill()
        return self._items.get(transcript)

    def _item(self, summary: TranscriptSummary) -> QStandardItem:
        item = self._make.transcript(summary, self.contents.section(summary))
        self._make.refresh(item, summary, self.contents.progress(summary.id))
        self._items[summary.id] = item
        return item

    def _place(self, transcript: int) -> tuple[Section, tuple[float, float, int]]:
        summary = self.contents.summary(transcript)
        if summary is None:
            raise KeyError(transcript)
        return self.contents.section(summary), sort_key(summary)

    def _put(self, summary: TranscriptSummary) -> None:
        section = self.contents.section(summary)
        branch = self._branches.get(section)
        if branch is None:
            self._add_section(section, [summary])
            return
        key = sort_key(summary)
        row = bisect_left(branch.keys, key)
        if row == len(branch.keys):
            self._fill()
            row = bisect_left(branch.keys, key)
        branch.keys.insert(row, key)
        branch.header.insertRow(row, self._item(summary))
        self._make.set_count(branch.header, branch.count)

    def _take(self, transcript: int, section: Section, key: tuple[float, float, int]) -> None:
        branch = self._branches[section]
        row = bisect_left(branch.keys, key)
        del branch.keys[row]
        del self._items[transcript]
        branch.header.removeRow(row)
        self._make.set_count(branch.header, branch.count)
        if not branch.count and not self.contents.is_kept(section):
            del self._branches[section]
            self.removeRow(branch.header.row())

    def _refresh_tags(self) -> None:
        branch = self._branches.get(TAGS)
        for row, tag in enumerate(self.contents.tags if branch is not None else ()):
            if branch is not None:
                self._make.set_count(branch.header.child(row), self.contents.tag_count(tag.id))

    def _title(self, section: Section) -> str:
        folder = self.contents.folder(section.folder)
        if folder is not None:
            return folder.name
        unfiled = self.tr("Without a folder") if self.contents.folders else self.tr("Transcripts")
        titles = {
            SectionKind.ATTENTION: self.tr("Needs attention"),
            SectionKind.RUNNING: self.tr("Running"),
            SectionKind.UNFILED: unfiled,
            SectionKind.TAGS: self.tr("Tags"),
            SectionKind.WATCHED: self.tr("Watched folders"),
            SectionKind.TRASH: self.tr("Deleted"),
        }
        return titles[section.kind]


__all__ = ["COUNT_ROLE", "MIME_TYPE", "ROW_ROLE", "Index", "LibraryModel"]
