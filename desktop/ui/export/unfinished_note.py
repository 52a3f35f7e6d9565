"""Say before an export that the text of a transcript is not all of its recording."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.store.records import JobStatus, TranscriptSummary
from desktop.ui.sizes import dp
from desktop.ui.widgets.cards import InlineCard
from desktop.ui.widgets.labels import Separator
from engine.clock import clock


class UnfinishedNote(QWidget):
    """One sentence above the footer; hidden if every transcript is finished."""

    def __init__(self, summaries: Sequence[TranscriptSummary], parent: QWidget) -> None:
        super().__init__(parent)
        self.card = InlineCard("warn", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(Separator(self))
        inner = QVBoxLayout()
        inner.setContentsMargins(dp(16), dp(12), dp(16), dp(12))
        inner.addWidget(self.card)
        layout.addLayout(inner)
        unfinished = [one for one in summaries if one.status is not JobStatus.DONE]
        self.setVisible(bool(unfinished))
        if unfinished:
            self.card.set_message(self._sentence(unfinished[0], len(summaries)))

    def _sentence(self, one: TranscriptSummary, count: int) -> str:
        if count > 1:
            return self.tr(
                "Not all of these transcripts are finished; the files get the text so far."
            )
        length = one.duration or one.source.duration or 0.0
        if not length:
            return self.tr("This transcript is not finished; the file gets the text so far.")
        return self.tr(
            "Only {done} of {length} are transcribed so far; the file gets the text up to now."
        ).format(done=clock(one.done), length=clock(length))
