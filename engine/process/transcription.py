"""Run a transcription in the worker: with less when the device fails, and from where it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from engine.assembly import TranscriptAssembly
from engine.errors import Cancelled, DeviceError
from engine.events import BlockCompleted, Event, Notice, ResumePoint, Started
from engine.process.backend_seam import Backend
from engine.process.protocol import TranscribeRequest
from engine.process.warm_model import WarmModel


def run_transcription(
    backend: Backend,
    warm_model: WarmModel,
    request: TranscribeRequest,
    is_cancelled: Callable[[], bool],
) -> Iterator[Event]:
    """Yield the events of a job; finished blocks are not decoded again after stepping down.

    Raises `TranscriberError`, and `Cancelled` when the job was.
    """
    assembly = TranscriptAssembly()
    said: Notice | None = None
    while True:
        model = warm_model.obtain(Path(request.model), request.compute)
        if is_cancelled():
            raise Cancelled
        if warm_model.notice is not None and warm_model.notice != said:
            said = warm_model.notice
            yield said
        try:
            for event in backend.transcribe(request, model, is_cancelled):
                if isinstance(event, (Started, BlockCompleted)):  # text is not needed to resume
                    assembly.add(event)
                yield event
            return
        except (DeviceError, MemoryError) as exc:
            warm_model.step_down(exc)
        request = replace(request, resume_from=_merge(request.resume_from, assembly.resume_point()))


def _merge(earlier: ResumePoint | None, later: ResumePoint | None) -> ResumePoint | None:
    """Add what was finished before this worker began, if it is still the same run."""
    if earlier is None or later is None:
        return later or earlier
    if earlier.run != later.run:
        return later
    blocks = {block.index: block for block in (*earlier.blocks, *later.blocks)}
    return replace(
        later,
        blocks=tuple(blocks[index] for index in sorted(blocks)),
        completed=tuple(sorted({*earlier.completed, *later.completed})),
    )
