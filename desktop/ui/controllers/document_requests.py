"""Do what people ask for on the page of the open transcript."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from desktop.services.jobs import JobQueue
from desktop.services.services import Services
from desktop.store.records import JobOptions, JobStatus, TranscriptSummary
from desktop.ui.controllers.document_controller import DocumentController
from desktop.ui.main_window import MainWindow
from desktop.ui.message_values import Way


class DocumentRequests(QObject):
    """Pass the wishes of header, strip and card on to queue and library."""

    model_wanted = Signal()
    """People want to choose another speech model."""
    again_requested = Signal(int)
    """It is to be transcribed from the start, as its profile now says."""
    trash_requested = Signal(int)
    find_requested = Signal(int)
    """People want to say where the recording is."""

    def __init__(
        self, window: MainWindow, document: DocumentController, services: Services
    ) -> None:
        super().__init__(window)
        self._document = document
        self._services = services
        header, page, queue = window.document.header, window.document, services.queue
        header.find_requested.connect(page.view.find_text)
        header.pause_requested.connect(lambda: self._with_open(queue.pause))
        header.resume_requested.connect(lambda: self._with_open(queue.resume))
        header.stop_requested.connect(lambda: self._with_open(queue.cancel))
        header.start_again_requested.connect(lambda: self._with_open(self.again_requested.emit))
        header.trash_requested.connect(lambda: self._with_open(self.trash_requested.emit))
        header.renamed.connect(self._on_renamed)
        header.file_shown.connect(self._on_file_shown)
        page.strip.start_again_requested.connect(lambda: self._with_open(queue.start_again))
        page.strip.options_changed.connect(self._on_options_changed)
        page.card.way_chosen.connect(self._on_way_chosen)
        page.view.continue_requested.connect(self._on_continue_requested)

    def _with_open(self, act: Callable[[int], object]) -> None:
        transcript = self._document.open_transcript
        if transcript is not None:
            act(transcript)

    @Slot(str)
    def _on_renamed(self, title: str) -> None:
        services = self._services
        self._with_open(lambda one: services.writes.follow(services.library.rename(one, title)))

    @Slot(object)
    def _on_options_changed(self, options: JobOptions) -> None:
        self._with_open(lambda one: self._services.queue.change_options(one, options))

    @Slot()
    def _on_file_shown(self) -> None:
        summary = self._document.summary()
        if summary is not None:
            _show_folder(summary)

    @Slot()
    def _on_continue_requested(self) -> None:
        summary, queue = self._document.summary(), self._services.queue
        if summary is not None and summary.status is JobStatus.PAUSED:
            queue.resume(summary.id)
        elif summary is not None:
            queue.retry(summary.id)

    @Slot(object)
    def _on_way_chosen(self, way: Way) -> None:
        summary = self._document.summary()
        if summary is None:
            return
        queue, downloads, transcript = self._services.queue, self._services.downloads, summary.id
        ways: dict[Way, Callable[[], object]] = {
            Way.CONTINUE: lambda: queue.retry(transcript),
            Way.TRY_AGAIN: lambda: _try_again(queue, summary),
            Way.START_AGAIN: lambda: queue.start_again(transcript),
            Way.FIND: lambda: self.find_requested.emit(transcript),
            Way.DOWNLOAD: lambda: downloads.download(summary.options.model),
            Way.REPAIR: lambda: downloads.repair(summary.options.model),
            Way.CHOOSE_MODEL: self.model_wanted.emit,
            Way.REMOVE: lambda: self.trash_requested.emit(transcript),
            Way.KEEP: lambda: queue.accept(transcript),
        }
        ways.get(way, lambda: _show_folder(summary))()


def _show_folder(summary: TranscriptSummary) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(summary.source.path.parent)))


def _try_again(queue: JobQueue, summary: TranscriptSummary) -> None:
    """Go on with a job that stopped; one that is done begins anew."""
    if summary.status is JobStatus.DONE:
        queue.start_again(summary.id)
    else:
        queue.retry(summary.id)
