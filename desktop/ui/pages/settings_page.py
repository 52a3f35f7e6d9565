"""Show all settings on one page that can be searched; changes apply at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.item_models.captions import size
from desktop.services.model_list import ListedModel, ModelList, ModelState
from desktop.services.network_ledger import NetworkLedger
from desktop.services.settings_service import SettingsService
from desktop.settings import Group
from desktop.ui.pages.about_section import AboutSection, Place
from desktop.ui.pages.column_scroll import ColumnScroll
from desktop.ui.pages.hardware_section import HardwareSection
from desktop.ui.pages.privacy_section import PrivacySection
from desktop.ui.pages.profile_section import ProfileSection
from desktop.ui.pages.rows import Row, Section
from desktop.ui.pages.settings_sections import TypedSection
from desktop.ui.pages.shortcuts_section import ShortcutsSection
from desktop.ui.sizes import dp
from desktop.ui.style import set_surface
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import Label
from engine.device_report import DeviceReport

WIDTH = 720
_STACKED_BELOW = 440
"""dp; controls stand under their texts then."""


class SettingsPage(QWidget):
    """Sections of rows, one under the other."""

    models_requested = Signal()
    """A person wants to manage the speech models."""
    group_reached = Signal(str)
    """The page was scrolled to a group: its key."""

    def __init__(
        self,
        service: SettingsService,
        ledger: NetworkLedger,
        places: Sequence[Place] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._service = service
        self._goal = ""
        self._models = ModelList()
        self._title = Label(self.tr("Settings"), "display", "text", self)
        self._subtitle = Label(self.tr("Changes apply at once."), "body", "text2", self)
        self._nothing = Label("", "body", "text2", self)
        self._nothing.hide()
        self.profiles = ProfileSection(self.tr("Profiles"), service, self)
        self.hardware = HardwareSection(self.tr("Hardware"), service, self)
        self._model_section = Section(self.tr("Speech models"), self)
        self._model_row = self._make_model_row()
        self.sections: Mapping[str, Section] = {
            "general": TypedSection(self.tr("General"), Group.GENERAL, service, self),
            "profiles": self.profiles,
            "models": self._model_section,
            "hardware": self.hardware,
            "privacy": PrivacySection(self.tr("Privacy and network"), service, ledger, self),
            "shortcuts": ShortcutsSection(self.tr("Shortcuts"), self),
            "about": AboutSection(self.tr("About"), places, self),
        }
        self._lay_out()
        service.changed.connect(self._show_model)

    def set_devices(self, devices: Sequence[DeviceReport]) -> None:
        """Show what can do the computing."""
        self.hardware.set_devices(devices)

    @Slot(object)
    def set_models(self, models: ModelList) -> None:
        """Show the model in use, and offer the installed ones in profiles."""
        self._models = models
        installed = [each.name for each in models.models if each.state is ModelState.INSTALLED]
        self.profiles.set_models(installed)
        self._show_model()

    def go_to(self, group: str) -> None:
        """Scroll to a group, again when the page is laid out, until a person scrolls."""
        self._goal = group
        self._scroll_to_goal()

    @Slot()
    def _scroll_to_goal(self) -> None:
        if self._goal and self.sections[self._goal].isVisibleTo(self):
            goal = self._goal
            top = self.sections[goal].mapTo(self._scroll.column, QPoint(0, 0)).y()
            self._scroll.verticalScrollBar().setValue(max(0, top - dp(24)))
            self._goal = goal

    def search(self, query: str) -> Mapping[str, int]:
        """Show only settings with a text; return how many each group has."""
        wanted = query.strip()
        self._goal = ""
        self._scroll.setUpdatesEnabled(False)
        counts = {key: section.search(wanted) for key, section in self.sections.items()}
        count = sum(counts.values())
        if not wanted:
            self._subtitle.setText(self.tr("Changes apply at once."))
        elif not count:
            self._subtitle.setText(self.tr("No setting has “{0}”.").format(wanted))
        else:
            matching = self.tr("%n setting(s) match “{0}”.", "", count)
            self._subtitle.setText(matching.format(wanted))
        self._scroll.verticalScrollBar().setValue(0)
        self._scroll.setUpdatesEnabled(True)
        return counts

    def _lay_out(self) -> None:
        set_surface(self, "surface")
        column = QVBoxLayout()
        column.setContentsMargins(0, dp(24), 0, dp(32))
        column.setSpacing(dp(24))
        head = QVBoxLayout()
        head.setSpacing(dp(4))
        head.addWidget(self._title)
        head.addWidget(self._subtitle)
        column.addLayout(head)
        for section in self.sections.values():
            column.addWidget(section)
        column.addStretch(1)
        self._scroll = ColumnScroll(self.tr("Settings"), WIDTH, column, self)
        self._scroll.narrowed.connect(self._on_narrowed)
        self._scroll.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        # The range changes before the rows under it have their places.
        self._late = QTimer(self, singleShot=True, interval=0)
        self._late.timeout.connect(self._scroll_to_goal)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._late.start)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)

    def _make_model_row(self) -> Row:
        manage = Button(self.tr("Manage models…"), "normal", None, self)
        manage.clicked.connect(self.models_requested)
        row = Row("", "", manage, self)
        self._model_section.add_row(row)
        row.title.set_plain(self.tr("Speech models"))
        return row

    @Slot()
    def _show_model(self) -> None:
        name = self._service.current.profile.model or self._models.default
        found = next((each for each in self._models.models if each.name == name), None)
        if found is None:
            self._model_row.title.set_plain(self.tr("No speech model is installed"))
            self._model_row.set_sentence(self.tr("Download one, or import it from a folder."))
            return
        self._model_row.title.set_plain(found.name)
        self._model_row.set_sentence(self._about(found))

    def _about(self, model: ListedModel) -> str:
        if model.state is not ModelState.INSTALLED:
            return self.tr("Not on this computer")
        parts = [self.tr("In use"), size(model.size_bytes)]
        if model.speed is not None and model.speed.is_measured:
            speed = f"{model.speed.speed:.0f}"
            parts.append(self.tr("{0}× real time on this computer").format(speed))
        return "  ·  ".join(parts)

    @Slot(int)
    def _on_narrowed(self, width: int) -> None:
        for section in self.sections.values():
            section.set_stacked(width < dp(_STACKED_BELOW))

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        if self._goal:
            self.group_reached.emit(self._goal)
            self._goal = ""
            return
        end = self._scroll.verticalScrollBar().maximum()
        reached = ""
        for key, section in self.sections.items():
            if not section.isVisibleTo(self):
                continue
            top = section.mapTo(self._scroll.column, QPoint(0, 0)).y()
            # At the end of the page the last groups cannot come to the top.
            if not reached or top <= value + dp(120) or value == end > 0:
                reached = key
        if reached:
            self.group_reached.emit(reached)
