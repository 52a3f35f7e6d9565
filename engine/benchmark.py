"""Measure a speech model on this computer: speed, first text, peak memory and word errors."""

from __future__ import annotations

import json
import os
import platform
import subprocess  # nosec B404 - starts this program itself, never a shell
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from statistics import median
from time import perf_counter

import psutil

from engine.assembly import TranscriptAssembly
from engine.benchmark_words import WordErrors, count_word_errors
from engine.errors import EngineCrashed, error_from_code
from engine.events import Failed, SegmentDecoded
from engine.peak_memory import peak_memory
from engine.process.client import EngineClient
from engine.process.exit_status import describe_exit
from engine.process.protocol import TranscribeRequest

REFERENCE_THREADS = (1, 2)
REFERENCE_BEAM_SIZE = 5
VERSIONS_OF = ("faster-whisper", "ctranslate2", "onnxruntime", "av")


@dataclass(frozen=True, slots=True)
class Measurement:
    """Say how one recording was transcribed once, the loading of the model aside."""

    duration: float
    """Length of the recording in seconds."""
    seconds: float
    """From the request to the end."""
    first_text: float | None
    """Seconds from the request to the first segment; None if there was none."""
    peak_bytes: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Say where a model runs in fact."""

    device: str
    compute_type: str


@dataclass(frozen=True, slots=True)
class ReferenceRequest:
    """Say what faster-whisper is to do by itself."""

    recording: str
    model: str
    device: str
    compute_type: str
    threads: int
    beam_size: int = REFERENCE_BEAM_SIZE


@dataclass(frozen=True, slots=True)
class Spread:
    """Give the median of several rounds with the least and the greatest."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread | None:
        """Return the spread of values; None if there are none."""
        return cls(median(values), min(values), max(values)) if values else None


@dataclass(frozen=True, slots=True)
class Result:
    """Sum up what was measured over all recordings and rounds."""

    speed: Spread
    """Seconds of recording for each second of work."""
    first_text: Spread | None
    """Seconds; over all recordings."""
    peak_bytes: int | None
    errors: WordErrors | None
    """Over the recordings whose words are known, in the first round; None if there are none."""


def measure_engine(
    new_client: Callable[[], EngineClient], request: TranscribeRequest
) -> tuple[Measurement, Placement]:
    """Transcribe with our engine in a fresh process; any `TranscriberError`."""
    assembly = TranscriptAssembly()
    first_text: float | None = None
    with new_client() as client:
        warmed = client.warm(request.model, request.compute)
        begun = perf_counter()
        for event in client.transcribe(request):
            if isinstance(event, Failed):
                raise error_from_code(event.code, event.detail)
            if isinstance(event, SegmentDecoded) and first_text is None:
                first_text = perf_counter() - begun
            assembly.add(event)
        seconds = perf_counter() - begun
        peak = None if client.pid is None else peak_memory(client.pid)
    transcript = assembly.transcript()
    text = "".join(segment.text for segment in transcript.segments)
    measured = Measurement(transcript.info.duration, seconds, first_text, peak, text)
    return measured, Placement(warmed.device, warmed.compute_type)


def reference_command() -> list[str]:
    """Return the command that measures faster-whisper; the request follows."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "engine-benchmark-reference"]
    return [sys.executable, "-m", "engine.benchmark_reference"]


def measure_reference(request: ReferenceRequest) -> Measurement:
    """Transcribe with faster-whisper's own sequential loop in a fresh process; `EngineCrashed`."""
    done = subprocess.run(  # nosec B603 - our own module, arguments as a list
        [*reference_command(), json.dumps(asdict(request))],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        tail = done.stderr.strip().rpartition("\n")[2]
        raise EngineCrashed("engine.crashed", f"{describe_exit(done.returncode)} {tail}")
    return Measurement(**json.loads(done.stdout.splitlines()[-1]))


def summarise(rounds: Sequence[Sequence[Measurement]], spoken: Sequence[str | None]) -> Result:
    """Sum up rounds, each with one measurement a recording; `spoken` are the known words."""
    everything = [measured for one_round in rounds for measured in one_round]
    speeds = [
        sum(measured.duration for measured in one_round)
        / max(sum(measured.seconds for measured in one_round), 1e-9)
        for one_round in rounds
    ]
    speed = Spread.of(speeds)
    if speed is None:
        raise ValueError("nothing was measured")
    return Result(
        speed=speed,
        first_text=Spread.of([m.first_text for m in everything if m.first_text is not None]),
        peak_bytes=max(
            (m.peak_bytes for m in everything if m.peak_bytes is not None), default=None
        ),
        errors=_errors(rounds[0], spoken),
    )


def _errors(measured: Sequence[Measurement], spoken: Sequence[str | None]) -> WordErrors | None:
    counted = [
        count_word_errors(words, one.text)
        for one, words in zip(measured, spoken, strict=True)
        if words is not None
    ]
    return sum(counted, WordErrors()) if counted else None


def describe_machine() -> dict[str, str]:
    """Return what a measurement depends on: processor, memory, system, versions."""
    cores = psutil.cpu_count(logical=False) or "unknown"
    return {
        "processor": _processor(),
        "cores": f"{cores} physical, {os.cpu_count()} logical",
        "memory": f"{psutil.virtual_memory().total / 1e9:.1f} GB",
        "system": platform.platform(),
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in VERSIONS_OF},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(
            line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")
        )
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
