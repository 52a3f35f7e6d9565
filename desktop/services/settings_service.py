"""Keep the settings: change them at once, tell everybody, and write them a moment later."""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.settings import DEFAULTS, Loaded, Profile, Settings, save

logger = logging.getLogger(__name__)

_WRITE_AFTER_MS = 300
"""Changes that follow each other, as when a wheel is turned, are written together."""


class SettingsService(QObject):
    """Hold the settings of a data directory; use it from the GUI thread."""

    changed = Signal(object, object)
    """The new settings and those before."""
    save_failed = Signal(str)
    """The settings hold, but could not be written; why, for people who ask for details."""
    _write_failed = Signal(str)

    def __init__(self, loaded: Loaded, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.loaded = loaded
        """What the file was like: damaged and kept aside, single values refused."""
        self._current = loaded.settings
        self._path = path
        # One thread, so that an older state is never written over a newer one.
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="settings")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WRITE_AFTER_MS)
        self._timer.timeout.connect(self._on_quiet)
        self._write_failed.connect(self.save_failed)

    @property
    def current(self) -> Settings:
        """Return the settings as they are now."""
        return self._current

    def change(self, **fields: object) -> None:
        """Set fields of `Settings` by name; ValueError, and nothing changes, if one is wrong."""
        self.replace(replace(self._current, **fields))  # type: ignore[arg-type]  # checked there

    def replace(self, settings: Settings) -> None:
        """Take over other settings."""
        before = self._current
        if settings == before:
            return
        self._current = settings
        self._timer.start()
        self.changed.emit(settings, before)

    def reset(self, field: str) -> None:
        """Set one field back to its default."""
        self.change(**{field: getattr(DEFAULTS, field)})

    def set_profile(self, name: str, profile: Profile) -> None:
        """Replace the profile of that name, or add a new one; ValueError if its name is taken.

        What refers to it by name follows.
        """
        profiles = list(self._current.profiles)
        names = [each.name for each in profiles]
        if name in names:
            profiles[names.index(name)] = profile
        else:
            profiles.append(profile)
        watched = tuple(
            replace(each, profile=profile.name) if name and each.profile == name else each
            for each in self._current.watched_folders
        )
        default = self._current.default_profile
        self.change(
            profiles=tuple(profiles),
            watched_folders=watched,
            default_profile=profile.name if default == name else default,
        )

    def remove_profile(self, name: str) -> None:
        """Remove a profile; the last one stays (ValueError)."""
        left = tuple(each for each in self._current.profiles if each.name != name)
        default = self._current.default_profile
        self.change(
            profiles=left, default_profile=left[0].name if left and default == name else default
        )

    def close(self) -> None:
        """Write what is not written yet, and wait for it."""
        if self._timer.isActive():
            self._timer.stop()
            self._write()
        self._writer.shutdown(wait=True)

    @Slot()
    def _on_quiet(self) -> None:
        self._write()

    def _write(self) -> None:
        self._writer.submit(save, self._current, self._path).add_done_callback(self._after_write)

    def _after_write(self, written: Future[None]) -> None:
        # In the writer's thread.
        error = written.exception()
        if error is not None:
            logger.warning("settings cannot be written", exc_info=error)
            self._write_failed.emit(str(error))
