"""List every connection the program made, across restarts, and hold the offline lock."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, fields
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.services.settings_service import SettingsService
from desktop.settings import Settings
from engine import network
from engine.network import NetworkUse

logger = logging.getLogger(__name__)

FILE_NAME = "network.jsonl"
_LIMIT = 2000
"""Entries that are kept, the newest."""
_WRITE_AFTER_MS = 300


class OfflineLock(QObject):
    """Keep the network shut in this process while the settings say so.

    The engine and media processes never have a network; see `engine.process.worker`.
    """

    def __init__(self, settings: SettingsService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        _lock(settings.current.stay_offline)
        settings.changed.connect(self._on_settings_changed)

    @Slot(object, object)
    def _on_settings_changed(self, new: Settings, _before: Settings) -> None:
        _lock(new.stay_offline)


class NetworkLedger(QObject):
    """Collect connections of all processes of the program; use it from the GUI thread."""

    changed = Signal()
    """Entries were added, went on or were cleared."""
    _used = Signal()
    _loaded = Signal(object)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        """Watch from now on; what an earlier run wrote into `path` comes a moment later."""
        super().__init__(parent)
        self._path = path
        self._entries: dict[tuple[float, int], NetworkUse] = {}
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="ledger")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WRITE_AFTER_MS)
        self._timer.timeout.connect(self._on_quiet)
        # A download tells its bytes some thousand times a second.
        self._lock = threading.Lock()
        self._told: dict[tuple[float, int], NetworkUse] = {}
        self._used.connect(self._on_used)
        self._loaded.connect(self._on_loaded)
        self._stop_watching = network.watch(self._on_use)
        self._writer.submit(lambda: self._loaded.emit(_read(path)))

    @property
    def entries(self) -> tuple[NetworkUse, ...]:
        """Return all entries, the newest first."""
        return tuple(sorted(self._entries.values(), key=_key, reverse=True))

    def clear(self) -> None:
        """Forget all entries, in the file too."""
        self._take_told()
        self._entries.clear()
        self._write()
        self.changed.emit()

    def close(self) -> None:
        """Stop watching and write what is not written yet."""
        self._stop_watching()
        self._timer.stop()
        if self._told:
            self._take_told()
            self._write()
        self._writer.shutdown(wait=True)

    def _on_use(self, use: NetworkUse) -> None:
        # In the thread that uses the network.
        with self._lock:
            is_first = not self._told
            self._told[_key(use)] = use
        if is_first:
            self._used.emit()

    @Slot()
    def _on_used(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _on_quiet(self) -> None:
        self._take_told()
        self._write()
        self.changed.emit()

    def _take_told(self) -> None:
        with self._lock:
            self._entries.update(self._told)
            self._told.clear()

    @Slot(object)
    def _on_loaded(self, uses: Iterable[NetworkUse]) -> None:
        for use in uses:
            self._entries.setdefault(_key(use), use)
        self.changed.emit()

    def _write(self) -> None:
        entries = self.entries[:_LIMIT]
        self._entries = {_key(use): use for use in entries}
        self._writer.submit(_replace_file, self._path, entries)


def _lock(stay_offline: bool) -> None:
    if stay_offline:
        network.forbid()
    else:
        network.allow()


def _key(use: NetworkUse) -> tuple[float, int]:
    # Numbers begin anew with every start of the program; together with the time they are unique.
    return use.when, use.number


def _read(path: Path) -> list[NetworkUse]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    found = []
    known = {field.name for field in fields(NetworkUse)}
    for line in text.splitlines():
        with contextlib.suppress(ValueError, TypeError, AttributeError):
            values = json.loads(line)
            found.append(NetworkUse(**{k: v for k, v in values.items() if k in known}))
    return found


def _replace_file(path: Path, uses: Iterable[NetworkUse]) -> None:
    text = "".join(json.dumps(asdict(use), ensure_ascii=False) + "\n" for use in uses)
    new = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(text, encoding="utf-8")
        os.replace(new, path)
    except OSError as exc:
        logger.warning("the network ledger cannot be written: %s", exc.strerror)
