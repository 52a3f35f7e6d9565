"""Transcribe one recording after the other: continue, retry, write the results, lose nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from engine.command_line.checkpoint import Checkpoint, export_error
from engine.command_line.checkpoint_header import CheckpointHeader, JobSettings
from engine.command_line.computing import described
from engine.command_line.progress import Reporter
from engine.command_line.results import write_results
from engine.command_line.targets import Target
from engine.errors import (
    Cancelled,
    EngineCrashed,
    ExportError,
    MediaError,
    TranscriberError,
    error_from_code,
)
from engine.events import BlockCompleted, Event, Failed, Notice
from engine.options import TranscriptionOptions
from engine.process.protocol import TranscribeRequest
from engine.process.restarts import Restart, Restarts
from engine.speech_models.installed import find_model

RESTARTING_OPTIONS = (
    "language",
    "language_per_block",
    "task",
    "track",
    "channels",
    "start",
    "end",
)
"""Options that change what the text is about: with others, half a transcript would not fit."""


class Client(Protocol):
    """Transcribe in another process; `engine.process.client.EngineClient` is one."""

    def transcribe(self, request: TranscribeRequest) -> Iterator[Event]:
        """Yield typed events; raises `EngineCrashed` if the process dies."""

    def cancel(self) -> None:
        """Give up what is in hand."""


@dataclass(frozen=True, slots=True)
class Job:
    """Say what is transcribed, how, and where the results go."""

    recording: Path
    target: Target
    settings: JobSettings


class JobRunner:
    """Run jobs with one warm client."""

    def __init__(self, client: Client, reporter: Reporter, models_folders: Sequence[Path]) -> None:
        self._client = client
        self._reporter = reporter
        self._models_folders = models_folders

    def run_all(self, jobs: Sequence[Job]) -> list[Path]:
        """Run the jobs and return the recordings that failed; each was named."""
        failed = []
        for number, job in enumerate(jobs, 1):
            self._reporter.begin(job.recording, number, len(jobs))
            try:
                self.run(job)
            except TranscriberError as error:
                self._reporter.failed(job.recording, error)
                failed.append(job.recording)
        return failed

    def run(self, job: Job) -> None:
        """Transcribe one recording, or go on with it; any `TranscriberError`."""
        try:
            job.target.folder.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            raise export_error(exc) from exc
        with Checkpoint(job.target.checkpoint) as checkpoint:
            if not self._prepare(checkpoint, job):
                self._decode(checkpoint, job)
            transcript = checkpoint.assembly.transcript()
            if not transcript.segments:
                self._reporter.remark("No speech was found: the results are empty.")
            files = write_results(transcript, job.target, job.settings)
            checkpoint.remove()
        self._reporter.finished(job.recording, files)

    def _prepare(self, checkpoint: Checkpoint, job: Job) -> bool:
        """Bring checkpoint and settings together; tell whether everything is decoded already."""
        old = checkpoint.header
        if old is not None and _is_done(checkpoint, job, old):
            return True
        new = _header(job)
        if old is None or not checkpoint.assembly.has_started:
            checkpoint.restart(new)
        elif not old.is_about(job.recording):
            self._reporter.remark("The unfinished result there was of another recording.")
            checkpoint.restart(new)
        elif changed := _restarting_changes(old.settings.options, job.settings.options):
            self._reporter.remark(f"The {changed} changed: it is transcribed from the start.")
            checkpoint.restart(new)
        else:
            self._continue(checkpoint, old, new)
        return False

    def _continue(
        self, checkpoint: Checkpoint, old: CheckpointHeader, new: CheckpointHeader
    ) -> None:
        point = checkpoint.assembly.resume_point()
        done = len(point.completed) if point else 0
        total = len(point.blocks) if point else 0
        self._reporter.remark(f"Continuing: {done} of {total} parts are finished.")
        was, now = old.settings, new.settings
        if (was.model, was.options) != (now.model, now.options):
            self._reporter.remark(
                "Model or options changed: they apply to the parts that were not finished."
            )
        if old != new:
            checkpoint.describe(new)

    def _decode(self, checkpoint: Checkpoint, job: Job) -> None:
        model = find_model(job.settings.model, self._models_folders)
        restarts = Restarts(job.settings.compute)
        while True:
            request = TranscribeRequest(
                path=str(job.recording),
                model=str(model),
                options=job.settings.options,
                compute=restarts.compute,
                resume_from=checkpoint.assembly.resume_point(),
            )
            try:
                self._follow(request, checkpoint, restarts)
                return
            except EngineCrashed as crash:
                self._reporter.remark(_restart_sentence(crash, restarts.after(crash)))

    def _follow(
        self, request: TranscribeRequest, checkpoint: Checkpoint, restarts: Restarts
    ) -> None:
        events = self._client.transcribe(request)
        for event in events:
            try:
                checkpoint.add(event)
            except ExportError:
                self._abandon(events)
                raise
            if isinstance(event, BlockCompleted):
                restarts.forget()
            self._reporter.event(event, checkpoint.assembly)
            if isinstance(event, Notice):
                self._reporter.remark(_sentence(event))
            if isinstance(event, Failed):
                raise error_from_code(event.code, event.detail)
        if not checkpoint.assembly.is_complete:
            raise EngineCrashed("engine.crashed", "it ended without a result")

    def _abandon(self, events: Iterator[Event]) -> None:
        # The engine must be free for the next recording.
        self._client.cancel()
        with suppress(Cancelled, EngineCrashed):
            for _ in events:
                pass


def _restart_sentence(crash: EngineCrashed, restart: Restart) -> str:
    # The lines after the first are the log of the worker.
    what = crash.detail.partition("\n")[0]
    sentence = f"{crash.advice.sentence} {what}".strip()
    if restart is Restart.AS_BEFORE:
        return f"{sentence} It was started again and goes on where it stopped."
    return f"{sentence} This was the second time: it goes on, on the processor with int8."


def _is_done(checkpoint: Checkpoint, job: Job, old: CheckpointHeader) -> bool:
    """Tell whether only the results are missing, because the disk was full, say."""
    settings = job.settings
    return (
        checkpoint.assembly.is_complete
        and old.is_about(job.recording)
        and old.is_unchanged(job.recording)
        and (old.settings.model, old.settings.options) == (settings.model, settings.options)
    )


def _header(job: Job) -> CheckpointHeader:
    try:
        return CheckpointHeader.for_recording(job.recording, job.target.name, job.settings)
    except PermissionError as exc:
        raise MediaError("media.no_permission") from exc
    except OSError as exc:
        raise MediaError("media.not_found") from exc


def _restarting_changes(old: TranscriptionOptions, new: TranscriptionOptions) -> str:
    changed = [name for name in RESTARTING_OPTIONS if getattr(old, name) != getattr(new, name)]
    return " and ".join(name.replace("_", " ") for name in changed)


def _sentence(notice: Notice) -> str:
    what = str(error_from_code(notice.code, notice.detail))
    if notice.compute is None:
        return what
    return f"{what} It goes on with {described(notice.compute)}."
