"""A job goes on with less when the device fails, from where it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.assembly import TranscriptAssembly
from engine.errors import Cancelled, DeviceError
from engine.events import BlockCompleted, Completed, Event, Notice, ResumePoint
from engine.options import ComputeOptions
from engine.process.protocol import TranscribeRequest
from engine.process.transcription import run_transcription
from engine.process.warm_model import WarmModel
from tests.fakes.engine_backend import BLOCKS, FakeBackend, job

CUDA = ComputeOptions(device="cuda")


def run(request: TranscribeRequest) -> list[Event]:
    backend = FakeBackend()
    return list(run_transcription(backend, WarmModel(backend), request, lambda: False))


def blocks(events: list[Event]) -> list[int]:
    return [event.block.index for event in events if isinstance(event, BlockCompleted)]


def resume_point(*completed: int, run_name: str = "run1") -> ResumePoint:
    assembly = TranscriptAssembly()
    for event in run(job()):
        assembly.add(event)
    point = assembly.resume_point()
    assert point is not None
    return replace(point, completed=completed, run=run_name)


def test_what_an_earlier_worker_finished_is_not_decoded_after_stepping_down() -> None:
    request = job("2:no_memory", compute=CUDA, resume_from=resume_point(0))
    events = run(request)
    assert blocks(events) == [1, 2, 3]
    assert sum(isinstance(event, Notice) for event in events) == 1


def test_a_failure_before_the_first_event_starts_over() -> None:
    class FailsFirst(FakeBackend):
        """Fail on the graphics card before anything is known."""

        def transcribe(self, request, model, is_cancelled):  # type: ignore[no-untyped-def]
            if model.device != "cpu":
                raise MemoryError("std::bad_alloc")
            return super().transcribe(request, model, is_cancelled)

    backend = FailsFirst()
    events = list(run_transcription(backend, WarmModel(backend), job(compute=CUDA), lambda: False))
    assert blocks(events) == [0, 1, 2, 3] and isinstance(events[-1], Completed)


def test_a_recording_that_changed_meanwhile_is_resumed_from_its_new_run_only() -> None:
    class Changed(FakeBackend):
        """Start over under another name, as for a recording that changed."""

        def transcribe(self, request, model, is_cancelled):  # type: ignore[no-untyped-def]
            seen.append(request.resume_from)
            if request.resume_from is not None and request.resume_from.run == "old":
                request = replace(request, resume_from=None, run="new")
            return super().transcribe(request, model, is_cancelled)

    seen: list[ResumePoint | None] = []
    backend = Changed()
    request = job("2:no_memory", compute=CUDA, resume_from=resume_point(0, 3, run_name="old"))
    list(run_transcription(backend, WarmModel(backend), request, lambda: False))
    assert seen[1] is not None
    assert (seen[1].run, seen[1].completed, seen[1].blocks) == ("new", (0, 1), BLOCKS)


def test_a_device_without_a_lower_step_fails_the_job() -> None:
    backend = FakeBackend()
    request = job(model="large", compute=CUDA)
    backend.ladder = lambda compute: (compute,)  # type: ignore[method-assign]
    with pytest.raises(DeviceError):
        list(run_transcription(backend, WarmModel(backend), request, lambda: False))


def test_a_notice_of_an_earlier_job_is_said_to_the_next_one_too() -> None:
    backend = FakeBackend()
    warm = WarmModel(backend)
    for _ in range(2):
        events = list(
            run_transcription(backend, warm, job(model="large", compute=CUDA), lambda: False)
        )
        assert isinstance(events[0], Notice)
    assert len(backend.loaded) == 1


def test_a_job_cancelled_while_its_model_loads_does_not_begin() -> None:
    backend = FakeBackend()
    with pytest.raises(Cancelled):
        next(run_transcription(backend, WarmModel(backend), job(), lambda: True))
