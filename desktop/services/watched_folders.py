"""Watch folders of the disk for new recordings, one thread for each: none holds up others."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from desktop.services.watched_files import FileState, Met, StandStill, recordings_in
from engine.errors import MediaError
from engine.recording_file import fingerprint

if TYPE_CHECKING:
    from desktop.settings import WatchedFolder

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WatchTimings:
    """Say how patient the watch is; all in seconds."""

    still: float = 10.0
    """A file must not have changed for this long."""
    interval: float = 5.0
    """Between two looks. Looking works everywhere: network shares send no news of changes."""
    share: float = 0.05
    """Of the time that looking may take at most; large folders are looked at more rarely."""


class WatchedFolders(QObject):
    """Tell of each recording that appears in a watched folder once, known by its content.

    What is not confirmed by the end of the program is told again at the next start.
    """

    recordings_found = Signal(object, str)
    """tuple[Path, …], name of the profile (empty: that for new recordings)."""
    reachable_changed = Signal(str, bool)
    """Path of a watched folder, whether it can be read now."""

    def __init__(
        self,
        met: Path,
        *,
        timings: WatchTimings = WatchTimings(),
        parent: QObject | None = None,
    ) -> None:
        """Watch nothing yet; `met` is the file that remembers what was found before."""
        super().__init__(parent)
        self._timings = timings
        self._met = Met(met)
        self._watches: dict[WatchedFolder, _Watch] = {}

    def watch(self, folders: Sequence[WatchedFolder]) -> None:
        """Watch these folders from now on, and no others."""
        for folder in set(self._watches) - set(folders):
            self._watches.pop(folder).stop()
        for folder in folders:
            if folder not in self._watches:
                self._watches[folder] = _Watch(folder, self._met, self._timings, self._tell)

    @Slot(object)
    def confirm(self, paths: Sequence[Path]) -> None:
        """Note that the library has what was told of, or never wants it."""
        self._met.confirm(paths)

    def close(self) -> None:
        """Watch no more; a thread that hangs on a dead share is left to itself."""
        for watch in self._watches.values():
            watch.stop()
        self._watches.clear()
        self._met.save()

    def _tell(self, folder: WatchedFolder, news: tuple[Path, ...] | bool) -> None:
        if not isValid(self):
            return
        if isinstance(news, bool):
            self.reachable_changed.emit(folder.path, news)
        else:
            self.recordings_found.emit(news, folder.profile)


class _Watch:
    """Look at one folder again and again, in a thread."""

    def __init__(
        self,
        folder: WatchedFolder,
        met: Met,
        timings: WatchTimings,
        tell: Callable[[WatchedFolder, tuple[Path, ...] | bool], None],
    ) -> None:
        self._folder = folder
        self._met = met
        self._timings = timings
        self._tell = tell
        self._still = StandStill(timings.still)
        self._is_reachable = True
        self._stopped = threading.Event()
        threading.Thread(target=self._run, name="watched-folder", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.is_set():
            began = time.monotonic()
            self._met.save()
            self._look(began)
            took = time.monotonic() - began
            self._stopped.wait(max(self._timings.interval, took / self._timings.share))

    def _look(self, now: float) -> None:
        try:
            states = recordings_in(Path(self._folder.path))
        except OSError as exc:
            logger.debug("a watched folder cannot be read: %s", exc.strerror)
            self._note_reachable(False)
            return
        self._note_reachable(True)
        fresh = [state for state in states if not self._met.has_file(state)]
        new = tuple(state.path for state in self._still.observe(fresh, now) if self._is_new(state))
        if new and not self._stopped.is_set():
            self._tell(self._folder, new)

    def _note_reachable(self, is_reachable: bool) -> None:
        if is_reachable is not self._is_reachable and not self._stopped.is_set():
            self._is_reachable = is_reachable
            self._tell(self._folder, is_reachable)

    def _is_new(self, state: FileState) -> bool:
        try:
            content = fingerprint(state.path)
        except MediaError:  # another program keeps it open, or it is gone
            return False
        return self._met.add(state, content)
