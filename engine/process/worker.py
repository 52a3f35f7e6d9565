"""Serve requests from stdin until it ends: `python -m engine.process.worker`.

Reports go to what was standard output at the start; whatever a library prints goes to stderr.
"""

from __future__ import annotations

import argparse
import faulthandler
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NoReturn, assert_never

from engine import __version__, network
from engine.errors import Cancelled, EngineCrashed, TranscriberError
from engine.events import Failed
from engine.process.backend_seam import RECOGNITION, Backend, load_backend
from engine.process.guest import awake, inhibitor_of, lower_priority
from engine.process.heartbeat import Heart
from engine.process.keep_heap import keep_heap
from engine.process.mailbox import Mailbox
from engine.process.protocol import (
    PROTOCOL_VERSION,
    Cancel,
    Devices,
    DevicesRequest,
    Heartbeat,
    Peaks,
    PeaksCompleted,
    PeaksRequest,
    Ping,
    Probed,
    ProbeRequest,
    Ready,
    Report,
    Request,
    Role,
    Stopped,
    TranscribeRequest,
    Unload,
    Unloaded,
    Warm,
    Warmed,
    decode_request,
    encode_report,
)
from engine.process.transcription import run_transcription
from engine.process.warm_model import WarmModel

logger = logging.getLogger(__name__)

_EXIT_BUG = 70  # EX_SOFTWARE of sysexits.h
_PENDING_JOBS = 1000
_DETAIL_CHARACTERS = 300

Work = TranscribeRequest | Warm | ProbeRequest | PeaksRequest | DevicesRequest | Unload


@dataclass(frozen=True, slots=True)
class _Job:
    work: Work | EngineCrashed
    """What to do, or why the line could not be understood."""
    is_cancelled: threading.Event = field(default_factory=threading.Event)


class Outlet:
    """Write reports to the channel, from any thread, a whole line at a time."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()

    def send(self, report: Report) -> None:
        """Write one report; end the process if nobody reads any more."""
        line = memoryview(encode_report(report))
        try:
            with self._lock:
                while line:
                    line = line[os.write(self._descriptor, line) :]
        except OSError:
            os._exit(0)


class Worker:
    """Take requests in one thread, do them one after another in the main thread."""

    def __init__(
        self, role: Role, backend: Backend, outlet: Outlet, heart: Heart, idle_unload: float
    ) -> None:
        self._role = role
        self._backend = backend
        self._outlet = outlet
        self._heart = heart
        self._idle_unload = idle_unload
        self._warm_model = WarmModel(backend)
        self._jobs: Mailbox[_Job] = Mailbox(_PENDING_JOBS)

    def serve(self, requests: BinaryIO) -> NoReturn:
        """Say that the worker is ready, then work until the process ends with its input."""
        threading.Thread(target=self._read, args=(requests,), name="requests", daemon=True).start()
        self._heart.start()
        self._outlet.send(Ready(PROTOCOL_VERSION, __version__, self._role, os.getpid()))
        while True:
            job = self._jobs.take(self._idle_unload if self._warm_model.is_loaded else None)
            if job is None:
                self._warm_model.unload()
            else:
                self._do(job)
                self._heart.work_ends()

    def _read(self, requests: BinaryIO) -> None:
        try:
            self._read_lines(requests)
        finally:
            # The program is gone: end at once, whatever C++ code does, so that no orphan survives.
            os._exit(0)

    def _read_lines(self, requests: BinaryIO) -> None:
        job: _Job | None = None
        while line := requests.readline():
            try:
                request: Request | EngineCrashed = decode_request(line)
            except EngineCrashed as exc:
                request = exc
            if isinstance(request, Ping):
                self._outlet.send(Heartbeat())
            elif isinstance(request, Cancel):
                if job is not None:
                    job.is_cancelled.set()
            else:
                job = _Job(request)
                self._heart.work_begins()
                self._jobs.put(job)

    def _do(self, job: _Job) -> None:
        try:
            if isinstance(job.work, EngineCrashed):
                raise job.work
            for report in self._answer(job.work, job.is_cancelled.is_set):
                self._outlet.send(report)
        except Cancelled:
            self._outlet.send(Stopped())
        except TranscriberError as exc:
            logger.info("%s: %s", type(exc).__name__, exc.code)
            self._outlet.send(Failed(exc.code, exc.detail))
        except Exception as exc:  # pylint: disable=broad-exception-caught  # the top of the worker
            logger.exception("a mistake of the program")
            detail = f"{type(exc).__name__}: {exc}"[:_DETAIL_CHARACTERS]
            self._outlet.send(Failed("engine.internal", detail))

    def _answer(self, work: Work, is_cancelled: Callable[[], bool]) -> Iterator[Report]:
        if self._role is Role.MEDIA and isinstance(work, (TranscribeRequest, Warm, DevicesRequest)):
            raise EngineCrashed("engine.protocol", f"a media process got {type(work).__name__}")
        match work:
            case TranscribeRequest():
                with awake(inhibitor_of(sys.platform)):
                    yield from run_transcription(
                        self._backend, self._warm_model, work, is_cancelled
                    )
            case Warm():
                model = self._warm_model.obtain(Path(work.model), work.compute)
                yield Warmed(model.device, model.compute_type, model.replicas)
            case ProbeRequest():
                yield Probed(self._backend.probe(Path(work.path)))
            case PeaksRequest():
                yield from self._peaks(work, is_cancelled)
            case DevicesRequest():
                yield Devices(self._backend.devices())
            case Unload():
                self._warm_model.unload()
                yield Unloaded()
            case _:
                assert_never(work)

    def _peaks(self, work: PeaksRequest, is_cancelled: Callable[[], bool]) -> Iterator[Report]:
        for values in self._backend.peaks(work, is_cancelled):
            if is_cancelled():
                raise Cancelled
            yield Peaks(values)
        yield PeaksCompleted()


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Serve on the standard streams of this process; it ends with its input."""
    try:
        _main(arguments)
    except Exception:  # pylint: disable=broad-exception-caught  # the top of the process
        logger.exception("the worker cannot serve")
        os._exit(_EXIT_BUG)


def _main(arguments: Sequence[str] | None) -> NoReturn:
    parser = argparse.ArgumentParser(prog="engine-worker", description="Serve one program.")
    parser.add_argument("--role", type=Role, choices=list(Role), default=Role.ENGINE)
    parser.add_argument("--heartbeat", type=float, default=1.0, metavar="SECONDS")
    parser.add_argument("--idle-unload", type=float, default=300.0, metavar="SECONDS")
    parser.add_argument("--backend", default=RECOGNITION, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    requests, outlet = _claim_channel()
    _prepare_process(options.role)
    # Nothing here needs the network, so it is shut, whether people want to stay offline or not.
    network.watch(outlet.send)
    network.forbid()
    heart = Heart(lambda: outlet.send(Heartbeat()), options.heartbeat)
    backend = load_backend(options.backend)
    Worker(options.role, backend, outlet, heart, options.idle_unload).serve(requests)


def _claim_channel() -> tuple[BinaryIO, Outlet]:
    """Keep the channel to ourselves: prints of libraries go to stderr, their reads find nothing."""
    requests = os.fdopen(os.dup(0), "rb")
    outlet = Outlet(os.dup(1))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, outlet


def _prepare_process(role: Role) -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    faulthandler.enable()
    # Ctrl-C reaches every process of a terminal; the program decides what becomes of the job.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    lower_priority()
    if role is Role.ENGINE:
        keep_heap()


if __name__ == "__main__":
    main()
