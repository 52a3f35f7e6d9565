"""One program uses a data directory; a later start hands its files over, whatever happened."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from desktop.single_instance import HandOver, Outcome, SingleInstance
from engine.errors import LibraryError
from tests.conftest import ROOT

SECOND = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop.single_instance import SingleInstance
application = QCoreApplication([])
instance = SingleInstance(Path(sys.argv[1]))
if not instance.acquire():
    files = [Path(name) for name in json.loads(sys.argv[2])]
    hand_over = instance.hand_over(files)
    hand_over.ended.connect(application.quit)
    hand_over.begin()
    application.exec()
    print(hand_over.outcome.value, flush=True)
else:
    print("first", flush=True)
    sys.stdin.readline()  # busy until then: nothing is heard
    instance.files_received.connect(lambda files: print(*files, flush=True))
    application.exec()
"""


def _start(lock: Path, *files: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SECOND, str(lock), json.dumps(files)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _says(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.fixture(name="lock")
def _lock(tmp_path: Path) -> Path:
    # Longer than the path of a socket may be.
    folder = tmp_path / ("long 日本 " + "x" * 120)
    folder.mkdir()
    return folder / "instance.lock"


@pytest.fixture(name="first")
def _first(lock: Path, qapp: object) -> Iterator[SingleInstance]:
    del qapp
    instance = SingleInstance(lock)
    assert instance.acquire()
    yield instance
    instance.release()


def test_a_second_start_hands_its_files_over(
    first: SingleInstance, lock: Path, qtbot: QtBot
) -> None:
    names = ["/a talk.mp3", "/Łódź 🎙.wav", os.fsdecode(b"/no unicode \xff.ogg")]
    with qtbot.waitSignal(first.files_received, timeout=20_000) as received:
        second = _start(lock, *names)
    assert received.args == [tuple(map(Path, names))]
    with second:
        assert _says(second) == "taken"


def test_a_second_start_without_files_wants_the_window(
    first: SingleInstance, lock: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(first.files_received, timeout=20_000) as received:
        second = _start(lock)
    assert received.args == [()]
    with second:
        assert _says(second) == "taken"


def test_five_hundred_files_at_once_arrive_whole(
    first: SingleInstance, lock: Path, qtbot: QtBot
) -> None:
    names = [f"/{'long name ' * 20}{number}.mp3" for number in range(500)]
    with qtbot.waitSignal(first.files_received, timeout=20_000) as received:
        second = _start(lock, *names)
    assert received.args is not None and len(received.args[0]) == 500
    with second:
        assert _says(second) == "taken"


def test_a_killed_program_leaves_the_way_free(lock: Path, qapp: object) -> None:
    del qapp
    with _start(lock) as killed:
        assert _says(killed) == "first"
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait()
    socket = Path(json.loads(lock.read_text(encoding="utf-8"))["server"])
    assert socket.exists() or sys.platform == "win32"
    after = SingleInstance(lock)
    assert after.acquire()
    assert not socket.exists()
    after.release()


def test_after_a_release_the_next_may_start(
    first: SingleInstance, lock: Path, qapp: object
) -> None:
    del qapp
    second = SingleInstance(lock)
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


@pytest.fixture(name="busy")
def _busy(lock: Path) -> Iterator[subprocess.Popen[str]]:
    """Give a program that holds the lock and does not listen until it gets a line."""
    with _start(lock) as process:
        assert _says(process) == "first"
        yield process
        process.kill()


@pytest.fixture(name="waiting")
def _waiting(
    busy: subprocess.Popen[str], lock: Path, qapp: object, qtbot: QtBot
) -> Iterator[HandOver]:
    """Give a handing over to the busy program that is through but for the answer."""
    assert busy.poll() is None and qapp
    instance = SingleInstance(lock)
    assert not instance.acquire()
    hand_over = instance.hand_over([Path("/a.mp3"), Path("/b.mp3")])
    hand_over.begin()
    qtbot.waitUntil(lambda: hand_over.is_delivered, timeout=20_000)
    yield hand_over
    instance.release()


def test_a_program_that_is_busy_gets_the_files_once_when_it_answers(
    waiting: HandOver, busy: subprocess.Popen[str], qtbot: QtBot
) -> None:
    for _ in range(5):  # it is looked for again and again meanwhile
        waiting._look()
    assert waiting.outcome is None and busy.stdin is not None
    with qtbot.waitSignal(waiting.ended, timeout=20_000):
        busy.stdin.write("\n")
        busy.stdin.flush()
    assert waiting.outcome is Outcome.TAKEN
    assert _says(busy) == "/a.mp3 /b.mp3"
    busy.kill()
    assert _says(busy) == ""


def test_a_program_that_ends_without_an_answer_leaves_its_place(
    waiting: HandOver, busy: subprocess.Popen[str], lock: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(waiting.ended, timeout=20_000):
        busy.kill()
    assert waiting.outcome is Outcome.OURS
    assert not SingleInstance(lock, waiting).acquire()


def test_people_can_stop_waiting(waiting: HandOver, qtbot: QtBot) -> None:
    with qtbot.waitSignal(waiting.ended):
        waiting.give_up()
    assert waiting.outcome is Outcome.GIVEN_UP
    with qtbot.assertNotEmitted(waiting.ended):
        waiting.give_up()


@pytest.mark.parametrize("line", [b"nonsense\n", b"[]\n", b'{"token": "guessed", "files": []}\n'])
def test_strangers_are_not_heard(
    first: SingleInstance, lock: Path, qtbot: QtBot, line: bytes
) -> None:
    heard: list[object] = []
    first.files_received.connect(heard.append)
    socket = QLocalSocket()
    socket.connectToServer(json.loads(lock.read_text(encoding="utf-8"))["server"])
    with qtbot.waitSignal(socket.disconnected, timeout=20_000):
        socket.write(line)
        socket.flush()
    assert not heard


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_only_the_owner_may_read_where_to_meet(first: SingleInstance, lock: Path) -> None:
    assert first is not None
    assert lock.stat().st_mode & 0o077 == 0


def test_a_lock_that_cannot_be_made_is_an_error_of_the_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as caught:
        SingleInstance(tmp_path / "missing" / "instance.lock").acquire()
    assert caught.value.code == "library.read_only"
