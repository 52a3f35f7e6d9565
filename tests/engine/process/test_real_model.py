"""The whole way with a real speech model: a warm second job, and deaths in mid-job."""

from __future__ import annotations

import os
import re
import signal
import wave
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.assembly import TranscriptAssembly
from engine.errors import EngineCrashed
from engine.events import BlockCompleted, Completed, Event, Failed, SegmentDecoded, Started
from engine.options import ComputeOptions, TranscriptionOptions
from engine.process.client import EngineClient
from engine.process.protocol import TranscribeRequest
from engine.recognition.media import stream
from engine.transcript.transcript import Transcript

COMPUTE = ComputeOptions(device="cpu", compute_type="int8", replicas=1)


@pytest.fixture(name="recording", scope="module")
def _recording(sample_recording: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample four times over: long enough for two blocks."""
    samples = np.concatenate([chunk.samples for chunk in stream(sample_recording, 0)])
    path = tmp_path_factory.mktemp("recording") / "four times.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes((np.tile(samples, 4) * 32_767).astype("<i2").tobytes())
    return path


@pytest.fixture(name="worker", scope="module")
def _worker() -> Iterator[EngineClient]:
    """Return a client of the real worker."""
    with EngineClient() as made:
        yield made


@pytest.fixture(name="request_", scope="module")
def _make_request(recording: Path, tiny_model: Path) -> TranscribeRequest:
    """Return the job."""
    options = TranscriptionOptions(language="en", beam_size=1)
    return TranscribeRequest(str(recording), str(tiny_model), options, COMPUTE, run="run1")


@pytest.fixture(name="uninterrupted", scope="module")
def _uninterrupted(worker: EngineClient, request_: TranscribeRequest) -> Transcript:
    """Return the transcript of a job that nothing disturbs."""
    assembly = TranscriptAssembly()
    fold(assembly, worker.transcribe(request_))
    assert assembly.is_complete
    return assembly.transcript()


def fold(assembly: TranscriptAssembly, events: Iterator[Event]) -> None:
    for event in events:
        assert not isinstance(event, Failed), event
        assembly.add(event)


def plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z]+", text.lower()))


def test_the_sample_is_understood(uninterrupted: Transcript, sample_words: str) -> None:
    said = plain("".join(segment.text for segment in uninterrupted.segments))
    assert said.count("ask not what your country can do for you") == 4
    assert plain(sample_words)[-20:] in said


def test_a_second_job_pays_no_load(
    worker: EngineClient, request_: TranscribeRequest, uninterrupted: Transcript
) -> None:
    pid = worker.pid
    assert pid is not None and uninterrupted.segments
    shorter = replace(request_, options=replace(request_.options, end=5.0))
    assert isinstance(list(worker.transcribe(shorter))[-1], Completed)
    assert worker.pid == pid
    warmed = worker.warm(request_.model, COMPUTE)
    assert (warmed.device, warmed.compute_type, warmed.replicas) == ("cpu", "int8", 1)


def test_a_cancelled_job_leaves_a_worker_that_works(
    worker: EngineClient, request_: TranscribeRequest
) -> None:
    events = worker.transcribe(request_)
    for event in events:
        if isinstance(event, SegmentDecoded):
            break
    events.close()
    shorter = replace(request_, options=replace(request_.options, end=5.0))
    assert isinstance(list(worker.transcribe(shorter))[-1], Completed)


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("SIGKILL", Started),
        ("SIGKILL", SegmentDecoded),
        ("SIGSEGV", SegmentDecoded),
        ("SIGSEGV", BlockCompleted),
    ],
)
def test_a_job_whose_worker_dies_is_resumed_to_the_same_transcript(
    request_: TranscribeRequest, uninterrupted: Transcript, name: str, moment: type
) -> None:
    assembly = TranscriptAssembly()
    with EngineClient() as client:
        with pytest.raises(EngineCrashed) as caught:
            for event in client.transcribe(request_):
                assembly.add(event)
                if isinstance(event, moment) and client.pid is not None:
                    os.kill(client.pid, getattr(signal, name))
        assert name in str(caught.value)
        fold(assembly, client.transcribe(replace(request_, resume_from=assembly.resume_point())))
    assert assembly.transcript() == uninterrupted
