"""Put the state of a job, times and amounts into the few words that lists have room for."""

from __future__ import annotations

from typing import Protocol, assert_never

from PySide6.QtCore import QLocale, QObject

from desktop.store.records import JobStatus, TranscriptSummary
from engine.clock import clock

NBSP = "\u00a0"
_MINUTE = 60
_BEGUN = (JobStatus.RUNNING, JobStatus.PAUSED, JobStatus.INTERRUPTED)


class Progress(Protocol):
    """How far a job is, as the queue says it (`desktop.services.jobs.JobProgress`)."""

    @property
    def transcript(self) -> int:
        """Return the id of the transcript."""

    @property
    def done(self) -> float:
        """Return the seconds of the recording that are decoded."""

    @property
    def total(self) -> float | None:
        """Return the seconds to decode; None while the length is not known."""

    @property
    def remaining(self) -> float | None:
        """Return the seconds of clock that are left; None while they cannot be told."""

    @property
    def speed(self) -> float | None:
        """Return the seconds of recording that are decoded in a second."""

    @property
    def is_again(self) -> bool:
        """Tell whether a part that was not finished is decoded again."""


def fraction(progress: Progress | None) -> float | None:
    """Return how far a job is, 0 to 1; None while its length is not known."""
    if progress is None or not progress.total:
        return None
    return min(1.0, max(0.0, progress.done / progress.total))


def percent(part: float) -> str:
    """Return a part of 1 in whole per cent; it says 100 only when all is done."""
    return f"{int(part * 100 + 1e-9)}{NBSP}%"


class Captions(QObject):
    """Say in a few words how a transcript stands."""

    def state(self, summary: TranscriptSummary) -> str:
        """Return the caption at the right of a row: a length or one word."""
        if summary.deleted is None:
            word = self._state_word(summary)
            if word:
                return word
        length = summary.duration or summary.source.duration or 0.0
        return clock(length) if length else ""

    def progress(self, summary: TranscriptSummary, progress: Progress | None) -> str:
        """Return the second line of a job that has begun."""
        part = fraction(progress)
        if part is None and summary.duration:
            part = min(1.0, summary.done / summary.duration)
        if summary.status is JobStatus.PAUSED:
            return self.tr("Paused at {share}").format(share=percent(part or 0.0))
        if summary.status is JobStatus.INTERRUPTED:
            return self.tr("Interrupted, continues by itself")
        if part is None or (progress is None and not summary.done):
            return self.tr("Reading the file")
        if progress is None or progress.remaining is None:
            return percent(part)
        return f"{percent(part)} · {self.remaining(progress.remaining)}"

    def remaining(self, seconds: float) -> str:
        """Return the time that a job still takes, roughly."""
        if seconds < _MINUTE:
            return self.tr("less than 1\u00a0min left")
        minutes = round(seconds / _MINUTE)
        if minutes < _MINUTE:
            return self.tr("about {minutes}\u00a0min left").format(minutes=minutes)
        hours, minutes = divmod(round(minutes / 5) * 5, _MINUTE)
        if not minutes:
            return self.tr("about {hours}\u00a0h left").format(hours=hours)
        return self.tr("about {hours}\u00a0h {minutes}\u00a0min left").format(
            hours=hours, minutes=minutes
        )

    def takes(self, seconds: float) -> str:
        """Return how long something takes, roughly, to stand within a sentence."""
        if seconds < _MINUTE:
            return self.tr("less than 1\u00a0minute")
        minutes = round(seconds / _MINUTE)
        if minutes < 2 * _MINUTE:
            return self.tr("about %n\u00a0minute(s)", "", minutes)
        return self.tr("about %n\u00a0hour(s)", "", round(minutes / _MINUTE))

    def spoken(self, summary: TranscriptSummary, progress: Progress | None) -> str:
        """Return what a screen reader says about a row."""
        is_job = summary.deleted is None and summary.status in _BEGUN
        state = self.progress(summary, progress) if is_job else self.state(summary)
        return f"{summary.title}, {state}" if state else summary.title

    def _state_word(self, summary: TranscriptSummary) -> str:
        # Asked for every row of the library: one translation at most.
        match summary.status:
            case JobStatus.DONE:
                return ""
            case JobStatus.QUEUED:
                return self.tr("waiting") if summary.code else self.tr("queued")
            case JobStatus.RUNNING:
                return self.tr("running")
            case JobStatus.PAUSED:
                return self.tr("paused")
            case JobStatus.FAILED | JobStatus.CANCELLED:  # the icon says by whom
                return self.tr("stopped")
            case JobStatus.INTERRUPTED:
                return self.tr("interrupted")
        assert_never(summary.status)


def size(byte_count: int) -> str:
    """Return an amount of data in MB or GB of 1000, as file managers show it."""
    if byte_count < 999_500_000:
        return f"{max(1, round(byte_count / 1e6))}{NBSP}MB"
    return f"{QLocale().toString(byte_count / 1e9, 'f', 1)}{NBSP}GB"
