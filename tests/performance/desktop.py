"""Measure what the window promises: there at once, never held up, small.

    measure="python -m tests.performance.desktop"
    $measure start
    $measure library --data-dir DIR
    $measure transcript --data-dir DIR
    $measure memory --data-dir DIR
    $measure job --model FOLDER [--speech DIR] [--data-dir DIR]

DIR holds the library that is measured; if it holds none, one of 10,000 transcripts and 6 million
words is made (two minutes, 260 MB). Every round is a new process. Figures are medians
(least–greatest) of the rounds, and of what has many values in a round the 99th percentile too.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess  # nosec B404 - starts this program itself
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path

import PySide6

from engine.benchmark import Spread, describe_machine
from engine.resources import SAMPLE_RECORDING
from engine.speech_models.installed import FOLDERS_VARIABLE
from tests.engine.recognition.sounds import load
from tests.performance.big_library import BigLibrary, make_big_library
from tests.performance.desktop_probe import Values, percentile
from tests.performance.measure import long_recording, write_flac

HEAVY = (
    "faster_whisper",
    "ctranslate2",
    "av",
    "onnxruntime",
    "torch",
    "huggingface_hub",
    "requests",
    "numpy",
    "sqlalchemy",
)
"""What must not be imported before the window is painted."""
_MADE = "big_library.json"
_MANY = 20
"""From so many values on the 99th percentile is shown too."""


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    _set_platform()
    for name, value in describe_machine().items():
        print(f"{name}: {value}")
    print(f"pyside6: {PySide6.__version__}, platform {os.environ['QT_QPA_PLATFORM']}")
    print(f"load before: {_load()}", flush=True)
    {
        "start": start,
        "library": with_library,
        "transcript": with_library,
        "memory": with_library,
        "job": job,
    }[arguments.command](arguments)
    print(f"load after: {_load()}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("start", "library", "transcript", "memory", "job"):
        command = commands.add_parser(name)
        command.add_argument("--rounds", type=int, default=5 if name == "start" else 3)
        if name != "start":
            command.add_argument("--data-dir", type=Path, required=name != "job")
            command.add_argument("--transcripts", type=int, default=10_000)
            command.add_argument("--words", type=int, default=600)
        if name == "job":
            command.add_argument("--model", type=Path, required=True)
            command.add_argument("--speech", type=Path)
            command.add_argument("--seconds", type=int, default=600)
    return parser


def _set_platform() -> None:
    has_display = "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    if not sys.platform.startswith("linux") or has_display:
        os.environ.setdefault("QT_QPA_PLATFORM", "")
    else:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def start(arguments: argparse.Namespace) -> None:
    """Print when the window is painted, with the files of the program in memory and without."""
    with tempfile.TemporaryDirectory() as folder:
        _probe("start", Path(folder))  # makes the folders, and fills the caches
        _print(_rounds(arguments.rounds, "start", Path(folder)))
        if not drop_caches():
            print("cold: not measured, dropping the caches needs Linux and root")
            return
        cold: list[Values] = []
        for _ in range(arguments.rounds):
            drop_caches()
            cold.append(_probe("start", Path(folder)))
        _print(_together(cold), "cold: ")


def with_library(arguments: argparse.Namespace) -> None:
    """Print the figures that depend on how much the library holds."""
    made = _big_library(arguments)
    print(f"library: {made.transcripts} transcripts, {made.words} words")
    queries = [made.rare_word, made.common_word, made.phrase, made.common_word[:2]]
    values = _rounds(arguments.rounds, arguments.command, arguments.data_dir, "--queries", *queries)
    if arguments.command == "memory":
        values.pop("imports done")
    _print(values, unit="MB" if arguments.command == "memory" else "s")


def job(arguments: argparse.Namespace) -> None:
    """Print how late the GUI thread is, and beside it a process that only looks at the clock."""
    model = arguments.model.resolve()
    os.environ[FOLDERS_VARIABLE] = str(model.parent)
    with ExitStack() as stack:
        if arguments.data_dir is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        else:
            folder = arguments.data_dir
            _big_library(arguments)
        recording = stack.enter_context(_recording(arguments))
        bystander = stack.enter_context(_bystander())
        options = ("--recording", str(recording), "--model", model.name)
        values = _rounds(arguments.rounds, "job", folder, *options)
        bystander.terminate()
        late = json.loads(bystander.communicate()[0])
    _print({**values, "delay of a process that does nothing": late})


@contextmanager
def _recording(arguments: argparse.Namespace) -> Iterator[Path]:
    if arguments.speech is not None:
        with long_recording(arguments.speech, arguments.seconds) as path:
            yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "long.flac")
        sound = load(SAMPLE_RECORDING)
        write_flac(iter([sound] * max(1, arguments.seconds // 11)), path)
        yield path


@contextmanager
def _bystander() -> Iterator[subprocess.Popen[str]]:
    """Run a process that sleeps for 5 ms again and again, and says by how much too long."""
    script = (
        "import json, signal, sys, time\n"
        "late = []\n"
        "def end(*_):\n"
        "    print(json.dumps(late), flush=True)\n"
        "    sys.exit()\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "while True:\n"
        "    begun = time.perf_counter()\n"
        "    time.sleep(0.005)\n"
        "    late.append(max(0.0, time.perf_counter() - begun - 0.005))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def _big_library(arguments: argparse.Namespace) -> BigLibrary:
    folder: Path = arguments.data_dir
    folder.mkdir(parents=True, exist_ok=True)
    known = folder / _MADE
    if not known.exists():
        print("making the library…", flush=True)
        path = folder / "library.sqlite3"
        made = make_big_library(path, arguments.transcripts, arguments.words)
        known.write_text(json.dumps(asdict(made)), encoding="utf-8")
    return BigLibrary(**json.loads(known.read_text(encoding="utf-8")))


def drop_caches() -> bool:
    """Let the system forget what files hold; False where it does not let us."""
    try:
        os.sync()
        Path("/proc/sys/vm/drop_caches").write_text("3\n", encoding="ascii")
    except (OSError, AttributeError):
        return False
    return True


def _rounds(rounds: int, what: str, folder: Path, *options: str) -> Values:
    return _together([_probe(what, folder, *options) for _ in range(rounds)])


def _together(rounds: Sequence[Values]) -> Values:
    return {name: [value for one in rounds for value in one[name]] for name in rounds[0]}


def _probe(what: str, folder: Path, *options: str) -> Values:
    program = [sys.executable, "-m", "tests.performance.desktop_probe", what, str(folder)]
    done = subprocess.run(
        [*program, str(time.time()), *options], stdout=subprocess.PIPE, text=True, check=True
    )
    found = json.loads(done.stdout.splitlines()[-1])
    if heavy := sorted(set(HEAVY) & set(found["modules"])):
        print(f"imported before the window was painted: {', '.join(heavy)}")
    values: Values = found["values"]
    return values


def _print(values: Values, heading: str = "", *, unit: str = "s") -> None:
    for name, found in values.items():
        print(f"{heading}{name}: {shown(found, unit)}", flush=True)


def shown(values: Sequence[float], unit: str = "s") -> str:
    """Return median, spread and of many values the 99th percentile; below a second in ms."""
    spread = Spread.of(values)
    assert spread is not None
    factor, digits = 1.0, 0 if unit == "MB" else 2
    if unit == "s" and spread.median < 1:
        factor, digits, unit = 1000.0, 0 if spread.high >= 0.1 else 1, "ms"
    median, low, high = (f"{value * factor:.{digits}f}" for value in _three(spread))
    text = f"{median} {unit} ({low}–{high})"
    if len(values) >= _MANY:
        text += f", 99 % within {percentile(values, 0.99) * factor:.{digits}f} {unit}"
    return text


def _three(spread: Spread) -> tuple[float, float, float]:
    return spread.median, spread.low, spread.high


def _load() -> str:
    if not hasattr(os, "getloadavg"):
        return "unknown"
    return ", ".join(f"{value:.1f}" for value in os.getloadavg())


if __name__ == "__main__":
    raise SystemExit(main())
