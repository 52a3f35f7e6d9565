"""Start a worker process and exchange lines with it, so that no call can wait for ever."""

from __future__ import annotations

import os
import subprocess  # nosec B404 - starts this program itself, never a shell
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from engine import network
from engine.errors import EngineCrashed
from engine.network import NetworkUse
from engine.process.exit_status import describe_exit
from engine.process.mailbox import Mailbox
from engine.process.protocol import (
    MAX_LINE_BYTES,
    Heartbeat,
    Report,
    Request,
    decode_report,
    encode_request,
)

_PENDING_REPORTS = 1000
_PENDING_REQUESTS = 100_000
_TAIL_BYTES = 64 * 1024
_DETAIL_LINES = 6
_DETAIL_CHARACTERS = 1000
_JOIN_SECONDS = 1.0
_REAP_SECONDS = 5.0


def worker_command() -> list[str]:
    """Return the command that starts a worker; its options follow."""
    if getattr(sys, "frozen", False):
        return [str(_frozen_console_program()), "engine-worker"]
    return [sys.executable, "-m", "engine.process.worker"]


def _frozen_console_program() -> Path:
    """Return the executable with standard streams: on Windows the windowed one has none."""
    program = Path(sys.executable)
    console = program.with_name(f"whisper-transcriber{program.suffix}")
    return console if console.is_file() else program


class WorkerChannel:
    """Own one worker process: a thread each writes its input, reads its output, drains its stderr.

    All methods may be called from any thread; only one may `receive` at a time.
    """

    def __init__(self, command: Sequence[str]) -> None:
        try:
            self._process = _spawn(command)
        except OSError as exc:
            raise EngineCrashed("engine.crashed", f"The process could not start: {exc}.") from exc
        self.heard_at = time.monotonic()
        self._reports: Mailbox[Report] = Mailbox(_PENDING_REPORTS)
        self._requests: Mailbox[Request] = Mailbox(_PENDING_REQUESTS)
        self._fault: EngineCrashed | None = None
        self._tail = bytearray()
        self._tail_lock = threading.Lock()
        self._threads = [
            threading.Thread(target=target, name=f"engine-{name}", daemon=True)
            for name, target in (
                ("writer", self._write),
                ("reader", self._read),
                ("log", self._drain_stderr),
            )
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """Return the number of the process."""
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """Tell whether the process is gone or its output has ended."""
        return self._reports.is_exhausted or self._process.poll() is not None

    @property
    def stderr_tail(self) -> str:
        """Return the end of what the process wrote to stderr."""
        with self._tail_lock:
            return self._tail.decode("utf-8", "replace")

    def send(self, request: Request) -> None:
        """Send a request; what a dead process doesn't take is dropped."""
        self._requests.put(request)

    def receive(self, timeout: float) -> Report | None:
        """Return the next report, None after `timeout` seconds.

        Raises `EngineCrashed` if the process ended or spoke nonsense; it is gone then.
        """
        report = self._reports.take(timeout)
        if report is None and self._reports.is_exhausted:
            raise self._post_mortem()
        return report

    def close(self, timeout: float) -> None:
        """End the process by ending its input; kill it after `timeout` seconds."""
        self._requests.close()
        self._reports.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout)
        self.kill()

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):  # it may hang in the kernel, on a dead disk
            self._process.wait(_REAP_SECONDS)
        self._requests.close()
        self._reports.close()
        for thread in self._threads:
            thread.join(_JOIN_SECONDS)

    def crashed(self, code: str, sentence: str) -> EngineCrashed:
        """Return the error that tells what happened, with the last lines of stderr."""
        lines = [line.strip() for line in self.stderr_tail.splitlines() if line.strip()]
        tail = "\n".join(lines[-_DETAIL_LINES:])[-_DETAIL_CHARACTERS:]
        return EngineCrashed(code, f"{sentence}\n{tail}" if tail else sentence)

    def _post_mortem(self) -> EngineCrashed:
        if self._fault is not None:
            self.kill()
            return self.crashed(self._fault.code, self._fault.detail)
        try:
            code: int | None = self._process.wait(_JOIN_SECONDS)
        except subprocess.TimeoutExpired:
            code = None  # it closed its output but lives
        self.kill()
        if code is None:
            return self.crashed("engine.crashed", "The process closed its channel.")
        return self.crashed("engine.crashed", describe_exit(code))

    def _write(self) -> None:
        try:
            # Leaving closes the input, which ends the worker.
            with _pipe(self._process.stdin) as stream:
                while (request := self._requests.take()) is not None:
                    stream.write(encode_request(request))
                    stream.flush()
        except OSError:
            self._requests.close()  # the reader finds out why it died

    def _read(self) -> None:
        with _pipe(self._process.stdout) as stream:
            try:
                while line := stream.readline(MAX_LINE_BYTES):
                    if not line.endswith(b"\n") and len(line) < MAX_LINE_BYTES:
                        break  # the process died while it wrote
                    report = decode_report(line)
                    self.heard_at = time.monotonic()
                    if isinstance(report, NetworkUse):
                        network.report(report)
                    elif not isinstance(report, Heartbeat) and not self._reports.put(report):
                        break
            except EngineCrashed as exc:
                self._fault = exc
        self._reports.close()

    def _drain_stderr(self) -> None:
        with _pipe(self._process.stderr) as stream:
            while piece := os.read(stream.fileno(), 65536):
                with self._tail_lock:
                    self._tail += piece
                    del self._tail[:-_TAIL_BYTES]


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # nosec B101 - all three are pipes; for mypy
    return stream


def _spawn(command: Sequence[str]) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "PYTHONUTF8": "1",
        # A module in the current folder must not shadow a library's.
        "PYTHONSAFEPATH": "1",
    }
    # No console window; the constant exists on Windows only.
    flags: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    return subprocess.Popen(  # nosec B603 - a list, no shell
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        creationflags=flags,
    )
