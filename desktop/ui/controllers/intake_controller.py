"""Bring recordings in: dropped, pasted, chosen, handed over by a later start, or the sample."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop.services.dropped import Dropped, local_paths
from desktop.services.jobs import KnownRecording
from desktop.services.model_downloads import ModelProgress
from desktop.services.model_list import ListedModel, ModelList, ModelState
from desktop.services.services import Services
from desktop.store.records import UNFINISHED, TranscriptSummary
from desktop.ui.main_window import MainWindow
from desktop.ui.messages import Circumstances, Messages
from engine.resources import SAMPLE_RECORDING

_HOUR = 3600.0
_HERE = (ModelState.INSTALLED, ModelState.CHECKING)


class IntakeController(QObject):
    """Stand between what people bring and the queue."""

    transcript_wanted = Signal(int)
    """It is to be opened."""

    def __init__(self, window: MainWindow, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._messages = Messages(self)
        self._opens_next = False
        self._brings_many = False
        self._shows_known = False
        self._noted = ""
        window.dropped.connect(self.take)
        window.paste_requested.connect(self.paste)
        window.document.view.page.files_pasted.connect(self.paste)
        window.start_page.files_requested.connect(self.choose)
        window.start_page.sample_requested.connect(self._on_sample)
        window.start_page.download_requested.connect(services.downloads.download)
        window.sidebar.add_requested.connect(self.choose)
        window.rail.add_requested.connect(self.choose)
        services.queue.already_known.connect(self._on_already_known)
        services.queue.taken_up.connect(self._on_taken_up)
        services.queue.rejected.connect(self._on_rejected)
        services.queue.held.connect(self._on_held)
        services.news.transcript_added.connect(self._on_added)
        services.downloads.listed.connect(self._show_model_note)
        services.downloads.progressed.connect(self._on_download_progressed)
        services.downloads.finished.connect(services.queue.model_installed)

    def add(
        self, paths: Sequence[Path], *, repeat_known: bool = False, shows_known: bool = False
    ) -> None:
        """Queue files and folders with the profile for new recordings.

        With `shows_known`, a single one that is in the library already is opened in any case.
        """
        if paths:
            self._shows_known = shows_known
            self._opens_next = True
            self._brings_many = len(paths) > 1
            profile = self._services.settings.current.profile
            self._services.queue.add(paths, profile, repeat_known=repeat_known)

    @Slot(object)
    def take(self, dropped: Dropped) -> None:
        """Queue what was dropped or pasted; what has no path gets a sentence."""
        self.add(dropped.paths)
        if dropped.without_path and not dropped.paths:
            self._window.toasts.show_toast(
                self.tr(
                    "What was dropped is no file on this computer. Save it first, then drop "
                    "the saved file."
                )
            )

    @Slot()
    def paste(self) -> None:
        """Queue files from the clipboard."""
        self.take(local_paths(QGuiApplication.clipboard().mimeData()))

    @Slot()
    def choose(self) -> None:
        """Let people choose files."""
        dialog = QFileDialog(self._window, self.tr("Choose recordings"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.add([Path(name) for name in names]))
        dialog.open()

    @Slot()
    def _on_sample(self) -> None:
        # A copy: files are exported beside the recording, not into the program.
        folder = self._services.paths.data / "sample"

        def copy() -> Path:
            folder.mkdir(parents=True, exist_ok=True)
            target = folder / SAMPLE_RECORDING.name
            if not target.exists():
                shutil.copyfile(SAMPLE_RECORDING, target)
            return target

        def failed(_: Exception) -> None:
            self.add([SAMPLE_RECORDING])

        self._services.background.run(copy, lambda path: self.add([path]), failed, owner=self)

    # ---- what became of it -----------------------------------------------------------------

    @Slot(object)
    def _on_added(self, summary: TranscriptSummary) -> None:
        if not self._opens_next or summary.code.startswith("media."):
            return
        self._opens_next = False
        if not self._window.is_document_shown:
            self.transcript_wanted.emit(summary.id)
            return
        # Whoever reads goes on reading.
        self._window.toasts.show_toast(
            (
                self.tr("The recordings are being put into the queue.")
                if self._brings_many
                else self.tr("{title} is in the queue.").format(title=summary.title)
            ),
            self.tr("Open"),
            lambda: self.transcript_wanted.emit(summary.id),
        )

    @Slot(object)
    def _on_already_known(self, known: Sequence[KnownRecording]) -> None:
        if len(known) == 1:
            self._show_known(known[0].summary.id)
        if len(known) == 1 and known[0].summary.status in UNFINISHED:
            text = self.tr("{title} is in the queue already.").format(title=known[0].summary.title)
            self._window.toasts.show_toast(text)
            return
        paths = [recording.path for recording in known]
        text = self.tr("%n recording(s) were transcribed before.", "", len(known))

        def repeat() -> None:
            self.add(paths, repeat_known=True)

        self._window.toasts.show_toast(text, self.tr("Transcribe again"), repeat)

    @Slot(int)
    def _on_taken_up(self, transcript: int) -> None:
        if self._opens_next:
            self._opens_next = False
            self._show_known(transcript)

    def _show_known(self, transcript: int) -> None:
        """Open what was brought in again, unless somebody reads something else."""
        may_open = not self._window.is_document_shown or self._shows_known
        if may_open and not self._brings_many:
            self.transcript_wanted.emit(transcript)

    @Slot(object)
    def _on_rejected(self, rejected: Sequence[tuple[Path, str]]) -> None:
        path, code = rejected[0]
        if len(rejected) > 1:
            text = self.tr("%n dropped item(s) hold no recording.", "", len(rejected))
            self._window.toasts.show_toast(text)
            return
        message = self._messages.stopped(code, Circumstances(folder=path.name))
        self._window.toasts.show_toast(f"{path.name}: {message.title} {message.text}")

    @Slot(str)
    def _on_held(self, code: str) -> None:
        if code:
            message = self._messages.stopped(code)
            text = f"{message.title} {message.text}"
            self._window.toasts.show_toast(text, self.tr("Continue"), self._services.queue.go_on)

    # ---- the model that is missing ---------------------------------------------------------

    @Slot(object)
    def _show_model_note(self, models: ModelList) -> None:
        wanted = self._services.settings.current.profile.model or models.default or "base"
        model = next((one for one in models.models if one.name == wanted), None)
        is_missing = model is not None and model.state not in _HERE
        self._noted = wanted if is_missing else ""
        if model is None or not is_missing:
            self._window.start_page.set_model_note("", "", "")
            return
        known = self._known(model)
        message = self._messages.stopped("model.not_installed", known)
        self._window.start_page.set_model_note(
            model.name, message.title, self._messages.model_note(known)
        )

    def _known(self, model: ListedModel) -> Circumstances:
        return Circumstances(
            model=model.name,
            size_bytes=model.size_bytes,
            hour_seconds=self._services.speeds.time_for(model.name, _HOUR),
        )

    @Slot(object)
    def _on_download_progressed(self, progress: ModelProgress) -> None:
        if progress.model == self._noted:
            fraction = progress.done_bytes / max(1, progress.total_bytes)
            self._window.start_page.note.set_progress(fraction, f"{fraction:.0%}")
