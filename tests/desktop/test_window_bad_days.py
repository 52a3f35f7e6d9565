"""When engine or disk misbehave, the window says so, stays alive, and goes on when told to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.buttons import Button
from tests.conftest import ROOT
from tests.desktop.running_program import (
    QUICK,
    SETTINGS,
    WORKER,
    Running,
    files_mime,
    running,
    use_fake_engine,
)
from tests.engine.speech_models.small_models import make_model

RAW_WORKER = ROOT / "tests" / "fakes" / "raw_worker.py"


@pytest.fixture(autouse=True)
def _fake_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WHISPER_TRANSCRIBER_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    make_model(tmp_path / "models" / "tiny.en")


def record(folder: Path, *names: str) -> list[Path]:
    """Make recordings of different content."""
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_bytes(name.encode())
    return [folder / name for name in names]


def press(program: Running, text: str) -> None:
    """Click the button of the card with this label."""
    buttons = program.window.document.card.findChildren(Button)
    (button,) = [one for one in buttons if one.isVisible() and one.text() == text]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        ("dies_at_start", "engine.crashed"),
        ("silent_at_start", "engine.unresponsive"),
        ("never_reads", "engine.unresponsive"),
        ("garbage", "engine.protocol"),
        ("garbage_flood", "engine.protocol"),
    ],
)
def test_an_engine_that_never_works_is_said_once_and_the_queue_waits(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str, code: str
) -> None:
    timings = replace(QUICK, start=1.0, silence=1.0)
    use_fake_engine(monkeypatch, (sys.executable, str(RAW_WORKER), mode), timings)
    paths = record(tmp_path / "recordings", "a.wav", "b.wav")
    with running(qtbot, tmp_path / "data") as program:
        program.start()
        program.drop(files_mime(*paths))
        program.wait("failed", "queued")
        program.until(program.window.document.card.isVisible)
        program.until(lambda: program.window.document.card.message.code == code)
        assert program.desk.services.queue.held_by == code
        assert program.toast
    use_fake_engine(monkeypatch)
    with running(qtbot, tmp_path / "data") as program:
        program.start()
        program.wait("failed", "done")
        program.desk.document.open(1)
        program.until(program.window.document.card.isVisible)
        press(program, "Try again" if code == "engine.protocol" else "Continue")
        program.wait("done", "done")


def test_a_flood_leaves_the_window_alive(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_fake_engine(monkeypatch, (sys.executable, str(RAW_WORKER), "valid_flood"))
    (path,) = record(tmp_path / "recordings", "a.wav")
    with running(qtbot, tmp_path / "data") as program:
        program.start()
        program.drop(files_mime(path))
        program.until(program.window.document.header.pause_button.isVisible)
        program.wait("running")
        QTest.mouseClick(program.window.document.header.pause_button, Qt.MouseButton.LeftButton)
        program.wait("paused")
        program.until(lambda: program.desk.services.queue.running is None)


@pytest.fixture(name="small_disk")
def _small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if (
        not shutil.which("mount")
        or subprocess.run(command, check=False, capture_output=True).returncode
    ):
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_stops_the_job_and_it_goes_on_when_there_is_room(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_disk: Path
) -> None:
    use_fake_engine(monkeypatch, WORKER)
    gate, ballast = tmp_path / "gate", small_disk / "ballast"
    (profile,) = SETTINGS.profiles
    slow = replace(SETTINGS, profiles=(replace(profile, glossary=(f"2:until={gate}",)),))
    (path,) = record(tmp_path / "recordings", "a.wav")
    with running(qtbot, small_disk / "data", slow) as program:
        program.start()
        program.drop(files_mime(path))
        program.until(lambda: bool(program.all()) and len(program.segments(1)) == 2)
        with ballast.open("wb") as file:
            with pytest.raises(OSError):
                while True:
                    os.write(file.fileno(), bytes(4096))
        gate.touch()
        program.until(program.window.document.card.isVisible)
        assert program.window.document.card.message.code == "library.disk_full"
        assert len(program.segments(1)) >= 2
        ballast.unlink()
        press(program, "Continue")
        program.wait("done")
        assert len(program.segments(1)) == 4
