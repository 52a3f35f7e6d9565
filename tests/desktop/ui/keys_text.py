"""Write the keys of all commands into docs/guide.md, between its two marks.

python -m tests.desktop.ui.keys_text
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from desktop.ui.shortcuts import TABLE, System, keys

DOCUMENT = Path(__file__).parents[3] / "docs" / "guide.md"
BEGIN = "<!-- keys: made by tests/desktop/ui/keys_text.py -->\n"
END = "<!-- end of keys -->\n"

_MACOS = {"Ctrl": "⌘", "Meta": "⌃", "Alt": "⌥", "Shift": "⇧", "Return": "↩", "Backspace": "⌫"}


def keys_text() -> str:
    """Return all commands with their keys on each system as a table in Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "| what | Linux | Windows | macOS |"
    yield "|---|---|---|---|"
    systems: tuple[System, ...] = ("linux", "windows", "macos")
    for command, shortcut in TABLE.items():
        cells = []
        for system in systems:
            texts = [key.toString(key.SequenceFormat.PortableText) for key in keys(command, system)]
            cells.append(
                ", ".join(_on_macos(text) if system == "macos" else text for text in texts)
            )
        yield f"| {' | '.join([shortcut.title, *cells])} |"


def _on_macos(text: str) -> str:
    """Return a key as a Mac's menus write it."""
    held, plus, key = text.rpartition("+") if not text.endswith("++") else (text[:-2], "+", "+")
    names = [*held.split("+"), key] if plus else [text]
    return " ".join(_MACOS.get(name, name) for name in names)


def main() -> None:
    """Rewrite the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    DOCUMENT.write_text(f"{before}{BEGIN}\n{keys_text()}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
