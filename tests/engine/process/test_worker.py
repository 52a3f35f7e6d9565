"""The worker speaks the protocol on its standard streams, whoever its program is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from engine import __version__
from engine.events import Completed, Failed, Progress
from engine.options import ComputeOptions
from engine.process.channel import worker_command
from engine.process.protocol import (
    PROTOCOL_VERSION,
    Cancel,
    DevicesRequest,
    Heartbeat,
    Ping,
    Ready,
    Report,
    Request,
    Role,
    Stopped,
    Warm,
    Warmed,
    decode_report,
    encode_request,
)
from tests.fakes.engine_backend import BACKEND, job


class Talk:
    """Talk to a worker line by line."""

    def __init__(self, *options: str) -> None:
        self.process = subprocess.Popen(
            [*worker_command(), "--heartbeat", "0.02", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def say(self, *requests: Request) -> None:
        """Send requests."""
        self.write(b"".join(encode_request(request) for request in requests))

    def write(self, data: bytes) -> None:
        """Send bytes."""
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def hear(self) -> Report:
        """Return the next report."""
        assert self.process.stdout is not None
        return decode_report(self.process.stdout.readline())

    def hear_but_beats(self) -> Report:
        """Return the next report that is no sign of life."""
        while isinstance(report := self.hear(), Heartbeat):
            pass
        return report

    def end(self) -> tuple[int, bytes]:
        """End its input; return its exit code and log."""
        log = self.process.communicate(timeout=60)[1]
        return self.process.returncode, log


@pytest.fixture(name="talks")
def _talks() -> Iterator[list[Talk]]:
    """Leave no worker behind."""
    made: list[Talk] = []
    yield made
    for talk in made:
        talk.process.kill()
        talk.process.communicate()


@pytest.fixture(name="talk")
def _talk(talks: list[Talk]) -> Talk:
    """Return a worker with the fake backend that has said that it is ready."""
    talks.append(Talk("--backend", BACKEND))
    assert isinstance(talks[0].hear(), Ready)
    return talks[0]


def test_the_first_line_tells_the_version_of_the_protocol(talks: list[Talk]) -> None:
    talks.append(Talk("--role", "media"))
    pid = talks[0].process.pid
    assert talks[0].hear() == Ready(PROTOCOL_VERSION, __version__, Role.MEDIA, pid)


def test_a_worker_is_ready_before_it_loads_any_ml_library(talks: list[Talk]) -> None:
    talks.append(Talk())
    talks[0].hear()
    mapped = {entry.path for entry in psutil.Process(talks[0].process.pid).memory_maps()}
    for name in ("ctranslate2", "onnxruntime", "numpy", "/av/", "av.libs"):
        assert not [path for path in mapped if name in path]


def test_the_end_of_its_input_ends_the_worker(talk: Talk) -> None:
    assert talk.end() == (0, b"")


def test_a_ping_is_answered_though_the_worker_is_busy(talk: Talk) -> None:
    talk.say(Ping())
    assert talk.hear() == Heartbeat()
    talk.say(job("0:until_cancelled"), Ping())
    assert talk.hear_but_beats()
    for _ in range(3):
        assert talk.hear() == Heartbeat()
    talk.say(Cancel())
    assert talk.hear_but_beats() == Stopped()


def test_a_cancel_counts_for_the_last_request_even_before_it_begins(talk: Talk) -> None:
    talk.say(Cancel(), job("0:until_cancelled"), Cancel())
    while not isinstance(report := talk.hear(), Stopped):
        assert not isinstance(report, Progress)
    talk.say(Cancel(), job())
    while not isinstance(report := talk.hear(), Completed):
        assert not isinstance(report, Stopped)


def test_a_line_that_is_no_request_is_answered_and_the_next_one_served(talk: Talk) -> None:
    talk.write(b"\xffnonsense\n")
    report = talk.hear_but_beats()
    assert isinstance(report, Failed) and report.code == "engine.protocol"
    talk.say(Warm("m", ComputeOptions()))
    assert isinstance(talk.hear_but_beats(), Warmed)


def test_a_worker_whose_reports_nobody_reads_ends(talk: Talk) -> None:
    assert talk.process.stdout is not None
    talk.process.stdout.close()
    talk.say(DevicesRequest())
    assert talk.process.wait(60) == 0


def test_a_worker_does_not_mind_an_interrupt_from_the_terminal(talk: Talk) -> None:
    talk.process.send_signal(signal.SIGINT)
    talk.say(DevicesRequest())
    assert talk.hear_but_beats()


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--backend", "nothing:Here"], 70, b"ModuleNotFoundError"),
        (["--role", "chief"], 2, b"chief"),
    ],
)
def test_a_worker_that_cannot_serve_says_why(
    talks: list[Talk], options: list[str], code: int, words: bytes
) -> None:
    talks.append(Talk(*options))
    ended, log = talks[0].end()
    assert ended == code and words in log


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_children_of_the_worker_get_neither_end_of_the_channel(talk: Talk) -> None:
    link = f"/proc/{talk.process.pid}/fd"
    assert os.readlink(f"{link}/0") == os.devnull
    assert os.readlink(f"{link}/1") == os.readlink(f"{link}/2")
