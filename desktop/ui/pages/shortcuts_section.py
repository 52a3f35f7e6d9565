"""List the keys of this system."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui import shortcuts
from desktop.ui.pages.rows import Row, Section
from desktop.ui.shortcuts import TABLE
from desktop.ui.sizes import dp
from desktop.ui.widgets.labels import Keycap

ROW_HEIGHT = 40


class ShortcutsSection(Section):
    """A row for each command that has a key here."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        for command in TABLE:
            keys = [key.toString(key.SequenceFormat.NativeText) for key in shortcuts.keys(command)]
            if keys:
                row = Row(shortcuts.title(command), "", self._caps(keys), self)
                row.setMinimumHeight(dp(ROW_HEIGHT))
                row.setAccessibleName(f"{shortcuts.title(command)}: {', '.join(keys)}")
                self.add_row(row)

    def _caps(self, keys: list[str]) -> QWidget:
        box = QWidget(self)
        layout = QHBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(dp(8))
        for key in keys:
            layout.addWidget(Keycap(shortcuts.spaced(key), box))
        return box
