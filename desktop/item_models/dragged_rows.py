"""Let rows of the library be dragged, and say what it means where they are dropped."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QStandardItemModel

from desktop.item_models.library_contents import LibraryContents
from desktop.item_models.library_drops import Drop, drop_on
from desktop.item_models.library_items import ROW_ROLE
from desktop.item_models.library_rows import Row, RowKind

Index = QModelIndex | QPersistentModelIndex
MIME_TYPE = "application/x-whisper-transcriber-transcripts"


class DraggedRows(QStandardItemModel):
    """Rows that stand for what a library holds; they move only when the library says so."""

    dropped = Signal(object)
    """One of the values of `library_drops`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.contents = LibraryContents()

    def row(self, index: Index) -> Row | None:
        """Return what a row stands for."""
        value = index.data(ROW_ROLE) if index.isValid() else None
        return value if isinstance(value, Row) else None

    def mimeTypes(self) -> list[str]:
        """Return what may be dropped here: only rows of this model."""
        return [MIME_TYPE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the dragged transcripts, from top to bottom."""
        ordered = sorted(indexes, key=lambda index: (index.parent().row(), index.row()))
        rows = [self.row(index) for index in ordered]
        ids = [str(row.id) for row in rows if row is not None and row.kind is RowKind.TRANSCRIPT]
        data = QMimeData()
        data.setData(MIME_TYPE, QByteArray(",".join(ids).encode("ascii")))
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        """Return that rows are moved."""
        return Qt.DropAction.MoveAction

    def canDropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        """Tell whether a drop at this place does something."""
        return self._drop_at(data, row, parent) is not None

    def dropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        """Ask for what a drop at this place means; the rows move when the library says so."""
        drop = self._drop_at(data, row, parent)
        if drop is not None:
            self.dropped.emit(drop)
        return drop is not None

    def _drop_at(self, data: QMimeData, row: int, parent: Index) -> Drop | None:
        if not data.hasFormat(MIME_TYPE):
            return None
        numbers = bytes(data.data(MIME_TYPE).data()).decode("ascii").split(",")
        dragged = [self.contents.summary(int(number)) for number in numbers if number]
        below = parent if row < 0 else self.index(row, 0, parent)
        job = self.row(below)
        before = job.id if job is not None and job.kind is RowKind.TRANSCRIPT else None
        return drop_on([one for one in dragged if one is not None], self.row(parent), before)
