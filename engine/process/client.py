"""Drive a worker process: start it, send it a job, iterate the typed events, stop it."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TypeVar, get_args

from engine.device_report import DeviceReport
from engine.errors import Cancelled, error_from_code
from engine.events import Event, Failed
from engine.media_info import MediaInfo
from engine.options import ComputeOptions
from engine.process.channel import WorkerChannel, worker_command
from engine.process.exchange import ClientTimings, Exchange
from engine.process.protocol import (
    Devices,
    DevicesRequest,
    Peaks,
    PeaksCompleted,
    PeaksRequest,
    Probed,
    ProbeRequest,
    Request,
    Role,
    TranscribeRequest,
    Unload,
    Unloaded,
    Warm,
    Warmed,
)

__all__ = ["ClientTimings", "EngineClient"]

Answer = TypeVar("Answer")


class EngineClient:
    """Own a worker process that starts with the first request and stays warm between requests.

    Use it from one thread; `cancel`, `kill` and `retire` may be called from any. After a crash, a
    kill or a cancel the next request starts another process if need be.
    """

    def __init__(
        self,
        role: Role = Role.ENGINE,
        *,
        command: Sequence[str] | None = None,
        timings: ClientTimings = ClientTimings(),
    ) -> None:
        """Start the worker by `command`, to which role and timings are appended."""
        self._timings = timings
        self._command = [
            *(worker_command() if command is None else command),
            *("--role", role.value),
            *("--heartbeat", str(timings.heartbeat)),
            *("--idle-unload", str(timings.idle_unload)),
        ]
        self._lock = threading.Lock()
        self._channel: WorkerChannel | None = None
        self._current: Exchange | None = None
        self._is_retired = False

    def __enter__(self) -> EngineClient:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """Return the number of the worker process; None if none runs."""
        channel = self._channel
        return None if channel is None or channel.has_ended else channel.pid

    @property
    def stderr_tail(self) -> str:
        """Return the end of what the worker, or the last one, wrote to stderr."""
        return "" if self._channel is None else self._channel.stderr_tail

    def transcribe(self, request: TranscribeRequest) -> Generator[Event, None, None]:
        """Yield the events of a job, the last one being `Completed` or `Failed`.

        Raises `EngineCrashed` if the process dies, falls silent or speaks nonsense, `Cancelled`
        after `cancel` or `kill`. Leaving the iterator early cancels the job.
        """
        with self._exchange(request) as exchange:
            while not exchange.is_over:
                report = exchange.receive()
                if not isinstance(report, get_args(Event)):
                    raise exchange.misunderstood(report)
                yield report

    def warm(self, model: str, compute: ComputeOptions) -> Warmed:
        """Load the speech model of a folder now.

        Raises `ModelError` and `DeviceError`, and like `transcribe`.
        """
        return self._ask(Warm(model, compute), Warmed)

    def probe(self, path: Path) -> MediaInfo:
        """Return what a media file is; raises `MediaError`, and like `transcribe`."""
        return self._ask(ProbeRequest(str(path)), Probed).info

    def peaks(self, path: Path, track: int, per_second: int) -> Iterator[tuple[int, ...]]:
        """Yield the outline of an audio track in pieces, each lowest, highest, lowest, highest, …

        Numbers of -127 to 127, a pair for every 1/`per_second` s. Raises like `probe`, after the
        outline of what could be read.
        """
        with self._exchange(PeaksRequest(str(path), track, per_second)) as exchange:
            while isinstance(report := exchange.receive(), Peaks):
                yield report.values
            if isinstance(report, Failed):
                raise error_from_code(report.code, report.detail)
            if not isinstance(report, PeaksCompleted):
                raise exchange.misunderstood(report)

    def devices(self) -> tuple[DeviceReport, ...]:
        """Return what the devices of this computer can really run; raises like `transcribe`."""
        return self._ask(DevicesRequest(), Devices).devices

    def unload(self) -> None:
        """Let the worker give back the memory of the speech model; raises like `transcribe`."""
        if self.pid is not None:
            self._ask(Unload(), Unloaded)

    def cancel(self) -> None:
        """Stop the request in hand, if there is one: ask first, kill if that takes too long."""
        with self._lock:
            if self._current is not None:
                self._current.cancel()

    def kill(self) -> None:
        """End the process at once; the request in hand raises `Cancelled`."""
        with self._lock:
            exchange, channel = self._current, self._channel
        if exchange is not None:
            exchange.kill()
        elif channel is not None:
            channel.kill()

    def retire(self) -> None:
        """End the process at once and start no other: every later request raises `Cancelled`."""
        with self._lock:
            self._is_retired = True
        self.kill()

    def close(self) -> None:
        """End the process; the next request starts another one."""
        if self._channel is not None:
            self._channel.close(self._timings.close)

    def _ask(self, request: Request, kind: type[Answer]) -> Answer:
        with self._exchange(request) as exchange:
            return exchange.expect(kind)

    @contextmanager
    def _exchange(self, request: Request) -> Iterator[Exchange]:
        exchange = Exchange(self._timings)
        with self._lock:
            if self._current is not None:
                raise RuntimeError("a request is in hand already")
            if self._is_retired:
                raise Cancelled
            self._current = exchange
        try:
            self._open(exchange)
            exchange.send(request)
            yield exchange
        finally:
            exchange.settle()
            with self._lock:
                self._current = None

    def _open(self, exchange: Exchange) -> None:
        channel = self._channel
        is_new = channel is None or channel.has_ended
        if channel is not None and is_new:
            channel.kill()
        if channel is None or is_new:
            self._channel = channel = WorkerChannel(self._command)
        exchange.open(channel, is_new=is_new)
