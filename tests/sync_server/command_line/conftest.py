"""Run commands as a terminal would, in this process."""

from __future__ import annotations

import asyncio
import io
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sync_server import cli
from sync_server.migrations import Migrations


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, and how it ended."""

    status: int
    output: str
    complaint: str


@dataclass(frozen=True, slots=True)
class Terminal:
    """Runs command lines; what they are given on standard input is no terminal."""

    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch
    data_dir: Path

    def run(self, *words: str, typed: str = "") -> Said:
        """Run one command line."""
        self.patch.setattr(sys, "argv", [cli.PROGRAM, *words])
        self.patch.setattr(sys, "stdin", io.StringIO(typed))
        self.capture.readouterr()
        try:
            cli.main()
            status = 0
        except SystemExit as exc:
            status = exc.code if isinstance(exc.code, int) else int(exc.code is not None)
        captured = self.capture.readouterr()
        return Said(status, captured.out, captured.err)

    def succeed(self, *words: str, typed: str = "") -> str:
        """Run one that must succeed, and return its output."""
        said = self.run(*words, typed=typed)
        assert said.status == 0, said.complaint
        return said.output


@pytest.fixture(name="bare")
def fixture_bare(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Terminal:
    """A terminal with a data directory that nothing is in yet, and SQLite."""
    for name in [name for name in os.environ if name.startswith("WHISPER_SERVER_")]:
        monkeypatch.delenv(name)
    data_dir = tmp_path / "data"
    monkeypatch.setenv("WHISPER_SERVER_DATA_DIR", str(data_dir))
    return Terminal(capsys, monkeypatch, data_dir)


@pytest.fixture(name="terminal")
def fixture_terminal(
    bare: Terminal, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Terminal]:
    """A terminal over each kind of database, migrated."""
    monkeypatch.setenv("WHISPER_SERVER_DATABASE_URL", database_url)
    asyncio.run(Migrations().upgrade(database_url))
    yield bare
