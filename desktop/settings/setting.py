"""Describe a setting for people: group, title, one sentence, and the control that changes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import Field, dataclass, fields
from enum import StrEnum
from typing import cast

CONTEXT = "Settings"
"""Context of all texts here for translation; they are marked where they are written."""
_KEY = "setting"


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
    unit: str = ""
    """Of the stored number; empty if it has none."""


def metadata(setting: Setting) -> dict[str, Setting]:
    """Return the setting as metadata of its field."""
    return {_KEY: setting}


def setting_of(field: Field[object]) -> Setting:
    """Return what is known about a field of `Settings`."""
    return cast(Setting, field.metadata[_KEY])


def settings_shown(settings: type) -> Iterator[tuple[str, Setting]]:
    """Yield name and description of every field, in the order of the page."""
    for field in fields(settings):
        yield field.name, setting_of(field)
