"""Stand-ins for the client and the display, in this process."""

# Stand-ins take what the real ones take.
# pylint: disable=unused-argument
from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from engine.assembly import TranscriptAssembly
from engine.errors import TranscriberError
from engine.events import Event
from engine.process.protocol import TranscribeRequest
from tests.engine.command_line.fake_engine import play

Play = Callable[[TranscribeRequest], Iterator[Event]]


class FakeClient:
    """Play events in this process; the n-th play answers the n-th request."""

    def __init__(self, *plays: Play) -> None:
        self.requests: list[TranscribeRequest] = []
        self.cancels = 0
        self._plays = list(plays)

    def transcribe(self, request: TranscribeRequest) -> Iterator[Event]:
        """Answer a request."""
        self.requests.append(request)
        return self._plays.pop(0)(request) if self._plays else play(request)

    def cancel(self) -> None:
        """Count."""
        self.cancels += 1


class Log:
    """Write down what a reporter was told."""

    def __init__(self) -> None:
        self.remarks: list[str] = []
        self.failures: dict[str, TranscriberError] = {}
        self.files: list[Path] = []
        self.events: list[Event] = []

    def begin(self, recording: Path, number: int, count: int) -> None:
        """Take no notice."""

    def event(self, event: Event, assembly: TranscriptAssembly) -> None:
        """Keep it."""
        self.events.append(event)

    def remark(self, sentence: str) -> None:
        """Keep it."""
        self.remarks.append(sentence)

    def finished(self, recording: Path, files: Sequence[Path]) -> None:
        """Keep the files."""
        self.files.extend(files)

    def failed(self, recording: Path, error: TranscriberError) -> None:
        """Keep it."""
        self.failures[recording.name] = error

    def close(self) -> None:
        """Do nothing."""


def cut_after(count: int, then: BaseException) -> Play:
    """Return a play that raises after a number of events."""

    def cut(request: TranscribeRequest) -> Iterator[Event]:
        for number, event in enumerate(play(request)):
            if number == count:
                raise then
            yield event

    return cut
