"""Show the options that the chosen format has, and no others."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.export_presets import FORMATS_FOR, Option, Preset, options_of
from desktop.ui.export.words import ExportWords
from desktop.ui.sizes import HEIGHT_VALUE, dp
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.switch import Switch
from desktop.ui.widgets.value_button import Choice, ValueButton
from engine.transcript.cues import PRESETS

_SWITCHES = (Option.SPEAKERS, Option.WORDS, Option.DOUBTFUL, Option.LINE_NUMBERS)
_SHOWN, _HIDDEN = "shown", "hidden"


class OptionRows(QWidget):
    """Rows of name and control."""

    changed = Signal(object)
    """The Preset as a person wants it now."""

    def __init__(self, words: ExportWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._preset = Preset()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(dp(12), 0, dp(4), 0)
        self._layout.setSpacing(dp(8))
        self.format = ValueButton(self.tr("Format"), parent=self)
        self.format.set_shrinkable()
        self._format_row = self._add_row(self.tr("Format"), self.format)
        self.times = ValueButton(words.option(Option.TIMES), self._times(), parent=self)
        self.cues = ValueButton(words.option(Option.CUES), self._cues(), parent=self)
        self.switches = {
            option: Switch("", self, accessible_name=words.option(option)) for option in _SWITCHES
        }
        self._rows = {
            Option.TIMES: self._add_row(words.option(Option.TIMES), self.times),
            Option.CUES: self._add_row(words.option(Option.CUES), self.cues),
            **{
                option: self._add_row(words.option(option), switch)
                for option, switch in self.switches.items()
            },
        }
        self.format.chosen.connect(self._on_format_chosen)
        self.times.chosen.connect(self._on_times_chosen)
        self.cues.chosen.connect(self._on_cues_chosen)
        for option, switch in self.switches.items():
            switch.clicked.connect(partial(self._on_switched, option))

    def show_preset(self, preset: Preset) -> None:
        """Show another preset, without a signal."""
        self._preset = preset
        names = FORMATS_FOR[preset.purpose]
        self.format.set_choices([Choice(name, self._words.format(name)) for name in names])
        self.format.set_value(preset.format)
        self._format_row.setVisible(len(names) > 1)
        self.times.set_value(_SHOWN if preset.times else _HIDDEN)
        self.cues.set_value(preset.cues)
        for option, switch in self.switches.items():
            switch.setChecked(bool(getattr(preset, option.value)))
        offered = options_of(preset.format)
        for option, row in self._rows.items():
            row.setVisible(option in offered)

    def offered(self) -> frozenset[Option]:
        """Return the options that are shown."""
        return frozenset(option for option, row in self._rows.items() if not row.isHidden())

    def _add_row(self, name: str, control: QWidget) -> QWidget:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(dp(12))
        label = Label(name, "body", "text", row)
        label.setBuddy(control)
        layout.addWidget(label)
        layout.addStretch(1)
        layout.addWidget(control)
        row.setMinimumHeight(dp(HEIGHT_VALUE))
        self._layout.addWidget(row)
        return row

    def _times(self) -> list[Choice]:
        return [
            Choice(_SHOWN, self._words.times(shown=True)),
            Choice(_HIDDEN, self._words.times(shown=False)),
        ]

    def _cues(self) -> list[Choice]:
        return [Choice(name, self._words.cues(name)) for name in ("web_video", *_others())]

    @Slot(str)
    def _on_format_chosen(self, name: str) -> None:
        self._change(self._preset.with_format(name))

    @Slot(str)
    def _on_times_chosen(self, key: str) -> None:
        self._change(replace(self._preset, times=key == _SHOWN))

    @Slot(str)
    def _on_cues_chosen(self, name: str) -> None:
        self._change(replace(self._preset, cues=name))

    def _on_switched(self, option: Option) -> None:
        is_on = self.switches[option].isChecked()
        values = {
            Option.SPEAKERS: replace(self._preset, speakers=is_on),
            Option.WORDS: replace(self._preset, words=is_on),
            Option.DOUBTFUL: replace(self._preset, doubtful=is_on),
            Option.LINE_NUMBERS: replace(self._preset, line_numbers=is_on),
        }
        self._change(values[option])

    def _change(self, preset: Preset) -> None:
        self.show_preset(preset)
        self.changed.emit(preset)


def _others() -> list[str]:
    return [name for name in PRESETS if name != "web_video"]
