"""The worker behaves as a guest: low priority, and no sleep while it works."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from engine.process import guest
from engine.process.client import EngineClient
from engine.process.guest import CommandInhibitor, WindowsInhibitor, awake, inhibitor_of
from tests.fakes.engine_backend import job


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has classes instead of niceness")
def test_the_worker_runs_below_normal_priority_with_all_its_threads(client: EngineClient) -> None:
    events = client.transcribe(job("1:until_cancelled"))
    next(events)
    assert client.pid is not None
    for thread in psutil.Process(client.pid).threads():
        assert os.getpriority(os.PRIO_PROCESS, thread.id) >= 10
    events.close()


def test_a_priority_that_cannot_be_lowered_stays(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse() -> None:
        raise psutil.AccessDenied

    monkeypatch.setattr(psutil, "Process", refuse)
    guest.lower_priority()
    assert "priority stays" in caplog.text


def test_on_windows_the_priority_class_is_below_normal(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", "below normal", raising=False)
    monkeypatch.setattr(psutil, "Process", lambda: SimpleNamespace(nice=asked.append))
    guest.lower_priority()
    assert asked == ["below normal"]


def waiting_command(marker: Path) -> list[str]:
    """Return a command that leaves a mark and then waits for the end of its input."""
    code = f"import sys, pathlib; pathlib.Path({str(marker)!r}).touch(); sys.stdin.read()"
    return [sys.executable, "-c", code]


def test_a_command_runs_as_long_as_the_work(tmp_path: Path) -> None:
    inhibitor = CommandInhibitor(waiting_command(tmp_path / "mark"))
    with awake(inhibitor):
        process = inhibitor._process  # pylint: disable=protected-access
        assert process is not None and process.poll() is None
    assert process.poll() is not None


def test_the_command_ends_when_the_work_fails(tmp_path: Path) -> None:
    inhibitor = CommandInhibitor(waiting_command(tmp_path / "mark"))
    with pytest.raises(KeyError):
        with awake(inhibitor):
            process = inhibitor._process  # pylint: disable=protected-access
            raise KeyError
    assert process is not None and process.poll() is not None


def test_a_command_that_ignores_its_end_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guest, "_END_SECONDS", 0.2)
    mark = tmp_path / "mark"
    code = (
        "import pathlib, signal, threading; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        f"pathlib.Path({str(mark)!r}).touch(); threading.Event().wait()"
    )
    inhibitor = CommandInhibitor([sys.executable, "-c", code])
    with awake(inhibitor):
        process = inhibitor._process  # pylint: disable=protected-access
        while not mark.exists():
            threading.Event().wait(0.01)
    assert process is not None and process.poll() is not None


def test_a_command_that_is_not_there_or_fails_does_no_harm(tmp_path: Path) -> None:
    inhibitors = (
        CommandInhibitor([str(tmp_path / "nothing")]),
        CommandInhibitor([sys.executable, "-c", "raise SystemExit(1)"]),
        None,
    )
    worked = []
    for inhibitor in inhibitors:
        with awake(inhibitor):
            worked.append(inhibitor)
    assert worked == list(inhibitors)


def test_windows_is_told_by_its_execution_state() -> None:
    states: list[int] = []

    def set_state(state: int) -> int:
        states.append(state)
        return 0

    with awake(WindowsInhibitor(set_state)):
        assert states == [0x80000001]
    assert states == [0x80000001, 0x80000000]


def test_every_system_has_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    def popen(command: list[str], **_: object) -> subprocess.Popen[bytes]:
        started.append(command)
        raise FileNotFoundError

    monkeypatch.setattr(subprocess, "Popen", popen)
    for platform in ("linux", "darwin"):
        with awake(inhibitor_of(platform)):
            pass
    assert started[0][:3] == ["systemd-inhibit", "--what=idle", "--mode=block"]
    assert started[1] == ["caffeinate", "-i", "-w", str(os.getpid())]
    states: list[int] = []
    kernel = SimpleNamespace(SetThreadExecutionState=states.append)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    with awake(inhibitor_of("win32")):
        pass
    assert len(states) == 2
    assert inhibitor_of("plan9") is None
