"""Keep what is decoded so far beside the output, so that an interrupted run can go on.

A checkpoint (`NAME.partial.jsonl`) is a header line, then one event of docs/protocol.md a line,
each on the disk before the next is taken. Further header lines say that the settings changed.
"""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path
from typing import BinaryIO

from engine.assembly import TranscriptAssembly
from engine.command_line.checkpoint_header import CheckpointHeader, decode_header, is_foreign
from engine.errors import EngineCrashed, ExportError
from engine.events import BlockCompleted, Completed, Event, GapFound, SegmentDecoded, Started
from engine.file_lock import is_locked_for_us
from engine.process import messages
from engine.process.protocol import decode_event, encode_report

KEPT_EVENTS = (Started, SegmentDecoded, GapFound, BlockCompleted, Completed)
"""Events that make the transcript; the others are of the moment."""


_OPEN_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)


class Checkpoint:
    """Own the checkpoint of one transcription: locked against other runs while it is open.

    `header` is None if nothing was begun; `assembly` holds what earlier runs have decoded.
    """

    def __init__(self, path: Path) -> None:
        """Open or make the file; `ExportError`: in_use, not_writable, disk_full."""
        self.path = path
        self.header: CheckpointHeader | None = None
        self.assembly = TranscriptAssembly()
        self._is_needed = True
        try:
            self._file = _open_locked(path)
            self._read()
        except OSError as exc:
            raise export_error(exc) from exc

    def __enter__(self) -> Checkpoint:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def restart(self, header: CheckpointHeader) -> None:
        """Forget everything and begin anew."""
        self.assembly = TranscriptAssembly()
        try:
            self._file.seek(0)
            self._file.truncate()
            _sync_folder(self.path.parent)
        except OSError as exc:
            raise export_error(exc) from exc
        self.describe(header)

    def describe(self, header: CheckpointHeader) -> None:
        """Note the settings from here on."""
        self._write(messages.encode(header))
        self.header = header

    def add(self, event: Event) -> None:
        """Keep an event; it is on the disk when this returns. `ExportError`: disk_full."""
        self.assembly.add(event)
        if isinstance(event, KEPT_EVENTS):
            self._write(encode_report(event))

    def remove(self) -> None:
        """Delete the file: the results are written."""
        self._is_needed = False
        self.close()

    def close(self) -> None:
        """Give the file up; one in which nothing has started is deleted."""
        if self._file.closed:
            return
        is_kept = self._is_needed and self.assembly.has_started
        if not is_kept and os.name != "nt":
            # Before the lock goes, so that no other run finds a file that is about to vanish.
            self.path.unlink(missing_ok=True)
        self._file.close()
        if not is_kept and os.name == "nt":  # pragma: no cover
            self.path.unlink(missing_ok=True)

    def _write(self, line: bytes) -> None:
        rest = memoryview(line)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
            os.fsync(self._file.fileno())
        except OSError as exc:
            raise export_error(exc) from exc

    def _read(self) -> None:
        if is_foreign(self.path):
            self._file.close()
            raise ExportError("export.unreadable", f"{self.path.name} is of another version")
        reader = io.BufferedReader(self._file)
        self.header, self.assembly, length = read_events(reader)
        reader.detach()
        # A line that a power cut tore would spoil the next one.
        self._file.truncate(length)
        self._file.seek(length)


def load_checkpoint(path: Path) -> TranscriptAssembly:
    """Return what a checkpoint holds, without locking it; `ExportError`: unreadable."""
    try:
        with path.open("rb") as file:
            _, assembly, _ = read_events(file)
    except OSError as exc:
        raise ExportError("export.unreadable", exc.strerror or str(exc)) from exc
    if not assembly.has_started:
        raise ExportError("export.unreadable", "the checkpoint holds no text yet")
    return assembly


def load_header(path: Path) -> CheckpointHeader | None:
    """Return the newest header of a checkpoint, without locking it; None if it has none."""
    try:
        with path.open("rb") as file:
            return read_events(file)[0]
    except OSError:
        return None


def read_events(file: BinaryIO) -> tuple[CheckpointHeader | None, TranscriptAssembly, int]:
    """Return newest header, events put together, and the bytes up to the first torn line."""
    header: CheckpointHeader | None = None
    assembly = TranscriptAssembly()
    length = 0
    for line in file:
        if not line.endswith(b"\n"):
            break
        newer = decode_header(line)
        if newer is not None:
            header = newer
        elif header is None:
            break
        else:
            try:
                assembly.add(decode_event(line))
            except EngineCrashed:
                break
        length += len(line)
    return header, assembly, length


def export_error(exc: OSError) -> ExportError:
    """Return the error that a failed write means to the user."""
    full = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    code = "export.disk_full" if exc.errno in full else "export.not_writable"
    return ExportError(code, exc.strerror or str(exc))


def _open_locked(path: Path) -> io.FileIO:
    while True:
        file = io.FileIO(os.open(path, _OPEN_FLAGS, 0o666), "r+")
        if not is_locked_for_us(file):
            file.close()
            raise ExportError("export.in_use", path.name)
        if _is_still_there(file, path):
            return file
        # The run that held the lock has finished and removed the file meanwhile.
        file.close()


def _is_still_there(file: io.FileIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    # Otherwise a power cut may lose the entry of a new file. Windows has nothing like it.
    if os.name == "nt":  # pragma: no cover
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
