"""Read from a drag or the clipboard which files are meant, without touching the disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

_CONTENT_WITHOUT_FILE = ("filegroupdescriptor", "filecontents", "promise", "x-special/gnome-icon")
"""Parts of the format names with which mail and photo programs offer files that are not there yet
(Windows: CFSTR_FILEDESCRIPTOR; macOS: file promises)."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """What a drag brings."""

    paths: tuple[Path, ...] = ()
    without_path: tuple[str, ...] = ()
    """Addresses, or names of formats, of what lies in no file of this computer."""


def local_paths(mime: QMimeData) -> Dropped:
    """Return the files of a drag or of the clipboard, and what of it has no path."""
    urls = mime.urls() or _urls_in_text(mime.text())
    paths = dict.fromkeys(Path(url.toLocalFile()) for url in urls if _has_path(url))
    without = dict.fromkeys(url.toString() for url in urls if not _has_path(url))
    if not urls:
        without = dict.fromkeys(name for name in mime.formats() if _promises_files(name))
    return Dropped(tuple(paths), tuple(without))


def _has_path(url: QUrl) -> bool:
    return url.isLocalFile() and bool(url.toLocalFile())


def _urls_in_text(text: str) -> list[QUrl]:
    """Return the files that pasted lines name: as `file:` addresses or as absolute paths."""
    lines = [line.strip().strip('"') for line in text.splitlines()]
    if not lines or not all(_is_named(line) for line in lines if line):
        return []  # a sentence that happens to contain a path is no list of files
    return [
        QUrl(line) if line.startswith("file:") else QUrl.fromLocalFile(line)
        for line in lines
        if line
    ]


def _is_named(line: str) -> bool:
    return line.startswith("file:") or Path(line).is_absolute()


def _promises_files(name: str) -> bool:
    return any(part in name.lower() for part in _CONTENT_WITHOUT_FILE)
