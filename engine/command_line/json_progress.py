"""Say how the work goes as JSON, one object a line, as docs/command-line.md describes it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from engine.assembly import TranscriptAssembly
from engine.errors import TranscriberError
from engine.events import Event
from engine.process.messages import Json, to_plain
from engine.process.protocol import DECIMALS


class JsonReporter:
    """Write the engine's events as they cross the protocol, each with its file, and a few more."""

    def __init__(self, output: TextIO) -> None:
        self._output = output
        self._recording: Path | None = None

    def begin(self, recording: Path, number: int, count: int) -> None:
        """Write `file_started`."""
        self._recording = recording
        self._write("file_started", recording, {"number": number, "count": count})

    def event(self, event: Event, assembly: TranscriptAssembly) -> None:
        """Write the event."""
        plain = to_plain(event, DECIMALS)
        self._write(str(plain.pop("type")), self._recording, plain)

    def remark(self, sentence: str) -> None:
        """Write `remark`."""
        self._write("remark", self._recording, {"text": sentence})

    def finished(self, recording: Path, files: Sequence[Path]) -> None:
        """Write `file_finished`."""
        self._write("file_finished", recording, {"outputs": [str(path) for path in files]})

    def failed(self, recording: Path, error: TranscriberError) -> None:
        """Write `file_failed`."""
        details: dict[str, Json] = {
            "code": error.code,
            "detail": error.detail,
            "sentence": error.advice.sentence,
            "action": error.advice.action,
        }
        self._write("file_failed", recording, details)

    def close(self) -> None:
        """Do nothing: every line was flushed."""

    def _write(self, kind: str, recording: Path | None, members: dict[str, Json]) -> None:
        file: Json = None if recording is None else str(recording)
        # ASCII only: no pipe, and no file name that is no Unicode, can break it.
        line = json.dumps({"type": kind, "file": file, **members}, allow_nan=False)
        print(line, file=self._output, flush=True)
