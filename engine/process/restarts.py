"""Decide what is tried when a worker died: the same once more, then with less, then nothing."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from engine.errors import EngineCrashed
from engine.options import ComputeOptions

DEADLY = ("engine.crashed", "engine.unresponsive")
"""Codes of a worker that is gone; a new one may do better."""


class Restart(StrEnum):
    """Name how a job goes on after a death, by the code of what the user is told."""

    AS_BEFORE = "engine.restarted"
    WITH_LESS = "engine.reduced"
    """On the processor, with int8 and one replica."""


class Restarts:
    """Count how often the worker of a job died in the same place, and choose what to try next."""

    def __init__(self, compute: ComputeOptions) -> None:
        self._deaths = 0
        self.compute = compute
        """What the next attempt runs with."""

    def forget(self) -> None:
        """Start counting anew: a part was finished."""
        self._deaths = 0

    def after(self, crash: EngineCrashed) -> Restart:
        """Return how the job goes on; raises the crash if it had better not."""
        self._deaths += 1
        if crash.code not in DEADLY or self._deaths > 2:
            raise crash
        if self._deaths == 1:
            return Restart.AS_BEFORE
        self.compute = replace(self.compute, device="cpu", compute_type="int8", replicas=1)
        return Restart.WITH_LESS
