"""A field over the gutter in which a speaker gets another name."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.sizes import dp
from desktop.ui.widgets.inputs import LineEdit

_LEAST, _MOST = 240, 400
"""dp: room for a first and a last name, and for no more than a line of a narrow window."""
_AROUND = 28
"""What the field needs beside its text, dp: edges, padding, caret."""
_BEFORE = 7
"""So far before the name the field begins, dp: behind the chip."""


class NameEditor(LineEdit):
    """Take a name: Enter and leaving the field keep it, Esc does not."""

    named = Signal(str, str)
    """Id of the speaker (empty: a new one) and the name."""
    dismissed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self._area = parent
        self.setAccessibleName(self.tr("Name of the speaker"))
        self.setPlaceholderText(self.tr("Name"))
        self.setMaxLength(120)
        self._speaker = ""
        self.returnPressed.connect(self._on_return)
        self.hide()

    def open(self, speaker: str, name: str, box: QRectF) -> None:
        """Ask for a name over a box of the parent."""
        self._speaker = speaker
        self.setText(name)
        self.selectAll()
        width, height = self._width_for(name), self.sizeHint().height()
        area = self._area
        left = min(round(box.left()) - dp(_BEFORE), area.width() - width - dp(4))
        top = min(round(box.center().y()) - height // 2, area.height() - height - dp(4))
        self.setGeometry(max(dp(4), left), max(dp(4), top), width, height)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _width_for(self, name: str) -> int:
        text = self.fontMetrics().horizontalAdvance(name) + dp(_AROUND)
        return min(max(dp(_LEAST), text), dp(_MOST), self._area.width() - 2 * dp(4))

    @Slot()
    def _on_return(self) -> None:
        self._end()
        self.dismissed.emit()

    def _end(self) -> None:
        if self.isHidden():
            return
        self.hide()
        name = " ".join(self.text().split())
        if name:
            self.named.emit(self._speaker, name)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # pylint: disable=invalid-name
        """Let Esc keep the old name."""
        if event.key() == Qt.Key.Key_Escape:
            self.setText("")
            self.hide()
            self.dismissed.emit()
            event.accept()
            return
        super().keyPressEvent(event)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # pylint: disable=invalid-name
        """Keep the name when the focus goes elsewhere."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._end()
