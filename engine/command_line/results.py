"""Write a transcript in the formats that were asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.command_line.checkpoint_header import JobSettings
from engine.command_line.targets import Target
from engine.transcript.cue_rules import PRESETS, CueRules
from engine.transcript.formats import FORMATS, WriteOptions, write_file
from engine.transcript.transcript import Transcript


def write_results(
    transcript: Transcript, target: Target, settings: JobSettings
) -> tuple[Path, ...]:
    """Write every format, each file whole or not at all, and return the paths.

    Raises `ExportError`: not_writable, disk_full; what stood there before stays then.
    """
    options = write_options(settings, target.name)
    paths = []
    for name in settings.formats:
        path = target.file(FORMATS[name].extension)
        write_file(transcript, path, name, options)
        paths.append(path)
    return tuple(paths)


def write_options(settings: JobSettings, title: str) -> WriteOptions:
    """Return how to write what the settings ask for."""
    return WriteOptions(
        words=settings.words is not False,
        word_times=settings.words is True,
        cue_rules=CueRules() if settings.cues is None else PRESETS[settings.cues],
        title=title,
    )


def endings(formats: Sequence[str]) -> tuple[str, ...]:
    """Return the file endings of formats, such as `.srt`."""
    return tuple(FORMATS[name].extension for name in formats)
