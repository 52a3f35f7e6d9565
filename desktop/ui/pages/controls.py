"""Make the control of a setting from its description, and keep it showing the present value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget

from desktop.settings import Control, Setting
from desktop.settings.setting import CONTEXT
from desktop.ui.fonts import ROLES
from desktop.ui.widgets.segmented import Segment, SegmentedControl
from desktop.ui.widgets.switch import Switch
from desktop.ui.widgets.value_button import Choice, ValueButton

Value = str | int | float | bool
Set = Callable[[Value], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A control, and how to show a value in it."""

    widget: QWidget
    show: Callable[[Value], None]


def text(source: str) -> str:
    """Return a text of the settings' descriptions in the language of the program."""
    return QCoreApplication.translate(CONTEXT, source)


def make_control(setting: Setting, on_chosen: Set, parent: QWidget) -> Made:
    """Build the control of a setting; `on_chosen` is called when a person changes it."""
    name = text(setting.title)
    if setting.control is Control.SWITCH:
        return _switch(name, on_chosen, parent)
    choices = [(choice.value, text(choice.label)) for choice in setting.choices]
    if setting.control is Control.SEGMENTS:
        return _segments(name, choices, on_chosen, parent)
    if setting.control is Control.READING_SIZE:
        choices = [(value, _points(float(value))) for value, _ in choices]
    return _menu(name, choices, on_chosen, parent)


def _switch(name: str, on_chosen: Set, parent: QWidget) -> Made:
    switch = Switch("", parent, accessible_name=name)
    switch.clicked.connect(lambda: on_chosen(switch.isChecked()))
    return Made(switch, lambda value: switch.setChecked(bool(value)))


def _segments(
    name: str, choices: Sequence[tuple[Value, str]], on_chosen: Set, parent: QWidget
) -> Made:
    segments = [Segment(str(value), label) for value, label in choices]
    control = SegmentedControl(name, segments, parent)
    values = {str(value): value for value, _ in choices}
    control.chosen.connect(lambda key: on_chosen(values[key]))
    return Made(control, lambda value: control.set_value(str(value)))


def _menu(name: str, choices: Sequence[tuple[Value, str]], on_chosen: Set, parent: QWidget) -> Made:
    button = ValueButton(name, [Choice(str(value), label) for value, label in choices], "", parent)
    values = {str(value): value for value, _ in choices}
    button.chosen.connect(lambda key: on_chosen(values[key]))

    def show(value: Value) -> None:
        # A value from the file, or from Ctrl and the wheel, may be none of the choices.
        if str(value) not in values:
            label = _points(value) if isinstance(value, float) else str(value)
            values[str(value)] = value
            known = [*choices, (value, label)]
            button.set_choices([Choice(str(one), label) for one, label in known])
        button.set_value(str(value))

    return Made(button, show)


def _points(scale: float) -> str:
    base = QApplication.font().pointSizeF()
    if base <= 0:
        return f"{round(scale * 100)}\u00a0%"
    size = base * ROLES["reading"][0] * scale
    return QCoreApplication.translate("Controls", "{0}\u00a0pt").format(round(size))
