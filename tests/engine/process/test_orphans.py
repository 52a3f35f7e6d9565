"""No worker outlives its program, and none dies because a computer slept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.engine.process.conftest import ROOT

SILENCE = 3.0
"""Short, but long enough for a busy computer."""


class Driver:
    """Be a program with a client in a process of its own."""

    def __init__(self, silence: str, *actions: str) -> None:
        script = ROOT / "tests" / "fakes" / "client_driver.py"
        self.process = subprocess.Popen(
            [sys.executable, str(script), silence, *actions], stdout=subprocess.PIPE, text=True
        )
        self.worker = int(self.line())

    def line(self) -> str:
        """Return the next line it prints."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def rest(self) -> list[str]:
        """Return what it prints until it ends."""
        return self.process.communicate(timeout=120)[0].splitlines()


@pytest.fixture(name="drivers")
def _drivers() -> Iterator[list[Driver]]:
    """Leave no process behind."""
    made: list[Driver] = []
    yield made
    for driver in made:
        for pid in (driver.process.pid, driver.worker):
            if psutil.pid_exists(pid):
                os.kill(pid, signal.SIGKILL)
        driver.process.communicate()


def until_progress(driver: Driver) -> None:
    """Wait until the first block is decoded."""
    while driver.line() != "progress":
        pass


@pytest.mark.parametrize("action", ["1:deaf", "1:until_cancelled"])
def test_killing_the_program_ends_its_worker_at_once(drivers: list[Driver], action: str) -> None:
    driver = Driver("default", action)
    drivers.append(driver)
    until_progress(driver)
    worker = psutil.Process(driver.worker)
    driver.process.kill()
    psutil.wait_procs([worker], timeout=20)
    assert not worker.is_running()


def sleep_through(drivers: list[Driver], silence: str, seconds: float, release: Path) -> list[str]:
    """Stop program and worker in mid-job for a while; return how the job goes on."""
    driver = Driver(silence, f"1:until={release}")
    drivers.append(driver)
    until_progress(driver)
    both = (driver.process.pid, driver.worker)
    for pid in both:
        os.kill(pid, signal.SIGSTOP)
    threading.Event().wait(seconds)
    for pid in both:
        os.kill(pid, signal.SIGCONT)
    # The program looks at its worker several times before the job goes on.
    threading.Event().wait(1.0)
    release.touch()
    lines = driver.rest()
    assert lines[-1] == f"done {driver.worker}"
    return lines


BLOCK = ["segment_decoded", "block_completed", "progress"]


def test_after_a_sleep_of_both_nothing_is_killed_and_nothing_lost(
    drivers: list[Driver], tmp_path: Path
) -> None:
    lines = sleep_through(drivers, str(SILENCE), SILENCE + 1.5, tmp_path / "release")
    assert lines[:-1] == [*BLOCK, *BLOCK, *BLOCK, "completed"]


@pytest.mark.extended
def test_after_a_minute_of_sleep_nothing_is_killed_and_nothing_lost(
    drivers: list[Driver], tmp_path: Path
) -> None:
    lines = sleep_through(drivers, "default", 60, tmp_path / "release")
    assert lines[:-1] == [*BLOCK, *BLOCK, *BLOCK, "completed"]


def test_a_worker_that_wakes_up_later_than_its_program_is_asked_again(
    drivers: list[Driver], tmp_path: Path
) -> None:
    release = tmp_path / "release"
    driver = Driver(str(SILENCE), f"1:until={release}")
    drivers.append(driver)
    until_progress(driver)
    os.kill(driver.worker, signal.SIGSTOP)
    os.kill(driver.process.pid, signal.SIGSTOP)
    threading.Event().wait(SILENCE + 0.5)
    os.kill(driver.process.pid, signal.SIGCONT)
    threading.Event().wait(SILENCE / 2)
    os.kill(driver.worker, signal.SIGCONT)
    release.touch()
    assert driver.rest()[-1] == f"done {driver.worker}"


def test_a_worker_that_stands_still_while_its_program_runs_is_given_up(
    drivers: list[Driver],
) -> None:
    driver = Driver("1", "1:until_cancelled")
    drivers.append(driver)
    until_progress(driver)
    os.kill(driver.worker, signal.SIGSTOP)
    assert driver.rest() == ["engine.unresponsive"]
    assert not psutil.pid_exists(driver.worker)
