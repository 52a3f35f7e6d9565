"""Say how the work goes: what the displays have in common."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from engine.assembly import TranscriptAssembly, speaker_name
from engine.clock import clock
from engine.errors import TranscriberError
from engine.events import BlockCompleted, Event, SegmentDecoded, Started
from engine.transcript.transcript import Segment


class Reporter(Protocol):
    """Show a person or a program what happens to each recording, one after the other."""

    def begin(self, recording: Path, number: int, count: int) -> None:
        """Say that a recording's turn has come; counted from 1."""

    def event(self, event: Event, assembly: TranscriptAssembly) -> None:
        """Say what the engine said; the assembly holds it already."""

    def remark(self, sentence: str) -> None:
        """Say something that people should know although the work goes on."""

    def finished(self, recording: Path, files: Sequence[Path]) -> None:
        """Say that the results of a recording are written."""

    def failed(self, recording: Path, error: TranscriberError) -> None:
        """Say that a recording could not be transcribed, why, and what helps."""

    def close(self) -> None:
        """Give the terminal back."""


# Control characters, and those that embed, override or isolate a direction of reading.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class NewText:
    """Hand out each segment once, when everything before it is finished."""

    def __init__(self) -> None:
        self._shown: set[str] = set()
        self._block = 0

    def take(self, event: Event, assembly: TranscriptAssembly) -> list[Segment]:
        """Return what an event makes readable, in order of time."""
        if not isinstance(event, (Started, SegmentDecoded, BlockCompleted)):
            return []
        if isinstance(event, Started):
            self._block = 0
        readable = assembly.finished_segments(self._block)
        self._block = assembly.open_block()
        new = [segment for segment in readable if segment.id not in self._shown]
        self._shown.update(segment.id for segment in new)
        return new


def shown(path: Path) -> str:
    """Return a path without signs that would steer a terminal or turn the direction of reading."""
    return _STEERING.sub(lambda found: repr(found[0])[1:-1], str(path))


def text_line(segment: Segment) -> str:
    """Return a segment as people read it: where it starts, who speaks, what is said."""
    speaker = f"{speaker_name(segment.speaker)}: " if segment.speaker else ""
    return f"[{clock(segment.start)}] {speaker}{segment.text.strip()}"
