"""Start `whisper-transcriber-server serve` as people do, and stop it as their systems do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds in which it must have started, or stopped."""


def command(*words: str) -> list[str]:
    """Return the command line of the server's program."""
    return [sys.executable, "-m", "sync_server.cli", *words]


def environment(changes: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment without settings of a server, and with changes."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("WHISPER_SERVER_")
    }
    return kept | {"PYTHONUNBUFFERED": "1"} | dict(changes)


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that said where to log in."""

    process: subprocess.Popen[str]
    address: str

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and return the exit status."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@contextmanager
def running_server(
    data_dir: Path, *words: str, settings: Mapping[str, str] | None = None
) -> Iterator[RunningServer]:
    """Give a server on a port that was free; it is killed at the end if it still runs."""
    arguments = command("serve", "--data-dir", str(data_dir), "--port", "0", *words)
    with (data_dir.parent / "server.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            arguments,
            cwd=ROOT,
            env=environment(settings or {}),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    # Reading a line can't time out; without the process it ends.
    timer = threading.Timer(PATIENCE, process.kill)
    timer.start()
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        timer.cancel()
        log_text = (data_dir.parent / "server.log").read_text(encoding="utf-8")
        assert line.startswith("Log in at "), line + log_text
        yield RunningServer(process, line.split()[-1].removesuffix("/login"))
    finally:
        timer.cancel()
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
