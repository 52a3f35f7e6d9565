"""Open recordings as plain files and know them again by their bytes; no media library is needed."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from engine.errors import MediaError

SAMPLE_BYTES = 1 << 20
"""Size of a sample taken for the fingerprint."""
WHOLE_BYTES = 8 * SAMPLE_BYTES
"""Files up to this size are fingerprinted as a whole."""


@contextmanager
def open_file(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file that is not empty; `MediaError` otherwise."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise MediaError("media.unreadable", "it is a folder or no regular file")
        file = path.open("rb", buffering=0)
    except PermissionError as exc:
        raise MediaError("media.no_permission", str(exc.strerror)) from exc
    except (OSError, ValueError) as exc:
        raise MediaError("media.not_found", type(exc).__name__) from exc
    with file:
        if status.st_size == 0:
            raise MediaError("media.unreadable", "the file is empty")
        yield file


def fingerprint(path: Path) -> str:
    """Return the hex SHA-256 over the size and samples of a MiB: first, last and six between.

    Files up to 8 MiB are read as a whole. Raises `MediaError` if the file cannot be read.
    """
    with open_file(path) as file:
        size = os.fstat(file.fileno()).st_size
        digest = hashlib.sha256(str(size).encode())
        places = list(range(0, size, SAMPLE_BYTES))
        if size > WHOLE_BYTES:
            last = WHOLE_BYTES // SAMPLE_BYTES - 1
            places = [(size - SAMPLE_BYTES) * n // last for n in range(last + 1)]
        try:
            for place in places:
                file.seek(place)
                digest.update(file.read(SAMPLE_BYTES))
        except OSError as exc:
            raise MediaError("media.unreadable", type(exc).__name__) from exc
    return digest.hexdigest()
