"""Write a transcript so that the file is whole or untouched, and read one back."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path

from engine.errors import ExportError, OptionsError
from engine.transcript.formats.format import Format, WriteOptions
from engine.transcript.formats.other_subtitles import read_any
from engine.transcript.formats.registry import FORMATS
from engine.transcript.transcript import Transcript

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


def write_file(
    transcript: Transcript, path: Path, format_name: str, options: WriteOptions = WriteOptions()
) -> None:
    """Write a transcript; on failure an older file stays as it was.

    Raises `ExportError` (`export.disk_full`, `export.not_writable`), and `OptionsError` for a
    format that does not exist.
    """
    write_atomically(path, _find(format_name).write(transcript, options))


def read_file(path: Path, format_name: str | None = None) -> Transcript:
    """Read a transcript; without a name the file's ending, then its content tells the format.

    Raises `ExportError` (`export.not_found`, `export.unreadable`), and `OptionsError` for a format that does not exist.
    """
    if format_name is None:
        known = FORMATS.get(path.suffix.lower().removeprefix("."))
        read = known.read if known is not None else None
    else:
        read = _find(format_name).read
        if read is None:
            raise ExportError("export.unreadable", f"{format_name} cannot be read back")
    try:
        data = path.read_bytes()
    except FileNotFoundError as exc:
        raise ExportError("export.not_found", path.name) from exc
    except OSError as exc:
        raise ExportError("export.unreadable", f"{path.name}: {exc.strerror}") from exc
    return (read or read_any)(data)


def _find(format_name: str) -> Format:
    try:
        return FORMATS[format_name]
    except KeyError as exc:
        known = ", ".join(FORMATS)
        raise OptionsError(
            "options.invalid", f"no format {format_name!r}; there are {known}"
        ) from exc


def write_atomically(path: Path, data: bytes) -> None:
    """Put bytes into a file by way of a temporary one beside it; a link keeps its target.

    Raises `ExportError`: `export.disk_full` or `export.not_writable`.
    """
    target = Path(os.path.realpath(path))
    # Its own short name: the target's may already be as long as the file system allows.
    temporary = target.with_name(f".{os.urandom(6).hex()}.part")
    try:
        try:
            _write_through(temporary, data)
            with contextlib.suppress(FileNotFoundError):
                os.chmod(temporary, stat.S_IMODE(target.stat().st_mode))
            os.replace(temporary, target)
            _sync_folder(target.parent)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as exc:
        code = "export.disk_full" if exc.errno in _FULL else "export.not_writable"
        raise ExportError(code, f"{path.name}: {exc.strerror}") from exc


def _write_through(path: Path, data: bytes) -> None:
    with open(path, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where the system can do that for folders."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
