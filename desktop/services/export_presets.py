"""Say what an export puts into a file, and keep what people chose in export_presets.toml."""

from __future__ import annotations

import contextlib
import logging
import os
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from desktop.settings.toml_text import toml_text
from engine.transcript.cues import PRESETS
from engine.transcript.formats import FORMATS, WriteOptions, write_atomically

logger = logging.getLogger(__name__)

Value = TypeVar("Value", "Preset", "Destination")

USUAL_CUES = "web_video"


class Purpose(StrEnum):
    """What people export for; each has a few formats."""

    SUBTITLES = "subtitles"
    DOCUMENT = "document"
    TEXT = "text"
    DATA = "data"


FORMATS_FOR: dict[Purpose, tuple[str, ...]] = {
    Purpose.SUBTITLES: ("srt", "vtt", "ass", "ssa", "ttml", "sbv", "sub", "lrc"),
    Purpose.DOCUMENT: ("docx", "html", "md", "otr"),
    Purpose.TEXT: ("txt",),
    Purpose.DATA: ("json", "csv", "tsv"),
}
"""Purpose → names of formats, the usual one first; each format belongs to one."""


class Option(StrEnum):
    """What can be chosen; the names of the fields of `Preset`."""

    TIMES = "times"
    SPEAKERS = "speakers"
    DOUBTFUL = "doubtful"
    LINE_NUMBERS = "line_numbers"
    CUES = "cues"
    WORDS = "words"


_HEEDED_AS = {"cue_rules": Option.CUES, "word_times": Option.WORDS}
"""Where the field of `WriteOptions` has another name."""


@dataclass(frozen=True, slots=True)
class Preset:  # pylint: disable=too-many-instance-attributes
    """A format and what it shows; options that the format does not have take no effect."""

    format: str = "srt"
    """Key in `FORMATS`."""
    name: str = ""
    """As a person called it; empty for the ones that come with the program."""
    times: bool = True
    speakers: bool = True
    doubtful: bool = False
    line_numbers: bool = False
    cues: str = USUAL_CUES
    """Key in `engine.transcript.cues.PRESETS`."""
    words: bool = False
    """Give single words their times: in json, and in vtt for karaoke."""

    def __post_init__(self) -> None:
        if self.format not in FORMATS or self.cues not in PRESETS:
            raise ValueError(f"no format {self.format!r} or no rules {self.cues!r}")

    @property
    def purpose(self) -> Purpose:
        """Return what the format is for."""
        return next(key for key, names in FORMATS_FOR.items() if self.format in names)

    @property
    def extension(self) -> str:
        """Return the file ending with its dot."""
        return FORMATS[self.format].extension

    def with_format(self, name: str) -> Preset:
        """Return the same for another format; one for something else has its own usual options."""
        changed = replace(self, format=name)
        return changed if changed.purpose == self.purpose else usual_preset(name)

    def write_options(self, title: str) -> WriteOptions:
        """Return how to write it; untouched, this is what the command line writes."""
        heeded = options_of(self.format)
        has_words = "words" in FORMATS[self.format].heeds
        return WriteOptions(
            words=self.words if has_words else True,
            word_times=self.words and not has_words and Option.WORDS in heeded,
            times=self.times,
            speakers=self.speakers,
            cue_rules=PRESETS[self.cues],
            title=title,
            doubtful=self.doubtful,
            line_numbers=self.line_numbers,
        )


def usual_preset(format_name: str) -> Preset:
    """Return what a format shows unless somebody wants it otherwise; ValueError if it is none."""
    return Preset(format_name, times=format_name != "txt", words=format_name == "json")


def options_of(format_name: str) -> frozenset[Option]:
    """Return what can be chosen for a format."""
    names = FORMATS[format_name].heeds - {"title"}
    return frozenset(_HEEDED_AS.get(name) or Option(name) for name in names)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where files go."""

    folder: str = ""
    """Empty is the folder of the recording."""
    pattern: str = "{title}"
    """Name without ending, with `{title}`, `{folder}` (of the library), `{date}`, `{language}`;
    a slash makes folders."""


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """What people have set up for exports."""

    presets: tuple[Preset, ...] = ()
    """Their own, in the order they were made."""
    last: Preset = Preset("docx")
    destination: Destination = Destination()


def load_choices(path: Path) -> ExportChoices:
    """Return what is kept in a file; one that cannot be read is put aside. Reads the disk."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return ExportChoices()
    except (OSError, ValueError, RecursionError) as exc:
        logger.warning("export presets cannot be read: %s", type(exc).__name__)
        with contextlib.suppress(OSError):
            os.replace(path, path.with_name(f"{path.stem}.damaged{path.suffix}"))
        return ExportChoices()
    rows = content.get("presets")
    presets = [_typed(Preset(), row) for row in rows] if isinstance(rows, list) else []
    usual = ExportChoices()
    return ExportChoices(
        tuple(preset for preset in presets if preset is not None and preset.name),
        _typed(Preset(), content.get("last")) or usual.last,
        _typed(Destination(), content.get("destination")) or usual.destination,
    )


def save_choices(choices: ExportChoices, path: Path) -> None:
    """Keep them; raises `ExportError`. Writes to the disk."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "last": asdict(choices.last),
        "destination": asdict(choices.destination),
        "presets": [asdict(preset) for preset in choices.presets],
    }
    write_atomically(path, toml_text(content).encode())


def _typed(example: Value, row: object) -> Value | None:
    """Return a value with the fields of a row; None if one has the wrong type or no sense."""
    if not isinstance(row, Mapping):
        return None
    known = {field.name for field in fields(example)}
    values = {key: value for key, value in row.items() if key in known}
    if any(type(value) is not type(getattr(example, key)) for key, value in values.items()):
        return None
    try:
        return replace(example, **values)
    except ValueError:
        return None
