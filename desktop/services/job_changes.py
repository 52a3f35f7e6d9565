"""Change what a job is made of, also while it runs: its options, its recording, its beginning."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.services.background import Background
from desktop.services.job_examination import Examined, identify
from desktop.services.job_request import must_start_over
from desktop.services.job_runner import JobRunner
from desktop.services.media_probe import MediaProbe
from desktop.store.records import UNFINISHED, JobOptions, JobStatus, TranscriptSummary

if TYPE_CHECKING:
    from desktop.store.library import Library


class JobChanges(QObject):
    """Do for the queue what the engine must not be at work for. GUI thread."""

    noticed = Signal(int, str, str)
    """Transcript, code as in `engine.errors`, detail."""

    def __init__(
        self,
        library: Library,
        runner: JobRunner,
        background: Background,
        probe: MediaProbe,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._runner = runner
        self._background = background
        self._probe = probe
        self._jobs = runner.jobs

    def retry(self, job: TranscriptSummary) -> None:
        """Go on with a job that stopped or waits."""
        if job.status not in (JobStatus.RUNNING, JobStatus.DONE):
            self._runner.find_model(job.options.model)
            self._runner.release()
            self._runner.requeue(job.id)

    def change_options(self, options: JobOptions, job: TranscriptSummary) -> None:
        """Let the rest be decoded in another way, or all of it if the two would not fit."""
        if job.options == options:
            return
        starts_over = must_start_over(job.options, options)

        def write() -> None:
            now = self._jobs.get(job.id)
            if now is None or now.status is JobStatus.DONE:
                return
            if starts_over:
                self._start_over(now)
            self._jobs.put(replace(now, options=options))
            self._runner.follow(job.id, self._library.set_options(job.id, options))
            if now.status is JobStatus.QUEUED:  # it may have waited for another model
                self._runner.find_model(options.model)
                now = replace(now, code="", detail="")
            # `start_over` queues it, whatever it was.
            self._runner.set_status(job.id, now.status, now.code, now.detail)

        self._runner.once_stopped(job.id, write)

    def start_again(self, options: JobOptions | None, job: TranscriptSummary) -> None:
        """Begin anew, with other options if some are given."""

        def write() -> None:
            now = self._jobs.get(job.id)
            if now is None:
                return
            self._start_over(now)
            if options is not None:
                self._jobs.put(replace(now, options=options))
                self._runner.follow(job.id, self._library.set_options(job.id, options))
                self._runner.find_model(options.model)
            self._runner.requeue(job.id)

        self._runner.release()
        self._runner.once_stopped(job.id, write)

    def _start_over(self, job: TranscriptSummary) -> None:
        """Forget what is decoded. The place in the queue is the library's: see `start_over`."""
        if job.status not in UNFINISHED:
            self._jobs.move(job.id, None)
        self._runner.follow(job.id, self._library.start_over(job.id))

    def find_source(self, path: Path, job: TranscriptSummary) -> None:
        """Look at a file that is said to be the recording; go on with it if the job had failed."""

        def found(examined: Examined) -> None:
            if examined.code:
                self.noticed.emit(job.id, examined.code, examined.detail)
            else:
                self._take_source(job.id, examined)

        self._background.run(partial(identify, path, self._probe), found, owner=self)

    def _take_source(self, transcript: int, examined: Examined) -> None:
        now = self._jobs.get(transcript)
        if now is None:
            return
        self._jobs.put(replace(now, source=examined.source))
        self._runner.follow(transcript, self._library.set_source(transcript, examined.source))
        if now.status is JobStatus.FAILED:
            self.retry(now)

    def try_again(self, path: Path, options: JobOptions, job: TranscriptSummary) -> None:
        """Go on with what had failed, from where it lies now and as is asked for now."""
        source = replace(job.source, path=path)
        self._jobs.put(replace(job, source=source))
        self._runner.follow(job.id, self._library.set_source(job.id, source))
        self.change_options(options, self._jobs[job.id])
        self.retry(self._jobs[job.id])
