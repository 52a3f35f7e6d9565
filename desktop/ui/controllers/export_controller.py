"""Open the export sheet, say what was exported, and export by itself what a profile wants."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from desktop.item_models.library_model import LibraryModel
from desktop.services.due_exports import DueExport, DueExports
from desktop.services.export_writing import Outcome
from desktop.services.exporting import ExportReport
from desktop.services.services import Services
from desktop.store.records import JobStatus, TranscriptSummary
from desktop.ui.export.words import ExportWords, first_folder
from desktop.ui.main_window import MainWindow
from desktop.ui.messages import Messages
from engine.transcript.formats import FORMATS


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
        self._due = DueExports(
            services.paths.data / "exports_due.json", services.library, services.background, self
        )
        self._writing: set[int] = set()
        self._due.found.connect(self._on_due_found)
        services.news.transcript_added.connect(self._on_transcript_changed)
        services.news.transcript_changed.connect(self._on_transcript_changed)
        services.news.transcript_removed.connect(self._due.forget)
        services.exporter.finished.connect(self._on_finished)
        self._due.load()

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
        profile = self._services.settings.current.profile_named(summary.options.profile)
        wanted = None
        if profile.name == summary.options.profile:
            wanted = DueExport(summary.uid, profile.outputs, profile.output_folder)
        if summary.status is not JobStatus.DONE:
            self._writing.discard(summary.id)
            self._due.note(summary, wanted)
            return
        noted = self._due.get(summary)
        if noted is not None and noted.is_begun and summary.id not in self._writing:
            self._export(summary.id, wanted or noted)

    def _export(self, transcript: int, due: DueExport) -> None:
        if any(name in FORMATS for name in due.outputs):
            self._writing.add(transcript)
            self._services.exporter.export_automatically(transcript, due)
        else:
            self._due.forget(transcript)

    @Slot(object)
    def _on_due_found(self, summaries: Sequence[TranscriptSummary]) -> None:
        """Export what was done when the program ended, before its files were written."""
        for summary in summaries:
            if summary.status is JobStatus.DONE:
                self._on_transcript_changed(summary)

    @Slot(object)
    def _on_finished(self, report: ExportReport) -> None:
        if report.is_automatic:
            for transcript in {result.request.transcript for result in report.results}:
                self._writing.discard(transcript)
                self._due.forget(transcript)
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
