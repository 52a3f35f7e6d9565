"""Write a transcript in the formats that were asked for."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from engine.command_line.checkpoint import export_error
from engine.command_line.checkpoint_header import JobSettings
from engine.command_line.targets import Target
from engine.transcript.cue_rules import PRESETS, CueRules
from engine.transcript.formats import FORMATS, WriteOptions, write_atomically
from engine.transcript.transcript import Transcript

_RUN = re.compile(rb'"[0-9a-z]{8}\.(?=\d+\.\d+")')


def write_results(
    transcript: Transcript, target: Target, settings: JobSettings
) -> tuple[Path, ...]:
    """Write every format, each file whole or not at all, and return the paths.

    A different file of the same name is kept as `NAME.bak`: somebody may have worked on it.
    Raises `ExportError`: not_writable, disk_full; what stood there before stays then.
    """
    options = write_options(settings, target.name)
    paths = []
    for name in settings.formats:
        path = target.file(FORMATS[name].extension)
        content = FORMATS[name].write(transcript, options)
        try:
            _keep_different(path, content)
        except OSError as exc:
            raise export_error(exc) from exc
        write_atomically(path, content)
        paths.append(path)
    return tuple(paths)


def _keep_different(path: Path, content: bytes) -> None:
    if not path.is_file() or _without_run(path.read_bytes()) == _without_run(content):
        return
    kept = path.with_name(f"{path.name}.bak")
    copy = path.with_name(f".{path.name}.bak.tmp")
    shutil.copy2(path, copy)
    os.replace(copy, kept)


def _without_run(content: bytes) -> bytes:
    """Return what is the same for each decoding of a recording: all but the run's random name."""
    return _RUN.sub(b'"', content)


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
