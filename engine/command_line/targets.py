"""Decide where the results of each recording go, so that nothing is overwritten by mistake."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.command_line.checkpoint_header import CHECKPOINT_SUFFIX, is_foreign, read_header

LONGEST_NAME = 255
"""Bytes of a file name in UTF-8 that every usual file system takes."""


@dataclass(frozen=True, slots=True)
class Target:
    """Say where the results of one recording go."""

    folder: Path
    name: str
    """Without ending: the name of the recording, with its own ending if that is needed."""

    def file(self, ending: str) -> Path:
        """Return the path of the result with an ending such as `.srt`."""
        return self.folder / _shorten(self.name, ending)

    @property
    def checkpoint(self) -> Path:
        """Return where the unfinished result is kept."""
        return self.file(CHECKPOINT_SUFFIX)


def choose_targets(
    recordings: Sequence[Path], folder: Path | None, endings: Sequence[str]
) -> tuple[Target, ...]:
    """Return a target for each recording: beside it, or in a folder.

    No two recordings share one, no result lies where a recording is, and the unfinished result of
    another recording is left alone. One that was begun earlier keeps its name.
    """
    chooser = _Chooser(recordings, folder, endings)
    return tuple(chooser.choose(recording) for recording in recordings)


class _Chooser:
    def __init__(
        self, recordings: Sequence[Path], folder: Path | None, endings: Sequence[str]
    ) -> None:
        self._folder = folder
        self._endings = endings
        self._recordings = {_key(recording) for recording in recordings}
        self._namesakes = Counter(_key(self._place(path) / path.stem) for path in recordings)
        self._taken: set[str] = set()

    def choose(self, recording: Path) -> Target:
        place = self._place(recording)
        candidates = [Target(place, name) for name in _names(recording)]
        begun = [target for target in candidates if self._is_begun(target, recording)]
        if begun:
            return self._take(begun[0])
        if self._namesakes[_key(place / recording.stem)] > 1:
            del candidates[0]
        free = (target for target in candidates if self._is_free(target))
        return self._take(next(free, candidates[-1]))

    def _place(self, recording: Path) -> Path:
        return recording.parent if self._folder is None else self._folder

    def _take(self, target: Target) -> Target:
        self._taken.add(_key(target.checkpoint))
        return target

    def _is_begun(self, target: Target, recording: Path) -> bool:
        header = read_header(target.checkpoint)
        return (
            header is not None
            and _key(target.checkpoint) not in self._taken
            and header.is_about(recording)
        )

    def _is_free(self, target: Target) -> bool:
        return (
            _key(target.checkpoint) not in self._taken
            and read_header(target.checkpoint) is None
            and not is_foreign(target.checkpoint)
            and all(_key(target.file(ending)) not in self._recordings for ending in self._endings)
        )


def _names(recording: Path) -> Iterator[str]:
    yield recording.stem
    yield recording.name
    for number in range(2, 100):
        yield f"{recording.name} ({number})"


def _key(path: Path) -> str:
    # As file systems compare that take no notice of case (Windows, macOS).
    return unicodedata.normalize("NFC", os.path.realpath(path)).casefold()


def _shorten(name: str, ending: str) -> str:
    encoded = os.fsencode(name)
    room = LONGEST_NAME - len(ending)
    if len(encoded) <= room:
        return name + ending
    mark = "~" + hashlib.sha256(encoded).hexdigest()[:8]
    return encoded[: room - len(mark)].decode("utf-8", "ignore") + mark + ending
