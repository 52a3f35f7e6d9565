"""Find out about one file what the queue has to know; in a thread, for disks can be slow."""

from __future__ import annotations

import logging
import os
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.services.media_probe import MediaProbe
from desktop.store.records import Source, TranscriptSummary
from engine.errors import LibraryError, MediaError
from engine.recording_file import fingerprint

if TYPE_CHECKING:
    from desktop.store.library import Library

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Examined:
    """What is known about a file before the engine has seen it."""

    source: Source
    known: tuple[TranscriptSummary, ...] = ()
    """Transcripts of the same recording, whatever its name was."""
    code: str = ""
    """Why it cannot be transcribed, as in `engine.errors`; empty if nothing speaks against it."""
    detail: str = ""


def examine(path: Path, library: Library, probe: MediaProbe) -> Examined:
    """Return what a file is and whether its recording is known; at most some megabytes are read."""
    source, error = _recognise(path)
    if error is None and (known := _known(source.content, library)):
        return Examined(source, known)
    return _probe(source, probe) if error is None else _unusable(source, error)


def identify(path: Path, probe: MediaProbe) -> Examined:
    """Return what a file is, whoever knows its recording."""
    source, error = _recognise(path)
    return _probe(source, probe) if error is None else _unusable(source, error)


def title_of(path: Path) -> str:
    """Return the title of a recording: its name without the ending, in characters as typed."""
    # macOS stores accents apart from their letters; on Linux a name may hold any bytes.
    name = os.fsencode(path.stem).decode("utf-8", "replace")
    return unicodedata.normalize("NFC", name)


def _recognise(path: Path) -> tuple[Source, MediaError | None]:
    source = Source(Path(os.path.abspath(path)))
    try:
        return replace(source, size_bytes=os.path.getsize(path), content=fingerprint(path)), None
    except MediaError as error:
        return source, error
    except OSError as exc:
        return source, MediaError("media.not_found", type(exc).__name__)


def _probe(source: Source, probe: MediaProbe) -> Examined:
    try:
        info = probe.probe(source.path)
    except MediaError as error:
        return _unusable(source, error)
    if info is None:
        return Examined(source)
    return Examined(replace(source, duration=info.duration, has_video=info.has_video))


def _unusable(source: Source, error: MediaError) -> Examined:
    return Examined(source, code=error.code, detail=error.detail)


def _known(content: str, library: Library) -> tuple[TranscriptSummary, ...]:
    try:
        return tuple(library.find_content(content))
    except LibraryError as error:
        logger.warning("known recordings cannot be looked up: %s", error.code)
        return ()
