"""Describe a setting for people: group, title, one sentence, and the control that changes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import Field, dataclass, field, fields
from enum import StrEnum
from typing import TypeVar, cast

CONTEXT = "Settings"
"""Context of all texts here for translation; they are marked where they are written."""
_KEY = "setting"

Value = TypeVar("Value")


class Group(StrEnum):
    """Name the part of the settings page, and the table of settings.toml, a setting belongs to."""

    GENERAL = "general"
    RECORDING = "recording"
    HARDWARE = "hardware"
    PRIVACY = "privacy"


class Control(StrEnum):
    """Choose what a setting is changed with."""

    SWITCH = "switch"
    SEGMENTS = "segments"
    MENU = "menu"
    READING_SIZE = "reading_size"
    """A menu of sizes, shown in points."""
    DEVICE = "device"
    """A menu of what this computer has."""
    PROFILE = "profile"
    """A menu of the profiles."""
    PROFILES = "profiles"
    """A row for each profile."""
    FOLDERS = "folders"
    """A row for each watched folder."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802  # pylint: disable=invalid-name
    """Mark a text for translation and return it as it is; lupdate looks for this name.

    That of PySide6 has no types, and settings need no Qt.
    """
    del context
    return text


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a setting may have, and its name for people."""

    value: str | int | float
    label: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What people read about a setting; texts are English, to be translated in `CONTEXT`."""

    group: Group
    title: str
    sentence: str
    control: Control
    choices: tuple[Choice, ...] = ()
    """What is offered. A text must be one of these; a number may be another."""
    unit: str = ""
    """Of the stored number; empty if it has none."""
    limits: tuple[float, float] | None = None
    """The least and the greatest number that is allowed."""

    def check(self, name: str, value: object) -> None:
        """Raise ValueError if the value is not allowed."""
        offered = [choice.value for choice in self.choices]
        if isinstance(value, str) and offered and value not in offered:
            raise ValueError(f"{name} cannot be {value!r}")
        if isinstance(value, (int, float)) and self.limits is not None:
            least, greatest = self.limits
            if not least <= value <= greatest:
                raise ValueError(f"{name} must lie between {least:g} and {greatest:g}")


def described(default: Value, setting: Setting) -> Value:
    """Return the field of a dataclass with its default and what people read about it."""
    # pylint: disable=invalid-field-call  # it becomes part of the dataclass that calls this
    made: Value = field(default=default, metadata={_KEY: setting})
    return made


def setting_of(of: Field[object]) -> Setting:
    """Return what is known about a field of `Settings`."""
    return cast(Setting, of.metadata[_KEY])


def settings_shown(settings: type) -> Iterator[tuple[str, Setting]]:
    """Yield name and description of every field, in the order of the page."""
    for each in fields(settings):
        yield each.name, setting_of(each)
