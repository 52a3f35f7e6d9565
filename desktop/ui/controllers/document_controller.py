"""Open a transcript and keep the page as the library is."""

from __future__ import annotations

import secrets
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from desktop.item_models.captions import Progress
from desktop.item_models.library_model import LibraryModel
from desktop.services.editing_session import EditingSession
from desktop.services.left_sessions import LeftSessions
from desktop.services.services import Services
from desktop.store.records import (
    BlockFinished,
    BlocksPlanned,
    SegmentsAdded,
    SpeakersChanged,
    StoredTranscript,
    TranscriptSummary,
)
from desktop.ui.controllers.document_display import DocumentDisplay
from desktop.ui.controllers.unsaved_controller import UnsavedController
from desktop.ui.main_window import MainWindow
from engine.transcript.editing import WordIds


class DocumentController(QObject):  # pylint: disable=too-many-instance-attributes
    """Stand between the page and the open transcript. GUI thread."""

    opened = Signal(int)
    """The text of this transcript is shown."""

    def __init__(self, window: MainWindow, model: LibraryModel, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._page = window.document
        self._model = model
        self._services = services
        self._ids = WordIds(secrets.token_hex(4))
        self._session: EditingSession | None = None
        self._returning: EditingSession | None = None
        self._left = LeftSessions(services.news, self)
        self._wanted: int | None = None
        self._load = 0
        self._is_loading = self._is_outdated = False
        self._unsaved = UnsavedController(window, services, self)
        self._target = ""
        self._early: list[SegmentsAdded] = []
        self._display = DocumentDisplay(window, model, services)
        self._display.outdated.connect(self._refresh)
        self._follow_news()

    @property
    def open_transcript(self) -> int | None:
        """Return which transcript is open, or about to be."""
        return self._wanted

    @property
    def session(self) -> EditingSession | None:
        """Return the session of the open transcript."""
        return self._session

    # ---- opening and closing ---------------------------------------------------------------

    @Slot(int)
    def open(self, transcript: int, segment: str = "") -> None:
        """Show a transcript, at a segment if one is named."""
        self._target = segment
        if transcript == self._wanted and self._session is not None:
            self._window.show_document()
            self._show_target()
            return
        self._leave()
        self._wanted = transcript
        self._returning = self._left.take(transcript)
        self._early = []
        self._window.sidebar.set_open(transcript)
        self._read(transcript)

    @Slot()
    def close(self) -> None:
        """Show no transcript; what was typed is stored."""
        self._leave()
        self._wanted = None
        self._window.sidebar.set_open(None)
        self._window.show_start()
        self._window.setWindowTitle("Whisper Transcriber")

    def commit(self) -> None:
        """Hand everything that was typed to the library; what it cannot take goes into a file.

        At the end of the program only: it waits for the library.
        """
        self._page.view.commit()
        shown = [one for one in (self._session, self._returning) if one is not None]
        self._unsaved.end([*self._left.sessions, *shown])

    def _leave(self) -> None:
        self._load += 1  # what is being loaded is not wanted any more
        self._is_loading = False
        returning, self._returning = self._returning, None
        if returning is not None:
            for added in self._early:
                returning.add_segments(added.segments)
            self._left.leave(returning)
        if self._session is None:
            return
        self._page.clear()
        session, self._session = self._session, None
        self._left.leave(session)

    # ---- loading ---------------------------------------------------------------------------

    def _read(self, transcript: int) -> None:
        """Load the transcript; only the newest answer counts."""
        self._load += 1
        self._is_loading, self._is_outdated = True, False
        library, unsaved = self._services.library, self._unsaved

        def load() -> StoredTranscript:
            unsaved.wait_restored()
            return library.load(transcript)

        self._services.background.run(
            load,
            partial(self._on_loaded, self._load),
            partial(self._on_load_failed, self._load),
            owner=self,
        )

    def _on_loaded(self, load: int, stored: StoredTranscript) -> None:
        if load != self._load:
            return
        if self._is_outdated:
            self._read(stored.summary.id)
            return
        self._is_loading = False
        if self._session is not None:
            self._page.view.show_blocks(stored.blocks, stored.completed, stored.reached)
            return
        session, self._returning = self._returning, None
        if session is None:
            session = self._new_session(stored)
        self._session = session
        self._page.view.show_transcript(stored, session)
        for added in self._early:
            self._page.view.add_segments(added)
        self._early = []
        self._window.show_document()
        self._display.open(stored.summary, session)
        self._show_target()
        self.opened.emit(stored.summary.id)
        self._reload_stale()

    def _new_session(self, stored: StoredTranscript) -> EditingSession:
        session = EditingSession(self._services.library, stored, self._ids, self)
        session.refused.connect(self._display.tell_refusal)
        session.saved.connect(self._reload_stale)
        session.undo_changed.connect(self._refresh)
        return session

    def _on_load_failed(self, load: int, error: Exception) -> None:
        if load == self._load:
            self._is_loading = False
            if self._session is None:
                self.close()
            self._display.tell_failure(error)

    @Slot()
    def _reload_stale(self) -> None:
        """Load anew what the library has otherwise, once it answered all that was typed."""
        session = self._session
        if session is not None and session.is_stale and session.is_saved:
            row = self._page.view.page.row_at_caret()
            self._reload("" if row is None else row.segments[0].id)

    def _show_target(self) -> None:
        if self._target:
            self._page.view.go_to(self._target)
            self._page.view.page.setFocus()
            self._target = ""

    # ---- what the page shows ---------------------------------------------------------------

    @Slot()
    def _refresh(self) -> None:
        summary = self.summary()
        if summary is not None and self._session is not None:
            self._show_summary(summary)

    def summary(self) -> TranscriptSummary | None:
        """Return how the open transcript stands; None without one."""
        return None if self._wanted is None else self._model.contents.summary(self._wanted)

    def _show_summary(self, summary: TranscriptSummary) -> None:
        self._display.show(summary, self._session)

    # ---- news ------------------------------------------------------------------------------

    def _follow_news(self) -> None:
        news, queue = self._services.news, self._services.queue
        news.transcript_changed.connect(self._on_changed)
        news.transcript_removed.connect(self._on_removed)
        news.segments_added.connect(self._on_segments_added)
        news.blocks_planned.connect(self._on_blocks_planned)
        news.block_finished.connect(self._on_block_finished)
        news.speakers_changed.connect(self._on_speakers_changed)
        news.transcript_replaced.connect(self._on_replaced)
        queue.progressed.connect(self._on_progressed)
        queue.noticed.connect(self._display.tell_notice)

    @Slot(object)
    def _on_changed(self, summary: TranscriptSummary) -> None:
        if summary.id != self._wanted:
            return
        if summary.deleted is not None:
            self.close()
        elif self._session is not None:
            self._show_summary(summary)

    @Slot(int)
    def _on_removed(self, transcript: int) -> None:
        if transcript == self._wanted:
            self.close()

    @Slot(object)
    def _on_segments_added(self, added: SegmentsAdded) -> None:
        if added.transcript != self._wanted:
            return
        if self._session is None:
            self._early.append(added)
            return
        self._page.view.add_segments(added)
        summary = self.summary()
        if summary is not None:
            self._display.show_count(summary)

    @Slot(object)
    def _on_blocks_planned(self, planned: BlocksPlanned) -> None:
        if planned.transcript != self._wanted:
            return
        if planned.is_new_run:
            self._on_replaced(planned.transcript)
        elif self._is_loading:
            self._is_outdated = True
        elif self._session is not None:
            self._read(planned.transcript)

    @Slot(object)
    def _on_block_finished(self, finished: BlockFinished) -> None:
        if finished.transcript != self._wanted:
            return
        self._is_outdated |= self._is_loading
        if self._session is not None:
            self._page.view.finish_block(finished.block)
            self._refresh()

    @Slot(object)
    def _on_speakers_changed(self, change: SpeakersChanged) -> None:
        if change.transcript != self._wanted:
            return
        session = self._session or self._returning
        if session is not None:
            session.take_speakers(change.speakers)
        else:
            self._is_outdated |= self._is_loading

    @Slot(int)
    def _on_replaced(self, transcript: int) -> None:
        if transcript != self._wanted:
            return
        for session in (self._session, self._returning):
            if session is not None:
                session.mark_stale()
        self._early = []
        if self._session is not None:
            self._reload()
        else:
            self._is_outdated |= self._is_loading

    def _reload(self, segment: str = "") -> None:
        transcript = self._wanted
        if transcript is not None:
            self._leave()
            self._wanted = None
            self.open(transcript, segment)

    @Slot(object)
    def _on_progressed(self, progress: Progress) -> None:
        if progress.transcript == self._wanted:
            self._page.show_progress(progress)
