"""Let people keep what they chose as a preset of their own, without a dialog."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.sizes import dp
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.inputs import Input


class PresetNaming(QWidget):
    """A button that turns into a field for a name."""

    named = Signal(str)
    """What a person calls the preset; never empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = Button(self.tr("Save as preset…"), "quiet", parent=self)
        self.row = QWidget(self)
        self.name = Input(self.tr("Name of the preset"), self.row)
        self.name.edit.setPlaceholderText(self.tr("Name of the preset"))
        self.save = Button(self.tr("Save"), "normal", parent=self.row)
        inner = QHBoxLayout(self.row)
        inner.setContentsMargins(dp(12), 0, 0, 0)
        inner.setSpacing(dp(8))
        inner.addWidget(self.name, 1)
        inner.addWidget(self.save, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(dp(3), 0, dp(4), 0)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self.row)
        self.row.hide()
        self.button.clicked.connect(self._on_asked)
        self.save.clicked.connect(self._on_saved)
        self.name.edit.returnPressed.connect(self._on_saved)
        self.name.edit.textEdited.connect(self._on_edited)
        self.name.edit.installEventFilter(self)

    def fold(self) -> None:
        """Show the button again."""
        self.row.hide()
        self.button.show()
        self.name.edit.clear()
        self.name.set_error("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # pylint: disable=invalid-name
        """Let Esc leave the field, and not the sheet."""
        if (
            watched is self.name.edit
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self.fold()
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def _on_asked(self) -> None:
        self.button.hide()
        self.row.show()
        self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_edited(self) -> None:
        self.name.set_error("")

    @Slot()
    def _on_saved(self) -> None:
        name = self.name.edit.text().strip()
        if not name:
            self.name.set_error(self.tr("Give it a name."))
            return
        self.fold()
        self.named.emit(name)
