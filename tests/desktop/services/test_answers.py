"""Answers of the store thread come in the GUI thread, and nothing of Qt is touched elsewhere."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import Future

from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from desktop.services.answers import Answers, answers
from desktop.services.writes import Writes
from engine.errors import LibraryError
from tests.conftest import ROOT

_QUITTING = """
from PySide6.QtCore import QCoreApplication, QTimer
from desktop.services.answers import answers

application = QCoreApplication([])
first = answers()
QTimer.singleShot(0, application.quit)
application.exec()
raise SystemExit(0 if first.is_over else "it goes on")
"""


class _Kept:
    """Tell in which thread it is let go."""

    def __init__(self, threads: list[threading.Thread]) -> None:
        self._threads = threads

    def __del__(self) -> None:
        self._threads.append(threading.current_thread())


def _fail_elsewhere(future: Future[None], code: str) -> None:
    thread = threading.Thread(target=future.set_exception, args=(LibraryError(code),))
    thread.start()
    thread.join()


def test_a_failure_is_told_in_the_gui_thread(qtbot: QtBot) -> None:
    writes = Writes()
    future: Future[None] = Future()
    writes.follow(future)
    with qtbot.waitSignal(writes.failed) as told:
        _fail_elsewhere(future, "library.disk_full")
    assert told.args == ["library.disk_full"]


def test_whoever_asked_may_be_gone(qapp: QCoreApplication) -> None:
    writes, future = Writes(), Future[None]()
    called: list[None] = []
    writes.follow(future, called.append)
    writes.deleteLater()
    QCoreApplication.sendPostedEvents(writes, QEvent.Type.DeferredDelete)
    _fail_elsewhere(future, "library.disk_full")
    qapp.processEvents()
    assert not called


def test_what_was_to_be_called_is_let_go_in_the_gui_thread(qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    writes, release = Writes(), threading.Event()
    called: list[None] = []
    asked: list[Future[None]] = [Future()]

    def answer() -> None:
        future = asked.pop()
        future.set_result(None)
        release.wait(30)
        del future  # the last one who has it

    def done(_result: None, _kept: _Kept = _Kept(threads)) -> None:
        called.append(_result)

    writes.follow(asked[0], done)
    del done
    answering = threading.Thread(target=answer)
    answering.start()
    qtbot.waitUntil(lambda: bool(called))
    release.set()
    answering.join()
    assert threads == [threading.main_thread()]


def test_nobody_is_called_once_the_application_quits(qapp: QCoreApplication) -> None:
    ended, called = Answers(qapp), list[BaseException | None]()
    future: Future[None] = Future()
    ended.follow(future, called.append)
    ended.end()
    _fail_elsewhere(future, "library.disk_full")
    qapp.processEvents()
    assert not called
    ended.deleteLater()


def test_the_shared_one_begins_again_after_the_end(qapp: QCoreApplication) -> None:
    assert qapp
    first = answers()
    assert answers() is first
    first.end()
    assert answers() is not first and not answers().is_over


def test_quitting_ends_it() -> None:
    # Else the store thread may emit while Qt destroys it: a crash in every other end of a program
    # with thousands of answers to come.
    done = subprocess.run(
        [sys.executable, "-c", _QUITTING], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
