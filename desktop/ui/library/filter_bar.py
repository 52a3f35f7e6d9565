"""Narrow the list down: letters of the title, and the tags that are asked for."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.item_models.library_filter import LibraryFilter
from desktop.item_models.library_model import LibraryModel
from desktop.ui.sizes import dp
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.inputs import SearchField
from desktop.ui.widgets.labels import ElidedLabel


class FilterBar(QWidget):
    """Show what the library is filtered by; hidden while it is not."""

    def __init__(self, model: LibraryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._is_wanted = False
        self._field = SearchField(self.tr("Filter titles"), self)
        self._tags = ElidedLabel("", "caption", "text2", self)
        self._close = IconButton("x", self.tr("Show all"), self)
        self._close.set_dense()
        row = QHBoxLayout()
        row.setSpacing(dp(4))
        row.addWidget(self._field, 1)
        row.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(dp(12), 0, dp(12), dp(8))
        layout.setSpacing(dp(4))
        layout.addLayout(row)
        layout.addWidget(self._tags)
        self._field.textChanged.connect(self._on_text_changed)
        self._close.clicked.connect(self.stop)
        model.filter_changed.connect(self._on_filter_changed)
        self._on_filter_changed(model.contents.filter)

    @Slot()
    def start(self) -> None:
        """Let people type letters of a title."""
        self._is_wanted = True
        self._on_filter_changed(self._model.contents.filter)
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    @Slot()
    def stop(self) -> None:
        """Show the whole library again."""
        self._is_wanted = False
        self._model.set_filter(LibraryFilter())
        self._on_filter_changed(self._model.contents.filter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc, once the field is empty."""
        if event.key() == Qt.Key.Key_Escape:
            self.stop()
            return
        super().keyPressEvent(event)

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        self._model.set_filter(LibraryFilter(text, self._model.contents.filter.tags))

    @Slot(object)
    def _on_filter_changed(self, wanted: LibraryFilter) -> None:
        if self._field.text() != wanted.text:
            with QSignalBlocker(self._field):
                self._field.setText(wanted.text)
        names = [tag.name for tag in self._model.contents.tags if tag.id in wanted.tags]
        self._tags.setText(self.tr("Tags: {names}").format(names=", ".join(names)))
        self._tags.setVisible(bool(names))
        self.setVisible(self._is_wanted or wanted.is_on)
