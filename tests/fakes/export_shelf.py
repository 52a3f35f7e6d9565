"""A library of a few transcripts for tests of the export."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.store.records import (
    Folder,
    JobOptions,
    JobStatus,
    Source,
    StoredTranscript,
    TranscriptSummary,
)
from engine.errors import LibraryError
from engine.transcript.transcript import Transcript
from tests.engine.transcript.sample import transcript


@dataclass
class ExportShelf:
    """Hold transcripts by id; each belongs to a recording in `folder`."""

    folder: Path
    stored: dict[int, StoredTranscript] = field(default_factory=dict)
    loads: list[int] = field(default_factory=list)

    def add(self, title: str, value: Transcript | None = None) -> TranscriptSummary:
        """Put a transcript in; the recording is empty but there."""
        number = len(self.stored) + 1
        source = Source(self.folder / f"{title.replace('/', '-')}.mp3")
        source.path.touch()
        summary = TranscriptSummary(
            id=number,
            uid=f"{number:032x}",
            title=title,
            status=JobStatus.DONE,
            source=source,
            options=JobOptions("base"),
            created=1_780_000_000.0,
            folder=1,
            language="en",
        )
        self.stored[number] = StoredTranscript(summary, value or transcript())
        return summary

    def change(self, number: int, value: Transcript) -> None:
        """Put another text in the place of one."""
        self.stored[number] = replace(self.stored[number], transcript=value)

    def load(self, number: int) -> StoredTranscript:
        """Return a transcript; LibraryError."""
        self.loads.append(number)
        if number not in self.stored:
            raise LibraryError("library.not_found", str(number))
        return self.stored[number]

    def folders(self) -> list[Folder]:
        """Return the one folder."""
        return [Folder(1, "Thesis")]
