"""Say what it means when transcripts are dropped on a row of the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.item_models.library_rows import Row, RowKind, SectionKind
from desktop.store.records import UNFINISHED, TranscriptSummary


@dataclass(frozen=True, slots=True)
class MoveInQueue:
    """Put jobs before another one; `before` None is the end of the queue."""

    transcripts: tuple[int, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class PutIntoFolder:
    """Put transcripts into a folder; None takes them out of theirs."""

    transcripts: tuple[int, ...]
    folder: int | None


@dataclass(frozen=True, slots=True)
class PutIntoTrash:
    """Put transcripts into the trash."""

    transcripts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PutTagOn:
    """Put a tag on transcripts."""

    transcripts: tuple[int, ...]
    tag: int


Drop = MoveInQueue | PutIntoFolder | PutIntoTrash | PutTagOn


def drop_on(
    dragged: Sequence[TranscriptSummary], target: Row | None, before: int | None
) -> Drop | None:
    """Return what a drop does; None if it does nothing there.

    `before` is the job above which the pointer stands in the section of running jobs.
    """
    if target is None or not dragged:
        return None
    ids = tuple(summary.id for summary in dragged)
    is_trash = any(summary.deleted is not None for summary in dragged)
    kind = target.section.kind
    if kind is SectionKind.RUNNING and not is_trash:
        is_queue = all(summary.status in UNFINISHED for summary in dragged)
        return MoveInQueue(ids, before) if is_queue and before not in ids else None
    if kind is SectionKind.FOLDER:
        return PutIntoFolder(ids, target.section.folder)
    if kind is SectionKind.UNFILED:
        return PutIntoFolder(ids, None)
    if kind is SectionKind.TRASH and not is_trash:
        return PutIntoTrash(ids)
    if target.kind is RowKind.TAG and not is_trash:
        return PutTagOn(ids, target.id)
    return None
