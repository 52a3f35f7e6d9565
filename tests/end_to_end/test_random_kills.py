"""Kill the program and its worker at random moments: every resume ends with the same transcript."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import av
import numpy as np
import psutil
import pytest

from tests.end_to_end.recordings import varied
from tests.engine.recognition.sounds import RATE, Sound, load

pytestmark = pytest.mark.extended

KILLS = 10
_PROGRAM = (sys.executable, "-m", "engine.cli", "transcribe", "-m", "tiny.en", "-f", "json")


@dataclass(frozen=True)
class Talk:
    """Seven minutes of speech, the transcript of an uninterrupted run and how long that took."""

    path: Path
    whole: str
    seconds: float


@pytest.fixture(name="talk", scope="module")
def fixture_talk(tmp_path_factory: pytest.TempPathFactory, sample_recording: Path) -> Talk:
    folder = tmp_path_factory.mktemp("talk")
    path = write_stream(folder / "talk.ts", varied(load(sample_recording), 420))
    begun = perf_counter()
    subprocess.run([*_PROGRAM, str(path)], check=True, capture_output=True)
    seconds = perf_counter() - begun
    return Talk(path, take_result(path), seconds)


def write_stream(path: Path, sound: Sound) -> Path:
    """Write an MPEG transport stream, whose packets lie on no whole milliseconds."""
    with av.open(path, "w", format="mpegts") as container:
        stream = container.add_stream("mp2", rate=RATE, layout="mono")
        data = (np.clip(sound, -1, 1) * 32767).astype(np.int16)
        for start in range(0, len(data), RATE):
            frame = av.AudioFrame.from_ndarray(data[None, start : start + RATE], "s16", "mono")
            frame.sample_rate = RATE
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def take_result(recording: Path) -> str:
    """Remove the result and return it without the random name of its run."""
    result = recording.with_suffix(".json")
    text = result.read_text(encoding="utf-8")
    result.unlink()
    assert not recording.with_suffix(".partial.jsonl").exists()
    first_id = json.loads(text)["segments"][0]["id"]
    return text.replace(f'"{first_id.partition(".")[0]}.', '"run.')


def moments(talk: Talk, seed: int) -> Iterator[float]:
    """Yield random times within a run, in seconds from its start."""
    chance = random.Random(seed)
    for _ in range(KILLS):
        yield chance.uniform(0.2, talk.seconds)


@pytest.mark.timeout(1800)
def test_kill_9_of_the_command_line(talk: Talk) -> None:
    for moment in moments(talk, 1):
        with subprocess.Popen([*_PROGRAM, str(talk.path)], stderr=subprocess.PIPE) as process:
            try:
                process.wait(moment)
            except subprocess.TimeoutExpired:
                process.kill()
        subprocess.run([*_PROGRAM, str(talk.path)], check=True, capture_output=True)
        assert take_result(talk.path) == talk.whole, f"killed after {moment:.2f} s"


@pytest.mark.timeout(1800)
def test_kill_9_of_the_worker(talk: Talk) -> None:
    for moment in moments(talk, 2):
        with subprocess.Popen([*_PROGRAM, str(talk.path)], stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(moment)
            except subprocess.TimeoutExpired:
                for worker in psutil.Process(process.pid).children(recursive=True):
                    worker.kill()
            assert process.wait(600) == 0, f"killed after {moment:.2f} s"
        assert take_result(talk.path) == talk.whole, f"killed after {moment:.2f} s"


@pytest.mark.timeout(1800)
def test_one_kill_after_another_on_the_same_checkpoint(talk: Talk) -> None:
    for moment in moments(talk, 3):
        with subprocess.Popen([*_PROGRAM, str(talk.path)], stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(moment / 2)
            except subprocess.TimeoutExpired:
                process.kill()
        if talk.path.with_suffix(".json").exists():
            break
    else:
        subprocess.run([*_PROGRAM, str(talk.path)], check=True, capture_output=True)
    assert take_result(talk.path) == talk.whole
