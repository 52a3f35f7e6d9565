"""Describe an unfinished transcription: the first line of its checkpoint."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import EngineCrashed
from engine.options import ComputeOptions, TranscriptionOptions
from engine.process import messages

CHECKPOINT_SUFFIX = ".partial.jsonl"
CHECKPOINT_VERSION = 1
"""Raised whenever an older program would misunderstand a checkpoint."""

_LONGEST_HEADER = 1024 * 1024


@dataclass(frozen=True, slots=True)
class JobSettings:
    """Say how one recording is transcribed and what is written."""

    model: str
    """Name of the speech model, or its folder."""
    options: TranscriptionOptions = field(default_factory=TranscriptionOptions)
    compute: ComputeOptions = field(default_factory=ComputeOptions)
    formats: tuple[str, ...] = ("srt", "txt", "json")
    words: bool | None = None
    """Write the times of single words into json and vtt, or into neither; None: into json."""
    cues: str | None = None
    """Name of the rules for subtitles; None takes the usual ones."""


@dataclass(frozen=True, slots=True)
class CheckpointHeader:
    """Say what an unfinished transcription is of, and with which settings.

    The fingerprint of the recording stands in the event `Started` that follows.
    """

    version: int
    recording: str
    """Absolute path."""
    size_bytes: int
    modified_ns: int
    """When the recording was changed last; nanoseconds since 1970."""
    name: str
    """Of the results, without ending."""
    settings: JobSettings

    @classmethod
    def for_recording(cls, recording: Path, name: str, settings: JobSettings) -> CheckpointHeader:
        """Return the header for a new transcription; raises `OSError` if the file is not there."""
        status = recording.stat()
        return cls(
            version=CHECKPOINT_VERSION,
            recording=os.path.realpath(recording),
            size_bytes=status.st_size,
            modified_ns=status.st_mtime_ns,
            name=name,
            settings=settings,
        )

    def is_about(self, recording: Path) -> bool:
        """Tell whether this is the recording; one that was moved is known by name and size."""
        if os.path.realpath(recording) == self.recording:
            return True
        return (
            recording.name == Path(self.recording).name
            and not os.path.exists(self.recording)
            and os.path.isfile(recording)
            and os.path.getsize(recording) == self.size_bytes
        )

    def is_unchanged(self, recording: Path) -> bool:
        """Tell whether the recording is as it was, or gone."""
        try:
            status = recording.stat()
        except OSError:
            return True
        return (status.st_size, status.st_mtime_ns) == (self.size_bytes, self.modified_ns)


def read_header(path: Path) -> CheckpointHeader | None:
    """Return the first header of a checkpoint; None if there is none or it is no checkpoint.

    Nothing is locked: another run may be writing it.
    """
    try:
        with path.open("rb") as file:
            return decode_header(file.readline(_LONGEST_HEADER))
    except OSError:
        return None


def is_foreign(path: Path) -> bool:
    """Tell whether there is a file that this version cannot continue and must not touch."""
    try:
        with path.open("rb") as file:
            first = file.readline(_LONGEST_HEADER)
    except OSError:
        return False
    # A first line that a power cut tore holds nothing.
    return first.endswith(b"\n") and decode_header(first) is None


def decode_header(line: bytes) -> CheckpointHeader | None:
    """Return the header in a line; None if it is none that this version understands."""
    try:
        header = messages.decode(line, (CheckpointHeader,))
    except EngineCrashed:
        return None
    if isinstance(header, CheckpointHeader) and header.version == CHECKPOINT_VERSION:
        return header
    return None
