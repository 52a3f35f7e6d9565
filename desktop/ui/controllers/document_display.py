"""Show how the open transcript stands, and tell what happens to it and to other jobs."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from desktop.item_models.library_model import LibraryModel
from desktop.services.editing_session import EditingSession
from desktop.services.services import Services
from desktop.store.records import JobStatus, TranscriptSummary
from desktop.ui.controllers.problems import Problem, Problems
from desktop.ui.controllers.strip_states import StripStates
from desktop.ui.main_window import MainWindow
from desktop.ui.message_values import Way
from desktop.ui.transcript.hole_lines import GoingOn


class DocumentDisplay(QObject):
    """Put summary, progress and problem of a transcript on the page; toasts for the rest."""

    outdated = Signal()
    """More is known now: show it again."""

    def __init__(self, window: MainWindow, model: LibraryModel, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._page = window.document
        self._model = model
        self._problems = Problems(services, self)
        self._strips = StripStates(services, self)
        self._strips.changed.connect(self.outdated)

    def open(self, summary: TranscriptSummary, session: EditingSession) -> None:
        """Show a transcript that comes onto the page, from its top."""
        self._show_parts(summary, session)

    def show(self, summary: TranscriptSummary, session: EditingSession | None) -> None:
        """Show how a transcript stands; its text stays where it is read."""
        with self._page.keeping_place():
            self._show_parts(summary, session)

    def show_count(self, summary: TranscriptSummary) -> None:
        """Say while a job runs how many paragraphs there are."""
        is_running = summary.status is JobStatus.RUNNING
        self._page.show_hint(self._row_count() if is_running else 0)

    @Slot(int, str, str)
    def tell_notice(self, transcript: int, code: str, _detail: str) -> None:
        """Say what happened to a job that goes on."""
        summary = self._model.contents.summary(transcript)
        if summary is not None:
            self._window.toasts.show_toast(self._problems.notice(code, summary))

    @Slot(str)
    def tell_refusal(self, code: str) -> None:
        """Say why an edit was not stored."""
        self._window.toasts.show_toast(self._problems.sentence_of(code))

    def tell_failure(self, error: Exception) -> None:
        """Say why a transcript cannot be opened; what is no error of ours is raised again."""
        self._window.toasts.show_toast(self._problems.sentence(error))

    def _show_parts(self, summary: TranscriptSummary, session: EditingSession | None) -> None:
        segments = session.segments if session is not None else ()
        last = segments[-1].end if segments else None
        self._page.show_summary(
            summary,
            self._model.contents.progress(summary.id),
            self._strips.state(summary, self._applies_from(summary, last)),
        )
        problem = self._problems.of(summary, self._row_count())
        self._page.show_problem(problem.message, problem.kind, problem.detail)
        self.show_count(summary)
        is_silent = summary.status is JobStatus.DONE and not segments
        self._page.show_empty(
            self.tr("No speech was found in this recording.") if is_silent else ""
        )
        if _is_whole(summary):
            # Blocks may be planned beyond the end, where a file says more than there is.
            self._page.view.show_blocks((), ())
        if summary.status is JobStatus.RUNNING:
            self._page.view.show_running()
        else:
            self._page.view.show_standing(self._going_on(summary, problem))
        self._window.setWindowTitle(summary.title)

    def _applies_from(self, summary: TranscriptSummary, last: float | None) -> float | None:
        """Return from where on other options would count; None for the whole recording."""
        frontier = self._page.view.editor.feed.frontier()
        if frontier is None and summary.done:
            return last
        return frontier or None

    def _row_count(self) -> int:
        return len(self._page.view.editor.rows)

    def _going_on(self, summary: TranscriptSummary, problem: Problem) -> GoingOn:
        """Return how what is missing can still come."""
        if summary.status is JobStatus.PAUSED:
            return GoingOn(self.tr("Resume"))
        ways = () if problem.message is None else problem.message.ways
        if summary.status is JobStatus.CANCELLED or Way.CONTINUE in ways:
            return GoingOn(self.tr("Continue"))
        return GoingOn(is_final=summary.status is JobStatus.DONE)


def _is_whole(summary: TranscriptSummary) -> bool:
    """Tell a job that came to its end from one whose beginning was taken for the whole."""
    return summary.status is JobStatus.DONE and summary.done >= summary.duration
