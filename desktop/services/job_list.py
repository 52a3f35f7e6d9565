"""Keep the jobs in their order, with what the queue has decided about them last."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from desktop.store.records import UNFINISHED, JobStatus, TranscriptSummary

_STARTABLE = (JobStatus.QUEUED, JobStatus.INTERRUPTED)


class JobList:
    """Hold summaries in the order of the queue.

    News of the library may be older than what was decided since, so status and code are those that
    were set here; everything else is taken from the news.
    """

    def __init__(self) -> None:
        self._jobs: dict[int, TranscriptSummary] = {}
        self._order: list[int] = []

    def __contains__(self, transcript: int) -> bool:
        return transcript in self._jobs

    def __getitem__(self, transcript: int) -> TranscriptSummary:
        return self._jobs[transcript]

    def __iter__(self) -> Iterator[TranscriptSummary]:
        return (self._jobs[transcript] for transcript in self._order)

    def get(self, transcript: int) -> TranscriptSummary | None:
        """Return a job; None if it is not known here."""
        return self._jobs.get(transcript)

    def put(self, summary: TranscriptSummary) -> None:
        """Add a job at the end, or take it as it is now."""
        if summary.id not in self._jobs:
            self._order.append(summary.id)
        self._jobs[summary.id] = summary

    def put_first(self, summaries: Sequence[TranscriptSummary]) -> None:
        """Add jobs before all others."""
        self._jobs |= {summary.id: summary for summary in summaries}
        self._order[:0] = [summary.id for summary in summaries]

    def refresh(self, summary: TranscriptSummary) -> None:
        """Take news of a job that is known; what was decided here stays."""
        known = self._jobs.get(summary.id)
        if known is not None:
            self._jobs[summary.id] = replace(
                summary, status=known.status, code=known.code, detail=known.detail
            )

    def remove(self, transcript: int) -> None:
        """Forget a job."""
        if self._jobs.pop(transcript, None) is not None:
            self._order.remove(transcript)

    def set_status(
        self, transcript: int, status: JobStatus, code: str = "", detail: str = ""
    ) -> None:
        """Decide how far a job is."""
        known = self._jobs[transcript]
        self._jobs[transcript] = replace(known, status=status, code=code, detail=detail)

    def move(self, transcript: int, before: int | None) -> None:
        """Put a job before another one, or at the end."""
        if transcript in self._jobs and before != transcript:
            self._order.remove(transcript)
            place = len(self._order) if before not in self._jobs else self._order.index(before)
            self._order.insert(place, transcript)

    def unfinished(self) -> list[TranscriptSummary]:
        """Return the jobs that are queued, running, paused or interrupted."""
        return [summary for summary in self if summary.status in UNFINISHED]

    def startable(self) -> list[TranscriptSummary]:
        """Return the jobs that may run, first the one that is next."""
        return [summary for summary in self if summary.status in _STARTABLE]

    def next(self, missing_models: Collection[str]) -> TranscriptSummary | None:
        """Return the job to run next, passing over those whose speech model is missing."""
        for summary in self.startable():
            if summary.options.model not in missing_models:
                return summary
        return None
