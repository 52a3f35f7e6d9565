"""Keep sessions that nobody looks at any more until everything of them is stored."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from desktop.services.editing_session import EditingSession
from desktop.services.library_news import LibraryNews
from desktop.store.records import BlocksPlanned, SegmentsAdded, SpeakersChanged


class LeftSessions(QObject):
    """Hold left sessions, also for hours while the disk is full, and give them back."""

    def __init__(self, news: LibraryNews, parent: QObject) -> None:
        super().__init__(parent)
        self._sessions: list[EditingSession] = []
        news.segments_added.connect(self._on_segments_added)
        news.speakers_changed.connect(self._on_speakers_changed)
        news.blocks_planned.connect(self._on_blocks_planned)
        news.transcript_replaced.connect(self._on_replaced)

    @property
    def sessions(self) -> tuple[EditingSession, ...]:
        """Return those that are not settled, oldest first."""
        return tuple(self._sessions)

    def leave(self, session: EditingSession) -> None:
        """Keep a session until it is settled, then delete it."""
        self._sessions.append(session)
        session.settled.connect(self._on_settled)
        session.leave()

    def take(self, transcript: int) -> EditingSession | None:
        """Give the session of a transcript back whose edits the library has not got yet."""
        for session in self._sessions:
            if session.transcript == transcript and not session.is_saved:
                self._sessions.remove(session)
                session.settled.disconnect(self._on_settled)
                session.come_back()
                return session
        return None

    @Slot()
    def _on_settled(self) -> None:
        for session in self.sessions:
            if session.is_settled:
                self._sessions.remove(session)
                session.deleteLater()

    def _of(self, transcript: int) -> list[EditingSession]:
        return [one for one in self._sessions if one.transcript == transcript]

    @Slot(object)
    def _on_segments_added(self, added: SegmentsAdded) -> None:
        for session in self._of(added.transcript):
            session.add_segments(added.segments)

    @Slot(object)
    def _on_speakers_changed(self, change: SpeakersChanged) -> None:
        for session in self._of(change.transcript):
            session.take_speakers(change.speakers)

    @Slot(object)
    def _on_blocks_planned(self, planned: BlocksPlanned) -> None:
        if planned.is_new_run:
            self._on_replaced(planned.transcript)

    @Slot(int)
    def _on_replaced(self, transcript: int) -> None:
        for session in self._of(transcript):
            session.mark_stale()
