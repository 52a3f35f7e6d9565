"""Keep rows selected that move to another place in the library."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, Slot
from PySide6.QtWidgets import QTreeView

from desktop.item_models.library_model import LibraryModel
from desktop.item_models.library_rows import RowKind

_Flag = QItemSelectionModel.SelectionFlag


class KeptSelection(QObject):
    """Select what was selected, once it is in its new place: to Qt it was taken away and added.

    Make it before the view gets its model, so that it hears of the removal first.
    """

    def __init__(self, model: LibraryModel, view: QTreeView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self._selected: set[int] = set()
        self._current: int | None = None
        model.rowsAboutToBeRemoved.connect(self._on_leaving)

    def restore(self) -> None:
        """Select what left and came back; what came into the trash was meant to go."""
        selected, current = self._selected, self._current
        self._selected, self._current = set(), None
        selection = self._view.selectionModel()
        for transcript in selected:
            if (index := self._place(transcript)).isValid():
                selection.select(index, _Flag.Select)
        if current is not None and (index := self._place(current)).isValid():
            selection.setCurrentIndex(index, _Flag.NoUpdate)

    def _place(self, transcript: int) -> QModelIndex:
        summary = self._model.contents.summary(transcript)
        is_here = summary is not None and summary.deleted is None
        return self._model.index_of(transcript) if is_here else QModelIndex()

    @Slot(QModelIndex, int, int)
    def _on_leaving(self, parent: QModelIndex, first: int, last: int) -> None:
        def transcript(index: QModelIndex) -> int | None:
            row = self._model.row(index)
            place = index if index.parent() == parent else index.parent()
            leaves = place.parent() == parent and first <= place.row() <= last
            is_transcript = row is not None and row.kind is RowKind.TRANSCRIPT
            return row.id if row is not None and is_transcript and leaves else None

        leaving = map(transcript, self._view.selectedIndexes())
        self._selected |= {number for number in leaving if number is not None}
        current = transcript(self._view.currentIndex())
        self._current = self._current if current is None else current
