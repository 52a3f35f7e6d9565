"""No default key is one that the system, AltGr or an input method keeps for itself."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest
from PySide6.QtGui import QKeySequence

from desktop.ui.shortcuts import TABLE, Command, System, keys, shown, spaced, title

SYSTEMS: tuple[System, ...] = get_args(System)

# In Qt's portable names; on macOS Ctrl is Command, Meta is Control.
RESERVED: dict[System, tuple[str, ...]] = {
    "linux": (
        # GNOME and KDE: windows, switching, consoles, screenshots, the menu bar.
        *("Alt+F1", "Alt+F2", "Alt+F3", "Alt+F4", "Alt+F7", "Alt+F8", "Alt+F10", "F10"),
        *("Alt+Tab", "Alt+Esc", "Alt+Space", "Alt+`", "Ctrl+Esc", "Print", "Shift+Print"),
        *("Ctrl+F1", "Ctrl+F2", "Ctrl+F3", "Ctrl+F4", "Ctrl+F7", "Ctrl+F8", "Ctrl+F9", "Ctrl+F10"),
        *("Ctrl+F12", "Shift+F10", "Shift+F12"),
        # IBus and Fcitx: switch, code points, emoji, clipboard.
        *("Ctrl+Space", "Shift+Space", "Meta+Space", "Ctrl+Shift+U", "Ctrl+.", "Ctrl+;"),
        *("Ctrl+Shift+E", "Ctrl+Shift+Space", "Ctrl+Alt+Space"),
    ),
    "windows": (
        *("Alt+F4", "Alt+Tab", "Alt+Esc", "Alt+Space", "Ctrl+Esc", "Ctrl+Shift+Esc", "F10"),
        *("Print", "Alt+Print", "Shift+F10", "Ctrl+F4", "Ctrl+Alt+Del"),
        # Text services: switch, full width, the Japanese and Korean keys.
        *("Ctrl+Space", "Shift+Space", "Alt+`", "Ctrl+Shift+0", "Ctrl+Shift+1", "Ctrl+."),
    ),
    "macos": (
        *("Ctrl+H", "Ctrl+Alt+H", "Ctrl+M", "Ctrl+Alt+M", "Ctrl+Tab", "Ctrl+`", "Ctrl+Alt+D"),
        *("Ctrl+Shift+3", "Ctrl+Shift+4", "Ctrl+Shift+5", "Ctrl+Alt+Esc", "Ctrl+Meta+Q"),
        *("Ctrl+Shift+Q", "Ctrl+Alt+W", "Ctrl+Shift+/", "Ctrl+?", "Ctrl+Meta+Space", "Ctrl+Meta+D"),
        *("F11", "F12", "Meta+Up", "Meta+Down", "Meta+Left", "Meta+Right", "Meta+F2", "Meta+F3"),
        # Spotlight and input sources.
        *("Ctrl+Space", "Ctrl+Alt+Space", "Meta+Space", "Meta+Alt+Space", "Shift+Space"),
    ),
}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
DESTRUCTIVE = {Command.MOVE_TO_TRASH, Command.QUIT, Command.CLOSE_WINDOW}


def _texts(system: System) -> list[tuple[Command, str]]:
    return [
        (command, key.toString(QKeySequence.SequenceFormat.PortableText))
        for command in TABLE
        for key in keys(command, system)
    ]


def test_every_command_is_in_the_table_and_has_a_name() -> None:
    assert set(TABLE) == set(Command)
    assert all(title(command) for command in Command)


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_key_is_understood_and_means_one_thing(system: System) -> None:
    texts = [text for _, text in _texts(system)]
    assert all(texts)
    assert [text for text, count in Counter(texts).items() if count > 1] == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_key_is_reserved_by_the_system_or_an_input_method(system: System) -> None:
    reserved = {QKeySequence(text).toString() for text in RESERVED[system]}
    assert [pair for pair in _texts(system) if pair[1] in reserved] == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_key_types_a_character(system: System) -> None:
    """AltGr is Ctrl+Alt on Windows and types; so does Option on macOS; plain letters always."""
    for command, text in _texts(system):
        modifiers, _, key = text.rpartition("+") if not text.endswith("++") else ("Ctrl", "", "+")
        held = set(modifiers.split("+")) - {""}
        if len(key) == 1:
            assert held & {"Ctrl", "Meta"} or "Alt" in held, (command, text)
            if system == "macos":
                assert held not in ({"Alt"}, {"Alt", "Shift"}), (command, text)
            else:
                assert not {"Ctrl", "Alt"} <= held, (command, text)


@pytest.mark.parametrize("system", SYSTEMS)
def test_nothing_is_lost_by_a_slip(system: System) -> None:
    destroying = {text for command, text in _texts(system) if command in DESTRUCTIVE}
    assert not destroying & {"Ctrl+S", "Ctrl+X", "Ctrl+D", "Backspace"}
    assert not {text for _, text in _texts(system)} & {"Ctrl+S", "Ctrl+X", "Ctrl+C", "Ctrl+V"}


def test_keys_are_shown_as_people_know_them() -> None:
    assert shown(Command.EXPORT, "linux") == "Ctrl+E"
    assert shown(Command.QUIT, "windows") == ""


def test_a_plus_that_is_the_key_itself_stays() -> None:
    assert [spaced(key) for key in ("Ctrl+Shift+P", "Ctrl++", "+", "F6", "")] == [
        *("Ctrl Shift P", "Ctrl +", "+", "F6", "")
    ]
