"""The seam between serving requests and doing the work, so that the ML half is loaded late."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from engine.device_report import DeviceReport
from engine.events import Event
from engine.media_info import MediaInfo
from engine.options import ComputeOptions
from engine.process.protocol import PeaksRequest, TranscribeRequest

# By name, not by import: nothing that starts a worker shall depend on the ML half.
RECOGNITION = "engine.process.backend:RecognitionBackend"


class LoadedModel(Protocol):
    """A speech model in memory; says where it really runs."""

    @property
    def device(self) -> str:
        """Return `cpu`, `cuda:0`, …"""
        ...

    @property
    def compute_type(self) -> str:
        """Return the number type, never `auto`."""
        ...

    @property
    def replicas(self) -> int:
        """Return how many blocks are decoded side by side."""
        ...

    def close(self) -> None:
        """Give the memory back."""
        ...


@dataclass(frozen=True, slots=True)
class MemoryNeed:
    """Say how much main memory a speech model takes."""

    shared_bytes: int
    """Weights and libraries, once."""
    replica_bytes: int
    """For each block that is decoded side by side."""


class Backend(Protocol):
    """Do the work of a worker; every method may take long, and raises `TranscriberError`."""

    def memory_need(self, folder: Path, compute: ComputeOptions) -> MemoryNeed | None:
        """Return what loading will take; None if main memory does not limit it."""
        ...

    def ladder(self, compute: ComputeOptions) -> tuple[ComputeOptions, ...]:
        """Return what to try after each other on `DeviceError`; first what was asked for."""
        ...

    def load(self, folder: Path, compute: ComputeOptions) -> LoadedModel:
        """Load a speech model; raises `ModelError` or `DeviceError`."""
        ...

    def transcribe(
        self, request: TranscribeRequest, model: LoadedModel, is_cancelled: Callable[[], bool]
    ) -> Iterator[Event]:
        """Yield the events of a job up to `Completed`; raises `Cancelled` when it was."""
        ...

    def devices(self) -> tuple[DeviceReport, ...]:
        """Return what the devices of this computer can run."""
        ...

    def probe(self, path: Path) -> MediaInfo:
        """Return what a media file is; raises `MediaError`."""
        ...

    def peaks(
        self, request: PeaksRequest, is_cancelled: Callable[[], bool]
    ) -> Iterator[tuple[int, ...]]:
        """Yield the outline of a track piece by piece, in the form of `Peaks`.

        Raises `MediaError`, and `Cancelled` when it was.
        """
        ...


def load_backend(name: str) -> Backend:
    """Return an instance of the class that `module:class` names."""
    module, _, attribute = name.partition(":")
    factory = cast(Callable[[], Backend], getattr(importlib.import_module(module), attribute))
    return factory()
