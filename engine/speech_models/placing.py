"""Put a model's folder into its place: whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import ExportError, ModelError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_RESERVE_BYTES = 32 << 20  # left free for everything else on the disk
_TEMPORARY = ".new-"
_LEFTOVER_AGE = 24 * 3600.0


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Turn failures to write into ModelError("model.no_space") or ExportError."""
    try:
        yield
    except OSError as exc:
        if exc.errno in _FULL:
            raise ModelError("model.no_space", str(folder)) from exc
        raise ExportError("export.not_writable", f"{folder}: {exc.strerror or exc}") from exc


def check_free_space(folder: Path, needed_bytes: int) -> None:
    """Raise ModelError("model.no_space") unless that much and a reserve is free there."""
    existing = next(path for path in (folder, *folder.absolute().parents) if path.is_dir())
    free = shutil.disk_usage(existing).free
    if free < needed_bytes + _RESERVE_BYTES:
        raise ModelError(
            "model.no_space",
            f"{needed_bytes / 1e6:.0f} MB needed, {free / 1e6:.0f} MB free in {folder}",
        )


@contextmanager
def temporary_folder(models_folder: Path) -> Iterator[Path]:
    """Give a folder on the same disk that is gone afterwards, unless `place` took it."""
    with writing_to(models_folder):
        models_folder.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(models_folder)
        folder = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=models_folder))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def place(staged: Path, target: Path) -> None:
    """Move a finished folder to `target`, replacing what is there."""
    with writing_to(target.parent):
        staged.chmod(0o755)
        _sync_files(staged)
        if target.exists():
            old = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=target.parent))
            os.replace(target, old / target.name)
            os.replace(staged, target)
            shutil.rmtree(old, ignore_errors=True)
        else:
            os.replace(staged, target)


def _sync_files(folder: Path) -> None:
    for path in folder.iterdir():
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def _remove_leftovers(models_folder: Path) -> None:
    """Remove what a run that was killed left behind; younger folders may be in use."""
    for folder in models_folder.glob(_TEMPORARY + "*"):
        if time.time() - folder.stat().st_mtime > _LEFTOVER_AGE:
            shutil.rmtree(folder, ignore_errors=True)
