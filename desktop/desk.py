"""Build the services and controllers that need the library, once it is open."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.services.engine_thread import EngineThread
from desktop.services.exporting import Exporter
from desktop.services.jobs import JobQueue
from desktop.services.library_backups import LibraryBackups
from desktop.services.media_probe import MediaProbe
from desktop.services.model_downloads import ModelDownloads
from desktop.services.network_ledger import FILE_NAME as LEDGER_NAME
from desktop.services.network_ledger import NetworkLedger, OfflineLock
from desktop.services.services import Services
from desktop.services.speeds import Speeds
from desktop.services.watched_folders import WatchedFolders
from desktop.services.writes import Writes
from desktop.ui.controllers.document_controller import DocumentController
from desktop.ui.controllers.document_requests import DocumentRequests
from desktop.ui.controllers.export_controller import ExportController
from desktop.ui.controllers.history_controller import HistoryController
from desktop.ui.controllers.intake_controller import IntakeController
from desktop.ui.controllers.library_controller import LibraryController
from desktop.ui.controllers.search_controller import SearchController
from desktop.ui.controllers.settings_controller import SettingsController
from desktop.ui.key_areas import step_area
from desktop.ui.shortcuts import Command

if TYPE_CHECKING:
    from desktop.app import Program
    from desktop.store.library import Library
    from engine.device_report import DeviceReport

logger = logging.getLogger(__name__)

_WARM_AFTER_MS = 1500
"""So long after the library came, the engine is started if nothing is to be done."""
_WANTED_LATER = ("desktop.ui.pages.settings_area", "desktop.ui.export.export_sheet")


class Desk(QObject):  # pylint: disable=too-many-instance-attributes
    """Everything behind the window; built in the GUI thread after its first paint."""

    ready = Signal()
    """The library is shown and the queue goes on."""

    def __init__(self, program: Program, library: Library) -> None:
        super().__init__(program)
        self._window = program.window
        self.services = self._build(program, library)
        self._offline = OfflineLock(program.settings, self)
        self._ledger = NetworkLedger(program.paths.logs / LEDGER_NAME, self)
        self._backups = LibraryBackups(
            library,
            program.background,
            lambda: self.services.queue.running is not None,
            parent=self,
        )
        window, model, services = program.window, program.model, self.services
        self.library = LibraryController(window, model, services)
        self.document = DocumentController(window, model, services)
        self.requests = DocumentRequests(window, self.document, services)
        self.intake = IntakeController(window, services)
        self.search = SearchController(window, model, services)
        self.export = ExportController(window, model, services)
        self.history = HistoryController(window, self.document, services)
        self.settings = SettingsController(window, services, self._ledger, program.theme)
        self._connect()
        self._add_commands()

    def _build(self, program: Program, library: Library) -> Services:
        paths, settings, background = program.paths, program.settings, program.background
        speeds = Speeds(paths.cache / "speeds.json")
        probe = MediaProbe()
        engine = EngineThread(library, settings, folders=paths.models, speeds=speeds, parent=self)
        queue = JobQueue(library, program.news, background, engine, probe=probe, parent=self)
        return Services(
            paths=paths,
            settings=settings,
            background=background,
            news=program.news,
            library=library,
            writes=Writes(self),
            probe=probe,
            engine=engine,
            queue=queue,
            speeds=speeds,
            downloads=ModelDownloads(
                paths.models, background, settings, speeds=speeds, parent=self
            ),
            exporter=Exporter(
                library,
                background,
                paths.config / "export_presets.toml",
                paths.data / "exported.json",
                self,
            ),
            watched=WatchedFolders(paths.data / "watched.json", parent=self),
        )

    def start(self) -> None:
        """Show the library, go on with the queue, look at models and folders."""
        self.library.loaded.connect(self._on_loaded)
        self.library.load()

    def close(self) -> None:
        """Store what was typed and end threads and processes."""
        self.document.commit()
        services = self.services
        self._backups.close()
        services.watched.close()
        services.queue.close()
        services.probe.close()
        services.downloads.close()
        self._ledger.close()

    @Slot()
    def _on_loaded(self) -> None:
        self.library.loaded.disconnect(self._on_loaded)
        services, settings = self.services, self.services.settings.current
        services.queue.start()
        services.downloads.refresh()
        services.watched.watch(settings.watched_folders)
        if settings.trash_days:
            services.writes.follow(services.library.empty_trash(settings.trash_days))
        QTimer.singleShot(_WARM_AFTER_MS, self, self._warm)
        self._backups.start()
        self.ready.emit()

    @Slot()
    def _warm(self) -> None:
        for module in _WANTED_LATER:
            # The first time that somebody opens them should not take longer than the others.
            self.services.background.run(partial(import_module, module), _ignore, owner=self)
        if self.services.queue.running is None:
            self.services.engine.warm(self.services.settings.current.profile.model)

    # ---- connections between the parts -----------------------------------------------------

    def _connect(self) -> None:
        window, services = self._window, self.services
        sidebar, header = window.sidebar, window.document.header
        sidebar.opened.connect(self.document.open)
        self.intake.transcript_wanted.connect(self.document.open)
        self.search.hit_chosen.connect(self.document.open)
        sidebar.export_requested.connect(self.export.open)
        header.export_requested.connect(self._export_open)
        self.requests.again_requested.connect(self.library.transcribe_again)
        self.requests.trash_requested.connect(lambda one: self.library.put_into_trash([one]))
        self.requests.find_requested.connect(self.library.find_recording)
        self.requests.model_wanted.connect(self.settings.open_models)
        for place in (sidebar, window.rail):
            place.search_requested.connect(self.search.open)
            place.settings_requested.connect(self.settings.open)
        services.watched.recordings_found.connect(self._on_recordings_found)
        services.queue.watched_settled.connect(services.watched.confirm)
        self.settings.devices_wanted.connect(self._look_for_devices)

    @Slot()
    def _export_open(self) -> None:
        if self.document.open_transcript is not None:
            window = self._window
            window.document.view.commit()
            self.export.open([self.document.open_transcript])

    @Slot(object, str)
    def _on_recordings_found(self, paths: Sequence[Path], profile: str) -> None:
        settings = self.services.settings.current
        chosen = settings.profile_named(profile) if profile else settings.profile
        self.services.queue.add_watched(paths, chosen)

    @Slot()
    def _look_for_devices(self) -> None:
        def look() -> tuple[DeviceReport, ...]:
            from engine.process.client import EngineClient  # pylint: disable=C0415

            with EngineClient() as client:
                return client.devices()

        def failed(error: Exception) -> None:
            logger.warning("devices cannot be listed: %s", type(error).__name__)

        self.services.background.run(look, self.settings.set_devices, failed, owner=self)

    # ---- keys and menu ---------------------------------------------------------------------

    def _add_commands(self) -> None:
        window, view = self._window, self._window.document.view
        in_menu: tuple[tuple[Command, Callable[[], object], str], ...] = (
            (Command.ADD_FILES, self.intake.choose, "plus"),
            (Command.SEARCH_EVERYWHERE, self.search.open, "search"),
            (Command.EXPORT, self._export_open, "upload"),
            (Command.SETTINGS, self.settings.open, "settings"),
            (Command.SHOW_SHORTCUTS, lambda: self.settings.open("shortcuts"), "circle-help"),
            (Command.QUIT, window.close, "x"),
        )
        by_key: tuple[tuple[Command, Callable[[], object]], ...] = (
            (Command.FIND, self._find),
            (Command.REPLACE, view.replace),
            (Command.RENAME, window.sidebar.rename_current),
            (Command.FIND_NEXT, view.find_next),
            (Command.FIND_PREVIOUS, view.find_previous),
            (Command.LARGER_TEXT, lambda: self.settings.zoom(1)),
            (Command.SMALLER_TEXT, lambda: self.settings.zoom(-1)),
            (Command.USUAL_TEXT, lambda: self.settings.zoom(0)),
            (Command.PAUSE_JOB, self._pause_or_resume),
            (Command.TOGGLE_LIBRARY, window.toggle_library),
            (Command.NEXT_AREA, lambda: self._step_area(1)),
            (Command.PREVIOUS_AREA, lambda: self._step_area(-1)),
            (Command.FULL_SCREEN, self._toggle_full_screen),
            (Command.CLOSE_WINDOW, window.close),
        )
        for command, then, icon_name in in_menu:
            window.add_command(command, then, icon_name)
        for command, then in by_key:
            window.add_command(command, then)

    def _find(self) -> None:
        if self._window.is_document_shown:
            self._window.document.view.find_text()

    def _pause_or_resume(self) -> None:
        # All of them: otherwise the next one begins in place of the one that was paused.
        queue = self.services.queue
        if queue.is_paused:
            queue.resume_all()
        else:
            queue.pause_all()

    def _toggle_full_screen(self) -> None:
        window = self._window
        if window.isFullScreen():
            window.showNormal()
        else:
            window.showFullScreen()

    def _step_area(self, step: int) -> None:
        if self._window.toasts.toast is not None:
            self._window.toasts.focus_toast()
        else:
            step_area(self._window, step)


def _ignore(_result: object) -> None:
    """Want nothing more of it."""
