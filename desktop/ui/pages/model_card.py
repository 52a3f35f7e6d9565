"""Show a list of speech models in a card."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.services.model_list import ListedModel
from desktop.ui.pages.model_row import ModelRow
from desktop.ui.sizes import dp
from desktop.ui.widgets.panels import Card


class ModelCard(Card):
    """A card with a row for each model; rows stay as long as their model does."""

    asked = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: dict[str, ModelRow] = {}
        self._is_compact = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, dp(4), 0, dp(4))
        self._layout.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def rows(self) -> tuple[ModelRow, ...]:
        """Return the rows from top to bottom."""
        return tuple(self._rows.values())

    def set_compact(self, is_compact: bool) -> None:
        """Show rows of two lines, or of one."""
        self._is_compact = is_compact
        for row in self._rows.values():
            row.set_compact(is_compact)

    def show_models(self, models: Sequence[ListedModel], used: str) -> None:
        """Show these models, in this order."""
        names = [model.name for model in models]
        for name in [name for name in self._rows if name not in names]:
            row = self._rows.pop(name)
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, model in enumerate(models):
            row = self._rows.get(model.name) or self._add(model)
            if self._layout.indexOf(row) != place:
                self._layout.removeWidget(row)
                self._layout.insertWidget(place, row)
            row.show_model(model, is_used=model.name == used)
            row.set_first(place == 0)
        self._rows = {name: self._rows[name] for name in names}
        self.setVisible(bool(models))

    def _add(self, model: ListedModel) -> ModelRow:
        row = ModelRow(model, self)
        row.asked.connect(self.asked)
        row.set_compact(self._is_compact)
        self._rows[model.name] = row
        return row
