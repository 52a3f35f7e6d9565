"""Remember which transcripts are to be exported by themselves, over a sudden end of the program."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.services.background import Background
from desktop.store.records import JobStatus, TranscriptSummary
from engine.errors import ExportError, LibraryError
from engine.transcript.formats import write_atomically

logger = logging.getLogger(__name__)

_WAITING = (JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.INTERRUPTED)


@dataclass(frozen=True, slots=True)
class DueExport:
    """What is to be exported once a transcript is done, as its profile last wanted it."""

    uid: str
    """Of the transcript: numbers are given anew."""
    outputs: tuple[str, ...] = ()
    """Names of formats."""
    output_folder: str = ""
    """Empty is beside the recording."""
    is_begun: bool = False
    """Whether the transcript was worked on since it was exported last."""


class Rows(Protocol):
    """What is needed of the library; from any thread."""

    def summary(self, transcript: int) -> TranscriptSummary:
        """Return one row; LibraryError."""


class DueExports(QObject):
    """Note jobs from their queueing until their files are written. GUI thread."""

    found = Signal(object)
    """tuple[TranscriptSummary, …]: those of the last session, as they are now."""

    def __init__(
        self, path: Path, rows: Rows, background: Background, parent: QObject | None = None
    ) -> None:
        """Know nothing yet; `path` is a JSON file."""
        super().__init__(parent)
        self._path = path
        self._rows = rows
        self._background = background
        self._due: dict[int, DueExport] = {}
        self._is_loaded = False
        self._is_writing = False
        self._is_changed = False

    def load(self) -> None:
        """Read what was left last time, in the background; the answer is `found`."""
        self._background.run(self._read, self._on_read, owner=self)

    def note(self, summary: TranscriptSummary, due: DueExport | None) -> None:
        """Note how a job is now; `due` is what its profile wants, None if that is gone."""
        known = self.get(summary)
        wanted = due or known
        if wanted is None or summary.status not in _WAITING:
            return
        is_begun = summary.status is JobStatus.RUNNING or (known is not None and known.is_begun)
        self._put(summary.id, replace(wanted, is_begun=is_begun))

    def get(self, summary: TranscriptSummary) -> DueExport | None:
        """Return what is noted of a transcript."""
        due = self._due.get(summary.id)
        return due if due is not None and due.uid == summary.uid else None

    def forget(self, transcript: int) -> None:
        """Note that the files are written, or that nobody wants them any more."""
        if self._due.pop(transcript, None) is not None:
            self._save()

    def _put(self, transcript: int, due: DueExport) -> None:
        if self._due.get(transcript) != due:
            self._due[transcript] = due
            self._save()

    def _read(self) -> tuple[dict[int, DueExport], tuple[TranscriptSummary, ...]]:
        left, rows = {}, []
        for transcript, due in _load(self._path).items():
            try:
                row = self._rows.summary(transcript)
            except LibraryError:
                continue
            if row.uid == due.uid and row.deleted is None:
                left[transcript] = due
                rows.append(row)
        return left, tuple(rows)

    def _on_read(self, read: tuple[dict[int, DueExport], tuple[TranscriptSummary, ...]]) -> None:
        left, rows = read
        for transcript, now in self._due.items():
            before = left.get(transcript)
            if before is not None and before.uid == now.uid and before.is_begun:
                now = replace(now, is_begun=True)
            left[transcript] = now
        self._due = left
        self._is_loaded = True
        self._save()
        self.found.emit(rows)

    def _save(self) -> None:
        """Write it down in the background, the last state last."""
        self._is_changed = True
        if self._is_loaded and not self._is_writing:
            self._is_writing = True
            self._is_changed = False
            self._background.run(_writing(self._path, dict(self._due)), self._on_saved, owner=self)

    def _on_saved(self, _result: object) -> None:
        self._is_writing = False
        if self._is_changed:
            self._save()


def _writing(path: Path, due: dict[int, DueExport]) -> Callable[[], None]:
    def write() -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            content = {str(transcript): asdict(one) for transcript, one in due.items()}
            write_atomically(path, json.dumps(content).encode())
        except (OSError, ExportError) as exc:
            logger.warning("due exports are not remembered: %s", type(exc).__name__)

    return write


def _load(path: Path) -> dict[int, DueExport]:
    try:
        content = json.loads(path.read_bytes())
        return {
            int(transcript): DueExport(
                uid=str(one["uid"]),
                outputs=tuple(str(name) for name in one["outputs"]),
                output_folder=str(one["output_folder"]),
                is_begun=bool(one["is_begun"]),
            )
            for transcript, one in content.items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as exc:
        logger.warning("due exports cannot be read: %s", type(exc).__name__)
        return {}
