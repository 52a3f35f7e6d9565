"""Write transcripts to files in the background, and show beforehand what they will look like."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.services.background import Background
from desktop.services.export_presets import (
    Destination,
    ExportChoices,
    Preset,
    load_choices,
    save_choices,
    usual_preset,
)
from desktop.services.export_preview import Excerpt, Preview, excerpt_of, make_preview
from desktop.services.export_writing import (
    ExportRequest,
    ExportResult,
    ExportWriter,
    IfTaken,
    Outcome,
    TranscriptShelf,
)
from desktop.store.records import StoredTranscript
from engine.errors import TranscriberError
from engine.transcript.formats import FORMATS

logger = logging.getLogger(__name__)


class AutomaticExport(Protocol):
    """What an export needs of a profile."""

    @property
    def outputs(self) -> tuple[str, ...]:
        """Return names of formats."""

    @property
    def output_folder(self) -> str:
        """Return a folder; empty is beside the recording."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What became of all requests that were made together, in their order."""

    results: tuple[ExportResult, ...]
    is_automatic: bool = False


@dataclass
class _Batch:
    waiting: deque[ExportRequest]
    total: int
    results: list[ExportResult]
    is_automatic: bool


@dataclass(frozen=True, slots=True)
class _Beginning:
    transcript: int
    title: str
    excerpt: Excerpt

    @classmethod
    def of(cls, stored: StoredTranscript) -> _Beginning:
        return cls(stored.summary.id, stored.summary.title, excerpt_of(stored.transcript))


class Exporter(QObject):  # pylint: disable=too-many-instance-attributes
    """Export in the background, one file after the other. GUI thread."""

    progressed = Signal(int, int)
    """Files done, and of how many, of what people asked for."""
    exported = Signal(object)
    """ExportResult, as each comes."""
    finished = Signal(object)
    """ExportReport."""
    previewed = Signal(object)
    """Preview; only the one that was asked for last."""
    preview_failed = Signal(str, str)
    """Code and detail."""
    choices_loaded = Signal(object)
    """ExportChoices, once they are read."""

    def __init__(
        self,
        library: TranscriptShelf,
        background: Background,
        choices_path: Path,
        written_path: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._choices_path = choices_path
        self._choices = ExportChoices()
        self._writer = ExportWriter(library, written_path)
        self._batches: deque[_Batch] = deque()
        self._is_writing = False
        self._asked = 0
        self._excerpt: _Beginning | None = None

    # ---- what people set up ----------------------------------------------------------------

    @property
    def choices(self) -> ExportChoices:
        """Return presets, and what was used last."""
        return self._choices

    def load_choices(self) -> None:
        """Read them from the disk, in the background."""
        path = self._choices_path
        self._background.run(lambda: load_choices(path), self._on_choices_loaded, owner=self)

    def save_choices(self, choices: ExportChoices) -> None:
        """Keep them for the next time."""
        self._choices = choices
        path = self._choices_path
        self._background.run(lambda: save_choices(choices, path), _ignore, _log, owner=self)

    def _on_choices_loaded(self, choices: ExportChoices) -> None:
        self._choices = choices
        self.choices_loaded.emit(choices)

    # ---- files -----------------------------------------------------------------------------

    def export(self, requests: Sequence[ExportRequest]) -> None:
        """Write files; the answer is `finished`."""
        self._add(requests, is_automatic=False)

    def export_automatically(self, transcript: int, profile: AutomaticExport) -> None:
        """Write what a profile wants when a transcript is done; other people's files stay."""
        destination = Destination(profile.output_folder)
        names = [name for name in profile.outputs if name in FORMATS]
        self._add(
            [
                ExportRequest(transcript, usual_preset(name), destination, IfTaken.KEEP_BOTH)
                for name in names
            ],
            is_automatic=True,
        )

    def cancel(self) -> None:
        """Leave out what people asked for and is not begun; what is written stays.

        What profiles want goes on. It is shown nowhere, so nobody means it.
        """
        for batch in self._batches:
            if not batch.is_automatic:
                batch.waiting.clear()

    def _add(self, requests: Sequence[ExportRequest], *, is_automatic: bool) -> None:
        if requests:
            self._batches.append(_Batch(deque(requests), len(requests), [], is_automatic))
            self._write_next()

    def _write_next(self) -> None:
        if self._is_writing or not self._batches:
            return
        batch = self._batches[0]
        if not batch.waiting:
            self._batches.popleft()
            self.finished.emit(ExportReport(tuple(batch.results), batch.is_automatic))
            self._write_next()
            return
        request = batch.waiting.popleft()
        self._is_writing = True
        self._background.run(
            partial(self._writer.write, request),
            self._on_written,
            lambda error: self._on_broken(request, error),
            owner=self,
        )

    def _on_written(self, result: ExportResult) -> None:
        self._is_writing = False
        batch = self._batches[0]
        batch.results.append(result)
        self.exported.emit(result)
        if not batch.is_automatic:
            self.progressed.emit(len(batch.results), batch.total)
        self._write_next()

    def _on_broken(self, request: ExportRequest, error: Exception) -> None:
        """Go on with the others after a mistake of the program."""
        logger.error("an export broke", exc_info=error)
        detail = f"{type(error).__name__}: {error}"
        self._on_written(ExportResult(request, Outcome.FAILED, Path(), "engine.internal", detail))

    # ---- preview ---------------------------------------------------------------------------

    def preview(self, transcript: int, preset: Preset) -> None:
        """Make the first pages; the answer is `previewed`, if nothing else is asked for before."""
        self._asked += 1
        number, kept, library = self._asked, self._excerpt, self._library

        def work() -> tuple[_Beginning, Preview]:
            beginning = kept or _Beginning.of(library.load(transcript))
            return beginning, make_preview(transcript, beginning.excerpt, preset, beginning.title)

        def done(made: tuple[_Beginning, Preview]) -> None:
            if number == self._asked:
                self._excerpt, preview = made
                self.previewed.emit(preview)

        def failed(error: Exception) -> None:
            if number == self._asked:
                self._on_preview_failed(error)

        if kept is not None and kept.transcript != transcript:
            kept = None
        self._background.run(work, done, failed, owner=self)

    def forget_preview(self) -> None:
        """Let the text go that previews are made of, and read it anew the next time."""
        self._asked += 1
        self._excerpt = None

    def _on_preview_failed(self, error: Exception) -> None:
        if isinstance(error, TranscriberError):
            self.preview_failed.emit(error.code, error.detail)
        else:
            logger.error("a preview broke", exc_info=error)
            self.preview_failed.emit("engine.internal", f"{type(error).__name__}: {error}")


def _ignore(_result: object) -> None:
    """Take a result that nobody waits for."""


def _log(error: Exception) -> None:
    logger.warning("export presets are not kept: %s", type(error).__name__)
