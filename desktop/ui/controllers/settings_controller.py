"""Open the settings, and let what they say about looks hold at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop.services.network_ledger import NetworkLedger
from desktop.services.services import Services
from desktop.settings import Settings
from desktop.settings.values import READING_SCALES
from desktop.ui.dressing import dress
from desktop.ui.main_window import MainWindow
from desktop.ui.theme import Theme
from engine.device_report import DeviceReport

if TYPE_CHECKING:
    from desktop.ui.pages.about_section import Place
    from desktop.ui.pages.settings_area import SettingsArea

# Its modules come when they are wanted: the list of transcripts waits for everything else.
# pylint: disable=import-outside-toplevel


class SettingsController(QObject):
    """Own the settings area, which is built when it is first wanted."""

    devices_wanted = Signal()
    """The hardware section is about to be seen."""

    def __init__(
        self, window: MainWindow, services: Services, ledger: NetworkLedger, theme: Theme
    ) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._ledger = ledger
        self._theme = theme
        self._area: SettingsArea | None = None
        self._devices: Sequence[DeviceReport] = ()
        services.settings.changed.connect(self._on_changed)
        services.settings.save_failed.connect(self._on_save_failed)
        window.document.view.zoom_requested.connect(self.zoom)

    @Slot()
    def open(self, group: str = "general") -> None:
        """Show the settings in place of the library."""
        area = self._obtain()
        area.show_group(group)
        self._window.show_area(area)
        if not self._devices:
            self.devices_wanted.emit()

    @Slot()
    def open_models(self) -> None:
        """Show the speech models."""
        from desktop.ui.pages.settings_area import MODELS

        self.open(MODELS)

    @Slot(object)
    def set_devices(self, devices: Sequence[DeviceReport]) -> None:
        """Show what can do the computing."""
        self._devices = devices
        if self._area is not None:
            self._area.set_devices(devices)

    @Slot(int)
    def zoom(self, steps: int) -> None:
        """Make the transcript's text larger or smaller by so many of the sizes; 0: as usual."""
        settings = self._services.settings
        nearest = min(READING_SCALES, key=lambda one: abs(one - settings.current.reading_scale))
        place = READING_SCALES.index(nearest) + steps if steps else READING_SCALES.index(1.0)
        place = min(max(place, 0), len(READING_SCALES) - 1)
        settings.change(reading_scale=READING_SCALES[place])

    def _obtain(self) -> SettingsArea:
        if self._area is None:
            from desktop.ui.pages.settings_area import SettingsArea

            services = self._services
            self._area = SettingsArea(
                services.settings, services.downloads, self._ledger, self._places(), self._window
            )
            self._area.back_requested.connect(self._window.show_library_area)
            if self._devices:
                self._area.set_devices(self._devices)
        return self._area

    def _places(self) -> tuple[Place, ...]:
        from desktop.ui.pages.about_section import Place

        paths = self._services.paths
        return (
            Place(self.tr("Library"), self.tr("All transcripts, in one file."), paths.data),
            Place(self.tr("Settings"), self.tr("What you chose."), paths.config),
            Place(self.tr("Log"), self.tr("What the program did, without any text."), paths.logs),
            Place(self.tr("Speech models"), self.tr("Downloaded ones."), paths.models[0]),
        )

    @Slot(object, object)
    def _on_changed(self, new: Settings, old: Settings) -> None:
        dress(self._theme, new, old)
        if new.language != old.language:
            self._window.toasts.show_toast(
                self.tr("The language changes when the program is started again.")
            )
        if new.watched_folders != old.watched_folders:
            self._services.watched.watch(new.watched_folders)

    @Slot(str)
    def _on_save_failed(self, _detail: str) -> None:
        self._window.toasts.show_toast(
            self.tr(
                "The settings could not be saved. They hold until the program is closed; "
                "check whether the disk is full."
            )
        )
