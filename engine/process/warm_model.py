"""Keep one speech model in memory between jobs, and step down to less when it doesn't fit."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from engine.errors import DeviceError
from engine.events import Notice
from engine.options import ComputeOptions
from engine.process.backend_seam import Backend, LoadedModel
from engine.process.keep_heap import release_heap
from engine.process.memory import THIS_COMPUTER, Computer, choose_replicas

logger = logging.getLogger(__name__)

_STEP_DOWN_CODES = ("device.out_of_memory", "device.library_missing")


class WarmModel:
    """Hold the model of the last job; the next job with the same wishes pays no load.

    One thread uses it.
    """

    def __init__(
        self,
        backend: Backend,
        computer: Computer = THIS_COMPUTER,
        release: Callable[[], object] = release_heap,
    ) -> None:
        self._backend = backend
        self._computer = computer
        self._release = release
        self._wish: tuple[Path, int, ComputeOptions] | None = None
        self._rungs: list[ComputeOptions] = []
        self._model: LoadedModel | None = None
        self.notice: Notice | None = None
        """Why the model does not run as asked for; None if it does."""

    @property
    def is_loaded(self) -> bool:
        """Tell whether a model takes memory."""
        return self._model is not None

    def obtain(self, folder: Path, compute: ComputeOptions) -> LoadedModel:
        """Return the model, loaded if need be; raises `ModelError` or `DeviceError`."""
        wish = (folder, _modified_at(folder), compute)
        if wish != self._wish:
            self.unload()
            self._rungs = list(self._backend.ladder(compute))
            self._wish = wish
        while self._model is None:
            try:
                self._model = self._load(folder, self._rungs[0])
            except (DeviceError, MemoryError) as exc:
                self.step_down(exc)
        return self._model

    def step_down(self, error: DeviceError | MemoryError) -> None:
        """Give the model up, so that `obtain` tries less; raise the error if nothing less is left."""
        if isinstance(error, MemoryError):
            error = DeviceError("device.out_of_memory", str(error))
        rungs = self._rungs[1:]
        if error.code == "device.library_missing":  # what the card lacks, it lacks for all types
            rungs = [rung for rung in rungs if rung.device == "cpu"]
        self._close()
        if error.code not in _STEP_DOWN_CODES or not rungs:
            self.unload()
            raise error
        logger.warning("%s (%s): stepping down to %s", error.code, error.detail, rungs[0])
        is_same_device = rungs[0].device == self._rungs[0].device
        code = "device.reduced" if is_same_device else error.code
        self.notice = Notice(code, error.detail, rungs[0])
        self._rungs = rungs

    def unload(self) -> None:
        """Give the memory back."""
        self._wish = self.notice = None
        self._close()

    def _load(self, folder: Path, compute: ComputeOptions) -> LoadedModel:
        need = self._backend.memory_need(folder, compute)
        if need is None:
            return self._backend.load(folder, compute)
        replicas = choose_replicas(compute.replicas, need, self._computer)
        chosen = replace(compute, replicas=replicas)
        if compute.replicas is not None and replicas < compute.replicas:
            self.notice = Notice("device.reduced", "", chosen)
        return self._backend.load(folder, chosen)

    def _close(self) -> None:
        model, self._model = self._model, None
        if model is not None:
            model.close()
            del model
            self._release()


def _modified_at(folder: Path) -> int:
    """Notice a model that was installed anew in the same folder."""
    try:
        return (folder / "model.bin").stat().st_mtime_ns
    except OSError:
        return 0
