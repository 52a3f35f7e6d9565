"""Name the sections and rows of the library, and say in which section a transcript stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from desktop.store.records import UNFINISHED, JobStatus, TranscriptSummary


class SectionKind(StrEnum):
    """Name the sections in the order in which they stand."""

    ATTENTION = "attention"
    RUNNING = "running"
    FOLDER = "folder"
    UNFILED = "unfiled"
    TAGS = "tags"
    WATCHED = "watched"
    TRASH = "trash"


SECTION_ORDER = tuple(SectionKind)


@dataclass(frozen=True, slots=True, order=True)
class Section:
    """A section of the library; folders are sections of their own."""

    kind: SectionKind
    folder: int | None = None

    @property
    def key(self) -> str:
        """Return a name that is the same after a restart."""
        return self.kind.value if self.folder is None else f"{self.kind.value}:{self.folder}"


ATTENTION = Section(SectionKind.ATTENTION)
RUNNING = Section(SectionKind.RUNNING)
UNFILED = Section(SectionKind.UNFILED)
TAGS = Section(SectionKind.TAGS)
WATCHED = Section(SectionKind.WATCHED)
TRASH = Section(SectionKind.TRASH)


class RowKind(StrEnum):
    """Tell what a row stands for."""

    SECTION = "section"
    TRANSCRIPT = "transcript"
    TAG = "tag"
    WATCHED = "watched"


@dataclass(frozen=True, slots=True)
class Row:
    """What a row of the library stands for."""

    kind: RowKind
    section: Section
    id: int = 0
    """Of the transcript or the tag; 0 for other rows."""
    path: Path | None = None
    """Of the watched folder."""

    @property
    def key(self) -> str:
        """Return a name that no other row has."""
        return f"{self.section.key}/{self.kind.value}/{self.path or self.id}"


@dataclass(frozen=True, slots=True)
class RowHeights:
    """Heights of the rows in device-independent pixels."""

    row: int = 32
    job: int = 56
    header: int = 32
    spaced_header: int = 40
    """A header below an open section stands a little apart."""


def section_of(summary: TranscriptSummary) -> Section:
    """Return the section in which a transcript stands."""
    if summary.deleted is not None:
        return TRASH
    if summary.status is JobStatus.FAILED:
        return ATTENTION
    if summary.status in UNFINISHED:
        return RUNNING
    if summary.folder is not None:
        return Section(SectionKind.FOLDER, summary.folder)
    return UNFILED


def sort_key(summary: TranscriptSummary) -> tuple[float, float, int]:
    """Return what a section is sorted by: the queue by its order, all else newest first."""
    if summary.deleted is not None:
        return (0, -summary.deleted, -summary.id)
    if summary.status in UNFINISHED:
        return (0 if summary.status is JobStatus.RUNNING else 1, summary.position, summary.id)
    return (0, -summary.created, -summary.id)


def shows_progress(summary: TranscriptSummary) -> bool:
    """Tell whether the row of a transcript has room for a bar."""
    if summary.deleted is not None:
        return False
    begun = summary.status in (JobStatus.PAUSED, JobStatus.INTERRUPTED) and summary.done > 0
    return summary.status is JobStatus.RUNNING or begun
