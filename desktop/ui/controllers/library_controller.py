"""Keep the sidebar as the library is, and do what people ask of its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox

from desktop.item_models.library_model import LibraryModel
from desktop.services.job_request import job_options
from desktop.services.services import Services
from desktop.settings import Settings, WatchedFolder
from desktop.store.records import (
    Folder,
    JobStatus,
    ShelvesChanged,
    Tag,
    TranscriptSummary,
)
from desktop.ui.main_window import MainWindow
from desktop.ui.messages import Messages

_Loaded = tuple[list[TranscriptSummary], list[TranscriptSummary], list[Folder], list[Tag]]


class LibraryController(QObject):
    """Stand between the sidebar and the library."""

    loaded = Signal()
    """The sidebar shows the library."""

    def __init__(self, window: MainWindow, model: LibraryModel, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._model = model
        self._services = services
        self._messages = Messages(self)
        self._follow_news()
        self._follow_jobs()
        self._follow_shelves()
        services.writes.failed.connect(self._on_write_failed)
        services.settings.changed.connect(self._on_settings_changed)
        services.watched.reachable_changed.connect(self._on_reachable_changed)
        self._show_watched(services.settings.current)

    def load(self) -> None:
        """Read the library in the background and show it."""
        library = self._services.library

        def read() -> _Loaded:
            return library.summaries(), library.trash(), library.folders(), library.tags()

        self._services.background.run(read, self._on_loaded, owner=self)

    def _on_loaded(self, loaded: _Loaded) -> None:
        self._model.show_library(*loaded)
        self.loaded.emit()

    # ---- news ------------------------------------------------------------------------------

    def _follow_news(self) -> None:
        news, queue = self._services.news, self._services.queue
        news.transcript_added.connect(self._on_changed)
        news.transcript_changed.connect(self._on_changed)
        news.transcript_removed.connect(self._model.remove)
        news.shelves_changed.connect(self._on_shelves_changed)
        queue.progressed.connect(self._model.set_progress)

    @Slot(object)
    def _on_changed(self, summary: TranscriptSummary) -> None:
        self._model.upsert(summary)
        self._window.sidebar.set_all_paused(self._services.queue.is_paused)

    @Slot(object)
    def _on_shelves_changed(self, change: ShelvesChanged) -> None:
        self._model.set_shelves(change.folders, change.tags)

    # ---- jobs ------------------------------------------------------------------------------

    def _follow_jobs(self) -> None:
        sidebar, queue = self._window.sidebar, self._services.queue
        sidebar.pause_requested.connect(queue.pause)
        sidebar.resume_requested.connect(queue.resume)
        sidebar.cancel_requested.connect(queue.cancel)
        sidebar.retry_requested.connect(queue.retry)
        sidebar.start_again_requested.connect(self.transcribe_again)
        sidebar.pause_all_requested.connect(queue.pause_all)
        sidebar.resume_all_requested.connect(queue.resume_all)
        sidebar.moved.connect(queue.move)
        sidebar.file_shown.connect(self.show_recording)
        sidebar.file_searched.connect(self.find_recording)
        sidebar.trash_requested.connect(self.put_into_trash)
        sidebar.restore_requested.connect(self._on_restore)
        sidebar.delete_requested.connect(self._on_delete)
        sidebar.empty_trash_requested.connect(self._on_empty_trash)
        sidebar.renamed.connect(self.rename)

    @Slot(int)
    def show_recording(self, transcript: int) -> None:
        """Open the folder of a recording in the file manager."""
        summary = self._model.contents.summary(transcript)
        if summary is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(summary.source.path.parent)))

    @Slot(int)
    def transcribe_again(self, transcript: int) -> None:
        """Transcribe a recording from its start, as its profile now says."""
        summary = self._model.contents.summary(transcript)
        if summary is None:
            return
        settings = self._services.settings.current
        profile = settings.profile_named(summary.options.profile)
        model = self._services.downloads.current.default or summary.options.model
        self._services.queue.start_again(transcript, job_options(profile, model))

    @Slot(int)
    def find_recording(self, transcript: int) -> None:
        """Let people say where a recording is now."""
        dialog = QFileDialog(self._window, self.tr("Find the recording"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(
            lambda path: self._services.queue.find_source(transcript, Path(path))
        )
        dialog.open()

    @Slot(int, str)
    def rename(self, transcript: int, title: str) -> None:
        """Give a transcript another title."""
        if title.strip():
            self._write(self._services.library.rename(transcript, title.strip()))

    @Slot(list)
    def put_into_trash(self, transcripts: Sequence[int]) -> None:
        """Put transcripts into the trash; a toast takes it back."""
        chosen = list(transcripts)
        if not chosen:
            return
        for transcript in chosen:
            summary = self._model.contents.summary(transcript)
            if summary is not None and summary.status in (JobStatus.RUNNING, JobStatus.QUEUED):
                self._services.queue.pause(transcript)
        writes, library = self._services.writes, self._services.library

        def undo() -> None:
            self._write(library.take_from_trash(chosen))

        def tell(_: None) -> None:
            text = self.tr("%n transcript(s) were deleted.", "", len(chosen))
            self._window.toasts.show_toast(text, self.tr("Undo"), undo)

        writes.follow(library.put_into_trash(chosen), tell)

    @Slot(list)
    def _on_restore(self, transcripts: Sequence[int]) -> None:
        self._write(self._services.library.take_from_trash(list(transcripts)))

    @Slot(list)
    def _on_delete(self, transcripts: Sequence[int]) -> None:
        library, chosen = self._services.library, list(transcripts)
        question = self.tr("Delete %n transcript(s) for good?", "", len(chosen))
        if chosen:
            self._ask(
                question, lambda: self._services.writes.follow(library.delete_for_good(chosen))
            )

    @Slot()
    def _on_empty_trash(self) -> None:
        library = self._services.library
        self._ask(
            self.tr("Delete everything in Deleted for good?"),
            lambda: self._services.writes.follow(library.empty_trash(0)),
        )

    def _ask(self, question: str, delete: Callable[[], None]) -> None:
        """Ask before something is lost that cannot be undone."""
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(question)
        box.setInformativeText(
            self.tr("Text and history are removed. Recordings and exported files stay.")
        )
        button = box.addButton(self.tr("Delete for good"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        button.clicked.connect(lambda _checked=False: delete())
        box.open()

    # ---- folders, tags, watched folders ----------------------------------------------------

    def _follow_shelves(self) -> None:
        sidebar, library = self._window.sidebar, self._services.library
        follow = self._services.writes.follow
        sidebar.folder_add_requested.connect(self._on_folder_add)
        sidebar.folder_chosen.connect(
            lambda chosen, folder: follow(library.set_folder(chosen, folder))
        )
        sidebar.folder_renamed.connect(
            lambda folder, name: follow(library.rename_folder(folder, name))
        )
        sidebar.folder_removed.connect(lambda folder: follow(library.remove_folder(folder)))
        sidebar.tag_add_requested.connect(self._on_tag_add)
        sidebar.tag_set.connect(self._on_tag_set)
        sidebar.tag_renamed.connect(lambda tag, name: follow(library.rename_tag(tag, name)))
        sidebar.tag_removed.connect(lambda tag: follow(library.remove_tag(tag)))
        sidebar.watch_requested.connect(self._on_watch)
        sidebar.watch_ended.connect(self._on_watch_ended)
        sidebar.watched_opened.connect(
            lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        )

    @Slot(str, list)
    def _on_folder_add(self, name: str, transcripts: list[int]) -> None:
        library, writes = self._services.library, self._services.writes

        def fill(folder: int) -> None:
            if transcripts:
                self._write(library.set_folder(transcripts, folder))

        writes.follow(library.add_folder(name), fill)

    @Slot(str, list)
    def _on_tag_add(self, name: str, transcripts: list[int]) -> None:
        self._services.writes.follow(
            self._services.library.add_tag(name),
            lambda tag: self._on_tag_set(transcripts, tag, True),
        )

    @Slot(list, int, bool)
    def _on_tag_set(self, transcripts: list[int], tag: int, is_on: bool) -> None:
        for transcript in transcripts:
            summary = self._model.contents.summary(transcript)
            if summary is not None:
                tags = {*summary.tags, tag} if is_on else {*summary.tags} - {tag}
                self._write(self._services.library.set_tags(transcript, sorted(tags)))

    @Slot()
    def _on_watch(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Watch a folder"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._on_watch_chosen)
        dialog.open()

    @Slot(str)
    def _on_watch_chosen(self, path: str) -> None:
        settings = self._services.settings
        known = settings.current.watched_folders
        if all(Path(folder.path) != Path(path) for folder in known):
            settings.change(watched_folders=(*known, WatchedFolder(path)))

    @Slot(str, bool)
    def _on_reachable_changed(self, path: str, is_reachable: bool) -> None:
        if not is_reachable:
            text = self.tr("The watched folder “{name}” cannot be read. It is looked at again.")
            self._window.toasts.show_toast(text.format(name=Path(path).name))

    @Slot(object)
    def _on_watch_ended(self, path: Path) -> None:
        settings = self._services.settings
        left = tuple(
            folder for folder in settings.current.watched_folders if Path(folder.path) != path
        )
        settings.change(watched_folders=left)

    @Slot(object, object)
    def _on_settings_changed(self, new: Settings, _old: Settings) -> None:
        self._show_watched(new)

    def _show_watched(self, settings: Settings) -> None:
        self._model.set_watched([Path(folder.path) for folder in settings.watched_folders])

    # ---- failures --------------------------------------------------------------------------

    def _write(self, future: Future[None]) -> None:
        self._services.writes.follow(future)

    @Slot(str)
    def _on_write_failed(self, code: str) -> None:
        message = self._messages.stopped(code)
        self._window.toasts.show_toast(f"{message.title} {message.text}")
