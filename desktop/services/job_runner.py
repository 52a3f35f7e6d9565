"""Run one job after the other, and write down how far each is, whatever happens to it."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from desktop.services.engine_thread import EngineThread
from desktop.services.job_list import JobList
from desktop.services.job_run import Ending, JobEnded, Ticket
from desktop.services.library_news import LibraryNews
from desktop.store.records import JobStatus, TranscriptSummary
from engine.errors import LibraryError

if TYPE_CHECKING:
    from desktop.store.library import Library

logger = logging.getLogger(__name__)

_NOT_DONE = tuple(status for status in JobStatus if status is not JobStatus.DONE)


class JobRunner(QObject):
    """Hold the jobs and the one that runs; used from the GUI thread.

    What is decided counts at once; the library follows in order, and tells if it cannot.
    """

    running_changed = Signal(object)
    """int | None"""
    idle = Signal()
    """Nothing runs, and nothing is left that could."""
    held = Signal(str)
    """Code of what stops all jobs; empty when the queue goes on."""

    _refused = Signal(int, object)
    _restored = Signal(object)

    def __init__(
        self,
        library: Library,
        news: LibraryNews,
        engine: EngineThread,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._news = news
        self._engine = engine
        self.jobs = JobList()
        self.running: int | None = None
        """The transcript that the engine works on, also while it is stopping."""
        self.held_by = ""
        """Code of what stops all jobs; empty if nothing does."""
        self._next: int | None = None
        self._once_stopped: defaultdict[int, list[Callable[[], None]]] = defaultdict(list)
        self._missing_models: dict[str, str] = {}
        self._is_started = False
        self._is_idle = False
        self._refused.connect(self._on_refused)
        self._restored.connect(self._on_restored)
        news.transcript_added.connect(self._on_transcript_added)
        news.transcript_changed.connect(self._on_transcript_changed)
        news.transcript_removed.connect(self._forget)
        engine.ended.connect(self._on_ended)

    def start(self, queue: Sequence[TranscriptSummary]) -> None:
        """Begin with the jobs that were left; those that ran go on by themselves."""
        self.jobs.put_first([_to_go_on(job) for job in queue if job.id not in self.jobs])
        self._is_started = True
        self.begin_next()

    def close(self) -> None:
        """Note that the running job was interrupted; the engine has ended by now.

        The library decides whether it was: its last words may have come without a word to here.
        """
        self._is_started = False
        if self.running is not None:
            self._library.set_status(
                self.running, JobStatus.INTERRUPTED, only_from=[JobStatus.RUNNING]
            )

    def set_status(
        self, transcript: int, status: JobStatus, code: str = "", detail: str = ""
    ) -> Future[None]:
        """Decide how far a job is; the library knows it when the future is done."""
        logger.info("transcript %s is %s %s", transcript, status.value, code)
        self.jobs.set_status(transcript, status, code, detail)
        written = self._library.set_status(transcript, status, code=code, detail=detail)
        self.follow(transcript, written)
        return written

    def requeue(self, transcript: int) -> None:
        """Let a job run when it is its turn; at once if it has hardly stopped."""
        if transcript == self.running:
            self._next = transcript
        self._want(transcript, JobStatus.QUEUED)
        self.begin_next()

    def _want(self, transcript: int, status: JobStatus) -> None:
        """Decide what people ask for. The library may know already that the job is done."""
        logger.info("transcript %s is to be %s", transcript, status.value)
        self.jobs.set_status(transcript, status)
        written = self._library.set_status(transcript, status, only_from=_NOT_DONE)
        self.follow(transcript, written)

    def stop_as(self, transcript: int, status: JobStatus) -> None:
        """Stop a job, or keep it from starting; one that is done by now stays done."""
        self._want(transcript, status)
        if transcript == self.running:
            self._engine.stop(transcript)

    def once_stopped(self, transcript: int, write: Callable[[], None]) -> None:
        """Do something to a job while the engine does not work on it; it goes on afterwards."""
        if transcript == self.running:
            self._once_stopped[transcript].append(write)
            self._engine.stop(transcript)
        else:
            write()
            self.begin_next()

    def restore(self, transcript: int, number: int) -> Future[None]:
        """Bring a revision back; the library says how far the job is then, for once."""
        restored = self._library.restore_revision(transcript, number)
        restored.add_done_callback(partial(self._report_restored, transcript))
        return restored

    def _report_restored(self, transcript: int, _future: Future[None]) -> None:
        with suppress(LibraryError):  # it is gone; `_forget` hears of it
            # This is the store's thread: nothing was written since. News may be older than this.
            summary = self._library.summary(transcript)
            if isValid(self):
                self._restored.emit(summary)

    @Slot(object)
    def _on_restored(self, summary: TranscriptSummary) -> None:
        if summary.deleted is None and not self._is_wanted(summary.id):
            self.jobs.put(summary)

    def follow(self, transcript: int, future: Future[None]) -> None:
        """Notice if the library refuses what was decided about a job."""
        future.add_done_callback(partial(self._report, transcript))

    def hold(self, code: str) -> None:
        """Begin no job any more, until `release`."""
        logger.warning("the queue is held: %s", code)
        self.held_by = code
        self.held.emit(code)

    def release(self) -> None:
        """Go on, after somebody did something about it."""
        if self.held_by:
            self.held_by = ""
            self.held.emit("")
            self.begin_next()

    def find_model(self, model: str) -> None:
        """Try again whether a speech model is there."""
        self._missing_models.pop(model, None)

    def begin_next(self) -> None:
        """Begin the next job, unless one runs."""
        if self.running is not None or self.held_by or not self._is_started:
            return
        job = self._choose()
        if job is None:
            if not self._is_idle:
                self._is_idle = True
                self.idle.emit()
            return
        self._is_idle = False
        self.running = job.id
        decided = self.set_status(job.id, JobStatus.RUNNING)
        self._engine.begin(Ticket(job.id, job.source.path, job.options, decided))
        self.running_changed.emit(job.id)

    def _choose(self) -> TranscriptSummary | None:
        wanted, self._next = self._next, None
        for job in self.jobs.startable():
            missing = self._missing_models.get(job.options.model)
            if missing is not None and not job.code:
                self.set_status(job.id, JobStatus.QUEUED, missing, job.options.model)
            elif missing is None and job.id == wanted:
                return job
        return self.jobs.next(self._missing_models)

    @Slot(object)
    def _on_ended(self, ended: JobEnded) -> None:
        if not self._is_started:
            return
        self.running = None
        writes = self._once_stopped.pop(ended.transcript, [])
        job = self.jobs.get(ended.transcript)
        if job is not None:
            self._settle(job, ended)
            for write in writes:
                write()
        self.begin_next()
        if self.running is None:
            self.running_changed.emit(None)

    def _settle(self, job: TranscriptSummary, ended: JobEnded) -> None:
        match ended.ending:
            case Ending.DONE:
                # The library knows by the last event, but for what is wrong with the recording.
                self.jobs.set_status(job.id, JobStatus.DONE)
                if ended.code:
                    self.set_status(job.id, JobStatus.DONE, ended.code, ended.detail)
            case Ending.STOPPED if job.status is JobStatus.RUNNING:
                self._next = job.id
                self.set_status(job.id, JobStatus.QUEUED)
            case Ending.FAILED if job.status is not JobStatus.CANCELLED:
                self.set_status(job.id, JobStatus.FAILED, ended.code, ended.detail)
                if _concerns_all(ended):
                    self.hold(ended.code)
            case Ending.WAITING if job.status is JobStatus.RUNNING:
                self._missing_models[job.options.model] = ended.code
                self.set_status(job.id, JobStatus.QUEUED, ended.code, ended.detail)
            case _:
                # Once more: the engine may have written something after it was decided.
                self.set_status(job.id, job.status)

    def _report(self, transcript: int, future: Future[None]) -> None:
        error = future.exception()
        if error is not None and isValid(self):  # this is the store's thread
            self._refused.emit(transcript, error)

    @Slot(int, object)
    def _on_refused(self, transcript: int, error: Exception) -> None:
        if not isinstance(error, LibraryError):
            raise error
        if error.code == "library.not_found":
            self._forget(transcript)
            return
        job = self.jobs.get(transcript)
        if job is not None:  # lists shall show how it is, although it could not be written down
            self._news.transcript_changed.emit(job)
        if self.held_by != error.code:
            self.hold(error.code)

    @Slot(object)
    def _on_transcript_added(self, summary: TranscriptSummary) -> None:
        if summary.id not in self.jobs:
            self.jobs.put(_to_go_on(summary))
            self.begin_next()

    @Slot(object)
    def _on_transcript_changed(self, summary: TranscriptSummary) -> None:
        if summary.deleted is not None:
            self._forget(summary.id)
            return
        self.jobs.refresh(summary)

    def _is_wanted(self, transcript: int) -> bool:
        """Tell whether a job runs or is to run; then the library will hear of it."""
        job = self.jobs.get(transcript)
        return job is not None and job.status in (JobStatus.RUNNING, JobStatus.QUEUED)

    @Slot(int)
    def _forget(self, transcript: int) -> None:
        if transcript == self.running:
            self._engine.stop(transcript)
        self.jobs.remove(transcript)


def _to_go_on(job: TranscriptSummary) -> TranscriptSummary:
    is_left = job.status in (JobStatus.RUNNING, JobStatus.INTERRUPTED)
    return replace(job, status=JobStatus.QUEUED, code="") if is_left else job


def _concerns_all(ended: JobEnded) -> bool:
    """Tell whether the next job would only fail like this one."""
    if ended.code.startswith("library."):
        return True
    return ended.code.startswith("engine.") and not ended.has_answered
