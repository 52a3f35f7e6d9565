"""Whatever a worker process does, the client says what happened, and never waits for ever."""

from __future__ import annotations

import os
import signal
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import Cancelled, EngineCrashed
from engine.events import Completed, Progress
from engine.process.client import EngineClient
from tests.engine.process.conftest import QUICK, RawClient
from tests.fakes.engine_backend import job

IMPATIENT = replace(QUICK, silence=0.5)


def crash_of(client: EngineClient, *actions: str) -> EngineCrashed:
    """Return how a job ends."""
    with pytest.raises(EngineCrashed) as caught:
        list(client.transcribe(job(*actions)))
    assert client.pid is None
    return caught.value


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("signal=SIGKILL", "was killed, perhaps because the memory ran out (SIGKILL)"),
        ("signal=SIGSEGV", "invalid memory access) (SIGSEGV)"),
        ("signal=SIGABRT", "was aborted by a library (SIGABRT)"),
        ("exit=3", "was aborted by a library (exit code 3).\nlast words"),
    ],
)
def test_a_death_in_mid_job_is_told_with_signal_and_log_tail(
    client: EngineClient, action: str, words: str
) -> None:
    seen = []
    with pytest.raises(EngineCrashed) as caught:
        for event in client.transcribe(job(f"2:{action}")):
            seen.append(event)
    assert caught.value.code == "engine.crashed" and words in caught.value.detail
    assert sum(isinstance(event, Progress) for event in seen) == 2, "nothing decoded is lost"
    assert client.pid is None
    assert isinstance(list(client.transcribe(job()))[-1], Completed), "the next job works"


@pytest.mark.parametrize(
    ("mode", "code", "words"),
    [
        ("garbage", "engine.protocol", "is not JSON"),
        ("garbage_flood", "engine.protocol", "is not JSON"),
        ("unknown_type", "engine.protocol", "unknown type"),
        ("wrong_answer", "engine.protocol", "something else (Unloaded)"),
        ("ready_again", "engine.protocol", "something else (Ready)"),
        ("half_line", "engine.crashed", "exit code 5"),
        ("closed_channel", "engine.crashed", "closed its channel"),
        ("dies_at_start", "engine.crashed", "exit code 1).\ncannot load libfoo.so"),
        ("other_version", "engine.protocol", "version 999, the program 1"),
        ("old_ready", "engine.protocol", "ready.protocol is missing"),
        ("not_ready", "engine.protocol", "does not say that it is ready"),
    ],
)
def test_a_worker_that_misbehaves_is_ended_with_the_reason(
    raw_client: RawClient, mode: str, code: str, words: str
) -> None:
    error = crash_of(raw_client(mode))
    assert error.code == code and words in error.detail


def test_a_worker_that_hangs_at_the_start_is_ended(raw_client: RawClient) -> None:
    error = crash_of(raw_client("silent_at_start", replace(QUICK, start=0.5)))
    assert error.code == "engine.unresponsive"


@pytest.mark.parametrize("mode", ["hangs", "never_reads"])
def test_a_worker_that_falls_silent_is_ended(raw_client: RawClient, mode: str) -> None:
    error = crash_of(raw_client(mode, IMPATIENT))
    assert error.code == "engine.unresponsive"


def test_a_request_larger_than_the_pipe_does_not_block(raw_client: RawClient) -> None:
    error = crash_of(raw_client("never_reads", IMPATIENT), "0:" + "x" * 1_000_000)
    assert error.code == "engine.unresponsive"


def test_a_cancel_gets_through_a_flood_of_valid_events(raw_client: RawClient) -> None:
    client = raw_client("valid_flood")
    with pytest.raises(Cancelled):
        for number, _ in enumerate(client.transcribe(job())):
            if number == 5000:
                client.cancel()
    assert client.pid is None


def test_a_cancel_gets_through_a_flood_of_heartbeats(raw_client: RawClient) -> None:
    client = raw_client("beat_flood", replace(QUICK, cancel=0.1))
    _cancel_soon(client)
    with pytest.raises(Cancelled):
        list(client.transcribe(job()))
    assert client.pid is None


def test_a_cancel_ends_a_start_that_takes_too_long(raw_client: RawClient) -> None:
    client = raw_client("silent_at_start")
    _cancel_soon(client)
    with pytest.raises(Cancelled):
        list(client.transcribe(job()))
    assert client.pid is None


def test_a_full_log_pipe_does_not_block(raw_client: RawClient) -> None:
    client = raw_client("stderr_flood")
    assert client.devices() == ()
    client.kill()
    assert len(client.stderr_tail) == 65_536


def test_a_wrong_single_answer_is_a_matter_of_the_protocol(raw_client: RawClient) -> None:
    client = raw_client("wrong_answer")
    with pytest.raises(EngineCrashed) as caught:
        client.probe(Path("a.wav"))
    assert caught.value.code == "engine.protocol"
    with pytest.raises(EngineCrashed) as caught:
        list(client.peaks(Path("a.wav"), 0, 10))
    assert caught.value.code == "engine.protocol"


def test_a_worker_that_died_while_idle_is_replaced_without_a_word(client: EngineClient) -> None:
    list(client.transcribe(job()))
    first = client.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    while client.pid is not None:
        threading.Event().wait(0.01)
    assert isinstance(list(client.transcribe(job()))[-1], Completed)
    assert client.pid != first


def test_a_program_that_is_not_there_cannot_start(tmp_path: Path) -> None:
    client = EngineClient(command=[str(tmp_path / "nothing")])
    error = crash_of(client)
    assert error.code == "engine.crashed" and "could not start" in error.detail


def test_a_worker_that_ignores_the_end_of_its_input_is_killed(raw_client: RawClient) -> None:
    client = raw_client("stderr_flood", replace(QUICK, close=0.1))
    client.devices()
    client.close()
    assert client.pid is None


def _cancel_soon(client: EngineClient) -> None:
    """Cancel from another thread as soon as a process was started."""

    def cancel() -> None:
        while (
            client._current is None or client._channel is None
        ):  # pylint: disable=protected-access
            threading.Event().wait(0.01)
        client.cancel()

    threading.Thread(target=cancel, daemon=True).start()
