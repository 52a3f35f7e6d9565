"""Garbage is collected in the GUI thread, and nowhere else."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.garbage import GarbageCollector


class _Knot:
    """Hold itself, and note the thread in which it goes."""

    def __init__(self, threads: list[str]) -> None:
        self.itself = self
        self._threads = threads

    def __del__(self) -> None:
        self._threads.append(threading.current_thread().name)


@pytest.fixture(name="collector")
def _collector(qtbot: QtBot) -> Iterator[GarbageCollector]:
    assert qtbot
    was_enabled = gc.isenabled()
    collector = GarbageCollector()
    yield collector
    collector.close()
    collector.deleteLater()
    if not was_enabled:
        gc.disable()


def test_other_threads_leave_garbage_alone(collector: GarbageCollector, qtbot: QtBot) -> None:
    threads: list[str] = []

    def work() -> None:
        for _ in range(2000):
            _Knot(threads)

    thread = threading.Thread(target=work, name="worker")
    thread.start()
    thread.join()
    assert not threads
    qtbot.waitUntil(lambda: len(threads) == 2000)
    assert set(threads) == {threading.current_thread().name}
    assert not gc.isenabled()
    assert collector.parent() is None


def test_nothing_is_collected_while_nothing_is_due(collector: GarbageCollector) -> None:
    gc.collect()
    knot = _Knot([])
    remembered = weakref.ref(knot)
    del knot
    collector.collect_due()
    assert remembered() is not None


def test_python_collects_again_when_it_is_closed(collector: GarbageCollector) -> None:
    collector.close()
    assert gc.isenabled()


def test_what_is_kept_is_not_looked_at_until_it_is_kept_no_longer(
    collector: GarbageCollector,
) -> None:
    knot = _Knot([])
    remembered = weakref.ref(knot)
    collector.keep_all()
    del knot
    gc.collect()
    assert remembered() is not None
    collector.keep_none()
    gc.collect()
    assert remembered() is None
