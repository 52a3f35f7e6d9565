"""Install, check, repair and remove speech models in threads, one download after another."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop.services.background import Background
from desktop.services.download_meter import Meter, ModelProgress
from desktop.services.model_list import ListedModel, ModelList, ModelState, look, prepare_repair
from desktop.services.settings_service import SettingsService
from desktop.services.speeds import Speeds
from desktop.settings import Settings
from engine import network
from engine.errors import Cancelled, ModelError, TranscriberError
from engine.speech_models.catalogue import CATALOGUE, canonical_name
from engine.speech_models.installed import import_model, remove_model, verify_model
from engine.speech_models.partial import discard_partial_download, partial_folder

if TYPE_CHECKING:
    from engine.speech_models.download import DownloadOptions

__all__ = ["ModelDownloads", "ModelProgress"]

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Task:
    name: str
    is_repair: bool = False
    stop: threading.Event = field(default_factory=threading.Event)
    is_discarded: bool = False


class ModelDownloads(QObject):
    """Own what happens to speech models; use it from the GUI thread."""

    listed = Signal(object)
    """ModelList, after every change."""
    progressed = Signal(object)
    """ModelProgress."""
    finished = Signal(str)
    """The model of that name is now installed."""
    removed = Signal(str)
    verified = Signal(str)
    """Every file of it was read and is right."""
    failed = Signal(str, str, str)
    """Name, code of `engine.errors`, detail; the name is empty for an import."""
    _told = Signal(object)

    def __init__(
        self,
        folders: Sequence[Path],
        background: Background,
        settings: SettingsService,
        parent: QObject | None = None,
        *,
        speeds: Speeds | None = None,
        options: Callable[[], DownloadOptions] | None = None,
    ) -> None:
        """Work in the models folders; `options` is for tests, to ask another hub."""
        super().__init__(parent)
        self._folders = tuple(folders)
        self._background = background
        self._speeds = speeds
        self._options = options or self._usual_options
        self._list = ModelList()
        self._found = ModelList()
        self._damage: dict[str, str] = {}
        self._queue: deque[_Task] = deque()
        self._task: _Task | None = None
        self._checking: set[str] = set()
        self._done: dict[str, int] = {}
        self._told.connect(self._on_told)
        settings.changed.connect(self._on_settings_changed)

    @property
    def current(self) -> ModelList:
        """Return the list as last told; empty before the first `refresh`."""
        return self._list

    def refresh(self) -> None:
        """Look at the disk; `listed` follows."""
        damage = dict(self._damage)
        self._background.run(
            lambda: look(self._folders, damage, self._speeds), self._on_looked, owner=self
        )

    def download(self, name: str) -> None:
        """Download a model, or go on with it."""
        self._begin(_Task(canonical_name(name)))

    def repair(self, name: str) -> None:
        """Download what is broken of a model."""
        self._begin(_Task(canonical_name(name), is_repair=True))

    def pause(self, name: str) -> None:
        """Stop a download and keep what is there."""
        self._stop(canonical_name(name))

    def cancel(self, name: str) -> None:
        """Stop a download and forget what is there."""
        name = canonical_name(name)
        if self._task is not None and self._task.name == name:
            self._task.is_discarded = True
            self._stop(name)
            return
        self._stop(name)
        self._do(name, lambda: discard_partial_download(name, self._folders), lambda: None)

    def import_folder(self, path: Path) -> None:
        """Copy a model from a folder or a stick; `finished` tells its name."""
        self._background.run(
            lambda: import_model(path, None, self._folders).name,
            self._on_installed,
            lambda error: self._on_failed("", error),
            owner=self,
        )

    def remove(self, name: str) -> None:
        """Delete an installed model."""
        self._do(
            name,
            lambda: remove_model(name, self._folders),
            lambda: self.removed.emit(name),
        )

    def verify(self, name: str) -> None:
        """Read every file of a model and compare it with what it should be."""
        self._checking.add(name)
        self._tell_list()
        self._do(name, lambda: verify_model(name, self._folders), lambda: self._on_verified(name))

    def close(self) -> None:
        """Stop downloads; they go on when they are started again."""
        self._queue.clear()
        if self._task is not None:
            self._task.stop.set()

    def _usual_options(self) -> DownloadOptions:
        # requests takes a while to load: only in the thread that downloads.
        from engine.speech_models.download import (  # pylint: disable=import-outside-toplevel
            DownloadOptions,
        )

        return DownloadOptions(self._folders)

    def _begin(self, task: _Task) -> None:
        is_running = self._is_running(task.name)
        if is_running or any(each.name == task.name for each in self._queue):
            return
        if task.name not in CATALOGUE:
            self.failed.emit(task.name, "model.not_installed", "not in the catalogue")
        elif network.is_forbidden():
            self.failed.emit(task.name, "model.offline", "")
        else:
            self._queue.append(task)
            self._next()

    def _next(self) -> None:
        if self._task is None and self._queue:
            self._task = task = self._queue.popleft()
            self._background.run(
                lambda: self._fetch(task),
                lambda outcome: self._on_fetched(task, outcome),
                lambda error: self._on_fetch_failed(task, error),
                owner=self,
            )
        self._tell_list()

    def _fetch(self, task: _Task) -> bool:
        """Download in a thread; False if it was stopped."""
        from engine.speech_models.download import (  # pylint: disable=import-outside-toplevel
            download_model,
        )

        options = self._options()
        if task.is_repair and not partial_folder(task.name, self._folders).is_dir():
            had = prepare_repair(task.name, self._folders)
            options = replace(options, number_type="int8" if had == "int8" else "published")
        meter = Meter(self._told.emit)
        try:
            with network.purpose("model.download", task.name):
                download_model(
                    task.name,
                    on_progress=meter.on_progress,
                    is_cancelled=task.stop.is_set,
                    options=options,
                )
        except Cancelled:
            if task.is_discarded:
                discard_partial_download(task.name, self._folders)
            return False
        return True

    def _stop(self, name: str) -> None:
        self._queue = deque(each for each in self._queue if each.name != name)
        if self._task is not None and self._task.name == name:
            self._task.stop.set()
        self._tell_list()

    def _do(self, name: str, work: Callable[[], None], done: Callable[[], None]) -> None:
        def after(_: None) -> None:
            done()
            self.refresh()

        self._background.run(work, after, lambda error: self._on_failed(name, error), owner=self)

    def _on_looked(self, found: ModelList) -> None:
        self._found = found
        self._tell_list()

    def _on_verified(self, name: str) -> None:
        self._checking.discard(name)
        self._damage.pop(name, None)
        self.verified.emit(name)

    def _on_installed(self, name: str) -> None:
        self._damage.pop(name, None)
        self.finished.emit(name)
        self.refresh()

    def _on_fetched(self, task: _Task, is_whole: bool) -> None:
        self._end(task)
        if is_whole:
            self._on_installed(task.name)
        else:
            self.refresh()

    def _on_fetch_failed(self, task: _Task, error: Exception) -> None:
        self._end(task)
        self._on_failed(task.name, error)

    def _end(self, task: _Task) -> None:
        self._task = None
        self._done.pop(task.name, None)
        self._next()

    def _on_failed(self, name: str, error: Exception) -> None:
        self._checking.discard(name)
        if isinstance(error, TranscriberError):
            code, detail = error.code, error.detail
        else:
            logger.error("a speech model task failed", exc_info=error)
            code, detail = "engine.internal", f"{type(error).__name__}: {error}"
        if isinstance(error, ModelError) and code == "model.corrupt" and name:
            self._damage[name] = detail
        self.failed.emit(name, code, detail)
        self.refresh()

    @Slot(object)
    def _on_told(self, progress: ModelProgress) -> None:
        self._done[progress.model] = progress.done_bytes
        if self._task is not None and self._task.name == progress.model:
            self.progressed.emit(progress)

    @Slot(object, object)
    def _on_settings_changed(self, new: Settings, before: Settings) -> None:
        if new.stay_offline and not before.stay_offline:
            self.close()
            self._tell_list()

    def _tell_list(self) -> None:
        models = tuple(self._as_it_is(model) for model in self._found.models)
        self._list = replace(self._found, models=models)
        self.listed.emit(self._list)

    def _as_it_is(self, model: ListedModel) -> ListedModel:
        """Return a model of the disk in the state that tasks give it."""
        done = self._done.get(model.name, model.done_bytes)
        if self._is_running(model.name):
            return replace(model, state=ModelState.DOWNLOADING, done_bytes=done)
        if any(each.name == model.name for each in self._queue):
            return replace(model, state=ModelState.WAITING, done_bytes=done)
        if model.name in self._checking:
            return replace(model, state=ModelState.CHECKING)
        if self._task is not None and self._task.name == model.name:
            # It was told to stop, but may still wait for a server that does not answer.
            state = ModelState.AVAILABLE if self._task.is_discarded else ModelState.PAUSED
            return replace(model, state=state, done_bytes=done)
        return model

    def _is_running(self, name: str) -> bool:
        task = self._task
        return task is not None and task.name == name and not task.stop.is_set()
