"""Say which keys do what, system by system, in the one table that menus and pages read.

Use: `QAction.setShortcuts(keys(Command.EXPORT))`; `shown(Command.EXPORT)` for tool tips and caps.
Keys are Qt's portable names: on macOS `Ctrl` is Command and `Meta` is Control. A test compares the
table with the keys that each system, AltGr and input methods keep for themselves.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from desktop.settings.setting import QT_TRANSLATE_NOOP

System = Literal["linux", "windows", "macos"]

_CONTEXT = "Shortcuts"


class Command(StrEnum):
    """Name what a key can do."""

    ADD_FILES = "add_files"
    SEARCH_EVERYWHERE = "search_everywhere"
    FIND = "find"
    FIND_NEXT = "find_next"
    FIND_PREVIOUS = "find_previous"
    REPLACE = "replace"
    UNDO = "undo"
    REDO = "redo"
    EXPORT = "export"
    NEWEST = "newest"
    LARGER_TEXT = "larger_text"
    SMALLER_TEXT = "smaller_text"
    USUAL_TEXT = "usual_text"
    RENAME = "rename"
    MOVE_TO_TRASH = "move_to_trash"
    PAUSE_JOB = "pause_job"
    NEXT_AREA = "next_area"
    PREVIOUS_AREA = "previous_area"
    TOGGLE_LIBRARY = "toggle_library"
    SETTINGS = "settings"
    SHOW_SHORTCUTS = "show_shortcuts"
    FULL_SCREEN = "full_screen"
    CLOSE_WINDOW = "close_window"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """What a command is called, and its keys on each system; the first is shown."""

    title: str
    linux: tuple[str, ...]
    windows: tuple[str, ...]
    macos: tuple[str, ...]
    is_for_text: bool = False
    """Whether it belongs to text that is edited, so that fields keep it."""


def _everywhere(title: str, *keys: str, is_for_text: bool = False) -> Shortcut:
    return Shortcut(title, keys, keys, keys, is_for_text)


TABLE: dict[Command, Shortcut] = {
    Command.ADD_FILES: _everywhere(QT_TRANSLATE_NOOP("Shortcuts", "Add recordings"), "Ctrl+O"),
    Command.SEARCH_EVERYWHERE: _everywhere(
        QT_TRANSLATE_NOOP("Shortcuts", "Search all transcripts"), "Ctrl+K"
    ),
    Command.FIND: _everywhere(
        QT_TRANSLATE_NOOP("Shortcuts", "Find in the transcript, or in the settings"), "Ctrl+F"
    ),
    Command.FIND_NEXT: Shortcut(
        QT_TRANSLATE_NOOP("Shortcuts", "Find the next place"), ("F3",), ("F3",), ("Ctrl+G",)
    ),
    Command.FIND_PREVIOUS: Shortcut(
        QT_TRANSLATE_NOOP("Shortcuts", "Find the previous place"),
        ("Shift+F3",),
        ("Shift+F3",),
        ("Ctrl+Shift+G",),
    ),
    # Command+H hides a program on macOS.
    Command.REPLACE: Shortcut(
        QT_TRANSLATE_NOOP("Shortcuts", "Find and replace"),
        ("Ctrl+H",),
        ("Ctrl+H",),
        ("Ctrl+Alt+F",),
    ),
    Command.UNDO: _everywhere(QT_TRANSLATE_NOOP("Shortcuts", "Undo"), "Ctrl+Z", is_for_text=True),
    Command.REDO: Shortcut(
        QT_TRANSLATE_NOOP("Shortcuts", "Redo"),
        ("Ctrl+Y", "Ctrl+Shift+Z"),
        ("Ctrl+Y", "Ctrl+Shift+Z"),
        ("Ctrl+Shift+Z",),
        is_for_text=True,
    ),
    Command.EXPORT: _everywhere(QT_TRANSLATE_NOOP("Shortcuts", "Export"), "Ctrl+E"),
    Command.NEWEST: Shortcut(
        QT_TRANSLATE_NOOP("Shortcuts", "Go to the newest text"),
        ("Ctrl+End",),
        ("Ctrl+End",),
        ("Ctrl+Down",),
        is_for_text=True,
    ),
    # Plus lies under Shift on some keyboards, so the key beneath it counts too.
    Command.LARGER_TEXT: _everywhere(
        QT_TRANSLATE_NOOP("Shortcuts", "Larger text"), "Ctrl++", "Ctrl+="
    ),
    Command.SMALLER_TEXT: _everywhere(QT_TRANSLATE_NOOP("Shortcuts", "Smaller text"), "Ctrl+-"),
    Command.USUAL_TEXT: _everywhere(QT_TRANSLATE_NOOP("Shortcuts", "Usual text size"), "Ctrl+0"),
    Command.RENAME: Shortcut(
        QT_TRANSLATE_NOOP("Shortcuts", "Rename the chosen transcript"),
        ("F2",),
        ("F2",),
        ("Shift+Return",),
    ),
    Command.MOVE_TO_TRASH: Shortcut(
        QT_TRANSLATE_NOOP("Shortcuts", "Delete the chosen transcripts"),
        ("Del",),
        ("Del",),
        ("Ctrl+Backspace", "Del"),
        is_for_text=True,
    ),
    Command.PAUSE_JOB: _everywhere(
        QT_TRANSLATE_NOOP("Shortcuts", "Pause or resume transcribing"), "Ctrl+Shift+P"
    ),
    Command.NEXT_AREA: _everywhere(
        QT_TRANSLATE_NOOP("Shortcuts", "Go to the next area of the window"), "F6"
    ),
    Command.PREVIOUS_AREA: _everywhere(
        QT_TRANSLATE_NOOP("Shortcuts", "Go to the previous area of the window"), "Shift+F6"
    ),
    Command.TOGGLE_LIBRARY: Shortcut(
        QT_TRANSLATE_NOOP("Shortcuts", "Show or hide the library"),
        ("F9",),
        ("F9",),
        ("Ctrl+Meta+S",),
    ),
    Command.SETTINGS: _everywhere(QT_TRANSLATE_NOOP("Shortcuts", "Settings"), "Ctrl+,"),
    Command.SHOW_SHORTCUTS: Shortcut(
        QT_TRANSLATE_NOOP("Shortcuts", "Keyboard shortcuts"), ("F1",), ("F1",), ("Ctrl+Alt+K",)
    ),
    Command.FULL_SCREEN: Shortcut(
        QT_TRANSLATE_NOOP("Shortcuts", "Full screen"), ("F11",), ("F11",), ("Ctrl+Meta+F",)
    ),
    Command.CLOSE_WINDOW: Shortcut(
        QT_TRANSLATE_NOOP("Shortcuts", "Close the window"), ("Ctrl+W",), ("Ctrl+W",), ("Ctrl+W",)
    ),
    # Windows closes programs with Alt+F4, which it handles itself.
    Command.QUIT: Shortcut(QT_TRANSLATE_NOOP("Shortcuts", "Quit"), ("Ctrl+Q",), (), ("Ctrl+Q",)),
}
"""In the order of the page."""


def this_system() -> System:
    """Return the system this program runs on."""
    return {"darwin": "macos", "win32": "windows"}.get(sys.platform, "linux")  # type: ignore[return-value]  # one of the three


def keys(command: Command, system: System | None = None) -> list[QKeySequence]:
    """Return the keys of a command, for `QAction.setShortcuts`."""
    return [QKeySequence(text) for text in _texts(command, system)]


def shown(command: Command, system: System | None = None) -> str:
    """Return the first key as people of this system know it; empty if there is none."""
    texts = _texts(command, system)
    if not texts:
        return ""
    return QKeySequence(texts[0]).toString(QKeySequence.SequenceFormat.NativeText)


def spaced(key: str) -> str:
    """Return a key as keycaps show it: with spaces, but a plus that is itself the key stays."""
    return key[:-1].replace("+", " ") + key[-1:]


def title(command: Command) -> str:
    """Return what a command is called, in the language of the program."""
    return QCoreApplication.translate(_CONTEXT, TABLE[command].title)


def _texts(command: Command, system: System | None) -> Sequence[str]:
    found: tuple[str, ...] = getattr(TABLE[command], system or this_system())
    return found
