"""Put something else in the place of a damaged library, which is kept beside it."""

from __future__ import annotations

import logging
import os
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from desktop.store.backups import newest_sound
from desktop.store.database import locked
from desktop.store.failures import translated
from engine.errors import LibraryError

logger = logging.getLogger(__name__)

_COMPANIONS = ("-wal", "-shm")


def use_newest_backup(library: Path) -> Path:
    """Let the newest sound backup be the library, and return where the damaged one is now.

    The backup itself stays. Raises `LibraryError`: corrupt if there is no sound backup; all is as
    it was then.
    """
    with translated(library.parent), locked(library):
        backup = newest_sound(library)
        if backup is None:
            raise LibraryError("library.corrupt", "there is no sound backup")
        partial = library.with_name(f"{library.name}.partial")
        try:
            _copy(backup.path, partial)
            aside = _set_aside(library)
            os.replace(partial, library)
        except BaseException:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
            raise
    logger.warning("the library is %s now; the damaged one is %s", backup.path.name, aside.name)
    return aside


def start_empty(library: Path) -> Path:
    """Set the damaged library aside, so that a new one is made, and return where it is now.

    Raises `LibraryError`.
    """
    with translated(library.parent), locked(library):
        aside = _set_aside(library)
        library.unlink()  # `aside` has its content
    logger.warning("the damaged library is %s now", aside.name)
    return aside


def _set_aside(library: Path) -> Path:
    """Give the file a second name. Its journal must not be played into what comes in its place."""
    aside = _free_name(library)
    for ending in _COMPANIONS:
        with suppress(FileNotFoundError):
            os.rename(
                library.with_name(library.name + ending), aside.with_name(aside.name + ending)
            )
    try:
        os.link(library, aside)
    except OSError:  # a file system without links
        _copy(library, aside)
    return aside


def _free_name(library: Path) -> Path:
    moment = datetime.now().strftime("%Y-%m-%d-%H%M%S")
    name = f"{library.name}.damaged-{moment}"
    number = 1
    while library.with_name(name).exists():
        number += 1
        name = f"{library.name}.damaged-{moment}-{number}"
    return library.with_name(name)


def _copy(source: Path, target: Path) -> None:
    with open(source, "rb") as reader, open(target, "wb") as writer:
        shutil.copyfileobj(reader, writer, 1 << 20)
        writer.flush()
        os.fsync(writer.fileno())
