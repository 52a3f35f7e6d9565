"""Show the revisions of the open transcript and bring one back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, Slot
from shiboken6 import isValid

from desktop.services.services import Services
from desktop.services.speaker_names import with_names
from desktop.ui.controllers.document_controller import DocumentController
from desktop.ui.document.history_sheet import HistorySheet
from desktop.ui.main_window import MainWindow
from engine.transcript.formats import FORMATS, WriteOptions
from engine.transcript.transcript import Transcript


class HistoryController(QObject):
    """Stand between the history sheet and the library."""

    def __init__(
        self, window: MainWindow, document: DocumentController, services: Services
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._services = services
        window.document.history_requested.connect(self.open)

    @Slot()
    def open(self) -> None:
        """Show the history of the open transcript."""
        transcript = self._document.open_transcript
        if transcript is None:
            return
        self._window.document.view.commit()
        sheet = HistorySheet(self._window, self._window.windowTitle())
        sheet.closed.connect(sheet.deleteLater)
        sheet.revision_chosen.connect(partial(self._show, sheet, transcript))
        sheet.restore_requested.connect(partial(self._restore, transcript))
        session = self._document.session
        if session is None or session.is_saved:
            self._list(sheet, transcript)
        else:  # the first edit is what makes the first revision
            once = Qt.ConnectionType.SingleShotConnection
            session.saved.connect(partial(self._list, sheet, transcript), once)
        sheet.open_sheet()

    def _list(self, sheet: HistorySheet, transcript: int) -> None:
        library = self._services.library
        if isValid(sheet):
            self._services.background.run(
                partial(library.revisions, transcript), sheet.show_revisions, owner=sheet
            )

    def _show(self, sheet: HistorySheet, transcript: int, number: int) -> None:
        library = self._services.library

        def read() -> str:
            return _text(library.revision(transcript, number))

        self._services.background.run(read, sheet.show_text, owner=sheet)

    def _restore(self, transcript: int, number: int) -> None:
        restored = self._services.queue.restore_revision(transcript, number)
        if restored is None:
            self._window.toasts.show_toast(
                self.tr("The recording is being transcribed. Pause it, then restore the text.")
            )
            return
        text = self.tr("The earlier text is back. The one before it is in History.")
        self._services.writes.follow(restored, lambda _: self._window.toasts.show_toast(text))


def _text(transcript: Transcript) -> str:
    transcript = replace(transcript, speakers=with_names(transcript.speakers))
    written = FORMATS["txt"].write(transcript, WriteOptions(times=True))
    return written.decode("utf-8-sig")
