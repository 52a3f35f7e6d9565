"""The bar above the text that finds and replaces."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.sizes import dp
from desktop.ui.widgets.buttons import Button, IconButton
from desktop.ui.widgets.inputs import LineEdit, SearchField
from desktop.ui.widgets.labels import Label, Separator


class FindBar(QWidget):
    """Ask for a text, go through its places, and replace it in one or in all."""

    text_changed = Signal(str)
    next_requested = Signal()
    previous_requested = Signal()
    replace_requested = Signal(str)
    replace_all_requested = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = SearchField(self.tr("Find in this transcript"), self)
        self.replacement = LineEdit(self.tr("Replace with"), self)
        self.replacement.setPlaceholderText(self.tr("Replace with"))
        self._count = Label("", "caption", "text3", self)
        self._previous = IconButton("arrow-up", self.tr("Previous place"), self)
        self._next = IconButton("arrow-down", self.tr("Next place"), self)
        self._more = IconButton("replace", self.tr("Replace"), self)
        self._more.setCheckable(True)
        self._close = IconButton("x", self.tr("Close"), self)
        self._one = Button(self.tr("Replace"), "normal", None, self)
        self._all = Button(self.tr("Replace all"), "normal", None, self)
        self._second = QWidget(self)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._arrange()
        self._connect()
        self.set_replacing(is_replacing=False)
        self.hide()

    def _arrange(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(dp(4))
        first.addWidget(self.field, 1)
        first.addSpacing(dp(8))
        for widget in (self._count, self._previous, self._next, self._more, self._close):
            first.addWidget(widget)
        second = QHBoxLayout(self._second)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(dp(8))
        second.addWidget(self.replacement, 1)
        second.addWidget(self._one)
        second.addWidget(self._all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        inner = QVBoxLayout()
        inner.setContentsMargins(dp(24), dp(8), dp(12), dp(8))
        inner.setSpacing(dp(8))
        inner.addLayout(first)
        inner.addWidget(self._second)
        layout.addLayout(inner)
        layout.addWidget(Separator(self))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _connect(self) -> None:
        self.field.textChanged.connect(self.text_changed)
        self._previous.clicked.connect(self.previous_requested)
        self._next.clicked.connect(self.next_requested)
        self._more.toggled.connect(self._second.setVisible)
        self._close.clicked.connect(self.closed)
        self._one.clicked.connect(self._on_replace)
        self._all.clicked.connect(self._on_replace_all)

    def open(self, text: str) -> None:
        """Show the bar with the focus in its field; an empty text keeps the last one."""
        self.show()
        if text:
            self.field.setText(text)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_replacing(self, *, is_replacing: bool) -> None:
        """Show or hide the second line."""
        self._more.setChecked(is_replacing)
        self._second.setVisible(is_replacing)

    def set_count(self, current: int, total: int) -> None:
        """Say at which place of how many the text is; 0 for none chosen."""
        if not self.field.text().strip():
            self._count.setText("")
        elif not total:
            self._count.setText(self.tr("No places"))
        elif current:
            self._count.setText(self.tr("{0} of {1}").format(current, total))
        else:
            self._count.setText(self.tr("%n place(s)", "", total))
        for widget in (self._previous, self._next, self._one, self._all):
            widget.setEnabled(bool(total))

    @property
    def count_text(self) -> str:
        """Return what the bar says about the number of places."""
        return self._count.text()

    @Slot()
    def _on_replace(self) -> None:
        self.replace_requested.emit(self.replacement.text())

    @Slot()
    def _on_replace_all(self) -> None:
        self.replace_all_requested.emit(self.replacement.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # pylint: disable=invalid-name
        """Go on with Enter, back with Shift+Enter, away with Esc."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.replacement.hasFocus():
                self._on_replace()
            elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.previous_requested.emit()
            else:
                self.next_requested.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()
