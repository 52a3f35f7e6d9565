"""Start the command line with the fake engine as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
PROGRAM = (sys.executable, "-m", "tests.engine.command_line.fake_program")


def start(*words: str | Path) -> subprocess.Popen[str]:
    """Start a command line; its output comes as text, stderr apart."""
    return subprocess.Popen(
        [*PROGRAM, *(str(word) for word in words)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )


def run(*words: str | Path) -> tuple[int, str, str]:
    """Run a command line to its end and return exit code, stdout and stderr."""
    with start(*words) as process:
        out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def read_until(process: subprocess.Popen[str], text: str) -> None:
    """Read the output of a process up to the line that contains a text."""
    assert process.stdout is not None
    for line in process.stdout:
        if text in line:
            return
    raise AssertionError(f"{text!r} never came")
