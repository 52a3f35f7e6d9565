"""Hold an open transcript while it is edited: change it at once, store it, undo, redo."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from desktop.services.edit_history import Act, History, Selection, Step
from desktop.services.edit_writer import Change, EditWriter, Names
from desktop.services.naming import Naming, named
from desktop.store.records import StoredTranscript
from engine.transcript.editing import Edit, WordIds, apply
from engine.transcript.transcript import Segment, Speaker

logger = logging.getLogger(__name__)

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


class EditingSession(QObject):  # pylint: disable=too-many-instance-attributes
    """Edit one transcript, in the GUI thread; every change is told and stored on its own."""

    changed = Signal(object, bool)
    """Edit, and whether it was made here (else it came out of the library)."""
    added = Signal(object)
    """The decoded segments (tuple) that came in."""
    speakers_changed = Signal()
    refused = Signal(str)
    """An edit could not be stored; code as in `engine.errors`. With `library.changed` it was taken
    back; with `library.speaker_changed` a step could not be undone or redone and is passed over;
    with any other code the edit is kept and tried again."""
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
        self._history = History()
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
        """Return who speaks; in the order of their numbers; names are empty while none is given."""
        return self._speakers

    @property
    def can_undo(self) -> bool:
        """Tell whether there is something to undo."""
        return bool(self._history.done)

    @property
    def can_redo(self) -> bool:
        """Tell whether there is something to redo."""
        return bool(self._history.undone)

    @property
    def is_saved(self) -> bool:
        """Tell whether everything is stored."""
        return self._writer.is_idle

    def edit(
        self, *acts: Act, before: Selection | None = None, after: Selection | None = None
    ) -> None:
        """Do what is undone together, all or nothing; `ValueError` if the transcript has changed.

        Say what was selected before, and what is after, for whoever undoes and redoes it.
        """
        self._do(Step(acts, self._clock(), before=before, after=after))

    def type(
        self, edit: Edit, *, before: Selection | None = None, after: Selection | None = None
    ) -> None:
        """Make an edit that is undone together with the typing just before it."""
        self._do(Step((edit,), self._clock(), is_typing=True, before=before, after=after))

    def _do(self, step: Step) -> None:
        real = tuple(act for act in step.acts if not act.changes_nothing)
        if real:
            self._play(real)
            self._history.add(replace(step, acts=real))
            self.undo_changed.emit()

    def _play(self, acts: Sequence[Act]) -> None:
        segments, speakers = self._segments, self._speakers
        for act in acts:
            if isinstance(act, Naming):
                speakers = named(speakers, act)
            else:
                segments = apply(segments, act)
        self._segments = segments
        for act in acts:
            if isinstance(act, Edit):
                self._tell(act)
        self._set_speakers(speakers)

    def _tell(self, edit: Edit) -> None:
        self._writer.write(edit)
        self._has_edits = True
        self.changed.emit(edit, True)
        if self._clock() - self._revision_made >= _REVISION_SECONDS:
            self._keep_revision()

    def undo(self) -> Selection | None:
        """Take the last step back, if there is one; return what was selected before it."""
        return self._replay(self._history.done, self._history.undone, Step.inverse)

    def redo(self) -> Selection | None:
        """Make the step again that was taken back last; return what was selected after it."""
        return self._replay(self._history.undone, self._history.done, lambda step: step)

    def _replay(
        self, source: list[Step], target: list[Step], turn: Callable[[Step], Step]
    ) -> Selection | None:
        if not source:
            return None
        step = source.pop()
        turned = turn(step)
        try:
            self._play(turned.acts)
        except ValueError:
            self._pass_over(step, source)
            return None
        else:
            target.append(replace(step, is_typing=False))
        finally:
            self.undo_changed.emit()
        return turned.after

    def _pass_over(self, step: Step, source: list[Step]) -> None:
        logger.info("a step can no longer be undone")
        if step.is_about_names:
            self.refused.emit("library.speaker_changed")
        else:  # what was done before it stands on the same text
            source.clear()
            self.refused.emit("library.changed")

    def add_segments(self, segments: Sequence[Segment]) -> None:
        """Take in decoded text, in any order; what is there already is passed over."""
        known = {segment.id for segment in self._segments}
        new = tuple(segment for segment in segments if segment.id not in known)
        if new:
            self._segments = apply(self._segments, Edit((), new))
            self.added.emit(new)

    def rename_speaker(self, speaker: str, name: str) -> None:
        """Give a speaker another name, everywhere."""
        for item in self._speakers:
            if item.id == speaker:
                self.edit(Naming(item, replace(item, name=name)))

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
        self._history.clear()
        self.undo_changed.emit()
        self.refused.emit("library.changed")
