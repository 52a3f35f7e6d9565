"""Find the recordings that the words of a command line mean: files, folders and patterns."""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import MediaError, OptionsError, TranscriberError

MEDIA_SUFFIXES = frozenset(
    ".3g2 .3gp .aac .ac3 .aif .aifc .aiff .amr .ape .asf .au .avi .caf .dts .dv .eac3 .f4v .flac "
    ".flv .gsm .m2ts .m4a .m4b .m4p .m4v .mka .mkv .mov .mp2 .mp3 .mp4 .mpeg .mpg .mpga .mts .mxf "
    ".oga .ogg .ogm .ogv .opus .qt .ra .ram .rm .rmvb .snd .spx .ts .tta .vob .w64 .wav .weba "
    ".webm .wma .wmv .wv".split()
)
"""File endings that count as recordings when a folder is searched; a file that is named is tried
whatever its ending."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Say which input cannot be used, and why."""

    path: Path
    error: TranscriberError


@dataclass(frozen=True, slots=True)
class Inputs:
    """List what was found, in order and each file once, and what was not."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


def find_recordings(words: Sequence[str]) -> Inputs:
    """Return the recordings that files, folders (searched to the bottom) and patterns name."""
    found = _Collection()
    for word in words:
        if not word:
            raise OptionsError("options.invalid", "a file name is empty")
        for path in _expand(word):
            _add(path, found)
    return found.inputs()


def find_in(paths: Iterable[Path]) -> Inputs:
    """Return the recordings that files and folders hold; no name is a pattern.

    Folders are searched to the bottom; of the files in them nothing is read.
    """
    found = _Collection()
    for path in paths:
        _add(path, found)
    return found.inputs()


def find_files(words: Sequence[str]) -> Inputs:
    """Return the files that names and patterns mean; a folder is a problem."""
    found = _Collection()
    for word in words:
        for path in _expand(word):
            _add_file(path, found)
    return found.inputs()


def walk(folder: Path) -> Iterator[Path]:
    """Yield all files of a folder and its subfolders in natural order, but for hidden ones."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted((name for name in folders if name[0] != "."), key=_natural)
        for name in sorted((name for name in names if name[0] != "."), key=_natural):
            yield Path(parent, name)


class _Collection:
    """Gather files, each once, however it is named."""

    def __init__(self) -> None:
        self._files: dict[str, Path] = {}
        self._problems: list[Problem] = []

    def add(self, path: Path) -> None:
        self._files.setdefault(os.path.realpath(path), path)

    def refuse(self, path: Path, code: str, detail: str = "") -> None:
        self._problems.append(Problem(path, MediaError(code, detail)))

    def inputs(self) -> Inputs:
        return Inputs(tuple(self._files.values()), tuple(self._problems))


def _expand(word: str) -> list[Path]:
    # The shell has done this on most systems, but not on Windows. A file whose name looks like a
    # pattern is taken as it is.
    if not os.path.lexists(word) and glob.has_magic(word):
        return [Path(name) for name in sorted(glob.glob(word, recursive=True), key=_natural)] or [
            Path(word)
        ]
    return [Path(word)]


def _add(path: Path, found: _Collection) -> None:
    if os.path.isdir(path):  # Path.is_dir fails on names that are too long
        _add_folder(path, found)
    else:
        _add_file(path, found)


def _add_folder(folder: Path, found: _Collection) -> None:
    recordings = [path for path in walk(folder) if path.suffix.lower() in MEDIA_SUFFIXES]
    for path in recordings:
        found.add(path)
    if recordings:
        return
    if os.access(folder, os.R_OK | os.X_OK):
        found.refuse(folder, "media.none_found")
    else:
        found.refuse(folder, "media.no_permission", "the folder may not be opened")


def _add_file(path: Path, found: _Collection) -> None:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            found.refuse(path, "media.unreadable", "it is no file")
            return
        with path.open("rb") as file:
            is_empty = not file.read(1)
    except FileNotFoundError:
        found.refuse(path, "media.not_found")
    except PermissionError:
        found.refuse(path, "media.no_permission")
    except OSError as exc:
        found.refuse(path, "media.unreadable", exc.strerror or str(exc))
    else:
        if is_empty:
            found.refuse(path, "media.unreadable", "the file is empty")
        else:
            found.add(path)


def _natural(name: str) -> list[tuple[int, str]]:
    # "part 2" before "part 10"
    return [
        (int(part), "") if part.isdecimal() else (-1, part.casefold())
        for part in re.split(r"(\d+)", name)
    ]
