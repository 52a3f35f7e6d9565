"""Say inline what stands in the way of an export, and offer the ways out."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.export_writing import ExportRequest, ExportResult, IfTaken, Outcome
from desktop.services.exporting import ExportReport
from desktop.ui.export.words import ExportWords
from desktop.ui.message_values import Circumstances, Way
from desktop.ui.messages import Messages
from desktop.ui.sizes import dp
from desktop.ui.widgets.cards import CardButton, InlineCard
from desktop.ui.widgets.labels import Separator


class OutcomeCard(QWidget):
    """A card that asks about files that are there, or tells a failure; hidden otherwise."""

    answered = Signal(IfTaken)
    """A person said what is to happen with files that lie there."""
    way_chosen = Signal(object)
    """A `Way` out of a failure."""

    def __init__(self, words: ExportWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._messages = Messages(self)
        self._results: list[ExportResult] = []
        self.card = InlineCard("warn", self)
        self.card.button_clicked.connect(self._on_button_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(Separator(self))
        inner = QVBoxLayout()
        layout.addLayout(inner)
        inner.setContentsMargins(dp(16), dp(12), dp(16), dp(12))
        inner.addWidget(self.card)
        self.hide()

    def show_report(self, report: ExportReport) -> bool:
        """Show what is in the way; False if nothing is."""
        failed = [item for item in report.results if item.outcome is Outcome.FAILED]
        taken = [item for item in report.results if item.outcome is Outcome.TAKEN]
        self._results = failed or taken
        if failed:
            self._show_failure(failed[0])
        elif taken:
            self._show_question(taken)
        self.setVisible(bool(self._results))
        return bool(self._results)

    def requests(self) -> list[ExportRequest]:
        """Return what was not written."""
        return [item.request for item in self._results]

    def _show_question(self, taken: list[ExportResult]) -> None:
        self.card.set_kind("warn")
        self.card.set_about("")
        self.card.set_message(*self._words.taken(taken))
        replace = CardButton(IfTaken.REPLACE.value, self.tr("Replace"))
        keep = CardButton(IfTaken.KEEP_BOTH.value, self.tr("Keep both"))
        self.card.set_buttons([replace, keep])

    def _show_failure(self, failed: ExportResult) -> None:
        folder = failed.path.parent.name or failed.detail
        known = Circumstances(folder=folder)
        message = self._messages.stopped(failed.code, known)
        self.card.set_kind("danger")
        self.card.set_about(failed.path.name)
        self.card.set_message(message.title, message.text, failed.code)
        offered = [way for way in message.ways if way in (Way.CHOOSE_FOLDER, Way.TRY_AGAIN)]
        self.card.set_buttons([CardButton(way.value, self._messages.way(way)) for way in offered])

    @Slot(str)
    def _on_button_clicked(self, key: str) -> None:
        self.hide()
        if key in tuple(IfTaken):
            self.answered.emit(IfTaken(key))
        else:
            self.way_chosen.emit(Way(key))
