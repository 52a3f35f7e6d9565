"""A library that keeps one transcript in memory and answers at once, or when it is told to."""

from __future__ import annotations

from concurrent.futures import Future

from engine.errors import LibraryError
from engine.transcript.editing import Edit, apply
from engine.transcript.transcript import Segment, Speaker


class EditedLibrary:
    """Take edits in as the real library does."""

    def __init__(self, segments: tuple[Segment, ...] = ()) -> None:
        self.segments = segments
        self.speakers: tuple[Speaker, ...] = ()
        self.revisions: list[str] = []
        self.error: LibraryError | None = None
        """What every call fails with."""
        self.is_slow = False
        """Answers wait for `answer`."""
        self._waiting: list[tuple[Edit, Future[None]]] = []

    def apply(self, transcript: int, edit: Edit) -> Future[None]:
        """Store an edit."""
        assert transcript == 1
        future: Future[None] = Future()
        self._waiting.append((edit, future))
        if not self.is_slow:
            self.answer()
        return future

    def answer(self) -> None:
        """Answer what waits."""
        waiting, self._waiting = self._waiting, []
        for edit, future in waiting:
            if self.error is not None:
                future.set_exception(self.error)
                continue
            try:
                self.segments = apply(self.segments, edit)
            except ValueError:
                future.set_exception(LibraryError("library.changed"))
            else:
                future.set_result(None)

    def set_speakers(self, transcript: int, speakers: tuple[Speaker, ...]) -> Future[None]:
        """Store the speakers."""
        assert transcript == 1
        future: Future[None] = Future()
        if self.error is not None:
            future.set_exception(self.error)
        else:
            self.speakers = speakers
            future.set_result(None)
        return future

    def keep_revision(self, transcript: int, reason: str) -> Future[int]:
        """Count a revision."""
        assert transcript == 1
        self.revisions.append(reason)
        future: Future[int] = Future()
        future.set_result(len(self.revisions))
        return future
