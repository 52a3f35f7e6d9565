"""Say how the work goes in plain lines: text on one stream, everything else on the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import TextIO

from engine.assembly import TranscriptAssembly
from engine.clock import clock
from engine.command_line.progress import NewText, shown, text_line
from engine.errors import TranscriberError
from engine.events import Event, Progress, Started

STEP_PERCENT = 10


class PlainReporter:
    """Write the text to `text`, and a line at every tenth of the work to `messages`."""

    def __init__(
        self, text: TextIO, messages: TextIO, now: Callable[[], float] = monotonic
    ) -> None:
        self._text = text
        self._messages = messages
        self._now = now
        self._new_text = NewText()
        self._step = 0
        self._first: tuple[float, float] | None = None

    def begin(self, recording: Path, number: int, count: int) -> None:
        """Name the recording."""
        self._new_text = NewText()
        self._step = 0
        self._first = None
        place = f" ({number} of {count})" if count > 1 else ""
        self._say(f"{shown(recording)}{place}")

    def event(self, event: Event, assembly: TranscriptAssembly) -> None:
        """Write new text, and how far the work is."""
        for segment in self._new_text.take(event, assembly):
            print(text_line(segment), file=self._text, flush=True)
        if isinstance(event, Started):
            info = event.info
            self._say(f"  {clock(info.duration)} long, language {info.language}")
        elif isinstance(event, Progress):
            self._progress(event)

    def _progress(self, event: Progress) -> None:
        if self._first is None:
            self._first = (self._now(), event.done)
        if not event.total:
            return
        step = int(event.done * 100 / event.total) // STEP_PERCENT
        if step > self._step:
            self._step = step
            self._say(
                f"  {min(step * STEP_PERCENT, 100)} %{self._remaining(event.done, event.total)}"
            )

    def _remaining(self, done: float, total: float) -> str:
        assert self._first is not None  # nosec B101  # for the type checker
        begun, first = self._first
        if done <= first or done >= total:
            return ""
        return f", {clock((total - done) * (self._now() - begun) / (done - first))} left"

    def remark(self, sentence: str) -> None:
        """Write the sentence."""
        self._say(f"  {sentence}")

    def finished(self, recording: Path, files: Sequence[Path]) -> None:
        """Name the results."""
        for path in files:
            self._say(f"  {shown(path)}")

    def failed(self, recording: Path, error: TranscriberError) -> None:
        """Name the recording, what happened and what helps."""
        self._say(f"{shown(recording)}: {error}")

    def close(self) -> None:
        """Do nothing: every line was flushed."""

    def _say(self, line: str) -> None:
        print(line, file=self._messages, flush=True)
