"""Hold an open transcript while it is edited: change it at once, store it, undo, redo."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from desktop.services.edit_writer import Change, EditWriter, Names
from desktop.store.records import StoredTranscript
from engine.transcript.editing import Edit, WordIds, apply
from engine.transcript.transcript import Segment, Speaker

logger = logging.getLogger(__name__)

_ONE_STEP_SECONDS = 5.0
"""Typing in one segment that goes on within this time is undone together."""

_REVISION_SECONDS = 600.0


class EditedLibrary(Protocol):
    """What a session needs of `desktop.store.library.Library`."""

    def apply(self, transcript: int, edit: Edit) -> Future[None]:
        """Store an edit."""
        ...

    def set_speakers(self, transcript: int, speakers: tuple[Speaker, ...]) -> Future[None]:
        """Store names and order of the speakers."""
        ...

    def keep_revision(self, transcript: int, reason: str) -> Future[int]:
        """Keep the transcript as it is now."""
        ...


@dataclass(slots=True)
class _Step:
    """Edits that are undone together; when the last of them was made."""

    edits: tuple[Edit, ...]
    made: float
    is_typing: bool


class EditingSession(QObject):  # pylint: disable=too-many-instance-attributes
    """Edit one transcript, in the GUI thread; every change is told and stored on its own."""

    changed = Signal(object, bool)
    """Edit, and whether it was made here (else it came out of the library)."""
    added = Signal(object)
    """The decoded segments (tuple) that came in."""
    speakers_changed = Signal()
    refused = Signal(str)
    """An edit could not be stored; code as in `engine.errors`. With `library.changed` it was taken
    back; with any other code it is kept and tried again."""
    saved = Signal()
    """Everything is stored."""
    settled = Signal()
    """It was left, and nothing of it is under way any more: it may be deleted."""
    undo_changed = Signal()
    """`can_undo` or `can_redo` may differ."""

    def __init__(
        self,
        library: EditedLibrary,
        stored: StoredTranscript,
        ids: WordIds,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self.transcript = stored.summary.id
        self.uid = stored.summary.uid
        self.ids = ids
        self._library = library
        self._clock = clock
        self._segments = stored.transcript.segments
        self._speakers = stored.transcript.speakers
        self._undone: list[_Step] = []
        self._done: list[_Step] = []
        self._revision_made = clock()
        self._has_edits = False
        self._is_left = self._is_stale = False
        self._heard: tuple[Speaker, ...] | None = None
        self._writer = EditWriter(self._store, self)
        self._writer.refused.connect(self._on_refused)
        self._writer.failed.connect(self.refused)
        self._writer.saved.connect(self._on_saved)
        self._writer.rested.connect(self._settle)

    def _store(self, change: Change) -> Future[None]:
        if isinstance(change, Names):
            return self._library.set_speakers(self.transcript, change.speakers)
        return self._library.apply(self.transcript, change)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Return the segments as they are now, in order of time."""
        return self._segments

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Return who speaks; their order gives their numbers."""
        return self._speakers

    @property
    def can_undo(self) -> bool:
        """Tell whether there is something to undo."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Tell whether there is something to redo."""
        return bool(self._undone)

    @property
    def is_saved(self) -> bool:
        """Tell whether everything is stored."""
        return self._writer.is_idle

    def edit(self, *edits: Edit) -> None:
        """Make edits that are undone together; `ValueError` if the transcript has changed."""
        self._make(edits, is_typing=False)

    def type(self, edit: Edit) -> None:
        """Make an edit that is undone together with the typing just before it."""
        self._make((edit,), is_typing=True)

    def _make(self, edits: Sequence[Edit], *, is_typing: bool) -> None:
        real = tuple(edit for edit in edits if not edit.changes_nothing)
        if not real:
            return
        for edit in real:
            self._apply(edit)
        step = _Step(real, self._clock(), is_typing)
        if self._done and _goes_on(self._done[-1], step):
            first = self._done.pop().edits[0]
            step.edits = (Edit(first.before, real[0].after),)
        self._done.append(step)
        self._undone.clear()
        self.undo_changed.emit()

    def _apply(self, edit: Edit) -> None:
        self._segments = apply(self._segments, edit)
        self._writer.write(edit)
        self._has_edits = True
        self.changed.emit(edit, True)
        if self._clock() - self._revision_made >= _REVISION_SECONDS:
            self._keep_revision()

    def undo(self) -> None:
        """Take the last step back; nothing happens if there is none."""
        self._move(self._done, self._undone, _taken_back)

    def redo(self) -> None:
        """Make the step again that was taken back last."""
        self._move(self._undone, self._done, lambda edits: edits)

    def _move(
        self,
        source: list[_Step],
        target: list[_Step],
        turn: Callable[[tuple[Edit, ...]], tuple[Edit, ...]],
    ) -> None:
        if not source:
            return
        step = source.pop()
        try:
            for edit in turn(step.edits):
                self._apply(edit)
        except ValueError:
            logger.info("a step can no longer be undone")
            source.clear()
            self.refused.emit("library.changed")
        else:
            target.append(replace(step, is_typing=False))
        self.undo_changed.emit()

    def add_segments(self, segments: Sequence[Segment]) -> None:
        """Take in decoded text, in any order; what is there already is passed over."""
        known = {segment.id for segment in self._segments}
        new = tuple(segment for segment in segments if segment.id not in known)
        if new:
            self._segments = apply(self._segments, Edit((), new))
            self.added.emit(new)

    def rename_speaker(self, speaker: str, name: str) -> None:
        """Give a speaker another name, everywhere."""
        self._set_speakers(
            tuple(
                replace(item, name=name) if item.id == speaker else item for item in self._speakers
            )
        )

    def add_speaker(self, name: str) -> str:
        """Add somebody who speaks, and return the id."""
        speaker = Speaker(self.ids.mint(), name)
        self._set_speakers((*self._speakers, speaker))
        return speaker.id

    def _set_speakers(self, speakers: tuple[Speaker, ...]) -> None:
        if speakers != self._speakers:
            self._has_edits = True
            self._writer.write(Names(speakers))
            self._show_speakers(speakers)

    def take_speakers(self, speakers: tuple[Speaker, ...]) -> None:
        """Take over the speakers that the library has, once the names given here are stored."""
        if self._writer.has_names:
            self._heard = speakers
        else:
            self._show_speakers(speakers)

    def _show_speakers(self, speakers: tuple[Speaker, ...]) -> None:
        if speakers != self._speakers:
            self._speakers = speakers
            self.speakers_changed.emit()

    # ---- being left ------------------------------------------------------------------------

    @property
    def is_stale(self) -> bool:
        """Tell whether the library has another text than this session, whatever is stored."""
        return self._is_stale

    def mark_stale(self) -> None:
        """Note that the library has another text now."""
        self._is_stale = True

    @property
    def is_settled(self) -> bool:
        """Tell whether it was left and nothing of it is under way."""
        return self._is_left and not self._has_edits and self._writer.is_resting

    def leave(self) -> None:
        """Go on storing, then keep a revision, though nobody looks; `settled` tells the end."""
        self._is_left = True
        self._settle()

    def come_back(self) -> None:
        """Be looked at again."""
        self._is_left = False

    @Slot()
    def _settle(self) -> None:
        if self._is_left and self._writer.is_resting and self._has_edits:
            self._keep_revision()
        elif self.is_settled:
            self.settled.emit()

    @Slot()
    def _on_saved(self) -> None:
        heard, self._heard = self._heard, None
        if heard is not None:
            self._show_speakers(heard)
        self.saved.emit()
        self._settle()

    def close(self) -> None:
        """Hand everything to the library that is not stored yet, and keep a revision."""
        self._writer.close()
        if self._has_edits:
            self._keep_revision()

    def unsaved(self, seconds: float) -> tuple[Change, ...]:
        """Return what could not be stored after `close`; wait no longer than this."""
        return self._writer.unsaved(seconds)

    def _keep_revision(self) -> None:
        self._revision_made = self._clock()
        self._has_edits = False
        self._writer.watch(self._library.keep_revision(self.transcript, "edited"))

    @Slot(object)
    def _on_refused(self, edits: tuple[Edit, ...]) -> None:
        """Take refused edits back, last one first; the steps they belong to are gone."""
        self._is_stale = True
        for edit in reversed(edits):
            with suppress(ValueError):
                self._segments = apply(self._segments, edit.inverse())
                self.changed.emit(edit.inverse(), False)
        self._done.clear()
        self._undone.clear()
        self.undo_changed.emit()
        self.refused.emit("library.changed")


def _goes_on(before: _Step, after: _Step) -> bool:
    if not (before.is_typing and after.is_typing):
        return False
    if after.made - before.made > _ONE_STEP_SECONDS or len(before.edits) != 1:
        return False
    return len(after.edits[0].before) == 1 and before.edits[0].after == after.edits[0].before


def _taken_back(edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    return tuple(edit.inverse() for edit in reversed(edits))
