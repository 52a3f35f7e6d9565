"""Say in the document why a job stopped or waits, and offer the way out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from desktop.ui.message_values import Message, Way
from desktop.ui.messages import Messages
from desktop.ui.sizes import dp
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.cards import CardButton, CardKind, InlineCard

_DETAILS = "details"
_ICONS = {Way.OPEN_FOLDER: "folder-open", Way.DOWNLOAD: "download"}


class StoppedCard(QWidget):
    """A card with what happened, what to do, buttons, details and the code."""

    way_chosen = Signal(object)
    """Way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages = Messages(self)
        self._message = Message("")
        self._about = ""
        self._card = InlineCard("danger", self)
        self._card.set_stacked(True)
        self._details = QPlainTextEdit(self)
        self._details.setReadOnly(True)
        self._details.setProperty("input", True)
        self._details.setAccessibleName(self.tr("Details"))
        self._details.setTabChangesFocus(True)
        self._details.setMaximumHeight(dp(144))
        self._copy = Button(self.tr("Copy details"), "quiet", parent=self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(dp(8))
        layout.addWidget(self._card)
        layout.addWidget(self._details)
        layout.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignLeading)
        self._card.button_clicked.connect(self._on_button_clicked)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._show_details(False)

    @property
    def message(self) -> Message:
        """Return what is said at the moment."""
        return self._message

    @property
    def about(self) -> str:
        """Return the name of the file that is spoken of."""
        return self._about

    def show_message(
        self, message: Message, kind: CardKind = "danger", detail: str = "", about: str = ""
    ) -> None:
        """Say it, about the file of this name.

        `detail` is technical (the end of a log) and shown only when asked for.
        """
        self._message, self._about = message, about
        self._card.set_kind(kind)
        self._card.set_about(about)
        self._card.set_message(message.title, message.text, message.code)
        buttons = [
            CardButton(
                way.value,
                self._messages.way(way),
                "normal" if place else "primary",
                _ICONS.get(way, ""),
            )
            for place, way in enumerate(message.ways)
        ]
        if detail:
            buttons.append(CardButton(_DETAILS, self.tr("Details"), "quiet"))
        self._card.set_buttons(buttons)
        self._details.setPlainText(detail)
        self._show_details(False)

    def focus_first(self) -> None:
        """Give the first way out the focus."""
        if self._message.ways:
            self._card.button(0).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_details(self, shown: bool) -> None:
        self._details.setVisible(shown)
        self._copy.setVisible(shown)

    @Slot(str)
    def _on_button_clicked(self, key: str) -> None:
        if key == _DETAILS:
            self._show_details(self._details.isHidden())
        else:
            self.way_chosen.emit(Way(key))

    @Slot()
    def _on_copy_clicked(self) -> None:
        lines = (self._message.code, self._about, self._details.toPlainText())
        text = "\n".join(line for line in lines if line)
        QGuiApplication.clipboard().setText(text)
