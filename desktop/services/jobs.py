"""The queue as people use it: take files in, pause, resume, cancel, retry, reorder, change."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop.services.background import Background
from desktop.services.engine_thread import EngineThread
from desktop.services.intake import Batch, Intake, KnownRecording
from desktop.services.job_changes import JobChanges
from desktop.services.job_run import WAITING_CODES
from desktop.services.job_runner import JobRunner
from desktop.services.job_speed import JobProgress
from desktop.services.library_news import LibraryNews
from desktop.services.media_probe import MediaProbe
from desktop.store.records import UNFINISHED, JobOptions, JobStatus, TranscriptSummary
from engine.errors import LibraryError

if TYPE_CHECKING:
    from desktop.settings import Profile
    from desktop.store.library import Library

__all__ = ["JobProgress", "JobQueue", "KnownRecording"]

logger = logging.getLogger(__name__)


class JobQueue(QObject):
    """Decide which job runs, and write down how far each is; used from the GUI thread.

    Only the queue changes the status of jobs. Every method returns at once.
    """

    progressed = Signal(object)
    """JobProgress"""
    noticed = Signal(int, str, str)
    """Transcript, code as in `engine.errors`, detail."""
    already_known = Signal(object)
    """tuple[KnownRecording, …]: offered, not repeated."""
    taken_up = Signal(int)
    """A transcript that had failed or was cancelled; its recording was brought in again."""
    rejected = Signal(object)
    """tuple[tuple[Path, str], …]: what was dropped and the code of why nothing came of it."""
    watched_settled = Signal(object)
    """tuple[Path, …] of `add_watched`: in the library, known before or of no use to it."""
    running_changed = Signal(object)
    """int | None"""
    idle = Signal()
    """Nothing runs, and nothing is left that could."""
    held = Signal(str)
    """Code of what stops all jobs: the library cannot be written, or the engine does not start.
    Empty when the queue goes on."""

    def __init__(
        self,
        library: Library,
        news: LibraryNews,
        background: Background,
        engine: EngineThread,
        *,
        probe: MediaProbe | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._engine = engine
        probe = MediaProbe() if probe is None else probe
        self._intake = Intake(library, engine.models_folders, probe=probe, parent=self)
        self._runner = JobRunner(library, news, engine, self)
        self._changes = JobChanges(library, self._runner, background, probe, self)
        self._jobs = self._runner.jobs
        self._runner.running_changed.connect(self.running_changed)
        self._runner.idle.connect(self.idle)
        self._runner.held.connect(self.held)
        self._engine.progressed.connect(self.progressed)
        self._engine.noticed.connect(self.noticed)
        self._changes.noticed.connect(self.noticed)
        self._intake.already_known.connect(self.already_known)
        self._intake.rejected.connect(self.rejected)
        self._intake.watched_settled.connect(self.watched_settled)
        self._intake.dropped_again.connect(self._on_dropped_again)
        self._intake.write_failed.connect(self._runner.hold)

    @property
    def running(self) -> int | None:
        """Return the transcript that the engine works on."""
        return self._runner.running

    @property
    def held_by(self) -> str:
        """Return the code of what stops all jobs; empty if nothing does."""
        return self._runner.held_by

    @property
    def is_paused(self) -> bool:
        """Tell whether there are unfinished jobs and all of them are paused."""
        unfinished = self._jobs.unfinished()
        return bool(unfinished) and all(job.status is JobStatus.PAUSED for job in unfinished)

    def start(self) -> None:
        """Go on with what was left last time, once the library is open."""
        self._background.run(self._library.queue, self._runner.start, owner=self)

    def add(
        self,
        paths: Sequence[Path],
        profile: Profile,
        *,
        repeat_known: bool = False,
        folder: int | None = None,
    ) -> None:
        """Take files and folders in."""
        self._runner.release()
        self._intake.take(Batch(tuple(paths), profile, folder, repeats_known=repeat_known))

    def add_watched(self, paths: Sequence[Path], profile: Profile) -> None:
        """Take in what appeared in a watched folder: what is known is passed over silently."""
        self._intake.take(Batch(tuple(paths), profile, is_watched=True))

    def pause(self, transcript: int) -> None:
        """Stop a job until it is resumed; what is decoded stays."""
        self._with_job(transcript, self._pause)

    def resume(self, transcript: int) -> None:
        """Let a paused job go on when it is its turn."""
        self._with_job(transcript, self._resume)

    def cancel(self, transcript: int) -> None:
        """Give a job up; what is decoded stays, and `retry` goes on with it."""
        self._with_job(transcript, self._cancel)

    def retry(self, transcript: int) -> None:
        """Try a job again that failed, waits or was cancelled; what is decoded is kept."""
        self._with_job(transcript, self._changes.retry)

    def pause_all(self) -> None:
        """Pause every job that is not done."""
        # The one that runs comes last, so that no other one begins in its place.
        for job in sorted(self._jobs.unfinished(), key=lambda job: job.id == self.running):
            self.pause(job.id)

    def resume_all(self) -> None:
        """Let all paused jobs go on."""
        self._runner.release()
        for job in self._jobs.unfinished():
            self.resume(job.id)

    def go_on(self) -> None:
        """Let the queue go on after it was held; what people paused stays paused."""
        self._runner.release()
        self._runner.begin_next()

    def move(self, transcript: int, before: int | None) -> None:
        """Let a job run before another one, or last."""
        self._jobs.move(transcript, before)
        self._runner.follow(transcript, self._library.move(transcript, before))

    def change_options(self, transcript: int, options: JobOptions) -> None:
        """Change how a job goes on: another model or language applies to the blocks not begun.

        What would make the finished half unfit (translation, channels, …) starts it over.
        """
        self._with_job(transcript, partial(self._changes.change_options, options))

    def start_again(self, transcript: int, options: JobOptions | None = None) -> None:
        """Transcribe a recording from its beginning; the present text stays as a revision.

        With other options if some are given, else as before. A job in the queue keeps its place
        there, any other one comes to the end as a new one does.
        """
        self._with_job(transcript, partial(self._changes.start_again, options))

    def restore_revision(self, transcript: int, number: int) -> Future[None] | None:
        """Bring an earlier text back; None if the engine works on the transcript.

        A job that waits for its turn is paused: it would write over what came back.
        """
        if transcript == self.running:
            return None
        if transcript in self._jobs and self._jobs[transcript].status in UNFINISHED:
            self._pause(self._jobs[transcript])
        return self._runner.restore(transcript, number)

    def accept(self, transcript: int) -> None:
        """Take what there is of a job that stopped for the whole: it is done."""
        self._with_job(transcript, self._accept)

    def find_source(self, transcript: int, path: Path) -> None:
        """Say where the recording of a job is now, and go on with it if it had failed."""
        self._with_job(transcript, partial(self._changes.find_source, path))

    def model_installed(self, model: str) -> None:
        """Let the jobs go on that waited for a speech model."""
        self._runner.find_model(model)
        for job in self._jobs.startable():
            if job.options.model == model and job.code in WAITING_CODES:
                self._runner.set_status(job.id, JobStatus.QUEUED)
        self._runner.begin_next()

    def close(self) -> None:
        """Stop the engine; the job that runs goes on at the next start."""
        self._intake.close()
        self._engine.close()
        self._runner.close()

    def _with_job(self, transcript: int, then: Callable[[TranscriptSummary], None]) -> None:
        """Call `then` with a job; one of an earlier session is looked up first."""
        if transcript in self._jobs:
            then(self._jobs[transcript])
            return

        def found(summary: TranscriptSummary) -> None:
            if transcript not in self._jobs:
                self._jobs.put(summary)
            then(self._jobs[transcript])

        work = partial(self._library.summary, transcript)
        self._background.run(work, found, _note_failure, owner=self)

    def _pause(self, job: TranscriptSummary) -> None:
        if job.status in UNFINISHED and job.status is not JobStatus.PAUSED:
            self._runner.stop_as(job.id, JobStatus.PAUSED)

    def _cancel(self, job: TranscriptSummary) -> None:
        if job.status in UNFINISHED:
            self._runner.stop_as(job.id, JobStatus.CANCELLED)

    def _resume(self, job: TranscriptSummary) -> None:
        if job.status is JobStatus.PAUSED:
            self._runner.release()
            self._runner.requeue(job.id)

    def _accept(self, job: TranscriptSummary) -> None:
        if job.status in (JobStatus.FAILED, JobStatus.DONE):
            self._runner.set_status(job.id, JobStatus.DONE)

    @Slot(object, object)
    def _on_dropped_again(self, known: KnownRecording, options: JobOptions) -> None:
        """Try again what had failed, with what is asked for now and from where it lies now."""
        again = partial(self._changes.try_again, known.path, options)
        self._with_job(known.summary.id, again)
        self.taken_up.emit(known.summary.id)


def _note_failure(error: Exception) -> None:
    """Write down that a transcript is gone; whoever asked for it sees that it is."""
    if not isinstance(error, LibraryError):
        raise error
    logger.info("a job cannot be looked up: %s", error.code)
