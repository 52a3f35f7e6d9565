"""Fill the sections of the settings page from the typed settings."""

from __future__ import annotations

from dataclasses import fields

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop.services.settings_service import SettingsService
from desktop.settings import Control, Group, Settings, setting_of
from desktop.ui.pages.controls import Made, make_control, text
from desktop.ui.pages.rows import Row, Section

_SIMPLE = (Control.SWITCH, Control.SEGMENTS, Control.MENU, Control.READING_SIZE)
"""Controls that are made from the description alone."""


class TypedSection(Section):
    """A section whose rows are the settings of one group, each with “Back to default”."""

    def __init__(
        self, title: str, group: Group, service: SettingsService, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        self.service = service
        self._controls: dict[str, Made] = {}
        self.rows_by_name: dict[str, Row] = {}
        for field in fields(Settings):
            setting = setting_of(field)
            if setting.group is group and setting.control in _SIMPLE:
                self._add(field.name)
        service.changed.connect(self._on_settings_changed)

    def _add(self, name: str) -> None:
        field = next(each for each in fields(Settings) if each.name == name)
        setting = setting_of(field)
        made = make_control(setting, lambda value: self.service.change(**{name: value}), self)
        made.show(getattr(self.service.current, name))
        row = Row(text(setting.title), text(setting.sentence), made.widget, self)
        made.widget.setAccessibleDescription(text(setting.sentence))
        row.set_keywords(" ".join(text(choice.label) for choice in setting.choices))
        row.set_resettable()
        row.reset_requested.connect(lambda: self.service.reset(name))
        self._controls[name] = made
        self.rows_by_name[name] = row
        self.add_row(row)

    @Slot(object, object)
    def _on_settings_changed(self, new: Settings, _before: Settings) -> None:
        for name, made in self._controls.items():
            made.show(getattr(new, name))
