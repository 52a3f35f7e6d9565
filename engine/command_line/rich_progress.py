"""Say how the work goes on a terminal: text as it appears, below it a bar with the time left."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
)
from rich.progress import Progress as ProgressBar
from rich.progress import TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from engine.assembly import TranscriptAssembly
from engine.command_line.progress import NewText, shown, text_line
from engine.errors import TranscriberError
from engine.events import Event, Progress, Started


class RichReporter:
    """Show a live bar under the growing text."""

    def __init__(self, console: Console | None = None) -> None:
        self._bar = ProgressBar(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=console,
            transient=True,
        )
        self._console = self._bar.console
        self._task: TaskID | None = None
        self._new_text = NewText()

    def begin(self, recording: Path, number: int, count: int) -> None:
        """Show a new bar with the name of the recording."""
        self._new_text = NewText()
        self._drop_bar()
        place = f" ({number} of {count})" if count > 1 else ""
        if place:
            self._print(f"{shown(recording)}{place}", "bold")
        name = escape(f"{shown(Path(recording.name))}{place}")
        self._task = self._bar.add_task(name, total=None)
        self._bar.start()

    def event(self, event: Event, assembly: TranscriptAssembly) -> None:
        """Print new text and move the bar."""
        for segment in self._new_text.take(event, assembly):
            self._print(text_line(segment))
        if self._task is None:
            return
        if isinstance(event, Started):
            self._bar.reset(self._task, total=event.info.duration or None)
        elif isinstance(event, Progress):
            self._bar.update(self._task, completed=event.done, total=event.total)

    def remark(self, sentence: str) -> None:
        """Print the sentence."""
        self._print(sentence, "yellow")

    def finished(self, recording: Path, files: Sequence[Path]) -> None:
        """Name the results."""
        self._drop_bar()
        for path in files:
            self._print(shown(path), "green")

    def failed(self, recording: Path, error: TranscriberError) -> None:
        """Name the recording, what happened and what helps."""
        self._drop_bar()
        self._print(f"{shown(recording)}: {error}", "red")

    def close(self) -> None:
        """Take the bar away."""
        self._drop_bar()
        self._bar.stop()

    def _drop_bar(self) -> None:
        if self._task is not None:
            self._bar.remove_task(self._task)
            self._task = None

    def _print(self, line: str, style: str = "") -> None:
        # As Text, for brackets in what is said are no markup.
        self._console.print(Text(line, style=style), soft_wrap=True)
