"""Gather what the strip says about a job: models to choose, channels, from where changes count."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.services.model_list import ModelState
from desktop.services.services import Services
from desktop.store.records import JobStatus, TranscriptSummary
from desktop.ui.job.model_strip import StripState
from engine.errors import MediaError
from engine.options import Channels

_USABLE = (ModelState.INSTALLED,)


class StripStates(QObject):
    """Know the channels of recordings, looked up once each in the background."""

    changed = Signal()
    """More is known now."""

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._channels: dict[Path, int] = {}
        services.downloads.listed.connect(self.changed)

    def state(self, summary: TranscriptSummary, applies_from: float | None) -> StripState:
        """Return what the strip shows now; `applies_from` in seconds, None: from the start."""
        is_split = summary.options.transcription.channels is Channels.SPEAKERS
        channels = self._channels.get(summary.source.path, 2 if is_split else 1)
        if summary.status is not JobStatus.DONE:
            self._look_up(summary.source.path)
        return StripState(
            options=summary.options,
            models=tuple(
                model.name
                for model in self._services.downloads.current.models
                if model.state in _USABLE
            ),
            language=summary.language,
            channels=channels,
            applies_from=applies_from,
        )

    def _look_up(self, path: Path) -> None:
        if path in self._channels:
            return
        self._channels[path] = 1
        self._services.background.run(
            partial(self._probe, path), partial(self._on_probed, path), owner=self
        )

    def _probe(self, path: Path) -> int:
        try:
            info = self._services.probe.probe(path)
        except MediaError:
            return 1
        return 1 if info is None else max((track.channels for track in info.tracks), default=1)

    def _on_probed(self, path: Path, channels: int) -> None:
        if channels != self._channels.get(path):
            self._channels[path] = channels
            self.changed.emit()
