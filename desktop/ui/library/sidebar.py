"""Show the library beside the page: search, new, sections, and where the data lies."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, SignalInstance, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from desktop.item_models.library_drops import (
    Drop,
    MoveInQueue,
    PutIntoFolder,
    PutIntoTrash,
    PutTagOn,
)
from desktop.item_models.library_filter import LibraryFilter
from desktop.item_models.library_model import LibraryModel
from desktop.item_models.library_rows import TAGS, Row, RowKind, Section, SectionKind
from desktop.store.records import TranscriptSummary
from desktop.ui.library.filter_bar import FilterBar
from desktop.ui.library.library_tree import LibraryTree
from desktop.ui.library.row_actions import RowAction, applicable
from desktop.ui.library.row_menu import MenuHandlers, RowMenu
from desktop.ui.library.sidebar_signals import SidebarSignals
from desktop.ui.sizes import dp
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.inputs import SearchButton
from desktop.ui.widgets.labels import ElidedLabel, IconLabel, Label, Separator

_A = RowAction


class Sidebar(SidebarSignals):
    """Show the library and pass on what people want; it changes nothing itself."""

    def __init__(self, model: LibraryModel, parent: QWidget | None = None) -> None:
        super().__init__("window", parent)
        self._model = model
        self._shelves: set[Row] = set()
        self._is_naming = False
        self._menu = IconButton("menu", self.tr("Menu"), self)
        self.tree = LibraryTree(model, self)
        self.filter_bar = FilterBar(model, self)
        self._empty = Label("", "body", "text3", self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.set_wrapping()
        self._show_empty()
        self._lay_out()
        self._connect()
        self._on_contents_changed()

    def set_menu(self, menu: QMenu) -> None:
        """Open this menu with the first button."""
        self._menu.setMenu(menu)

    def set_open(self, transcript: int | None) -> None:
        """Show which transcript is open in the page."""
        self.tree.show_open(transcript)

    def set_all_paused(self, paused: bool) -> None:
        """Offer to resume all in place of pausing all."""
        self.tree.rows.is_all_paused = paused
        self.tree.viewport().update()

    def save_state(self) -> list[str]:
        """Return which sections are closed, for QSettings."""
        return list(self.tree.closed_sections)

    def restore_state(self, state: object) -> None:
        """Close the sections that were closed; anything but such a list is ignored."""
        if isinstance(state, list):
            self.tree.close_sections([str(key) for key in state])

    def changeEvent(self, event: QEvent) -> None:  # pylint: disable=invalid-name
        """Promise nothing while there is no library."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._show_empty()

    def _show_empty(self) -> None:
        text = self.tr("Finished transcripts\nappear here.")
        self._empty.setText(text if self.isEnabled() else "")

    def rename_current(self) -> None:
        """Rename the selected row in place."""
        self.tree.edit_row(self.tree.currentIndex())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(dp(8), dp(16), dp(8), dp(8))
        head.setSpacing(dp(4))
        search = SearchButton(self.tr("Search all"), self.tr("Ctrl K"), self)
        search.clicked.connect(self.search_requested)
        add = IconButton("plus", self.tr("Add files"), self)
        add.clicked.connect(self.add_requested)
        head.addWidget(self._menu)
        head.addWidget(search, 1)
        head.addWidget(add)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.tree)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.filter_bar)
        layout.addLayout(self._pages, 1)
        layout.addWidget(Separator(self))
        layout.addLayout(self._footer())

    def _footer(self) -> QHBoxLayout:
        footer = QHBoxLayout()
        footer.setContentsMargins(dp(16), dp(4), dp(8), dp(4))
        footer.setSpacing(dp(8))
        settings = IconButton("settings", self.tr("Settings"), self)
        settings.clicked.connect(self.settings_requested)
        place = self.tr("On this computer only")
        footer.addWidget(IconLabel("hard-drive", "text2", self, size=18))
        footer.addWidget(ElidedLabel(place, "caption", "text2", self), 1)
        footer.addWidget(settings)
        return footer

    def _connect(self) -> None:
        self.tree.opened.connect(self.opened)
        self.tree.acted.connect(self._on_acted)
        self.tree.menu_requested.connect(self._on_menu_requested)
        self._model.rename_asked.connect(self._on_rename_asked)
        self._model.dropped.connect(self._on_dropped)
        self._model.contents_changed.connect(self._on_contents_changed)

    def _on_one(self, action: RowAction) -> SignalInstance | None:
        return {
            _A.PAUSE: self.pause_requested,
            _A.RESUME: self.resume_requested,
            _A.CANCEL: self.cancel_requested,
            _A.RETRY: self.retry_requested,
            _A.START_AGAIN: self.start_again_requested,
            _A.SHOW_FILE: self.file_shown,
            _A.FIND_FILE: self.file_searched,
        }.get(action)

    def _on_many(self, action: RowAction) -> SignalInstance | None:
        return {
            _A.EXPORT: self.export_requested,
            _A.TRASH: self.trash_requested,
            _A.RESTORE: self.restore_requested,
            _A.DELETE: self.delete_requested,
        }.get(action)

    def _on_all(self, action: RowAction) -> SignalInstance | None:
        return {
            _A.PAUSE_ALL: self.pause_all_requested,
            _A.RESUME_ALL: self.resume_all_requested,
            _A.EMPTY_TRASH: self.empty_trash_requested,
            _A.WATCH: self.watch_requested,
        }.get(action)

    @Slot(object, object)
    def _on_acted(self, action: RowAction, row: Row | None) -> None:
        """Do what a button, a key or a line of the menu says."""
        one, many, every = self._on_one(action), self._on_many(action), self._on_all(action)
        if one is not None:
            for summary in self._meant(row):
                if action in applicable(summary):
                    one.emit(summary.id)
        elif many is not None:
            many.emit([summary.id for summary in self._meant(row)])
        elif every is not None:
            every.emit()
        else:
            self._act_on_row(action, row)

    def _act_on_row(self, action: RowAction, row: Row | None) -> None:
        if action is _A.FILTER:
            self.filter_bar.start()
        elif action is _A.NEW_FOLDER:
            self._is_naming = True
            self.folder_add_requested.emit(self.tr("New folder"), self._meant_ids(row))
        elif action is _A.NEW_TAG:
            self._is_naming = True
            self.tag_add_requested.emit(self.tr("New tag"), self._meant_ids(row))
        elif row is None:
            return
        elif action is _A.OPEN:
            self.opened.emit(row.id)
        elif action is _A.RENAME:
            self.tree.edit_row(self._model.index_of_row(row))
        elif action in (_A.MOVE_UP, _A.MOVE_DOWN):
            self._move(row.id, up=action is _A.MOVE_UP)
        else:
            self._act_on_shelf(action, row)

    def _act_on_shelf(self, action: RowAction, row: Row) -> None:
        if action is _A.FILTER_BY_TAG:
            wanted = self._model.contents.filter
            self._model.set_filter(LibraryFilter(wanted.text, wanted.tags ^ {row.id}))
        elif action is _A.REMOVE_TAG:
            self.tag_removed.emit(row.id)
        elif action is _A.REMOVE_FOLDER:
            self.folder_removed.emit(row.section.folder)
        elif action is _A.UNWATCH:
            self.watch_ended.emit(row.path)
        elif action is _A.OPEN_WATCHED:
            self.watched_opened.emit(row.path)

    def _move(self, job: int, *, up: bool) -> None:
        order = [summary.id for summary in self._model.contents.jobs]
        place = order.index(job)
        if up and place > 0:
            self.moved.emit(job, order[place - 1])
        elif not up and place + 1 < len(order):
            self.moved.emit(job, order[place + 2] if place + 2 < len(order) else None)

    def _meant(self, row: Row | None) -> list[TranscriptSummary]:
        """Return the selection if the row belongs to it, else the row alone."""
        if row is None or row.kind is not RowKind.TRANSCRIPT:
            return []
        chosen = self.tree.chosen()
        if any(summary.id == row.id for summary in chosen):
            return chosen
        summary = self._model.contents.summary(row.id)
        return [] if summary is None else [summary]

    def _meant_ids(self, row: Row | None) -> list[int]:
        return [summary.id for summary in self._meant(row)]

    @Slot(object, QPoint)
    def _on_menu_requested(self, row: Row | None, place: QPoint) -> None:
        menu = self.make_menu(row)
        if menu.actions():
            menu.popup(place)

    def make_menu(self, row: Row | None) -> RowMenu:
        """Build the context menu of a row, or of the empty part of the list."""
        handlers = MenuHandlers(
            act=self._on_acted,
            put_into_folder=lambda folder: self.folder_chosen.emit(self._meant_ids(row), folder),
            set_tag=lambda tag, is_on: self.tag_set.emit(self._meant_ids(row), tag, is_on),
        )
        menu = RowMenu(row, self._meant(row), handlers, self)
        menu.fill(self._model.contents, is_all_paused=self.tree.rows.is_all_paused)
        return menu

    @Slot(object, str)
    def _on_rename_asked(self, row: Row, name: str) -> None:
        if row.kind is RowKind.TRANSCRIPT:
            self.renamed.emit(row.id, name)
        elif row.kind is RowKind.TAG:
            self.tag_renamed.emit(row.id, name)
        elif row.section.folder is not None:
            self.folder_renamed.emit(row.section.folder, name)

    @Slot(object)
    def _on_dropped(self, drop: Drop) -> None:
        match drop:
            case MoveInQueue(transcripts, before):
                for transcript in transcripts:
                    self.moved.emit(transcript, before)
            case PutIntoFolder(transcripts, folder):
                self.folder_chosen.emit(list(transcripts), folder)
            case PutIntoTrash(transcripts):
                self.trash_requested.emit(list(transcripts))
            case PutTagOn(transcripts, tag):
                self.tag_set.emit(list(transcripts), tag, True)

    @Slot()
    def _on_contents_changed(self) -> None:
        self._pages.setCurrentIndex(1 if self._model.contents.is_empty else 0)
        contents = self._model.contents
        shelves = {Section(SectionKind.FOLDER, folder.id) for folder in contents.folders}
        rows = {Row(RowKind.SECTION, section, section.folder or 0) for section in shelves}
        rows |= {Row(RowKind.TAG, TAGS, tag.id) for tag in contents.tags}
        new, self._shelves = rows - self._shelves, rows
        if self._is_naming and len(new) == 1:
            # What was just made waits for its name.
            self._is_naming = False
            self.tree.edit_row(self._model.index_of_row(new.pop()))
