"""Choose in a column what is exported: purpose or own preset, options, a name to keep them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.services.export_presets import (
    FORMATS_FOR,
    ExportChoices,
    Preset,
    Purpose,
    usual_preset,
)
from desktop.services.exporting import Exporter
from desktop.ui.export.option_rows import OptionRows
from desktop.ui.export.own_presets import PresetNaming
from desktop.ui.export.preset_list import PresetList
from desktop.ui.export.words import ExportWords
from desktop.ui.sizes import dp
from desktop.ui.widgets.labels import Separator

_WIDTH = 284


class PresetColumn(QScrollArea):  # pylint: disable=too-many-instance-attributes
    """The left part of the export sheet; what people keep goes to the exporter."""

    preset_shown = Signal()
    """Another preset, or another option of it, counts from now on."""

    def __init__(self, exporter: Exporter, words: ExportWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._exporter = exporter
        self._preset = exporter.choices.last
        self._by_purpose: dict[Purpose, Preset] = {}
        self.is_touched = False
        """Whether a person has chosen something since the sheet was opened."""
        self._column = QWidget(self)
        self.presets = PresetList(words, self._column)
        self.options = OptionRows(words, self._column)
        self.naming = PresetNaming(self._column)
        self._lay_out()
        self.presets.purpose_chosen.connect(self._on_purpose_chosen)
        self.presets.preset_chosen.connect(self._on_own_chosen)
        self.presets.removal_requested.connect(self._on_removal_requested)
        self.options.changed.connect(self._on_options_changed)
        self.naming.named.connect(self._on_named)

    def _lay_out(self) -> None:
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self._column)
        layout.setContentsMargins(dp(12), dp(12), dp(12), dp(12))
        layout.setSpacing(dp(12))
        layout.addWidget(self.presets)
        layout.addWidget(Separator(self._column))
        layout.addWidget(self.options)
        layout.addStretch(1)
        layout.addWidget(self.naming)
        self.setWidget(self._column)
        # setWidget fills it with the window colour.
        self._column.setAutoFillBackground(False)
        self.setMinimumWidth(max(dp(_WIDTH), self._column.minimumSizeHint().width() + dp(12)))

    @property
    def preset(self) -> Preset:
        """Return what is chosen."""
        return self._preset

    def show_choices(self, choices: ExportChoices) -> None:
        """Show what was used last, and the presets that people made."""
        self._by_purpose = {choices.last.purpose: replace(choices.last, name="")}
        self.presets.set_own(choices.presets)
        self._use(choices.last)

    def take_presets(self, choices: ExportChoices) -> None:
        """Show the presets that people made, and keep what is chosen."""
        self.presets.set_own(choices.presets)
        self.presets.choose(self._preset)

    def _use(self, preset: Preset) -> None:
        self._preset = preset
        self.presets.choose(preset)
        self.options.show_preset(preset)
        self.preset_shown.emit()

    @Slot(str)
    def _on_purpose_chosen(self, key: str) -> None:
        self.is_touched = True
        purpose = Purpose(key)
        usual = usual_preset(FORMATS_FOR[purpose][0])
        self._use(self._by_purpose.get(purpose, usual))

    @Slot(str)
    def _on_own_chosen(self, name: str) -> None:
        self.is_touched = True
        for preset in self._exporter.choices.presets:
            if preset.name == name:
                self._use(preset)

    @Slot(object)
    def _on_options_changed(self, preset: Preset) -> None:
        self.is_touched = True
        # Changed, it is no longer the preset that somebody made.
        changed = replace(preset, name="")
        self._by_purpose[changed.purpose] = changed
        self._use(changed)

    @Slot(str)
    def _on_named(self, name: str) -> None:
        made = replace(self._preset, name=name)
        others = (preset for preset in self._exporter.choices.presets if preset.name != name)
        self._keep_presets((*others, made))
        self._use(made)

    @Slot(str)
    def _on_removal_requested(self, name: str) -> None:
        presets = self._exporter.choices.presets
        self._keep_presets(tuple(preset for preset in presets if preset.name != name))
        self._use(replace(self._preset, name="") if self._preset.name == name else self._preset)

    def _keep_presets(self, presets: tuple[Preset, ...]) -> None:
        self._exporter.save_choices(replace(self._exporter.choices, presets=presets))
        self.presets.set_own(presets)
