"""Tell which files of a folder are complete, are really there, and were not met before."""

from __future__ import annotations

import json
import logging
import os
import stat
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.command_line.inputs import MEDIA_SUFFIXES, walk

logger = logging.getLogger(__name__)

# winnt.h: the content is elsewhere, and opening or reading the file fetches it.
_WINDOWS_RECALL = 0x00001000 | 0x00040000 | 0x00400000
# sys/stat.h of macOS: SF_DATALESS.
_MACOS_DATALESS = 0x40000000
# Small files can lie inside the directory entry of some file systems, without blocks of their own.
_LEAST_BYTES_WITH_BLOCKS = 65_536
_VERSION = 1


@dataclass(frozen=True, slots=True)
class FileState:
    """What shows that a file is being written."""

    path: Path
    size_bytes: int
    modified_ns: int


def recordings_in(folder: Path) -> list[FileState]:
    """Return the recordings of a folder, to the bottom, but not what only the cloud holds.

    Nothing is opened. Raises `OSError` if the folder cannot be read.
    """
    with os.scandir(folder):  # a folder that is gone is not the same as an empty one
        pass
    found = []
    for path in walk(folder):
        if path.suffix.lower() not in MEDIA_SUFFIXES:
            continue
        try:
            status = path.stat()
        except OSError:
            continue
        if stat.S_ISREG(status.st_mode) and status.st_size and not is_placeholder(status):
            found.append(FileState(path, status.st_size, status.st_mtime_ns))
    return found


def is_placeholder(status: os.stat_result) -> bool:
    """Tell whether the content of a file lies in the cloud, and reading would fetch it."""
    if getattr(status, "st_file_attributes", 0) & _WINDOWS_RECALL:
        return True
    if getattr(status, "st_flags", 0) & _MACOS_DATALESS:
        return True
    blocks = getattr(status, "st_blocks", None)
    return blocks == 0 and status.st_size >= _LEAST_BYTES_WITH_BLOCKS


class StandStill:
    """Notice which files have not changed for a while; one thread uses it."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._since: dict[FileState, float] = {}

    def observe(self, states: Iterable[FileState], now: float) -> list[FileState]:
        """Return the files that stood still for long enough; `now` is of a clock that only runs
        forwards, for the times of files are those of another computer."""
        self._since = {state: self._since.get(state, now) for state in states}
        return [state for state, since in self._since.items() if now - since >= self._seconds]


@dataclass(frozen=True, slots=True)
class _OnItsWay:
    """A file that was told of, and that the library may not have yet."""

    state: FileState
    content: str


class Met:  # pylint: disable=too-many-instance-attributes
    """Remember which recordings were met in watched folders, over restarts and renamings.

    Only what is confirmed is remembered over a restart: what the program had not taken in when it
    ended is met again. All methods may be called from any thread.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._saving = threading.Lock()
        self._files: dict[str, tuple[int, int]] = {}
        self._contents: set[str] = set()
        self._on_their_way: dict[str, _OnItsWay] = {}
        self._is_loaded = False
        self._is_saved = True

    def has_file(self, state: FileState) -> bool:
        """Tell whether this file was met or is on its way, unchanged since."""
        with self._lock:
            self._load()
            way = self._on_their_way.get(_key(state.path))
            if way is not None and way.state == state:
                return True
            return self._files.get(str(state.path)) == (state.size_bytes, state.modified_ns)

    def add(self, state: FileState, content: str) -> bool:
        """Note a file; True if its recording is new, and then it is on its way until `confirm`."""
        with self._lock:
            self._load()
            if content in self._contents:
                self._keep(state, content)
                return False
            is_new = all(way.content != content for way in self._on_their_way.values())
            self._on_their_way[_key(state.path)] = _OnItsWay(state, content)
            return is_new

    def confirm(self, paths: Iterable[Path]) -> None:
        """Note that the library has these recordings, or never wants them."""
        with self._lock:
            self._load()
            ways = [self._on_their_way.get(_key(path)) for path in paths]
            contents = {way.content for way in ways if way is not None}
            for way in tuple(self._on_their_way.values()):  # others may be waiting for this one
                if way.content in contents:
                    self._keep(way.state, way.content)

    def save(self) -> None:
        """Write down what is new."""
        with self._saving:
            with self._lock:  # whoever confirms does not wait for the disk
                if self._is_saved:
                    return
                self._is_saved = True
                files, contents = dict(self._files), sorted(self._contents)
            content = {"version": _VERSION, "files": files, "contents": contents}
            copy = self._path.with_name(f".{self._path.name}.tmp")
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                copy.write_text(json.dumps(content, indent=1), encoding="utf-8")
                os.replace(copy, self._path)
            except OSError as exc:
                logger.warning("what was met in watched folders is not kept: %s", exc.strerror)

    def _keep(self, state: FileState, content: str) -> None:
        self._on_their_way.pop(_key(state.path), None)
        self._files[str(state.path)] = (state.size_bytes, state.modified_ns)
        self._contents.add(content)
        self._is_saved = False

    def _load(self) -> None:
        if self._is_loaded:
            return
        self._is_loaded = True
        try:
            read = json.loads(self._path.read_text(encoding="utf-8"))
            files = {str(name): (int(a), int(b)) for name, (a, b) in read["files"].items()}
            self._files, self._contents = files, {str(one) for one in read["contents"]}
        except FileNotFoundError:
            pass
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as exc:
            # The library still knows its recordings by their content.
            logger.warning("what was met before cannot be read: %s", type(exc).__name__)


def _key(path: Path) -> str:
    """Return the name under which the queue knows a file."""
    return os.path.abspath(path)
