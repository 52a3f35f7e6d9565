"""Drive the engine process from a thread of its own: one job after the other, the model warm."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.services.job_run import Ending, JobEnded, JobRun, RunTools, Ticket
from desktop.services.power import choose_compute, is_on_battery
from desktop.services.speeds import Speeds
from engine.errors import Cancelled, TranscriberError
from engine.options import ComputeOptions
from engine.process.client import EngineClient
from engine.speech_models.installed import default_model, find_model, models_folders

if TYPE_CHECKING:
    from desktop.settings import Settings
    from desktop.store.library import Library

logger = logging.getLogger(__name__)

_CLOSE_SECONDS = 5.0
_DETAIL_CHARACTERS = 300


class HasSettings(Protocol):
    """Hold the settings; `SettingsService` does."""

    @property
    def current(self) -> Settings:
        """Return the settings as they are now."""
        ...


@dataclass(frozen=True, slots=True)
class _Task:
    do: Callable[[], None]
    fail: Callable[[str], None]
    """Takes what is told of a mistake of the program in `do`."""


class EngineThread(QObject):
    """Run jobs; every public method returns at once, the signals arrive in the GUI thread."""

    progressed = Signal(object)
    """JobProgress, a few times a second."""
    noticed = Signal(int, str, str)
    """Transcript, code as in `engine.errors`, detail: something people should know."""
    ended = Signal(object)
    """JobEnded"""
    warmed = Signal(str)
    """Name of the speech model that is loaded."""

    def __init__(
        self,
        library: Library,
        settings: HasSettings,
        *,
        folders: Sequence[Path] | None = None,
        speeds: Speeds | None = None,
        client: EngineClient | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Make the thread; `folders` are where speech models are looked for."""
        super().__init__(parent)
        self.models_folders = tuple(models_folders() if folders is None else folders)
        self._settings = settings
        self._client = EngineClient() if client is None else client
        self._tools = RunTools(
            client=self._client,
            library=library,
            models_folders=self.models_folders,
            compute=self._choose_compute,
            speeds=speeds,
            progressed=lambda progress: self._emit(self.progressed.emit, progress),
            noticed=lambda *notice: self._emit(self.noticed.emit, *notice),
        )
        self._lock = threading.Lock()
        self._runs: dict[int, JobRun] = {}
        self._warming: str | None = None
        self._is_closed = False
        self._work: SimpleQueue[_Task | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="engine", daemon=True)
        self._thread.start()

    @property
    def worker_pid(self) -> int | None:
        """Return the number of the engine process; None if none runs."""
        return self._client.pid

    def begin(self, ticket: Ticket) -> None:
        """Run a job once those before it have ended; `ended` tells what became of it."""
        run = JobRun(ticket, self._tools)
        with self._lock:
            self._runs[ticket.transcript] = run
            is_other_model = self._warming not in (None, ticket.options.model)
        if is_other_model:
            self._client.cancel()
        failed = partial(JobEnded, ticket.transcript, Ending.FAILED, "engine.internal")
        task = _Task(lambda: self._end(run.run()), lambda detail: self._end(failed(detail)))
        self._work.put(task)

    def stop(self, transcript: int) -> None:
        """Let a job end soon, if it runs or waits here; `ended` follows."""
        with self._lock:
            run = self._runs.get(transcript)
        if run is not None:
            run.stop()

    def warm(self, model: str = "") -> None:
        """Load a speech model, so that the next job begins at once; empty is the default."""
        # The job that needs the model will tell what is wrong.
        self._work.put(_Task(lambda: self._warm(model), lambda _detail: None))

    def close(self) -> None:
        """Kill the engine and end the thread; what was decoded is stored, nothing is emitted."""
        with self._lock:
            self._is_closed = True
            runs = list(self._runs.values())
        for run in runs:
            run.stop()
        self._client.kill()
        self._work.put(None)
        self._thread.join(_CLOSE_SECONDS)

    def _serve(self) -> None:
        while (task := self._work.get()) is not None:
            try:
                task.do()
            except Exception as exc:  # pylint: disable=broad-exception-caught
                # The top of the thread: a mistake must not take the jobs behind it along.
                logger.exception("a mistake of the program")
                task.fail(f"{type(exc).__name__}: {exc}"[:_DETAIL_CHARACTERS])
        self._client.close()

    def _end(self, ended: JobEnded) -> None:
        with self._lock:
            self._runs.pop(ended.transcript, None)
        self._emit(self.ended.emit, ended)

    def _warm(self, model: str) -> None:
        try:
            with suppress(TranscriberError, Cancelled):
                name = model or default_model(self.models_folders)
                folder = find_model(name, self.models_folders)
                with self._lock:
                    if self._is_closed or self._runs:
                        return
                    self._warming = name
                self._client.warm(str(folder), self._choose_compute(ComputeOptions()))
                self._emit(self.warmed.emit, name)
        finally:
            with self._lock:
                self._warming = None

    def _choose_compute(self, asked: ComputeOptions) -> ComputeOptions:
        from engine.process.memory import physical_cores  # pylint: disable=import-outside-toplevel

        settings = self._settings.current
        return choose_compute(asked, settings, physical_cores(), on_battery=is_on_battery())

    def _emit(self, emit: Callable[..., None], *values: object) -> None:
        with self._lock:
            is_heard = not self._is_closed and isValid(self)
        if is_heard:
            emit(*values)
