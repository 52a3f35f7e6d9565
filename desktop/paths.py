"""Know where the program keeps its things: library, settings, cache and logs."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from engine.errors import LibraryError
from engine.speech_models.installed import APP_NAME, models_folders


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one data directory; none need exist before `make`."""

    data: Path
    """What must not be lost: the library. One program at a time."""
    config: Path
    """What people chose."""
    cache: Path
    """What can be computed again."""
    logs: Path
    is_portable: bool = False
    """Whether all of it lies in one folder that was named by `--data-dir`."""

    @staticmethod
    def of(data_dir: Path | None = None) -> Paths:
        """Return the folders inside `data_dir`, or the usual ones of this computer's user."""
        if data_dir is not None:
            root = data_dir.expanduser().absolute()
            return Paths(root, root, root / "cache", root / "logs", is_portable=True)
        folders = platformdirs.PlatformDirs(APP_NAME, appauthor=False)
        return Paths(
            Path(folders.user_data_dir),
            Path(folders.user_config_dir),
            Path(folders.user_cache_dir),
            Path(folders.user_log_dir),
        )

    @property
    def library(self) -> Path:
        """Return the file that holds all transcripts."""
        return self.data / "library.sqlite3"

    @property
    def settings(self) -> Path:
        """Return the file of the settings that people change."""
        return self.config / "settings.toml"

    @property
    def window_state(self) -> Path:
        """Return the file for sizes and places of windows: state, not a setting."""
        return self.config / "window.ini"

    @property
    def instance(self) -> Path:
        """Return the file whose lock says that a program uses this data directory."""
        return self.data / "instance.lock"

    @property
    def models(self) -> tuple[Path, ...]:
        """Return where speech models are looked for; new ones go into the first."""
        return models_folders(self.data if self.is_portable else None)

    def make(self) -> None:
        """Make the folders, for their owner only; raises `LibraryError`: read_only, disk_full."""
        try:
            for folder in (self.data, self.config, self.cache, self.logs):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as exc:
            is_full = exc.errno in (errno.ENOSPC, errno.EDQUOT)
            code = "library.disk_full" if is_full else "library.read_only"
            raise LibraryError(code, f"{exc.filename}: {exc.strerror}") from exc
