"""Slow work leaves the GUI thread alone, and its result comes back to it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from functools import partial
from types import TracebackType

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.services.background import Background


@pytest.fixture(name="background")
def _background(qtbot: QtBot) -> Iterator[Background]:
    del qtbot
    background = Background(threads=3)
    yield background
    background.close()


def test_work_runs_in_another_thread_and_its_result_arrives_in_this_one(
    qtbot: QtBot, background: Background
) -> None:
    threads: list[int] = []
    background.run(threading.get_ident, lambda ident: threads.extend([ident, _this_thread()]))
    qtbot.waitUntil(lambda: bool(threads))
    assert threads[0] != _this_thread()
    assert threads[1] == _this_thread()


def test_a_failure_arrives_as_the_exception(qtbot: QtBot, background: Background) -> None:
    seen: list[Exception] = []
    background.run(lambda: 1 // 0, lambda _: None, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], ZeroDivisionError) and seen[0].__traceback__ is not None


def test_a_failure_that_nobody_takes_reaches_the_crash_handler(
    qtbot: QtBot, background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[type[BaseException]] = []

    def note(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        del error, trace
        seen.append(kind)

    monkeypatch.setattr(sys, "excepthook", note)
    background.run(lambda: 1 // 0, lambda _: None)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [ZeroDivisionError]


def test_the_result_for_a_deleted_owner_is_dropped(qtbot: QtBot, background: Background) -> None:
    owner, gate = QObject(), threading.Event()
    seen: list[str] = []
    background.run(gate.wait, lambda _: seen.append("of the deleted one"), owner=owner)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not _is_alive(owner))
    gate.set()
    background.run(lambda: None, lambda _: seen.append("of another one"), owner=background)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["of another one"]


def test_much_work_is_done_by_few_threads_in_order_of_arrival(
    qtbot: QtBot, background: Background
) -> None:
    begun: list[int] = []
    done: list[int] = []
    most: list[int] = []

    def work(number: int) -> int:
        begun.append(number)
        most.append(sum(one.name == "background" for one in threading.enumerate()))
        return number

    for number in range(200):
        background.run(partial(work, number), done.append)
    qtbot.waitUntil(lambda: len(done) == 200)
    assert sorted(done) == list(range(200))
    assert begun[0] == 0 and max(most) <= 3 + _others()


def test_one_piece_of_work_that_hangs_holds_up_no_other(
    qtbot: QtBot, background: Background
) -> None:
    gate = threading.Event()
    done: list[int] = []
    background.run(gate.wait, lambda _: None)
    for number in range(20):
        background.run(partial(int, number), done.append)
    qtbot.waitUntil(lambda: len(done) == 20)
    gate.set()


def test_nothing_arrives_after_closing(qtbot: QtBot, background: Background) -> None:
    gate = threading.Event()
    seen: list[object] = []
    background.run(gate.wait, seen.append)
    for _ in range(5):
        background.run(lambda: None, seen.append)
    gate.set()
    background.close()
    background.run(lambda: None, seen.append)
    other = Background()
    arrived: list[object] = []
    other.run(lambda: None, arrived.append)
    qtbot.waitUntil(lambda: bool(arrived))
    assert not seen
    other.close()


def _this_thread() -> int:
    return threading.get_ident()


def _is_alive(owner: QObject) -> bool:
    try:
        owner.objectName()
    except RuntimeError:
        return False
    return True


def _others() -> int:
    """Return how many threads of other tests may still end."""
    return 8
