"""Say what can be done with rows of the library; buttons, menus and keys ask here."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from desktop.item_models.library_rows import Row, RowKind, SectionKind
from desktop.store.records import UNFINISHED, JobStatus, TranscriptSummary


class RowAction(StrEnum):
    """Name what people do with rows."""

    OPEN = "open"
    RENAME = "rename"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    RETRY = "retry"
    PAUSE_ALL = "pause_all"
    RESUME_ALL = "resume_all"
    MOVE_UP = "move_up"
    MOVE_DOWN = "move_down"
    EXPORT = "export"
    START_AGAIN = "start_again"
    SHOW_FILE = "show_file"
    FIND_FILE = "find_file"
    TRASH = "trash"
    RESTORE = "restore"
    DELETE = "delete"
    EMPTY_TRASH = "empty_trash"
    NEW_FOLDER = "new_folder"
    REMOVE_FOLDER = "remove_folder"
    NEW_TAG = "new_tag"
    FILTER_BY_TAG = "filter_by_tag"
    REMOVE_TAG = "remove_tag"
    FILTER = "filter"
    WATCH = "watch"
    UNWATCH = "unwatch"
    OPEN_WATCHED = "open_watched"


_CAN_PAUSE = (JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.INTERRUPTED)
_A = RowAction
_BUTTONS = {
    JobStatus.RUNNING: (_A.PAUSE, _A.CANCEL),
    JobStatus.INTERRUPTED: (_A.PAUSE, _A.CANCEL),
    JobStatus.PAUSED: (_A.RESUME, _A.CANCEL),
    JobStatus.QUEUED: (_A.CANCEL,),
    JobStatus.FAILED: (_A.RETRY,),
}


def buttons_of(
    row: Row, summary: TranscriptSummary | None, *, is_all_paused: bool
) -> tuple[RowAction, ...]:
    """Return the buttons that are drawn in a row, left to right."""
    if row.kind is RowKind.SECTION and row.section.kind is SectionKind.RUNNING:
        return (_A.RESUME_ALL if is_all_paused else _A.PAUSE_ALL,)
    if row.kind is RowKind.WATCHED:
        return (_A.OPEN_WATCHED,)
    if summary is None:
        return ()
    if summary.deleted is not None:
        return (_A.RESTORE,)
    return _BUTTONS.get(summary.status, ())


def actions_of(
    row: Row | None, chosen: Sequence[TranscriptSummary]
) -> tuple[tuple[RowAction, ...], ...]:
    """Return what the context menu of a row offers, in groups; `chosen` is the selection."""
    if row is None:
        return ((_A.NEW_FOLDER, _A.WATCH), (_A.FILTER,))
    if row.kind is RowKind.TRANSCRIPT:
        return _of_transcripts(chosen)
    if row.kind is RowKind.TAG:
        return ((_A.FILTER_BY_TAG, _A.RENAME), (_A.REMOVE_TAG,))
    if row.kind is RowKind.WATCHED:
        return ((_A.OPEN_WATCHED,), (_A.UNWATCH,))
    return {
        SectionKind.RUNNING: ((_A.PAUSE_ALL, _A.RESUME_ALL),),
        SectionKind.FOLDER: ((_A.RENAME, _A.NEW_FOLDER), (_A.FILTER,), (_A.REMOVE_FOLDER,)),
        SectionKind.TAGS: ((_A.NEW_TAG,),),
        SectionKind.WATCHED: ((_A.WATCH,),),
        SectionKind.TRASH: ((_A.EMPTY_TRASH,),),
    }.get(row.section.kind, ((_A.NEW_FOLDER,), (_A.FILTER,)))


def applicable(summary: TranscriptSummary) -> tuple[RowAction, ...]:
    """Return what can be done with one transcript, in no groups."""
    return tuple(action for group in _of_transcripts([summary]) for action in group)


def _of_transcripts(chosen: Sequence[TranscriptSummary]) -> tuple[tuple[RowAction, ...], ...]:
    if not chosen:
        return ()
    if any(summary.deleted is not None for summary in chosen):
        return ((_A.RESTORE,), (_A.DELETE,))
    is_one = len(chosen) == 1
    states = {summary.status for summary in chosen}
    first = ((_A.OPEN, _A.RENAME) if is_one else ()) + _of_jobs(states, is_one=is_one)
    has_text = any(summary.done > 0 for summary in chosen)
    second: tuple[RowAction, ...] = (_A.EXPORT,) if has_text else ()
    if is_one:
        second += (_A.SHOW_FILE, _A.FIND_FILE)
        if not states & {JobStatus.QUEUED}:
            second += (_A.START_AGAIN,)
    return (first, second, (_A.TRASH,))


def _of_jobs(states: set[JobStatus], *, is_one: bool) -> tuple[RowAction, ...]:
    actions: list[RowAction] = []
    if states & set(_CAN_PAUSE):
        actions.append(_A.PAUSE)
    if JobStatus.PAUSED in states:
        actions.append(_A.RESUME)
    if states & {JobStatus.FAILED, JobStatus.CANCELLED}:
        actions.append(_A.RETRY)
    if states & set(UNFINISHED):
        actions.append(_A.CANCEL)
    if is_one and JobStatus.QUEUED in states:
        actions += [_A.MOVE_UP, _A.MOVE_DOWN]
    return tuple(actions)
