"""Say what was dropped together, and search it for recordings."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.store.records import TranscriptSummary
from engine.command_line.inputs import Problem, find_in
from engine.errors import ModelError
from engine.speech_models.installed import DEFAULT_NAME, default_model

if TYPE_CHECKING:
    from desktop.settings import Profile


@dataclass(frozen=True, slots=True)
class KnownRecording:
    """A file whose recording is in the library already."""

    path: Path
    summary: TranscriptSummary


@dataclass(frozen=True, slots=True)
class Batch:
    """What was dropped, and how it is to be transcribed."""

    paths: tuple[Path, ...]
    profile: Profile
    folder: int | None = None
    repeats_known: bool = False
    """Transcribe also what is in the library already."""
    is_watched: bool = False
    """Nobody waits for it: what is known already is passed over without a word."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the disk says about a batch."""

    files: tuple[Path, ...]
    failed: tuple[Problem, ...]
    """Files that cannot be read."""
    rejected: tuple[tuple[Path, str], ...]
    """Folders without recordings, devices, and why."""
    default_model: str


def search(paths: Sequence[Path], models_folders: Sequence[Path]) -> Found:
    """Return what files and folders hold; in a thread, for disks can be slow."""
    inputs = find_in(Path(os.path.abspath(path)) for path in paths)
    rejected = [
        problem
        for problem in inputs.problems
        if os.path.exists(problem.path) and not os.path.isfile(problem.path)
    ]
    try:
        model = default_model(models_folders)
    except ModelError:
        model = DEFAULT_NAME  # the jobs wait for it
    return Found(
        files=inputs.files,
        failed=tuple(problem for problem in inputs.problems if problem not in rejected),
        rejected=tuple((problem.path, problem.error.code) for problem in rejected),
        default_model=model,
    )
