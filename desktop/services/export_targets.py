"""Choose the file of an export, so that nothing that others wrote is lost."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from desktop.services.export_presets import Destination
from desktop.store.records import TranscriptSummary
from engine.command_line.targets import Target
from engine.errors import ExportError
from engine.transcript.formats import write_atomically

logger = logging.getLogger(__name__)

# What Windows forbids in names, and what carries a text's direction or is not seen: files travel.
_FORBIDDEN = re.compile('[<>"|?*\\\\\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_DASHED = re.compile("[:/]")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_FIELD = re.compile(r"\{(title|folder|date|language)\}")
_ENDING = re.compile(r"\.?\{ext\}$")

MOST_REMEMBERED = 5000
"""Files whose writer is remembered; of older ones it is asked again."""


def file_name(title: str) -> str:
    """Return a title as a name that every system takes; never empty, never a path."""
    name = _FORBIDDEN.sub("_", _DASHED.sub("-", title)).strip().rstrip(". ")
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return name or "_"


def target_of(summary: TranscriptSummary, folder_name: str, destination: Destination) -> Target:
    """Return folder and name of the file; `folder_name` is that of the library's folder."""
    values = {
        "title": file_name(summary.title),
        "folder": file_name(folder_name) if folder_name else "",
        "date": datetime.fromtimestamp(summary.created).strftime("%Y-%m-%d"),
        "language": summary.language,
    }
    pattern = _ENDING.sub("", destination.pattern.replace("\\", "/")) or "{title}"
    parts = [_FIELD.sub(lambda match: values[match[1]], part) for part in pattern.split("/")]
    names = [file_name(part) for part in parts if part.strip(" .")] or [values["title"]]
    return Target(base_folder(summary, destination).joinpath(*names[:-1]), names[-1])


def base_folder(summary: TranscriptSummary, destination: Destination) -> Path:
    """Return the folder that has to be there; a pattern makes others in it."""
    return Path(destination.folder) if destination.folder else summary.source.path.parent


def numbered(target: Target, extension: str) -> Iterator[Path]:
    """Yield the file, then the same with a number: `Talk.srt`, `Talk (2).srt`, …"""
    yield target.file(extension)
    for number in range(2, 1000):
        yield Target(target.folder, f"{target.name} ({number})").file(extension)


class Standing(StrEnum):
    """What lies where a file is to go."""

    FREE = "free"
    UP_TO_DATE = "up_to_date"
    OURS = "ours"
    """Written for the same transcript and not changed since."""
    FOREIGN = "foreign"


@dataclass
class WrittenFiles:
    """Remember which files were written for which transcript, and what was in them. One thread."""

    path: Path
    """A JSON file; it is read when first needed."""
    _known: dict[str, list[str]] | None = field(default=None, init=False)

    def standing(self, target: Path, content: bytes, uid: str) -> Standing:
        """Compare what is there with what is to be written; raises `ExportError`."""
        try:
            if not target.exists():
                return Standing.FREE
            if not target.is_file():
                return Standing.FOREIGN
            present = _digest(target.read_bytes())
        except OSError as exc:
            raise ExportError("export.not_writable", f"{target.name}: {exc.strerror}") from exc
        if present == _digest(content):
            return Standing.UP_TO_DATE
        is_ours = self._entries().get(str(target)) == [present, uid]
        return Standing.OURS if is_ours else Standing.FOREIGN

    def remember(self, target: Path, content: bytes, uid: str) -> None:
        """Note a file that was written."""
        entries = self._entries()
        entries.pop(str(target), None)
        entries[str(target)] = [_digest(content), uid]
        while len(entries) > MOST_REMEMBERED:
            del entries[next(iter(entries))]

    def save(self) -> None:
        """Write it down; if that fails, it will only be asked more often."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self.path, json.dumps(self._entries()).encode())
        except (OSError, ExportError) as exc:
            logger.warning("written files are not remembered: %s", type(exc).__name__)

    def _entries(self) -> dict[str, list[str]]:
        if self._known is None:
            try:
                content = json.loads(self.path.read_bytes())
            except (OSError, ValueError, RecursionError):
                content = {}
            self._known = content if isinstance(content, dict) else {}
        return self._known


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
