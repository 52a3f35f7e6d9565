"""The whole way with a real speech model: dropped, probed, transcribed, killed, gone on with."""

from __future__ import annotations

import os
import re
import signal
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.settings import Profile, Settings
from desktop.store.records import JobStatus
from engine.recognition.media import stream
from tests.desktop.services.conftest import Desk

PROFILE = Profile("Quick", model="tiny.en", language="en", beam_size=1)


@pytest.fixture(name="real_desk")
def _real_desk(qtbot: QtBot, tmp_path: Path, tiny_model: Path) -> Iterator[Desk]:
    (tmp_path / "real").mkdir()
    desk = Desk(qtbot, tmp_path / "real", tiny_model.parent)
    desk.worker = desk.probe_worker = None
    desk.settings.current = Settings(device="cpu", compute_type="int8", processors="half")
    desk.open()
    yield desk
    desk.close()


@pytest.fixture(name="recording", scope="module")
def _recording(sample_recording: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample four times over: long enough for two blocks."""
    samples = np.concatenate([chunk.samples for chunk in stream(sample_recording, 0)])
    path = tmp_path_factory.mktemp("recording") / "four times 🎙️.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes((np.tile(samples, 4) * 32_767).astype("<i2").tobytes())
    return path


def text_of(desk: Desk, transcript: int) -> str:
    segments = desk.library.load(transcript).transcript.segments
    return "".join(segment.text for segment in segments)


def test_the_sample_is_dropped_and_transcribed(
    real_desk: Desk, sample_recording: Path, sample_words: str
) -> None:
    real_desk.add(sample_recording, profile=PROFILE)
    real_desk.wait("done")
    one = real_desk.only()
    assert (one.language, one.device, one.compute_type) == ("en", "cpu", "int8")
    assert one.duration == pytest.approx(11.0, abs=0.1)
    assert one.source.duration == pytest.approx(11.0, abs=0.1)

    def words(text: str) -> list[str]:
        return re.findall("[a-z]+", text.lower())

    assert words(text_of(real_desk, one.id)) == words(sample_words)


def test_of_a_cut_off_recording_the_text_is_kept_and_the_loss_stays_known(
    real_desk: Desk, sample_recording: Path, tmp_path: Path
) -> None:
    whole = sample_recording.read_bytes()
    path = tmp_path / "cut.flac"
    path.write_bytes(whole[: len(whole) * 2 // 3])
    real_desk.add(path, profile=PROFILE)
    real_desk.wait("done")
    real_desk.until(lambda: real_desk.only().code == "media.truncated")
    number = real_desk.only().id
    assert text_of(real_desk, number)
    real_desk.queue.accept(number)
    real_desk.until(lambda: real_desk.only().code == "")
    assert real_desk.only().status is JobStatus.DONE


def test_a_kill_and_a_pause_change_nothing_about_the_transcript(
    real_desk: Desk, recording: Path
) -> None:
    real_desk.add(recording, profile=PROFILE)
    real_desk.wait("done")
    whole = text_of(real_desk, real_desk.only().id)
    real_desk.queue.add([recording], PROFILE, repeat_known=True)
    real_desk.until(lambda: len(real_desk.all()) == 2 and bool(_text(real_desk)))
    pid = real_desk.engine.worker_pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    second = real_desk.all()[1].id
    real_desk.until(lambda: bool(real_desk.notices))
    real_desk.queue.pause(second)
    real_desk.until(lambda: real_desk.queue.running is None)
    stopped = (JobStatus.PAUSED, JobStatus.DONE)
    real_desk.until(lambda: real_desk.all()[1].status in stopped)
    real_desk.queue.resume(second)
    real_desk.wait("done", "done")
    assert text_of(real_desk, second) == whole
    assert [code for _, code, _ in real_desk.notices] == ["engine.restarted"]


def _text(desk: Desk) -> str:
    return text_of(desk, desk.all()[1].id)
