"""Run a transcription in the worker: with less when the device fails, and from where it was."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from engine.assembly import TranscriptAssembly
from engine.errors import Cancelled, DeviceError
from engine.events import BlockCompleted, Event, Notice, Progress, ResumePoint, Started
from engine.process.backend_seam import Backend
from engine.process.keep_heap import release_heap
from engine.process.protocol import TranscribeRequest
from engine.process.warm_model import WarmModel

_LONG_SECONDS = 900.0
_RELEASE_SECONDS = 3.0


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
            events = backend.transcribe(request, model, is_cancelled)
            for event in releasing_holes(events):
                if isinstance(event, (Started, BlockCompleted)):  # text is not needed to resume
                    assembly.add(event)
                yield event
            return
        except (DeviceError, MemoryError) as exc:
            warm_model.step_down(exc)
        request = replace(request, resume_from=_merge(request.resume_from, assembly.resume_point()))


def releasing_holes(
    events: Iterator[Event],
    release: Callable[[], object] = release_heap,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Event]:
    """Pass events on, and every few seconds of a long job give back the holes in the heap.

    Windows of all lengths, decoded side by side, leave holes that no other window fits into: over
    hours they added a third to the peak. Filling them again costs some per cent of the time, which
    a job of minutes need not pay.
    """
    last = clock()
    for event in events:
        yield event
        is_long = isinstance(event, Progress) and (event.total or _LONG_SECONDS) >= _LONG_SECONDS
        if is_long and clock() - last >= _RELEASE_SECONDS:
            release()
            last = clock()


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
