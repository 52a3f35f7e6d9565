"""Offer recordings for the fake engine, and jobs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.command_line import job as job_module
from engine.command_line.checkpoint_header import JobSettings
from engine.command_line.job import Job
from engine.command_line.targets import Target

MakeJob = Callable[[Path, JobSettings], Job]


@pytest.fixture(autouse=True)
def _tests_are_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    # A worker process does not look into the current folder.
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))


@pytest.fixture(name="recording")
def _recording(tmp_path: Path) -> Path:
    path = tmp_path / "talk.wav"
    path.write_bytes(b"sound")
    return path


@pytest.fixture(name="settings")
def _settings() -> JobSettings:
    return JobSettings(model="fake", formats=("json", "txt"))


@pytest.fixture(name="job")
def _job(recording: Path, settings: JobSettings, monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.setattr(job_module, "find_model", lambda name, folders: Path(name))
    return Job(recording, Target(recording.parent, recording.stem), settings)
