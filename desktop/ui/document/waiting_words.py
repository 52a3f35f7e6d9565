"""Say in place of text what has to happen until it comes."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.item_models.captions import Progress, fraction
from desktop.store.records import JobStatus, TranscriptSummary


class WaitingWords(QObject):
    """One sentence for each state of a transcript that has no text yet."""

    def sentence(self, summary: TranscriptSummary, progress: Progress | None) -> str:
        """Return the sentence; empty where a card or something else says it already."""
        match summary.status:
            case JobStatus.RUNNING if fraction(progress) is None:
                return self.tr("Reading the file… The first words appear here in a moment.")
            case JobStatus.RUNNING:
                return self.tr("Listening… The first words appear here in a moment.")
            case JobStatus.QUEUED if not summary.code:
                return self.tr("This recording waits in the queue. Its text will appear here.")
            case JobStatus.PAUSED:
                return self.tr("Paused before the first words. Resume to go on.")
            case JobStatus.INTERRUPTED:
                return self.tr("Interrupted before the first words. It goes on by itself.")
            case JobStatus.CANCELLED:
                return self.tr("Stopped before the first words.")
        return ""
