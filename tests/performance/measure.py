"""Measure what the engine promises: flat memory, text at once, quick start.

    measure="python -m tests.performance.measure"
    $measure memory --speech DIR --model FOLDER --hours 6
    $measure first-text --speech DIR --model FOLDER --hours 6
    $measure start --model FOLDER

Throughput and word errors beside faster-whisper: `whisper-transcriber benchmark` and
`python -m tests.performance.accuracy`. Figures are medians (least–greatest) of the rounds.
"""

from __future__ import annotations

import argparse
import subprocess  # nosec B404 - starts this program itself
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import av
import numpy as np

from engine.benchmark import Spread, describe_machine
from engine.events import Completed, Failed, SegmentDecoded
from engine.options import ComputeOptions, TranscriptionOptions
from engine.peak_memory import peak_memory
from engine.process.channel import worker_command
from engine.process.client import EngineClient
from engine.process.protocol import TranscribeRequest
from engine.resources import SAMPLE_RECORDING
from tests.engine.recognition.sounds import RATE, load
from tests.performance.recordings import find_recordings

MEGABYTE = 1e6
WINDOW = 30


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    for name, value in describe_machine().items():
        print(f"{name}: {value}")
    {"memory": memory, "first-text": first_text, "start": start}[arguments.command](arguments)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("memory", "first-text", "start"):
        command = commands.add_parser(name)
        command.add_argument("--model", type=Path, required=True)
        command.add_argument("--rounds", type=int, default=3)
        if name != "start":
            command.add_argument("--speech", type=Path, required=True)
            command.add_argument("--hours", type=float, default=6.0)
    return parser


def memory(arguments: argparse.Namespace) -> None:
    """Print the worker's peak for 10 minutes and for hours, and the reference's beside it."""
    peaks: list[float] = []
    for seconds in (600, round(arguments.hours * 3600)):
        with long_recording(arguments.speech, seconds) as path:
            peaks.append(_peak(path, arguments.model))
            theirs = _reference_peak(path, arguments.model)
        print(f"{seconds} s: ours {peaks[-1]:.0f} MB, reference {theirs}", flush=True)
    print(f"ratio {peaks[1] / peaks[0]:.2f}")


def first_text(arguments: argparse.Namespace) -> None:
    """Print the time to the first segment beside that of decoding one window of 30 s."""
    lengths = (60, round(arguments.hours * 3600))
    with EngineClient() as client, tempfile.TemporaryDirectory() as folder:
        client.warm(str(arguments.model), ComputeOptions())
        window = Path(folder, "window.flac")
        write_flac(_speech(arguments.speech, WINDOW), window)
        for seconds in lengths:
            with long_recording(arguments.speech, seconds) as path:
                for language in ("en", None):
                    ratios: list[float] = []
                    firsts: list[float] = []
                    for _ in range(arguments.rounds):
                        whole = _seconds_to(client, window, arguments.model, "en", Completed)
                        first = _seconds_to(client, path, arguments.model, language, SegmentDecoded)
                        ratios.append(first / whole)
                        firsts.append(first)
                    known = "known" if language else "to be detected"
                    print(
                        f"{seconds} s, language {known}: first segment after {_shown(firsts)} s, "
                        f"{_shown(ratios)} × one window",
                        flush=True,
                    )


def start(arguments: argparse.Namespace) -> None:
    """Print how long the help, a worker and a second job take."""
    program = [sys.executable, "-m", "engine.cli", "--help"]
    _print(
        "help",
        _timed(arguments.rounds, lambda: subprocess.run(program, capture_output=True, check=True)),
    )
    _print("worker ready", _timed(arguments.rounds, _start_worker))
    firsts: list[float] = []
    seconds: list[float] = []
    for _ in range(arguments.rounds):
        with EngineClient() as client:
            for times in (firsts, seconds):
                times.append(
                    _seconds_to(client, SAMPLE_RECORDING, arguments.model, "en", Completed)
                )
    _print("first job, model loaded", firsts)
    _print("second job, warm", seconds)


def _peak(path: Path, model: Path) -> float:
    with EngineClient() as client:
        _seconds_to(client, path, model, "en", Completed)
        return (peak_memory(client.pid or 0) or 0) / MEGABYTE


def _reference_peak(path: Path, model: Path) -> str:
    """Return the peak until the first segment: the reference has read the whole file by then."""
    script = (
        "import sys, os\n"
        "from faster_whisper import WhisperModel\n"
        "from engine.peak_memory import peak_memory\n"
        "model = WhisperModel(sys.argv[2], device='cpu', compute_type='int8', cpu_threads=1)\n"
        "next(iter(model.transcribe(sys.argv[1], language='en')[0]))\n"
        "print(peak_memory(os.getpid()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path), str(model)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        return f"failed ({done.returncode})"
    return f"{int(done.stdout) / MEGABYTE:.0f} MB at its first segment"


def _seconds_to(
    client: EngineClient, path: Path, model: Path, language: str | None, wanted: type
) -> float:
    request = TranscribeRequest(
        str(path), str(model), TranscriptionOptions(language=language), ComputeOptions()
    )
    begun = perf_counter()
    for event in client.transcribe(request):
        if isinstance(event, Failed):
            raise RuntimeError(event)
        if isinstance(event, wanted):
            break
    return perf_counter() - begun


def _start_worker() -> None:
    with subprocess.Popen(
        worker_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as worker:
        assert worker.stdout is not None and worker.stdin is not None
        worker.stdout.readline()
        worker.stdin.close()


def _timed(rounds: int, work: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(rounds):
        begun = perf_counter()
        work()
        times.append(perf_counter() - begun)
    return times


def _print(name: str, times: Sequence[float]) -> None:
    print(f"{name}: {_shown(times)} s", flush=True)


def _shown(values: Sequence[float]) -> str:
    spread = Spread.of(values)
    assert spread is not None
    return f"{spread.median:.2f} ({spread.low:.2f}–{spread.high:.2f})"


@contextmanager
def long_recording(speech: Path, seconds: float) -> Iterator[Path]:
    """Yield a FLAC file of so many seconds: the longest English recordings over and over."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "long.flac")
        write_flac(_speech(speech, seconds), path)
        yield path


def _speech(speech: Path, seconds: float) -> Iterator[np.ndarray]:
    found = sorted(find_recordings(speech, "en"), key=lambda recording: -recording.seconds)
    sounds = [load(recording.path) for recording in found[:2]]
    left = round(seconds * RATE)
    while left > 0:
        for sound in sounds:
            yield sound[: max(left, 0)]
            left -= len(sound)


def write_flac(sounds: Iterator[np.ndarray], path: Path) -> None:
    """Write 16-kHz mono sound."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("flac", rate=RATE, layout="mono")
        for sound in sounds:
            for index in range(0, len(sound), RATE):
                piece = (np.clip(sound[index : index + RATE], -1, 1) * 32767).astype("<i2")
                frame = av.AudioFrame.from_ndarray(piece.reshape(1, -1), "s16", "mono")
                frame.sample_rate = RATE
                container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


if __name__ == "__main__":
    raise SystemExit(main())
