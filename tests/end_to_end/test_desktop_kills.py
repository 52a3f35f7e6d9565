"""Kill the window program, its engine, or both: nothing stored is missing, and the job goes on."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from desktop import settings as settings_files
from desktop.paths import Paths
from desktop.settings import Profile, Settings
from desktop.store.library import Library
from desktop.store.records import JobStatus
from tests.conftest import ROOT
from tests.end_to_end.recordings import write_talk
from tests.fakes.desktop_typist import TYPED

_PROGRAM = (sys.executable, "-m", "desktop", "--data-dir")
_TYPIST = (sys.executable, "-m", "tests.fakes.desktop_typist")
_PATIENCE_SECONDS = 120.0
_PAUSE_SECONDS = 0.02
_SETTINGS = Settings(
    profiles=(Profile("Standard", model="tiny.en", language="en", beam_size=1),),
    device="cpu",
    compute_type="int8",
)
SHORT, LONG = 90.0, 420.0
"""Seconds of the recording, in the gate and in the long runs."""


@dataclass(frozen=True)
class Talk:
    """A recording, and the segments of a run that nobody killed: text and times."""

    path: Path
    whole: list[tuple[float, float, str]]


class Victim:
    """The window program over a data directory, as it is started and killed."""

    def __init__(self, folder: Path, command: Sequence[str], *words: Path) -> None:
        self.folder = folder
        self._process = subprocess.Popen(
            [*command, str(folder), *map(str, words)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._seen: set[psutil.Process] = {psutil.Process(self._process.pid)}

    def children(self) -> list[psutil.Process]:
        """Return the processes that the program has started."""
        with suppress(psutil.NoSuchProcess):
            found = psutil.Process(self._process.pid).children(recursive=True)
            self._seen.update(found)
            return found
        return []

    def engines(self) -> list[psutil.Process]:
        """Return the processes that decode."""
        return [one for one in self.children() if _is_engine(one)]

    def says(self, word: str) -> None:
        """Wait until the program prints a word."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.children()
            if line.strip() == word:
                return
        raise AssertionError(f"it ended without saying {word!r}")

    def kill(self) -> None:
        """Kill the window."""
        self.children()
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """End what still runs, and demand that nothing is left of all it had started."""
        self.kill()
        if self._process.stdout is not None:
            self._process.stdout.close()
        _, left = psutil.wait_procs(list(self._seen), timeout=_PATIENCE_SECONDS / 4)
        for process in left:
            process.kill()
        assert not left, "orphans"


def _is_engine(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        words = process.cmdline()
        return "--role" in words and words[words.index("--role") + 1] == "engine"
    return False


@contextmanager
def victim(folder: Path, command: Sequence[str], *words: Path) -> Iterator[Victim]:
    """Start a program; afterwards nothing of it runs any more."""
    program = Victim(folder, command, *words)
    try:
        yield program
    finally:
        program.close()


def until(condition: Callable[[], bool]) -> None:
    """Wait until something is so; a test of processes has no event loop to wait in."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(_PAUSE_SECONDS)


def peek(folder: Path, query: str) -> list[tuple[object, ...]]:
    """Ask the library of a running program, as a backup program could."""
    path = Paths.of(folder).library
    if not path.exists():
        return []
    with suppress(sqlite3.OperationalError):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as connection:
            return connection.execute(query).fetchall()
    return []


def committed(folder: Path) -> int:
    """Return how many segments are stored."""
    return len(peek(folder, "SELECT id FROM segment"))


def is_done(folder: Path) -> bool:
    """Tell whether the only transcript is done."""
    return peek(folder, "SELECT status FROM transcript") == [("done",)]


def stored(folder: Path) -> tuple[JobStatus, dict[str, tuple[float, float, str]]]:
    """Open the library, which no program may have open, and return the status and the segments."""
    library = Library(Paths.of(folder).library)
    try:
        (summary,) = library.summaries()
        segments = library.load(summary.id).transcript.segments
        return summary.status, {one.id: (one.start, one.end, one.text) for one in segments}
    finally:
        library.close()


def prepared(folder: Path) -> Path:
    """Make a data directory whose settings decode quickly."""
    folder.mkdir()
    settings_files.save(_SETTINGS, Paths.of(folder).settings)
    return folder


@pytest.fixture(name="talk", scope="module")
def _talk(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    sample_recording: Path,
    tiny_model: Path,
) -> Talk:
    assert tiny_model.is_dir()
    seconds = LONG if request.config.option.markexpr == "extended" else SHORT
    folder = tmp_path_factory.mktemp("talk")
    path = write_talk(folder / "talk.wav", sample_recording, seconds)
    data = prepared(folder / "whole")
    with victim(data, _PROGRAM, path):
        until(lambda: is_done(data))
    return Talk(path, sorted(stored(data)[1].values()))


def kill_the_window(program: Victim) -> None:
    """Kill the window alone; the engine notices by itself."""
    program.kill()


def kill_both(program: Victim) -> None:
    """Kill the window and everything that it started, at once."""
    children = program.children()
    for process in children:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)
    program.kill()


def kill_the_engine(program: Victim) -> None:
    """Kill the engine alone; the window starts another one by itself."""
    for process in program.engines():
        with suppress(psutil.NoSuchProcess):
            os.kill(process.pid, signal.SIGKILL)


def suffer(talk: Talk, folder: Path, seed: int, kill: Callable[[Victim], None]) -> None:
    """Type into a running job, kill something at a random moment, and look at what became of it."""
    chance = random.Random(seed)
    with victim(folder, _TYPIST, talk.path) as program:
        program.says("stored")
        wanted = chance.randint(1, max(1, len(talk.whole) - 2))
        until(lambda: committed(folder) >= wanted or is_done(folder))
        time.sleep(chance.uniform(0, 0.3))
        kill(program)
        if kill is kill_the_engine:
            until(lambda: is_done(folder))
    before = stored(folder)[1]
    assert len(before) >= wanted and _typed(before) == 1
    with victim(folder, _PROGRAM):
        until(lambda: is_done(folder))
    status, after = stored(folder)
    assert status is JobStatus.DONE
    assert before.items() <= after.items()
    assert _untyped(after) == talk.whole


def _typed(segments: dict[str, tuple[float, float, str]]) -> int:
    return sum(TYPED in text for _, _, text in segments.values())


def _untyped(segments: dict[str, tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    """Return the segments as they would be without the edit."""
    return sorted((start, end, text.replace(TYPED, "")) for start, end, text in segments.values())


_KILLS = pytest.mark.parametrize("kill", [kill_the_window, kill_the_engine, kill_both])


@_KILLS
def test_a_kill_during_a_job_loses_nothing(
    talk: Talk, tmp_path: Path, isolated_home: Path, kill: Callable[[Victim], None]
) -> None:
    assert isolated_home.is_dir()
    suffer(talk, prepared(tmp_path / "data"), 7, kill)


@pytest.mark.extended
@pytest.mark.timeout(3600)
@_KILLS
def test_ten_kills_during_a_job_lose_nothing(
    talk: Talk, tmp_path: Path, isolated_home: Path, kill: Callable[[Victim], None]
) -> None:
    assert isolated_home.is_dir()
    for seed in range(10):
        suffer(talk, prepared(tmp_path / f"data{seed}"), seed, kill)
