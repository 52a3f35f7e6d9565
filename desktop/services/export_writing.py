"""Write one transcript to one file, by the rules of what may be replaced."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from desktop.services.export_presets import Destination, Preset
from desktop.services.export_targets import Standing, WrittenFiles, base_folder, numbered, target_of
from desktop.services.speaker_names import with_names
from desktop.store.records import Folder, StoredTranscript, TranscriptSummary
from engine.errors import ExportError, TranscriberError
from engine.transcript.formats import FORMATS, write_atomically


class TranscriptShelf(Protocol):
    """What an export needs of the library; from any thread."""

    def load(self, transcript: int) -> StoredTranscript:
        """Return a transcript; LibraryError."""

    def folders(self) -> list[Folder]:
        """Return the folders of the library."""


class IfTaken(StrEnum):
    """What is done where a file lies that was not written for this transcript."""

    ASK = "ask"
    REPLACE = "replace"
    KEEP_BOTH = "keep_both"


class Outcome(StrEnum):
    """How an export ended."""

    WRITTEN = "written"
    UP_TO_DATE = "up_to_date"
    TAKEN = "taken"
    """Another file lies there; nothing was written."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """One file to be written."""

    transcript: int
    preset: Preset
    destination: Destination = Destination()
    if_taken: IfTaken = IfTaken.ASK


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What became of a request."""

    request: ExportRequest
    outcome: Outcome
    path: Path
    code: str = ""
    """Why it failed, as in `engine.errors`."""
    detail: str = ""


class ExportWriter:
    """Write files and remember which they were. In any thread, but never in two at once."""

    def __init__(self, library: TranscriptShelf, written_path: Path) -> None:
        self._library = library
        self._written = WrittenFiles(written_path)

    def write(self, request: ExportRequest) -> ExportResult:
        """Write one file; failures are told, not raised."""
        result = ExportResult(request, Outcome.FAILED, Path())
        try:
            result = self._placed(result)
        except TranscriberError as error:
            result = replace(result, code=error.code, detail=error.detail)
        return result

    def _placed(self, result: ExportResult) -> ExportResult:
        request = result.request
        stored = self._library.load(request.transcript)
        summary = stored.summary
        target = target_of(summary, self._folder_name(summary), request.destination)
        options = request.preset.write_options(summary.title)
        transcript = replace(stored.transcript, speakers=with_names(stored.transcript.speakers))
        content = FORMATS[request.preset.format].write(transcript, options)
        _make_folders(target.folder, base_folder(summary, request.destination))
        for path in numbered(target, request.preset.extension):
            standing = self._standing(path, content, summary)
            if standing is Standing.UP_TO_DATE:
                return replace(result, outcome=Outcome.UP_TO_DATE, path=path)
            if standing is Standing.FOREIGN and request.if_taken is IfTaken.KEEP_BOTH:
                continue
            if standing is Standing.FOREIGN and not _may_replace(path, request, summary):
                return replace(result, outcome=Outcome.TAKEN, path=path)
            return self._put(replace(result, path=path), content, summary.uid)
        raise ExportError("export.not_writable", target.name)

    def _standing(self, path: Path, content: bytes, summary: TranscriptSummary) -> Standing:
        if path == summary.source.path:
            return Standing.FOREIGN
        return self._written.standing(path, content, summary.uid)

    def _put(self, result: ExportResult, content: bytes, uid: str) -> ExportResult:
        try:
            write_atomically(result.path, content)
        except ExportError as error:
            return replace(result, code=error.code, detail=error.detail)
        self._written.remember(result.path, content, uid)
        self._written.save()  # at once: after a sudden end its own file would count as another's
        return replace(result, outcome=Outcome.WRITTEN)

    def _folder_name(self, summary: TranscriptSummary) -> str:
        if summary.folder is None:
            return ""
        names = {folder.id: folder.name for folder in self._library.folders()}
        return names.get(summary.folder, "")


def _may_replace(path: Path, request: ExportRequest, summary: TranscriptSummary) -> bool:
    """Tell whether a person allowed it; the recording itself is never replaced."""
    is_allowed = request.if_taken is IfTaken.REPLACE and path != summary.source.path
    return is_allowed and not path.is_dir()


def _make_folders(folder: Path, base: Path) -> None:
    """Make the folders of a pattern, but not the one they are in: a disk may be missing."""
    try:
        if base.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise ExportError("export.not_writable", f"{folder.name}: {exc.strerror}") from exc
    if not folder.is_dir():
        raise ExportError("export.not_writable", base.name or str(base))
