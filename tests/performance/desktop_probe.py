"""Run the window program once and print what was measured in it, as one line of JSON.

Started by `tests.performance.desktop`, each time as a new process; see there.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer, SignalInstance
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from desktop.app import Program, make_application
from desktop.paths import Paths

Values = dict[str, list[float]]

_PATIENCE_MS = 60_000
_TICK_MS = 5
_FRAMES = 150
_SIZE = (1280, 800)
_SETTLE_SECONDS = 3.0
"""The engine is warmed, models are looked up: what happens once after the start."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=sorted(_PROBES))
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("begun", type=float, help="time.time() just before the process was made")
    parser.add_argument("--queries", nargs="*", default=[])
    parser.add_argument("--recording", type=Path)
    parser.add_argument("--model", default="")
    arguments = parser.parse_args()
    imported = time.time() - arguments.begun
    probe = Probe(arguments)
    measured = _PROBES[arguments.what](probe)
    values = {"imports done": [imported], **measured}
    print(json.dumps({"values": values, "modules": probe.modules}))
    sys.stdout.flush()
    probe.close()
    # Destroying the widgets is no part of what is measured.
    os._exit(0)  # pylint: disable=protected-access


class Probe:
    """The program, with a loop that waits for signals and looks at the clock."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.begun: float = arguments.begun
        self.modules: list[str] = []
        application = make_application()
        paths = Paths.of(arguments.data_dir)
        paths.make()
        self.program = Program(application, paths)
        self.window = self.program.window
        # The screen of the offscreen platform is so small that the list would be in a drawer.
        self.window.resize(*_SIZE)
        self._paints = Paints(self.window.sidebar.tree)

    def close(self) -> None:
        self.program.close()

    def show(self) -> Values:
        """Show the window; return when it and the list of transcripts were painted."""
        tree = self.program.model
        self.program.show()
        wait(self.window.painted)
        values = {
            "window painted": [time.time() - self.begun],
            "processor until then": [time.process_time()],
        }
        self.modules = sorted({name.partition(".")[0] for name in sys.modules})
        until(lambda: self.program.desk is not None)
        if tree.rowCount() == 0:
            until(lambda: tree.rowCount() > 0)
        self._paints.wait()
        values["list painted"] = [time.time() - self.begun]
        return values

    def settle(self) -> None:
        """Let everything happen that follows the start."""
        end = time.monotonic() + _SETTLE_SECONDS
        until(lambda: time.monotonic() > end)

    def open(self, number: int) -> float:
        """Open a transcript; return the seconds until its text was painted."""
        desk = self.program.desk
        assert desk is not None
        view = self.window.document.view
        begun = time.perf_counter()
        desk.document.open(number)
        if desk.document.session is None:
            wait(desk.document.opened)
        Paints(view.page).wait()
        return time.perf_counter() - begun


class Paints(QObject):
    """Count how often the content of an area was painted."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self.count = 0
        area.viewport().installEventFilter(self)
        self._area = area

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # pylint: disable=C0103
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False

    def wait(self) -> None:
        """Return when it is painted the next time."""
        seen = self.count
        self._area.viewport().update()
        until(lambda: self.count > seen)


def wait(signal: SignalInstance, timeout_ms: int = _PATIENCE_MS) -> None:
    """Return when a signal comes."""
    loop = QEventLoop()
    signal.connect(loop.quit)
    _give_up(loop, timeout_ms)
    loop.exec()
    signal.disconnect(loop.quit)


def until(condition: Callable[[], bool], timeout_ms: int = _PATIENCE_MS) -> None:
    """Return when something is so; it is looked at every 10 ms, which costs little."""
    loop = QEventLoop()
    timer = QTimer(loop, interval=10)
    timer.setTimerType(Qt.TimerType.PreciseTimer)

    def look() -> None:
        if condition():
            loop.quit()

    timer.timeout.connect(look)
    timer.start()
    _give_up(loop, timeout_ms)
    loop.exec()
    timer.stop()


def _give_up(loop: QEventLoop, timeout_ms: int) -> None:
    timer = QTimer(loop, singleShot=True, interval=timeout_ms)

    def stop() -> None:
        raise SystemExit("waited for too long")

    timer.timeout.connect(stop)
    timer.start()


@contextmanager
def delays() -> Iterator[list[float]]:
    """Collect by how many seconds a timer of the GUI thread comes too late."""
    found: list[float] = []
    timer = QTimer(interval=_TICK_MS)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    last = time.perf_counter()

    def on_tick() -> None:
        nonlocal last
        now = time.perf_counter()
        found.append(max(0.0, now - last - _TICK_MS / 1000))
        last = now

    timer.timeout.connect(on_tick)
    timer.start()
    yield found
    timer.stop()


def start(probe: Probe) -> Values:
    """Say when the window was painted."""
    probe.program.show()
    wait(probe.window.painted)
    painted = time.time() - probe.begun
    probe.modules = sorted({name.partition(".")[0] for name in sys.modules})
    return {"window painted": [painted], "processor until then": [time.process_time()]}


def library(probe: Probe) -> Values:
    """Say when the list was painted, how it scrolls, and how fast places are found."""
    with delays() as late:
        values = probe.show()
    values["longest hold while the list came"] = [max(late)]
    probe.settle()
    tree = probe.window.sidebar.tree
    values["frame, rolling the list"] = _frames(tree, _rolled)
    values["frame, dragging the scroll bar"] = _frames(tree, _dragged)
    values |= _searched(probe)
    return values


def _frames(area: QAbstractScrollArea, places: Callable[[int, int], Iterator[int]]) -> list[float]:
    """Return the seconds from moving to having painted."""
    scroll = area.verticalScrollBar()
    times = []
    for place in places(scroll.maximum(), area.viewport().height()):
        begun = time.perf_counter()
        scroll.setValue(place)
        QApplication.processEvents()
        times.append(time.perf_counter() - begun)
    return times


def _rolled(_maximum: int, height: int) -> Iterator[int]:
    """Yield the places of a wheel: a third of the height at a time."""
    yield from (number * max(1, height // 3) for number in range(_FRAMES))


def _dragged(maximum: int, _height: int) -> Iterator[int]:
    """Yield places of which no two show the same."""
    yield from (maximum * number // _FRAMES for number in range(_FRAMES, 0, -1))


def _searched(probe: Probe) -> Values:
    found = probe.program.library
    assert found is not None
    values: Values = {}
    for query in probe.arguments.queries:
        times, count = [], 0
        for _ in range(5):
            begun = time.perf_counter()
            count = sum(1 for _ in found.search(query))
            times.append(time.perf_counter() - begun)
        values[f"search “{query}”, {count} hits"] = times
    return values


def transcript(probe: Probe) -> Values:
    """Say how fast the newest transcript (the longest) opens, how late the GUI thread then is."""
    probe.show()
    probe.settle()
    desk = probe.program.desk
    assert desk is not None
    newest = max(summary.id for summary in probe.program.model.contents.summaries())
    opening, late, frames = [], [], []
    for _ in range(3):
        with delays() as found:
            opening.append(probe.open(newest))
            until(lambda: probe.window.document.view.editor.filling.is_filled)
        late += found
        desk.document.close()
        probe.settle()
    probe.open(newest)
    until(lambda: probe.window.document.view.editor.filling.is_filled)
    for places in (_rolled, _dragged):
        frames.append(_frames(probe.window.document.view.page, places))
    return {
        "text can be read": opening,
        "delay of the GUI thread until it is all there": late,
        "frame, rolling the text": frames[0],
        "frame, dragging the scroll bar": frames[1],
    }


def job(probe: Probe) -> Values:
    """Say how late the GUI thread is while a recording is transcribed and its text is shown."""
    probe.program.show()
    wait(probe.window.painted)
    until(lambda: probe.program.desk is not None)
    probe.settle()
    desk, settings = probe.program.desk, probe.program.settings
    assert desk is not None
    with delays() as idle:
        probe.settle()
    profile = replace(settings.current.profile, model=probe.arguments.model)
    desk.services.queue.add([probe.arguments.recording], profile, repeat_known=True)
    with delays() as late:
        wait(desk.services.queue.running_changed)
        running = desk.services.queue.running
        assert running is not None
        desk.document.open(running)
        wait(desk.services.queue.idle, 10 * _PATIENCE_MS)
    rows = len(probe.window.document.view.editor.rows)
    summary = probe.program.model.contents.summary(running)
    said = f"{rows} paragraphs, {summary.status if summary else 'gone'}"
    print(f"the job: {said}", file=sys.stderr)
    if probe.program.library is not None:
        probe.program.library.delete_for_good([running]).result()
    return {"delay without a job": idle, "delay while a job runs": late}


def memory(probe: Probe) -> Values:
    """Say how much memory the process has; MB."""
    values: Values = {}
    probe.show()
    probe.settle()
    values["the list is shown"] = [_resident()]
    _searched(probe)
    values["after searching"] = [_resident()]
    newest = max(summary.id for summary in probe.program.model.contents.summaries())
    probe.open(newest)
    until(lambda: probe.window.document.view.editor.filling.is_filled)
    values["the long transcript is open"] = [_resident()]
    assert probe.program.desk is not None
    probe.program.desk.document.close()
    probe.settle()
    gc.collect()
    values["it is closed again"] = [_resident()]
    return values


def _resident() -> float:
    import psutil  # pylint: disable=import-outside-toplevel  # the program decides when it comes

    return float(psutil.Process().memory_info().rss / 1e6)


_PROBES: dict[str, Callable[[Probe], Values]] = {
    "start": start,
    "library": library,
    "transcript": transcript,
    "job": job,
    "memory": memory,
}


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that so many of them (0 to 1) do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    main()
