"""Put into one line what is known about a transcript: state, length, language, model, speed."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject

from desktop.item_models.captions import NBSP, Captions, Progress, fraction, percent
from desktop.store.records import JobStatus, TranscriptSummary
from desktop.ui.language_names import language_name
from engine.clock import clock

_STOPPED = (JobStatus.FAILED, JobStatus.CANCELLED, JobStatus.PAUSED, JobStatus.INTERRUPTED)


class HeaderWords(QObject):
    """Say in the header how a transcript stands."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._captions = Captions(self)

    def line(self, summary: TranscriptSummary, progress: Progress | None) -> str:
        """Return everything that is known, most important first."""
        if summary.status is JobStatus.RUNNING:
            parts = self._running(summary, progress)
        elif summary.status is JobStatus.QUEUED:
            parts = [self._waiting(summary), summary.options.model]
        elif summary.status in _STOPPED:
            parts = [*self._stopped(summary), summary.options.model]
        else:
            parts = [*self._finished(summary), summary.options.model, self._device(summary)]
        return f"{NBSP} · {NBSP}".join(part for part in parts if part)

    def short_line(self, summary: TranscriptSummary, progress: Progress | None) -> str:
        """Return what matters most, for narrow windows."""
        if summary.status is JobStatus.DONE:
            parts = self._finished(summary)
        elif summary.status is JobStatus.RUNNING:
            parts = self._running(summary, progress)[1:3]
        else:
            return self.line(summary, progress)
        return f"{NBSP} · {NBSP}".join(part for part in parts if part)

    def _running(self, summary: TranscriptSummary, progress: Progress | None) -> list[str]:
        part = fraction(progress)
        if part is None or progress is None:
            return [self.tr("Transcribing"), self.tr("Reading the file"), summary.options.model]
        left = "" if progress.remaining is None else self._captions.remaining(progress.remaining)
        if progress.is_again:
            return [self.tr("Decoding an unfinished part again"), percent(part), left]
        speed = ""
        if progress.speed:
            speed = self.tr("{times}× real time").format(times=_times(progress.speed))
        return [self.tr("Transcribing"), percent(part), left, speed]

    def _waiting(self, summary: TranscriptSummary) -> str:
        if summary.code == "model.not_installed":
            return self.tr("Waits for the {model} model").format(model=summary.options.model)
        return self.tr("Waits in the queue")

    def _stopped(self, summary: TranscriptSummary) -> list[str]:
        words = {
            JobStatus.FAILED: self.tr("Stopped"),
            JobStatus.CANCELLED: self.tr("Stopped"),
            JobStatus.PAUSED: self.tr("Paused"),
            JobStatus.INTERRUPTED: self.tr("Interrupted, continues by itself"),
        }
        length = summary.duration or summary.source.duration or 0.0
        if not length or not summary.done:
            return [words[summary.status]]
        # A sum over blocks that are decoded side by side, not a place in the recording.
        text = self.tr("{time} of {length} transcribed")
        amount = text.format(time=clock(summary.done), length=clock(length))
        return [words[summary.status], amount, percent(min(1.0, summary.done / length))]

    def _finished(self, summary: TranscriptSummary) -> list[str]:
        language = ""
        if summary.language:
            name = language_name(summary.language)
            sure = summary.language_probability
            language = f"{name}{NBSP}{percent(sure)}" if 0 < sure < 1 else name
        return [clock(summary.duration) if summary.duration else "", language]

    def _device(self, summary: TranscriptSummary) -> str:
        if not summary.device:
            return ""
        is_card = summary.device.startswith("cuda")
        device = self.tr("graphics card") if is_card else self.tr("CPU")
        where = f"{device} {summary.compute_type}".strip()
        return f"{where}, {_times(summary.speed)}×" if summary.speed else where


def _times(speed: float) -> str:
    """Return a speed without decimals where they would say nothing."""
    return QLocale().toString(speed, "f", 0 if speed >= 3 else 1)
