"""Know the unfinished downloads of speech models; loads no HTTP library."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from engine.speech_models.catalogue import canonical_name
from engine.speech_models.installed import models_folders


def partial_folder(name: str, folders: Sequence[Path] | None = None) -> Path:
    """Return where a download of the model lies until it is whole."""
    parent = (models_folders() if folders is None else tuple(folders))[0]
    return parent / f".{canonical_name(name)}.part"


def has_partial_download(name: str, folders: Sequence[Path] | None = None) -> bool:
    """Return whether an earlier download of the model waits to be continued."""
    return partial_folder(name, folders).is_dir()


def partial_bytes(name: str, folders: Sequence[Path] | None = None) -> int:
    """Return how much of the model an unfinished download has fetched."""
    folder = partial_folder(name, folders)
    if not folder.is_dir():
        return 0
    files = (path for path in folder.iterdir() if not path.name.startswith("."))
    return sum(path.stat().st_size for path in files)


def discard_partial_download(name: str, folders: Sequence[Path] | None = None) -> None:
    """Delete what an unfinished download left behind."""
    shutil.rmtree(partial_folder(name, folders), ignore_errors=True)
