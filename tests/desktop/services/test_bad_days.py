"""Whatever the engine, the disk or the clock do: nothing decoded is lost, and the queue goes on."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services import engine_thread, job_run
from desktop.settings import Profile
from desktop.store.library import Library
from desktop.store.records import JobStatus
from engine.errors import LibraryError
from engine.events import BlockCompleted, Event
from engine.process.client import EngineClient
from engine.process.protocol import TranscribeRequest
from tests.desktop.services.conftest import PROFILE, QUICK, ROOT, Desk
from tests.desktop.services.queueing import WHOLE, blocked, drop, is_running

RAW_WORKER = ROOT / "tests" / "fakes" / "raw_worker.py"


def suffering(*actions: str) -> Profile:
    """Return a profile whose jobs suffer something."""
    return replace(PROFILE, glossary=actions)


def codes(desk: Desk) -> list[str]:
    """Return what was noticed."""
    return [code for _, code, _ in desk.notices]


@pytest.mark.parametrize("action", ["exit=3", "signal=SIGSEGV", "signal=SIGKILL"])
def test_a_job_whose_engine_dies_goes_on_by_itself(
    desk: Desk, recordings: Path, tmp_path: Path, action: str
) -> None:
    drop(desk, recordings, 1, suffering(f"2:{action}*1 {tmp_path}"))
    desk.wait("done")
    number = desk.only().id
    assert desk.texts(number) == WHOLE
    assert codes(desk) == ["engine.restarted"]
    assert (number, JobStatus.INTERRUPTED) in desk.statuses
    assert desk.only().code == ""


def test_the_second_death_in_the_same_place_leads_to_the_processor_and_is_said(
    desk: Desk, recordings: Path, tmp_path: Path
) -> None:
    drop(desk, recordings, 1, suffering(f"2:exit=3*2 {tmp_path}"))
    desk.wait("done")
    assert codes(desk) == ["engine.restarted", "engine.reduced"]
    assert "last words" in desk.notices[0][2]
    assert desk.texts(desk.only().id) == WHOLE


def test_the_third_death_in_the_same_place_fails_the_job_and_others_go_on(
    desk: Desk, recordings: Path
) -> None:
    drop(desk, recordings, 1, suffering("2:exit=3"))
    (recordings / "other.wav").write_bytes(b"other")
    desk.add(recordings / "other.wav")
    desk.wait("failed", "done")
    failed = desk.all()[0]
    assert failed.code == "engine.crashed" and "last words" in failed.detail
    assert desk.texts(failed.id) == WHOLE[:2]


def test_a_hanging_engine_is_replaced(desk: Desk, recordings: Path, gate: Path) -> None:
    desk.close()
    desk.timings = replace(QUICK, silence=1.0)
    desk.open()
    drop(desk, recordings, 1, blocked(gate))
    desk.until(is_running(desk, 2))
    pid = desk.engine.worker_pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    gate.touch()
    desk.wait("done")
    assert codes(desk) == ["engine.restarted"]
    assert desk.texts(desk.only().id) == WHOLE


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        ("dies_at_start", "engine.crashed"),
        ("silent_at_start", "engine.unresponsive"),
        ("other_version", "engine.protocol"),
        ("garbage", "engine.protocol"),
        ("garbage_flood", "engine.protocol"),
        ("wrong_answer", "engine.protocol"),
        ("half_line", "engine.crashed"),
        ("closed_channel", "engine.crashed"),
        ("never_reads", "engine.unresponsive"),
    ],
)
def test_an_engine_that_never_works_fails_one_job_and_holds_the_others(
    desk: Desk, recordings: Path, mode: str, code: str
) -> None:
    desk.close()
    working, desk.worker = desk.worker, (sys.executable, str(RAW_WORKER), mode)
    desk.timings = replace(QUICK, start=1.0, silence=1.0)
    desk.open()
    held: list[str] = []
    desk.queue.held.connect(held.append)
    drop(desk, recordings, 3, PROFILE)
    desk.wait("failed", "queued", "queued")
    assert desk.all()[0].code == code
    assert held == [code] and desk.queue.held_by == code
    desk.close()
    desk.worker, desk.timings = working, QUICK
    desk.open()
    desk.wait("failed", "done", "done")
    desk.queue.retry(desk.all()[0].id)
    desk.wait("done", "done", "done")


def test_a_flood_of_the_engine_ends_with_a_pause_and_leaves_the_window_alive(
    desk: Desk, recordings: Path
) -> None:
    desk.close()
    desk.worker = (sys.executable, str(RAW_WORKER), "valid_flood")
    desk.open()
    drop(desk, recordings, 1, PROFILE)
    desk.wait("running")
    number = desk.only().id
    desk.until(lambda: desk.queue.running == number)
    desk.queue.pause(number)
    desk.until(lambda: desk.queue.running is None)
    desk.wait("paused")


@pytest.mark.parametrize("action", ["print", "shout", "read"])
def test_an_engine_that_is_noisy_does_its_work(desk: Desk, recordings: Path, action: str) -> None:
    drop(desk, recordings, 1, suffering(f"1:{action}"))
    desk.wait("done")


def test_a_mistake_of_the_engine_fails_the_job_and_keeps_the_text(
    desk: Desk, recordings: Path
) -> None:
    drop(desk, recordings, 1, suffering("2:bug"))
    desk.wait("failed")
    assert desk.only().code == "engine.internal" and "boom" in desk.only().detail
    assert desk.texts(desk.only().id) == WHOLE[:2]


def test_a_damaged_recording_keeps_what_could_be_read(desk: Desk, recordings: Path) -> None:
    drop(desk, recordings, 1, suffering("2:media_error"))
    desk.wait("failed")
    assert desk.only().code == "media.truncated"
    assert desk.texts(desk.only().id) == WHOLE[:2]


def test_a_deaf_engine_is_killed_when_a_job_is_paused(desk: Desk, recordings: Path) -> None:
    drop(desk, recordings, 1, suffering("2:deaf"))
    desk.until(is_running(desk, 2))
    desk.queue.pause(desk.only().id)
    desk.until(lambda: desk.queue.running is None)
    desk.wait("paused")
    assert desk.texts(desk.only().id) == WHOLE[:2]


class FullDisk:
    """Let the library refuse what matters, as it does when the disk is full."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
        self.is_full = False
        self._code = code
        self._patch(monkeypatch, "record", self._record_fails)
        for name in ("set_status", "set_options", "add"):
            self._patch(monkeypatch, name, lambda *_: True)

    def _patch(
        self, monkeypatch: pytest.MonkeyPatch, name: str, fails: Callable[..., bool]
    ) -> None:
        real = getattr(Library, name)

        def call(library: Library, *values: object, **named: object) -> Future[None]:
            if not self.is_full or not fails(*values):
                result: Future[None] = real(library, *values, **named)
                return result
            refused: Future[None] = Future()
            refused.set_exception(LibraryError(self._code))
            return refused

        monkeypatch.setattr(Library, name, call)

    def _record_fails(self, _: int, event: Event) -> bool:
        return isinstance(event, BlockCompleted)


@pytest.mark.parametrize("code", ["library.disk_full", "library.read_only"])
def test_a_full_disk_stops_the_queue_and_nothing_that_was_stored_is_lost(
    desk: Desk,
    recordings: Path,
    gate: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: str,
) -> None:
    disk = FullDisk(monkeypatch, code)
    drop(desk, recordings, 2, blocked(gate))
    desk.until(lambda: len(desk.all()) == 2 and len(desk.texts(desk.all()[0].id)) == 2)
    first = desk.all()[0].id
    shown: list[tuple[int, JobStatus, str]] = []
    desk.news.transcript_changed.connect(
        lambda summary: shown.append((summary.id, summary.status, summary.code))
    )
    disk.is_full = True
    gate.touch()
    desk.until(lambda: desk.queue.running is None)
    desk.until(lambda: (first, JobStatus.FAILED, code) in shown)
    assert desk.queue.held_by == code
    (recordings / "more.wav").write_bytes(b"more")
    disk.is_full = False
    desk.queue.retry(first)
    desk.wait("done", "done")
    assert desk.queue.held_by == ""
    assert desk.texts(first) == WHOLE


def test_what_cannot_be_entered_is_told(
    qtbot: QtBot, desk: Desk, recordings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = FullDisk(monkeypatch, "library.disk_full")
    disk.is_full = True
    with qtbot.waitSignal(desk.queue.held, timeout=30_000) as caught:
        drop(desk, recordings, 1, PROFILE)
    assert caught.args == ["library.disk_full"]
    disk.is_full = False
    desk.add(recordings / "0.wav")
    desk.wait("done")


def test_a_mistake_in_the_thread_of_the_engine_fails_the_job(
    desk: Desk, recordings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("boom")

    with monkeypatch.context() as patch:
        patch.setattr(job_run, "resume_with", fail)
        drop(desk, recordings, 1, PROFILE)
        desk.wait("failed")
    assert (desk.only().code, desk.only().detail) == ("engine.internal", "KeyError: 'boom'")


def test_on_battery_a_running_job_becomes_quiet_after_a_block(
    desk: Desk, recordings: Path, gate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int | None] = []
    real = EngineClient.transcribe

    def transcribe(client: EngineClient, request: TranscribeRequest) -> Iterator[Event]:
        asked.append(request.compute.replicas)
        return real(client, request)

    monkeypatch.setattr(EngineClient, "transcribe", transcribe)
    monkeypatch.setattr(engine_thread, "is_on_battery", gate.exists)
    drop(desk, recordings, 1, blocked(gate))
    desk.until(is_running(desk, 2))
    gate.touch()
    desk.wait("done")
    assert asked == [None, 1]
    assert desk.texts(desk.only().id) == WHOLE


def test_killing_the_engine_at_any_moment_loses_nothing(
    desk: Desk, recordings: Path, gate: Path
) -> None:
    drop(desk, recordings, 3, blocked(gate, 1))
    desk.until(lambda: len(desk.all()) == 3 and len(desk.texts(desk.all()[0].id)) == 1)
    pid = desk.engine.worker_pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    gate.touch()
    desk.wait("done", "done", "done")
    assert all(desk.texts(one.id) == WHOLE for one in desk.all())


def test_closing_while_everything_is_on_its_way_is_quick_and_quiet(
    desk: Desk, recordings: Path, gate: Path
) -> None:
    drop(desk, recordings, 60, blocked(gate))
    desk.until(lambda: bool(desk.all()))
    desk.close()
    desk.open()
    gate.touch()
    desk.until(lambda: bool(desk.all()) and set(desk.statuses_now()) == {"done"})
    assert all(desk.texts(one.id) == WHOLE for one in desk.all())
