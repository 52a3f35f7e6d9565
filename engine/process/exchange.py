"""Carry one request to its end: wait for its reports, but never longer than is sensible."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from engine.errors import Cancelled, EngineCrashed, error_from_code
from engine.events import Completed, Failed
from engine.process.channel import WorkerChannel
from engine.process.heartbeat import SilenceWatch, Verdict
from engine.process.protocol import (
    PROTOCOL_VERSION,
    Cancel,
    Devices,
    PeaksCompleted,
    Ping,
    Probed,
    Ready,
    Report,
    Request,
    Stopped,
    Unloaded,
    Warmed,
)

Answer = TypeVar("Answer")

_LAST_REPORTS = (Completed, Failed, Stopped, Warmed, Probed, PeaksCompleted, Devices, Unloaded)


@dataclass(frozen=True, slots=True)
class ClientTimings:
    """Say how patient a client is; all in seconds."""

    start: float = 60.0
    """From starting a process to its first line."""
    silence: float = 30.0
    """Without a sign of life while a request is in hand, time slept aside."""
    heartbeat: float = 1.0
    """Between two signs of life."""
    cancel: float = 2.0
    """From asking to stop to killing."""
    close: float = 2.0
    """From ending the input to killing."""
    idle_unload: float = 300.0
    """Without work until the worker gives back the memory of the speech model."""
    tick: float = 0.25
    """Between two looks at the above while waiting."""


class Exchange:
    """Hold what one request needs; whatever it raises, the worker is idle or dead afterwards.

    `cancel` and `kill` may be called from any thread, the rest from one.
    """

    def __init__(self, timings: ClientTimings) -> None:
        self._timings = timings
        self._lock = threading.Lock()
        self._channel: WorkerChannel | None = None
        self._cancelled_at: float | None = None
        self._is_killed = False
        self._is_sent = False
        self.is_over = False
        """Nothing more comes for the request."""

    def open(self, channel: WorkerChannel, *, is_new: bool) -> None:
        """Take a process; wait until a new one is ready."""
        with self._lock:
            self._channel = channel
        if is_new:
            self._await_ready(channel)

    def send(self, request: Request) -> None:
        """Send the request; raises `Cancelled` if it was cancelled before that."""
        with self._lock:
            self._is_sent = not self._is_given_up
            if self._is_sent:
                self._running.send(request)
        if self._is_killed:
            self._running.kill()
        if not self._is_sent:
            raise self._cancelled()

    def cancel(self) -> None:
        """Ask the worker to stop; `receive` kills it if that takes too long."""
        with self._lock:
            if self._cancelled_at is None and not self.is_over:
                self._cancelled_at = time.monotonic()
                if self._is_sent:
                    self._running.send(Cancel())

    def kill(self) -> None:
        """End the process at once; `receive` raises `Cancelled`."""
        with self._lock:
            self._is_killed = True
            channel = self._channel
        if channel is not None:
            channel.kill()

    def receive(self) -> Report:
        """Return the next report.

        Raises `EngineCrashed` if the process ends, falls silent or speaks nonsense, `Cancelled`
        when a cancel or kill is through.
        """
        watch = SilenceWatch(self._timings.silence)
        while True:
            report = self._take()
            if isinstance(report, _LAST_REPORTS):
                self.is_over = True
            if isinstance(report, Stopped):
                raise Cancelled
            verdict = watch.judge(self._running.heard_at)
            if not self.is_over:
                self._enforce_cancel(verdict)
            if report is not None:
                return report
            self._act_on(verdict)

    def expect(self, kind: type[Answer]) -> Answer:
        """Return the next report, which is of that kind; raises the error the worker reports."""
        report = self.receive()
        if isinstance(report, kind):
            return report
        if isinstance(report, Failed):
            raise error_from_code(report.code, report.detail)
        raise self.misunderstood(report)

    def misunderstood(self, report: Report) -> EngineCrashed:
        """End the process, because its answer has nothing to do with the request; return why."""
        sentence = f"The process answers something else ({type(report).__name__})."
        return self._end("engine.protocol", sentence)

    def settle(self) -> None:
        """Leave nothing behind of a request that is given up half-way."""
        if self._is_sent and not self.is_over:
            self.cancel()
            with suppress(EngineCrashed, Cancelled):
                while not self.is_over:
                    self.receive()

    @property
    def _running(self) -> WorkerChannel:
        assert self._channel is not None  # nosec B101 - `open` comes first; for mypy
        return self._channel

    @property
    def _is_given_up(self) -> bool:
        return self._is_killed or self._cancelled_at is not None

    def _await_ready(self, channel: WorkerChannel) -> None:
        watch = SilenceWatch(self._timings.start)
        report: Report | None = None
        while report is None:
            report = self._take()
            if self._is_given_up:
                channel.kill()
                raise self._cancelled()
            if watch.judge(channel.heard_at) is Verdict.DEAD:
                raise self._end("engine.unresponsive", "The process does not start.")
        if not isinstance(report, Ready):
            raise self._end("engine.protocol", "The process does not say that it is ready.")
        if report.protocol != PROTOCOL_VERSION:
            sentence = f"It speaks version {report.protocol}, the program {PROTOCOL_VERSION}."
            raise self._end("engine.protocol", sentence)

    def _take(self) -> Report | None:
        try:
            return self._running.receive(self._timings.tick)
        except EngineCrashed as exc:
            self.is_over = True
            if self._is_killed:
                raise Cancelled from exc
            raise

    def _enforce_cancel(self, verdict: Verdict) -> None:
        with self._lock:
            now = time.monotonic()
            if self._cancelled_at is None:
                return
            if verdict is Verdict.ASK:
                self._cancelled_at = now  # time slept does not count
            is_overdue = now - self._cancelled_at > self._timings.cancel
        if is_overdue:
            self._running.kill()
            raise self._cancelled()

    def _act_on(self, verdict: Verdict) -> None:
        if verdict is Verdict.ASK:
            self._running.send(Ping())
        elif verdict is Verdict.DEAD:
            raise self._end("engine.unresponsive", "The process gives no sign of life.")

    def _cancelled(self) -> Cancelled:
        self.is_over = True
        return Cancelled()

    def _end(self, code: str, sentence: str) -> EngineCrashed:
        self.is_over = True
        self._running.kill()
        return self._running.crashed(code, sentence)
