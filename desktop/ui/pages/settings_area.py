"""Put the pages beside the list of groups: back to the library, search, groups, version."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.services.model_downloads import ModelDownloads
from desktop.services.network_ledger import NetworkLedger
from desktop.services.settings_service import SettingsService
from desktop.ui import shortcuts
from desktop.ui.key_areas import mark_area
from desktop.ui.pages.about_section import Place
from desktop.ui.pages.group_list import GroupEntry, GroupList
from desktop.ui.pages.settings_page import SettingsPage
from desktop.ui.pages.speech_models_page import SpeechModelsPage
from desktop.ui.shortcuts import Command
from desktop.ui.sizes import dp
from desktop.ui.widgets.buttons import Button, IconButton
from desktop.ui.widgets.inputs import SearchField
from desktop.ui.widgets.labels import Label, Separator
from desktop.ui.widgets.panels import Panel
from engine import __version__
from engine.device_report import DeviceReport

MODELS = "models"
LIST_WIDTH = 272
RAIL_WIDTH = 48
_RAIL_BELOW = 840
"""dp; the list shows icons only then, and the search stands above the page."""


class SettingsArea(QWidget):
    """What fills the window in place of the library."""

    back_requested = Signal()
    """A person wants to see the library again."""

    def __init__(
        self,
        service: SettingsService,
        downloads: ModelDownloads,
        ledger: NetworkLedger,
        places: Sequence[Place] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._downloads = downloads
        self.settings_page = SettingsPage(service, ledger, places, self)
        self.models_page = SpeechModelsPage(downloads, service, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.settings_page)
        self._stack.addWidget(self.models_page)
        self._groups = GroupList(self.tr("Groups of settings"), self._entries(), self)
        keys = shortcuts.spaced(shortcuts.shown(Command.FIND))
        self.search_field = SearchField(self.tr("Search settings"), self, keys=keys)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._panel = self._left()
        mark_area(self._panel, self._stack)
        layout.addWidget(self._panel)
        layout.addWidget(Separator(self, Qt.Orientation.Vertical))
        layout.addLayout(self._right(), 1)
        self._is_rail: bool | None = None
        self._set_rail(False)
        self.search_field.textChanged.connect(self._on_search_changed)
        self._groups.chosen.connect(self.show_group)
        self.settings_page.group_reached.connect(self._on_group_reached)
        self.settings_page.models_requested.connect(lambda: self.show_group(MODELS))
        downloads.listed.connect(self.settings_page.set_models)
        self._add_keys()

    @Slot(str)
    def show_group(self, group: str) -> None:
        """Show a group: general, profiles, models, hardware, privacy, shortcuts, about."""
        self._groups.set_current(group)
        is_search = bool(self.search_field.text().strip())
        if group == MODELS and not is_search:
            self._stack.setCurrentWidget(self.models_page)
            self._downloads.refresh()
            return
        self._stack.setCurrentWidget(self.settings_page)
        self.settings_page.go_to(group)

    def set_devices(self, devices: Sequence[DeviceReport]) -> None:
        """Show what can do the computing; see `EngineClient.devices`."""
        self.settings_page.set_devices(devices)

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self.search_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_field.selectAll()

    def showEvent(self, event: QShowEvent) -> None:  # pylint: disable=invalid-name
        """Look at the models whenever the area is opened."""
        super().showEvent(event)
        self._downloads.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:  # pylint: disable=invalid-name
        """Shrink the list to a rail of icons where there is little room."""
        super().resizeEvent(event)
        self._set_rail(self.width() < dp(_RAIL_BELOW))

    def _set_rail(self, is_rail: bool) -> None:
        if is_rail == self._is_rail:
            return
        self._is_rail = is_rail
        self._panel.setFixedWidth(dp(RAIL_WIDTH if is_rail else LIST_WIDTH))
        self._groups.set_compact(is_rail)
        for widget in (self._back, self._version):
            widget.setVisible(not is_rail)
        self._rail_back.setVisible(is_rail)
        self._top.setVisible(is_rail)
        place = self._top_place if is_rail else self._list_place
        place.addWidget(self.search_field)

    def _right(self) -> QVBoxLayout:
        self._top = Panel("surface", self)
        self._top_place = QVBoxLayout(self._top)
        self._top_place.setContentsMargins(dp(24), dp(16), dp(24), dp(8))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(self._stack, 1)
        return column

    def _left(self) -> Panel:
        panel = Panel("window", self)
        back = Button(self.tr("Library"), "quiet", "chevron-left", panel)
        back.setAccessibleName(self.tr("Back to the library"))
        back.clicked.connect(self.back_requested)
        self._list_place = QVBoxLayout()
        self._list_place.setContentsMargins(dp(16), 0, dp(16), 0)
        self._rail_back = IconButton("chevron-left", self.tr("Back to the library"), panel)
        self._rail_back.clicked.connect(self.back_requested)
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, dp(16), 0, dp(12))
        column.setSpacing(dp(8))
        top = QHBoxLayout()
        top.setContentsMargins(dp(8), 0, dp(8), 0)
        top.addWidget(back)
        top.addWidget(self._rail_back)
        top.addStretch(1)
        column.addLayout(top)
        column.addLayout(self._list_place)
        column.addSpacing(dp(4))
        column.addWidget(self._groups, 1)
        program = self.tr("Whisper Transcriber {version}").format(version=__version__)
        self._version = Label(program, "caption", "text3", panel)
        self._version.setContentsMargins(dp(16), 0, dp(16), 0)
        column.addWidget(self._version)
        self._back = back
        return panel

    def _entries(self) -> tuple[GroupEntry, ...]:
        return (
            GroupEntry("general", self.tr("General"), "settings"),
            GroupEntry("profiles", self.tr("Profiles"), "sliders-horizontal"),
            GroupEntry(MODELS, self.tr("Speech models"), "package"),
            GroupEntry("hardware", self.tr("Hardware"), "cpu"),
            GroupEntry("privacy", self.tr("Privacy and network"), "shield"),
            GroupEntry("shortcuts", self.tr("Shortcuts"), "keyboard"),
            GroupEntry("about", self.tr("About"), "info"),
        )

    def _add_keys(self) -> None:
        find = QAction(self.tr("Search settings"), self)
        find.setShortcuts(shortcuts.keys(Command.FIND))
        back = QAction(self.tr("Back to the library"), self)
        back.setShortcut("Esc")
        back.triggered.connect(self._on_escape)
        find.triggered.connect(self.focus_search)
        for action in (find, back):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)

    @Slot()
    def _on_escape(self) -> None:
        if self.search_field.text():
            self.search_field.clear()
        else:
            self.back_requested.emit()

    @Slot(str)
    def _on_search_changed(self, text: str) -> None:
        counts = self.settings_page.search(text)
        if text.strip():
            self._groups.set_counts(counts)
            self._stack.setCurrentWidget(self.settings_page)
        else:
            self._groups.set_counts(None)
            self._groups.set_current("general")

    @Slot(str)
    def _on_group_reached(self, group: str) -> None:
        if self._stack.currentWidget() is self.settings_page:
            self._groups.set_current(group)
