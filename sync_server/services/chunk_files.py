"""What the chunk store does with files and folders; all of it waits for the disk."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from uuid import UUID


def sync_folder(folder: Path) -> None:
    """Make a folder's entries survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, for good."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def sizes(paths: Mapping[str, Path]) -> dict[str, int]:
    """Return the sizes in bytes of the files that are there, under their keys."""
    found = {}
    for name, path in paths.items():
        try:
            found[name] = path.stat().st_size
        except FileNotFoundError:
            continue
    return found


def ages(folder: Path, pattern: str) -> dict[Path, int]:
    """Return when the files that match were last written, in milliseconds since 1970."""
    found = {}
    for path in folder.glob(pattern):
        try:
            found[path] = path.stat().st_mtime_ns // 1_000_000
        except FileNotFoundError:
            continue
    return found


def accounts(folder: Path) -> list[UUID]:
    """Return the accounts that have a folder there."""
    found = []
    for entry in folder.iterdir() if folder.is_dir() else ():
        try:
            found.append(UUID(entry.name))
        except ValueError:
            continue
    return found


def unlink(paths: Iterable[Path]) -> None:
    """Remove files that are there."""
    for path in paths:
        path.unlink(missing_ok=True)
