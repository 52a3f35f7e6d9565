"""Open the export sheet, say what was exported, and export by itself what a profile wants."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from desktop.item_models.library_model import LibraryModel
from desktop.services.export_writing import Outcome
from desktop.services.exporting import ExportReport
from desktop.services.services import Services
from desktop.store.records import JobStatus, TranscriptSummary
from desktop.ui.export.words import ExportWords, first_folder
from desktop.ui.main_window import MainWindow
from desktop.ui.messages import Messages


class ExportController(QObject):
    """Stand between the export sheet, the exporter and the queue."""

    def __init__(self, window: MainWindow, model: LibraryModel, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._model = model
        self._services = services
        self._words = ExportWords()
        self._words.setParent(self)
        self._messages = Messages(self)
        self._decoding: set[int] = set()
        services.news.transcript_changed.connect(self._on_transcript_changed)
        services.exporter.finished.connect(self._on_finished)

    @Slot(list)
    def open(self, transcripts: Sequence[int]) -> None:
        """Offer to export transcripts that have text."""
        found = (self._model.contents.summary(transcript) for transcript in transcripts)
        summaries = [summary for summary in found if summary is not None and summary.done > 0]
        if not summaries:
            self._window.toasts.show_toast(
                self.tr("There is no text to export yet. Wait until the first words are there.")
            )
            return
        # Its modules come when they are wanted: the list of transcripts waits for everything else.
        from desktop.ui.export.export_sheet import (  # pylint: disable=import-outside-toplevel
            ExportSheet,
        )

        folders = {folder.id: folder.name for folder in self._model.contents.folders}
        sheet = ExportSheet(self._window, self._services.exporter, summaries, folders)
        sheet.exported.connect(self._tell)
        sheet.open_sheet()

    @Slot(object)
    def _on_transcript_changed(self, summary: TranscriptSummary) -> None:
        """Export by itself once a job is done, not when a done transcript is edited."""
        if summary.status is JobStatus.RUNNING:
            self._decoding.add(summary.id)
        elif summary.status is JobStatus.DONE and summary.id in self._decoding:
            self._decoding.discard(summary.id)
            profile = self._services.settings.current.profile_named(summary.options.profile)
            if profile.outputs and profile.name == summary.options.profile:
                self._services.exporter.export_automatically(summary.id, profile)

    @Slot(object)
    def _on_finished(self, report: ExportReport) -> None:
        if report.is_automatic:
            self._tell(report)

    @Slot(object)
    def _tell(self, report: ExportReport) -> None:
        failed = [result for result in report.results if result.outcome is Outcome.FAILED]
        if failed:
            message = self._messages.stopped(failed[0].code)
            self._window.toasts.show_toast(f"{message.title} {message.text}")
            return
        folder = first_folder(report)

        def show() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

        action = self.tr("Show in folder") if folder is not None else ""
        self._window.toasts.show_toast(self._words.done(report), action, show)
