"""Show the library as a tree that is worked with by pointer, keys and drags."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QKeyEvent,
    QMouseEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from desktop.item_models.library_model import LibraryModel
from desktop.item_models.library_rows import (
    TRASH,
    WATCHED,
    Row,
    RowHeights,
    RowKind,
    SectionKind,
)
from desktop.store.records import TranscriptSummary
from desktop.ui import theme
from desktop.ui.library.kept_selection import KeptSelection
from desktop.ui.library.row_actions import RowAction
from desktop.ui.library.row_delegate import HEADER, JOB, ROW, SPACED_HEADER, RowDelegate
from desktop.ui.sizes import dp

_KEY = Qt.Key
_CLOSED_AT_FIRST = frozenset({TRASH.key, WATCHED.key})
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect


class LibraryTree(QTreeView):
    """Draw sections and rows; say what people do with them."""

    acted = Signal(object, object)
    """RowAction, Row."""
    opened = Signal(int)
    """A transcript."""
    menu_requested = Signal(object, QPoint)
    """Row or None, position on the screen."""

    def __init__(self, model: LibraryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._closed: set[str] = set(_CLOSED_AT_FIRST)
        self._open: int | None = None
        self._pressed: tuple[str, RowAction] | None = None
        self.rows = RowDelegate(model, self)
        self.setItemDelegate(self.rows)
        self.setAccessibleName(self.tr("Library"))
        self._dress()
        self._on_theme_changed()
        self._kept = KeptSelection(model, self)
        self.setModel(model)
        model.rowsInserted.connect(self._on_rows_inserted)
        model.contents_changed.connect(self._on_contents_changed)
        self.expanded.connect(self._on_expanded)
        self.collapsed.connect(self._on_collapsed)
        dress = theme.current()
        if dress is not None:
            dress.changed.connect(self._on_theme_changed)
        self._on_rows_inserted(QModelIndex(), 0, model.rowCount() - 1)

    def _dress(self) -> None:
        self.setHeaderHidden(True)
        self.header().setStretchLastSection(False)
        self.header().setMinimumSectionSize(0)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(True)
        self.setAutoExpandDelay(700)

    # State -----------------------------------------------------------------------------------

    @property
    def closed_sections(self) -> tuple[str, ...]:
        """Return the keys of the sections that are closed."""
        return tuple(sorted(self._closed))

    def close_sections(self, keys: Collection[str]) -> None:
        """Close these sections and open all others."""
        self._closed = set(keys)
        self._on_rows_inserted(QModelIndex(), 0, self._model.rowCount() - 1)
        self._on_contents_changed()

    def chosen(self) -> list[TranscriptSummary]:
        """Return the selected transcripts, from top to bottom."""
        rows = (self._model.row(index) for index in self.selectionModel().selectedIndexes())
        ids = {row.id for row in rows if row is not None and row.kind is RowKind.TRANSCRIPT}
        return self._model.contents.in_order(ids)

    def show_open(self, transcript: int | None) -> None:
        """Select the transcript that is open in the page, now and wherever it moves."""
        self._open = transcript
        index = QModelIndex() if transcript is None else self._model.index_of(transcript)
        if transcript is None:
            self.clearSelection()
        elif index.isValid() and not self.selectionModel().isSelected(index):
            self.selectionModel().setCurrentIndex(index, _SELECT)

    def edit_row(self, index: QModelIndex) -> None:
        """Let people type another name in place."""
        if index.isValid():
            self.scrollTo(index)
            self.setCurrentIndex(index)
            self.edit(index)

    # Pointer ---------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press a drawn button, or select."""
        self._pressed = self._button_at(event.position().toPoint())
        if self._pressed is None or event.button() is not Qt.MouseButton.LeftButton:
            self._pressed = None
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what the pressed button says, or open what was clicked."""
        point = event.position().toPoint()
        pressed, self._pressed = self._pressed, None
        row = self._model.row(self.indexAt(point))
        if pressed is not None:
            if row is not None and pressed == self._button_at(point):
                self.acted.emit(pressed[1], row)
            return
        super().mouseReleaseEvent(event)
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if row is not None and is_plain and event.button() is Qt.MouseButton.LeftButton:
            if self.currentIndex() == self.indexAt(point):
                self._activate(row, self.indexAt(point))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which drawn button is meant."""
        if self._pressed is not None:
            return
        super().mouseMoveEvent(event)
        self.viewport().update(self.visualRect(self.indexAt(event.position().toPoint())))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Count as a second click; nothing is hidden behind it."""
        self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the pointer, or of the current row."""
        index = self.indexAt(event.pos())
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        self.menu_requested.emit(self._model.row(index), place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the whole width; Qt's own stretching leaves a gap beside a styled scroll bar."""
        super().resizeEvent(event)
        self.setColumnWidth(0, self.viewport().width())

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the selected transcripts; rows move only when the library says so."""
        indexes = [index for index in self.selectedIndexes() if self._is_draggable(index)]
        if not indexes:
            return
        drag = QDrag(self)
        drag.setMimeData(self._model.mimeData(indexes))
        first = self.visualRect(indexes[0])
        picture: QPixmap = self.viewport().grab(first)
        drag.setPixmap(picture)
        drag.exec(Qt.DropAction.MoveAction)

    # Keys ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, delete and reorder by keys; all else is as in every tree."""
        row = self._model.row(self.currentIndex())
        action = None if row is None else self._action_of(event, row)
        if row is None or action is None or self.state() is QTreeView.State.EditingState:
            super().keyPressEvent(event)
            return
        event.accept()
        if action is RowAction.OPEN:
            self._activate(row, self.currentIndex())
        else:
            self.acted.emit(action, row)

    def _action_of(self, event: QKeyEvent, row: Row) -> RowAction | None:
        key = event.key()
        is_job = row.section.kind is SectionKind.RUNNING and row.kind is RowKind.TRANSCRIPT
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            moves = {_KEY.Key_Up: RowAction.MOVE_UP, _KEY.Key_Down: RowAction.MOVE_DOWN}
            return moves.get(_KEY(key)) if is_job else None
        if key in (_KEY.Key_Return, _KEY.Key_Enter, _KEY.Key_Space):
            return RowAction.OPEN
        # On a Mac's keyboard the key above Return deletes, with Command.
        is_mac = key == _KEY.Key_Backspace and event.modifiers() == _CONTROL
        if (key == _KEY.Key_Delete or is_mac) and row.kind is RowKind.TRANSCRIPT:
            is_trash = row.section.kind is SectionKind.TRASH
            return RowAction.DELETE if is_trash else RowAction.TRASH
        return None

    # Inside ----------------------------------------------------------------------------------

    def _activate(self, row: Row, index: QModelIndex) -> None:
        if row.kind is RowKind.SECTION:
            self.setExpanded(index, not self.isExpanded(index))
        elif row.kind is RowKind.TAG:
            self.acted.emit(RowAction.FILTER_BY_TAG, row)
        elif row.kind is RowKind.TRANSCRIPT and row.section.kind is not SectionKind.TRASH:
            self._open = row.id
            self.opened.emit(row.id)

    def _button_at(self, point: QPoint) -> tuple[str, RowAction] | None:
        index = self.indexAt(point)
        row = self._model.row(index)
        if row is None:
            return None
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.visualRect(index)
        option.state |= QStyle.StateFlag.State_MouseOver
        action = self.rows.action_at(point, option, index)
        return None if action is None else (row.key, action)

    def _is_draggable(self, index: QModelIndex) -> bool:
        return bool(index.flags() & Qt.ItemFlag.ItemIsDragEnabled)

    @Slot()
    def _on_theme_changed(self) -> None:
        """Give the rows the heights that fit the system's font."""
        self._model.set_heights(RowHeights(dp(ROW), dp(JOB), dp(HEADER), dp(SPACED_HEADER)))

    @Slot(QModelIndex, int, int)
    def _on_rows_inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        if parent.isValid():
            return
        is_filtered = self._model.contents.filter.is_on
        for number in range(first, last + 1):
            header = self._model.index(number, 0)
            row = self._model.row(header)
            is_open = row is not None and (is_filtered or row.section.key not in self._closed)
            self.setExpanded(header, is_open)

    @Slot()
    def _on_contents_changed(self) -> None:
        """Keep what was selected, the open one at least."""
        self._set_apart()
        self._kept.restore()
        if self._open is not None and not self.selectedIndexes():
            self.show_open(self._open)

    def _set_apart(self) -> None:
        """Set headers apart from open sections above them."""
        is_below_open = False
        for number in range(self._model.rowCount()):
            header = self._model.index(number, 0)
            self._model.set_apart(header, is_apart=is_below_open)
            is_below_open = self.isExpanded(header) and self._model.rowCount(header) > 0

    @Slot(QModelIndex)
    def _on_expanded(self, index: QModelIndex) -> None:
        row = self._model.row(index)
        if row is not None and not self._model.contents.filter.is_on:
            self._closed.discard(row.section.key)
        self._set_apart()

    @Slot(QModelIndex)
    def _on_collapsed(self, index: QModelIndex) -> None:
        row = self._model.row(index)
        if row is not None and not self._model.contents.filter.is_on:
            self._closed.add(row.section.key)
        self._set_apart()
