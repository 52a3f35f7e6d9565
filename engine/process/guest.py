"""Behave as a good guest on the computer: low priority, memory left to others, no sleep at work."""

from __future__ import annotations

import ctypes
import logging
import os
import subprocess  # nosec B404 - fixed commands of the system, no shell
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Protocol

import psutil

logger = logging.getLogger(__name__)

_NICENESS = 10

# winbase.h: SetThreadExecutionState.
_ES_SYSTEM_REQUIRED = 0x00000001
_ES_CONTINUOUS = 0x80000000

_END_SECONDS = 2.0


def lower_priority() -> None:
    """Give this process a priority below normal; do nothing where that is not possible."""
    try:
        process = psutil.Process()
        if sys.platform == "win32":
            process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            process.nice(max(process.nice(), _NICENESS))
    except (psutil.Error, OSError) as exc:
        logger.warning("the priority stays as it is: %s", exc)


class SleepInhibitor(Protocol):
    """Keep the computer from falling asleep by itself; its display may."""

    def begin(self) -> None:
        """Forbid sleep."""
        ...

    def end(self) -> None:
        """Allow it again."""
        ...


class CommandInhibitor:
    """Forbid sleep as long as a command of the system runs; harmless where there is none."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Start the command; its input ends with this process, whatever becomes of that."""
        try:
            self._process = subprocess.Popen(  # nosec B603 - a list, no shell
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError as exc:
            logger.debug("idle sleep cannot be inhibited: %s", exc)

    def end(self) -> None:
        """End the command."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.communicate(timeout=_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


class WindowsInhibitor:
    """Forbid sleep by the execution state of the calling thread."""

    def __init__(self, set_state: Callable[[int], int]) -> None:
        self._set_state = set_state

    def begin(self) -> None:
        """Ask for the system to stay awake."""
        self._set_state(_ES_CONTINUOUS | _ES_SYSTEM_REQUIRED)

    def end(self) -> None:
        """Take that back."""
        self._set_state(_ES_CONTINUOUS)


def inhibitor_of(platform: str) -> SleepInhibitor | None:
    """Return what forbids sleep on a platform, in the names of `sys.platform`; None if unknown."""
    if platform == "win32":
        return WindowsInhibitor(_set_thread_execution_state)
    if platform == "darwin":
        return CommandInhibitor(["caffeinate", "-i", "-w", str(os.getpid())])
    if platform == "linux":
        # logind; `cat` ends with its input, that is with this process.
        who = ["--who=Whisper Transcriber", "--why=A transcription is running"]
        return CommandInhibitor(
            ["systemd-inhibit", "--what=idle", "--mode=block", *who, "cat"],
        )
    return None


@contextmanager
def awake(inhibitor: SleepInhibitor | None) -> Iterator[None]:
    """Forbid sleep for the time of a `with` block, in the thread that works."""
    with ExitStack() as stack:
        if inhibitor is not None:
            inhibitor.begin()
            stack.callback(inhibitor.end)
        yield


def _set_thread_execution_state(state: int) -> int:
    kernel: object = getattr(ctypes, "windll").kernel32  # exists on Windows only
    set_state: Callable[[int], int] = getattr(kernel, "SetThreadExecutionState")
    return set_state(state)
