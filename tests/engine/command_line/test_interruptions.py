"""Real processes are stopped, killed and started again; nothing is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.engine.command_line.programs import read_until, run, start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")


@pytest.fixture(name="whole")
def _whole(recording: Path, tmp_path: Path) -> str:
    """Return the transcript of an uninterrupted run."""
    code, _, _ = run("transcribe", recording, "-f", "json", "-o", tmp_path / "whole")
    assert code == 0
    return (tmp_path / "whole" / "talk.json").read_text(encoding="utf-8")


@pytest.fixture(name="checkpoint")
def _checkpoint(recording: Path) -> Path:
    return recording.with_name("talk.partial.jsonl")


def _start_and_hold(recording: Path, segments: int = 8) -> subprocess.Popen[str]:
    """Start a run that waits after some segments, the last of which is in the checkpoint."""
    recording.with_suffix(".hold").write_text(str(segments), encoding="ascii")
    process = start("transcribe", recording, "-f", "json", "--json")
    for _ in range(segments):
        read_until(process, '"segment_decoded"')
    return process


def _release(recording: Path) -> None:
    recording.with_suffix(".hold").unlink()


def _children(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def _wait_for_end(processes: list[psutil.Process]) -> None:
    _, alive = psutil.wait_procs(processes, timeout=20)
    assert not alive


def _close(process: subprocess.Popen[str]) -> str:
    with process:
        _, err = process.communicate(timeout=30)
    return err


def test_ctrl_c_stops_cleanly_and_says_how_to_go_on(
    recording: Path, checkpoint: Path, whole: str
) -> None:
    process = _start_and_hold(recording)
    workers = _children(process)
    process.send_signal(signal.SIGINT)
    err = _close(process)
    assert process.returncode == 130
    assert f'whisper-transcriber resume "{recording.parent}"' in err
    assert "Traceback" not in err
    _wait_for_end(workers)
    assert checkpoint.exists()
    _release(recording)
    code, _, err = run("resume", recording.parent)
    assert code == 0, err
    assert "Continuing: 0 of 3 parts are finished." in err
    assert recording.with_suffix(".json").read_text(encoding="utf-8") == whole
    assert not checkpoint.exists()


@pytest.mark.parametrize("segments", [1, 8, 13])
def test_kill_9_of_the_command_line_loses_nothing_and_leaves_no_orphan(
    recording: Path, checkpoint: Path, whole: str, segments: int
) -> None:
    process = _start_and_hold(recording, segments)
    workers = _children(process)
    assert workers
    process.kill()
    _close(process)
    _wait_for_end(workers)
    kept = checkpoint.read_text(encoding="utf-8")
    assert kept.count('"segment_decoded"') >= segments
    _release(recording)
    code, _, err = run("transcribe", recording, "-f", "json")
    assert code == 0, err
    assert recording.with_suffix(".json").read_text(encoding="utf-8") == whole
    assert not checkpoint.exists()


def test_kill_9_of_the_worker_is_survived(recording: Path, whole: str) -> None:
    recording.with_suffix(".die").write_text("5", encoding="ascii")
    code, _, err = run("transcribe", recording, "-f", "json")
    assert code == 0, err
    assert "was killed" in err and "goes on where it stopped" in err
    assert recording.with_suffix(".json").read_text(encoding="utf-8") == whole


def test_a_worker_that_always_dies_fails_this_file_only(
    recording: Path, checkpoint: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.wav"
    other.write_bytes(b"sound")
    recording.with_suffix(".die").write_text("5 5 5", encoding="ascii")
    code, _, err = run("transcribe", recording, other, "-f", "txt")
    assert code == 1
    assert "with int8" in err
    assert f"{recording}: The transcription process ended unexpectedly." in err
    assert "1 of 2 failed" in err
    assert checkpoint.exists()
    assert other.with_suffix(".txt").is_file()
    assert run("resume", tmp_path)[0] == 0


def test_two_runs_on_one_output_do_not_meet(recording: Path, whole: str) -> None:
    process = _start_and_hold(recording)
    code, out, _ = run("transcribe", recording, "-f", "json", "--json")
    assert code == 1
    assert json.loads(out.splitlines()[-1])["code"] == "export.in_use"
    _release(recording)
    _close(process)
    assert process.returncode == 0
    assert recording.with_suffix(".json").read_text(encoding="utf-8") == whole


def test_a_reader_that_goes_away_ends_the_run_quietly(recording: Path, checkpoint: Path) -> None:
    process = _start_and_hold(recording)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    _release(recording)
    assert process.wait(timeout=30) == 130
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()
    assert checkpoint.exists()


@pytest.fixture(name="closed_folder")
def _closed_folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o555)
    yield folder
    folder.chmod(0o755)


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_closed_output_folder_fails_with_its_sentence(
    recording: Path, closed_folder: Path
) -> None:
    code, _, err = run("transcribe", recording, "-o", closed_folder)
    assert code == 1
    assert "The result cannot be written there." in err
