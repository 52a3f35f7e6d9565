"""Run one job from its first event to its last, whatever the engine does on the way."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop.services.job_reach import Reach
from desktop.services.job_request import resume_with
from desktop.services.job_speed import JobProgress, SpeedMeter
from desktop.services.speeds import MeasuredSpeed, Speeds
from desktop.store.records import JobOptions, JobStatus
from engine.errors import Cancelled, EngineCrashed, TranscriberError, error_from_code
from engine.events import BlockCompleted, Completed, Event, Failed, Notice, Progress, Started
from engine.options import ComputeOptions
from engine.process.protocol import TranscribeRequest
from engine.process.restarts import Restarts
from engine.speech_models.installed import find_model

if TYPE_CHECKING:
    from desktop.store.library import Library

logger = logging.getLogger(__name__)

WAITING_CODES = ("model.not_installed", "model.corrupt")
"""Codes of what is mended by a download; until then the job waits, and others go on."""

_PENDING_RECORDS = 64
_DAMAGE = "media.truncated"
"""What people must still know when the job is done: the text is not all of the recording."""
_TELL_SECONDS = 0.25


class Client(Protocol):
    """Transcribe in another process; `engine.process.client.EngineClient` is one."""

    def transcribe(self, request: TranscribeRequest) -> Generator[Event, None, None]:
        """Yield typed events; raises `EngineCrashed` if the process dies."""

    def cancel(self) -> None:
        """Give up what is in hand."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """Say which job is to be run."""

    transcript: int
    path: Path
    options: JobOptions
    decided: Future[None]
    """Done when the library has all that was decided about the job, and knows that it runs."""


class Ending(StrEnum):
    """Say how a run ended."""

    DONE = "done"
    FAILED = "failed"
    WAITING = "waiting"
    """Something is missing that can come; see `WAITING_CODES`."""
    STOPPED = "stopped"
    """It was asked to stop."""


@dataclass(frozen=True, slots=True)
class JobEnded:
    """What became of a job."""

    transcript: int
    ending: Ending
    code: str = ""
    detail: str = ""
    has_answered: bool = True
    """Whether the engine said anything at all."""


@dataclass(frozen=True, slots=True)
class RunTools:
    """What runs share."""

    client: Client
    library: Library
    models_folders: Sequence[Path]
    compute: Callable[[ComputeOptions], ComputeOptions]
    """Says with how much of the computer a job runs now; may take some milliseconds."""
    speeds: Speeds | None
    progressed: Callable[[JobProgress], None]
    noticed: Callable[[int, str, str], None]


class JobRun:
    """Run a job in the calling thread; `stop` may be called from any."""

    def __init__(self, ticket: Ticket, tools: RunTools) -> None:
        self._ticket = ticket
        self._tools = tools
        self._is_stopped = threading.Event()
        self._records = _Records(tools.library, ticket.transcript)
        self._has_answered = False
        self._meter: SpeedMeter | None = None
        self._already = 0.0
        self._reach = Reach()
        self._asked = ticket.options.compute
        self._restarts = Restarts(self._asked)
        self._told_at = 0.0
        self._runs_on = ("", "")
        self._damage: Notice | None = None

    def stop(self) -> None:
        """Let the run end soon; what was decoded is kept."""
        self._is_stopped.set()
        self._tools.client.cancel()

    def run(self) -> JobEnded:
        """Run the job and return what became of it."""
        try:
            ending = self._run()
            self._records.wait()
            return self._ended(ending)
        except TranscriberError as error:
            waits = error.code in WAITING_CODES
            return self._ended(Ending.WAITING if waits else Ending.FAILED, error)
        finally:
            self._keep_speed()

    def _ended(self, ending: Ending, error: TranscriberError | None = None) -> JobEnded:
        code, detail = ("", "") if error is None else (error.code, error.detail)
        if ending is Ending.DONE and self._damage is not None:
            code, detail = self._damage.code, self._damage.detail
        return JobEnded(self._ticket.transcript, ending, code, detail, self._has_answered)

    def _run(self) -> Ending:
        self._ticket.decided.result()
        self._asked = self._tools.compute(self._ticket.options.compute)
        self._restarts = Restarts(self._asked)
        with suppress(Cancelled):
            while not self._attempt():
                pass
            return Ending.DONE
        return Ending.STOPPED

    def _attempt(self) -> bool:
        """Transcribe what is left; False if another attempt is to go on with it.

        Raises `TranscriberError`, and `Cancelled` if it was asked to stop.
        """
        try:
            request = self._request()
            if self._is_stopped.is_set():
                raise Cancelled
            # Closed at once, not when Python collects: the engine must be free for the next job.
            with closing(self._tools.client.transcribe(request)) as events:
                return self._follow(events)
        except EngineCrashed as crash:
            self._restart(crash)
            return False

    def _request(self) -> TranscribeRequest:
        options = self._ticket.options
        model = find_model(options.model, self._tools.models_folders)
        point = self._tools.library.resume_point(self._ticket.transcript)
        blocks = () if point is None else point.blocks
        finished = [block for block in blocks if point and block.index in point.completed]
        self._already = sum(((block.end or block.start) - block.start for block in finished), 0.0)
        if point is not None:
            done = self._tools.library.summary(self._ticket.transcript).done
            self._reach = Reach(point.run, done)
        return TranscribeRequest(
            path=str(self._ticket.path),
            model=str(model),
            options=options.transcription,
            compute=self._restarts.compute,
            resume_from=resume_with(point, options),
        )

    def _follow(self, events: Iterator[Event]) -> bool:
        for event in events:
            self._has_answered = True
            if self._is_stopped.is_set():
                self._abandon(events)
                raise Cancelled
            self._keep(event)
            self._tell(event)
            if isinstance(event, Completed):
                self._records.wait()
                return True
            if isinstance(event, BlockCompleted):
                self._restarts.forget()
                if self._must_change():
                    self._abandon(events)
                    self._records.wait()
                    return False
        raise EngineCrashed("engine.crashed", "it ended without a result")

    def _must_change(self) -> bool:
        """Tell whether the job may take more or less of the computer now: it was unplugged, say."""
        now = self._tools.compute(self._ticket.options.compute)
        if now == self._asked:
            return False
        was_reduced = self._restarts.compute != self._asked
        self._asked = now
        if was_reduced:
            return False
        self._restarts = Restarts(now)
        return True

    def _restart(self, crash: EngineCrashed) -> None:
        number, library = self._ticket.transcript, self._tools.library
        logger.info("the engine of job %s ended: %s", number, crash.code)
        self._records.wait()
        restart = self._restarts.after(crash)
        # Whoever paused or cancelled it in this moment has the last word.
        ended, goes_on = JobStatus.INTERRUPTED, JobStatus.RUNNING
        library.set_status(number, ended, code=crash.code, detail=crash.detail, only_from=[goes_on])
        self._tools.noticed(number, restart.value, crash.detail)
        self._records.follow(library.set_status(number, goes_on, only_from=[ended]))

    def _keep(self, event: Event) -> None:
        self._records.add(self._reach.stored(event))
        if isinstance(event, Failed):
            self._records.wait()
            raise error_from_code(event.code, event.detail)

    def _abandon(self, events: Iterator[Event]) -> None:
        # The engine must be free for the next job.
        self._tools.client.cancel()
        with suppress(Cancelled, EngineCrashed):
            for _ in events:
                pass

    def _tell(self, event: Event) -> None:
        if isinstance(event, Started):
            self._meter = SpeedMeter(self._already)
            self._runs_on = (event.info.device, event.info.compute_type)
        if isinstance(event, Notice):
            if event.code == _DAMAGE:
                self._damage = event
            self._tools.noticed(self._ticket.transcript, event.code, event.detail)
        if isinstance(event, Progress) and self._meter is not None:
            self._meter.add(event.done)
            now = time.monotonic()
            if now - self._told_at >= _TELL_SECONDS:
                self._told_at = now
                progress = self._meter.progress(
                    self._ticket.transcript, event.total, self._expected_speed()
                )
                self._tools.progressed(self._reach.shown(progress))

    def _expected_speed(self) -> float | None:
        speeds = self._tools.speeds
        estimate = None if speeds is None else speeds.estimate(self._ticket.options.model)
        return None if estimate is None else estimate.speed

    def _keep_speed(self) -> None:
        meter = self._meter
        speed = None if meter is None else meter.speed
        if meter is None or speed is None:
            return
        self._tools.library.set_speed(self._ticket.transcript, speed)
        if self._tools.speeds is not None:
            measured = MeasuredSpeed(speed, *self._runs_on)
            self._tools.speeds.record(self._ticket.options.model, measured, meter.decoded)


class _Records:
    """Hand events to the library; wait when it falls behind, so that no failure stays unseen."""

    def __init__(self, library: Library, transcript: int) -> None:
        self._library = library
        self._transcript = transcript
        self._pending: deque[Future[None]] = deque()

    def add(self, event: Event) -> None:
        """Let an event be stored; raises the `LibraryError` of this one or an earlier one."""
        if isinstance(event, (Notice, Failed)):
            return
        self.follow(self._library.record(self._transcript, event))
        while self._pending and (self._pending[0].done() or len(self._pending) > _PENDING_RECORDS):
            self._pending.popleft().result()

    def follow(self, future: Future[None]) -> None:
        """Wait for something else too."""
        self._pending.append(future)

    def wait(self) -> None:
        """Return when everything is on the disk; raises `LibraryError`."""
        while self._pending:
            self._pending.popleft().result()
