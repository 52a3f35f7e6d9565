"""Measurements are taken from outside and summed up without favour."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from engine import benchmark
from engine.benchmark import (
    Measurement,
    Placement,
    ReferenceRequest,
    Spread,
    describe_machine,
    measure_engine,
    measure_reference,
    summarise,
)
from engine.benchmark_words import WordErrors
from engine.errors import EngineCrashed, MediaError
from engine.options import ComputeOptions, TranscriptionOptions
from engine.process.protocol import TranscribeRequest
from tests.engine.command_line import fake_program

REQUEST = ReferenceRequest("talk.wav", "folder", "cpu", "int8", 2)


@pytest.fixture(autouse=True)
def _tests_are_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))


def _measure(recording: Path) -> tuple[Measurement, Placement]:
    request = TranscribeRequest(str(recording), "fake", TranscriptionOptions(), ComputeOptions())
    return measure_engine(fake_program.new_client, request)


def test_our_engine_is_measured_in_a_fresh_process(tmp_path: Path) -> None:
    recording = tmp_path / "talk.wav"
    recording.write_bytes(b"sound")
    measured, placement = _measure(recording)
    assert placement == Placement("cpu", "int8")
    assert measured.duration == 300.0
    assert measured.first_text is not None and 0 < measured.first_text <= measured.seconds
    assert measured.peak_bytes is not None and measured.peak_bytes > 1_000_000
    assert measured.text.startswith(" block-0 part-0")


def test_a_failure_of_our_engine_is_raised(tmp_path: Path) -> None:
    recording = tmp_path / "talk.wav"
    recording.write_bytes(b"no media")
    with pytest.raises(MediaError):
        _measure(recording)


def test_the_reference_answers_in_json(monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        "import json, sys; request = json.loads(sys.argv[1]); print('noise');"
        "print(json.dumps({'duration': 1.0, 'seconds': 2.0, 'first_text': None,"
        "'peak_bytes': None, 'text': request['recording']}))"
    )
    monkeypatch.setattr(benchmark, "reference_command", lambda: [sys.executable, "-c", script])
    assert measure_reference(REQUEST) == Measurement(1.0, 2.0, None, None, "talk.wav")


def test_a_reference_that_dies_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no memory')"]
    monkeypatch.setattr(benchmark, "reference_command", lambda: command)
    with pytest.raises(EngineCrashed, match="no memory"):
        measure_reference(REQUEST)


def test_a_frozen_program_is_its_own_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    assert benchmark.reference_command()[1:] == ["-m", "engine.benchmark_reference"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert benchmark.reference_command()[1:] == ["engine-benchmark-reference"]


def test_the_reference_runs_faster_whisper_as_it_comes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made: list[dict[str, object]] = []

    class Model:
        """Stand in for faster-whisper."""

        def __init__(self, folder: str, **options: object) -> None:
            made.append({"folder": folder, **options})

        def transcribe(
            self, recording: str, **options: object
        ) -> tuple[Iterator[SimpleNamespace], SimpleNamespace]:
            """Say two segments."""
            made.append({"recording": recording, **options})
            segments = (SimpleNamespace(text=text) for text in (" one", " two"))
            return segments, SimpleNamespace(duration=9.0)

    library = ModuleType("faster_whisper")
    monkeypatch.setattr(library, "WhisperModel", Model, raising=False)
    monkeypatch.setitem(sys.modules, "faster_whisper", library)
    monkeypatch.delitem(sys.modules, "engine.benchmark_reference", raising=False)
    benchmark_reference = import_module("engine.benchmark_reference")

    monkeypatch.delitem(sys.modules, "engine.benchmark_reference")
    words = json.dumps(
        {
            "recording": "talk.wav",
            "model": "folder",
            "device": "cpu",
            "compute_type": "int8",
            "threads": 2,
            "beam_size": 5,
        }
    )
    assert benchmark_reference.main([words]) == 0
    result = Measurement(**json.loads(capsys.readouterr().out))
    assert (result.duration, result.text) == (9.0, " one two")
    assert made == [
        {"folder": "folder", "device": "cpu", "compute_type": "int8", "cpu_threads": 2},
        {"recording": "talk.wav", "beam_size": 5},
    ]


def test_rounds_are_summed_up_over_all_recordings() -> None:
    rounds = [
        [Measurement(10, 1, 0.5, 100, "one two"), Measurement(20, 2, None, None, "x")],
        [Measurement(10, 4, 0.7, 300, "one"), Measurement(20, 6, 0.9, 200, "x")],
    ]
    result = summarise(rounds, ["one two three", None])
    assert result.speed == Spread(6.5, 3.0, 10.0)
    assert result.first_text == Spread(0.7, 0.5, 0.9)
    assert result.peak_bytes == 300
    assert result.errors == WordErrors(3, 0, 1, 0)
    assert summarise(rounds, [None, None]).errors is None


def test_without_measurements_there_is_no_result() -> None:
    assert Spread.of([]) is None
    with pytest.raises(ValueError, match="nothing was measured"):
        summarise([], [])


def test_the_machine_is_described(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = describe_machine()
    assert set(machine) >= {"processor", "cores", "memory", "system", "python", "faster-whisper"}

    def fail(*_: object, **__: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", fail)
    monkeypatch.setattr("platform.processor", lambda: "")
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    assert benchmark._processor() == "x86_64"  # pylint: disable=protected-access


def test_the_reference_module_is_started_by_name() -> None:
    command = [*benchmark.reference_command(), "{"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert b"JSONDecodeError" in done.stderr
