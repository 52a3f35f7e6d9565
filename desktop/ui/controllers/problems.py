"""Say what keeps a transcript from going on: the message, how grave it is, and the details."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from desktop.services.model_list import ListedModel
from desktop.services.services import Services
from desktop.store.records import JobStatus, TranscriptSummary
from desktop.ui.messages import Circumstances, Message, Messages
from desktop.ui.widgets.cards import CardKind
from engine.errors import TranscriberError

_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Problem:
    """What the card of a transcript says; None says nothing."""

    message: Message | None = None
    kind: CardKind = "danger"
    detail: str = ""


class Problems(QObject):
    """Look problems up with what is known about the job and this computer."""

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._messages = Messages(self)

    def of(self, summary: TranscriptSummary, paragraphs: int) -> Problem:
        """Return what keeps a transcript from going on."""
        if not summary.code:
            return Problem()
        known = self._circumstances(summary, paragraphs)
        if summary.status is JobStatus.FAILED:
            return Problem(self._messages.stopped(summary.code, known), "danger", summary.detail)
        if summary.status is JobStatus.QUEUED:
            return Problem(self._messages.stopped(summary.code, known), "info", summary.detail)
        if summary.status is JobStatus.DONE:
            return Problem(self._messages.stopped(summary.code, known), "warn", summary.detail)
        return Problem()

    def notice(self, code: str, summary: TranscriptSummary) -> str:
        """Return two sentences about something that happened while the job goes on."""
        message = self._messages.notice(code, self._circumstances(summary, 0))
        return f"{message.title} {message.text}".strip()

    def sentence(self, error: Exception) -> str:
        """Return two sentences about a failure; one that is no error of ours is raised again."""
        if not isinstance(error, TranscriberError):
            raise error
        return self.sentence_of(error.code)

    def sentence_of(self, code: str) -> str:
        """Return two sentences about a code."""
        message = self._messages.stopped(code)
        return f"{message.title} {message.text}".strip()

    def _circumstances(self, summary: TranscriptSummary, paragraphs: int) -> Circumstances:
        model = self._model(summary.options.model)
        return Circumstances(
            at=summary.done or None,
            paragraphs=paragraphs,
            model=summary.options.model,
            size_bytes=0 if model is None else model.size_bytes,
            hour_seconds=self._services.speeds.time_for(summary.options.model, _HOUR),
            folder=summary.source.path.parent.name,
        )

    def _model(self, name: str) -> ListedModel | None:
        found = (model for model in self._services.downloads.current.models if model.name == name)
        return next(found, None)
