"""Say that a speech model is missing, and offer to download it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.sizes import dp
from desktop.ui.widgets.cards import CardButton, InlineCard
from desktop.ui.widgets.progress import ProgressBar


class ModelNote(QWidget):
    """A card with size and expected time; while the model comes, a bar in place of the button."""

    download_requested = Signal(str)
    """Name of the speech model."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ""
        self._sentence = ""
        self._card = InlineCard("info", self)
        self._card.set_icon_name("package")
        self._bar = ProgressBar(self.tr("Download"), self)
        self._bar.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(dp(4))
        layout.addWidget(self._card)
        layout.addWidget(self._bar)
        self._card.button_clicked.connect(self._on_button_clicked)

    def set_model(self, model: str, sentence: str, detail: str) -> None:
        """Say which model is missing, how large it is and how fast it will be."""
        self._model, self._sentence = model, sentence
        self._card.set_message(sentence, detail)
        self._card.set_buttons([CardButton("download", self.tr("Download"))])
        self._bar.hide()

    def set_progress(self, fraction: float | None, words: str) -> None:
        """Show how much of the model is there; the words say per cent and time."""
        self._card.set_message(self._sentence, words)
        self._card.set_buttons([])
        self._bar.set_fraction(fraction)
        self._bar.setVisible(fraction is not None)

    @Slot(str)
    def _on_button_clicked(self, _key: str) -> None:
        self.download_requested.emit(self._model)
