"""Remember how fast each speech model is on this computer, and estimate it for the others."""

from __future__ import annotations

import json
import logging
import os
import threading
from dataclasses import asdict, dataclass
from math import log
from pathlib import Path

from desktop.services.model_figures import cost
from engine.speech_models.catalogue import CATALOGUE, canonical_name

logger = logging.getLogger(__name__)

LEAST_SECONDS = 20.0
"""Of recording that must be decoded before a speed is believed."""
_VERSION = 1


@dataclass(frozen=True, slots=True)
class MeasuredSpeed:
    """How fast a model was the last times."""

    speed: float
    """Seconds of recording per second of decoding."""
    device: str
    compute_type: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """How fast a model is, or is expected to be."""

    speed: float
    """Seconds of recording per second of decoding."""
    is_measured: bool
    """Measured here with this model; else concluded from another one."""


class Speeds:
    """Keep measured speeds in a small file; a file that is damaged or missing is as good as none.

    All methods may be called from any thread; the first one that is called reads the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._measured: dict[str, MeasuredSpeed] | None = None

    def record(self, model: str, measured: MeasuredSpeed, recording_seconds: float) -> None:
        """Take in how fast a job was; half of the old value stays if it ran on the same device."""
        if recording_seconds < LEAST_SECONDS or measured.speed <= 0:
            return
        with self._lock:
            known = self._load()
            old = known.get(model)
            speed = measured.speed
            if old is not None and (old.device, old.compute_type) == (
                measured.device,
                measured.compute_type,
            ):
                speed = (speed + old.speed) / 2
            known[model] = MeasuredSpeed(round(speed, 2), measured.device, measured.compute_type)
            self._save(known)

    def estimate(self, model: str) -> Estimate | None:
        """Return how fast a model is here, or is expected to be by the most alike measured one.

        None as long as no model was ever measured. May read the disk.
        """
        with self._lock:
            known = dict(self._load())
        if model in known:
            return Estimate(known[model].speed, is_measured=True)
        alike = [
            (ratio, measured.speed)
            for name, measured in known.items()
            if (ratio := _times_as_fast(model, name, measured.device)) is not None
        ]
        if not alike:
            return None
        ratio, speed = min(alike, key=lambda each: abs(log(each[0])))
        return Estimate(speed * ratio, is_measured=False)

    def time_for(self, model: str, duration: float) -> float | None:
        """Return the seconds of clock that a recording takes; None if nothing is known."""
        estimate = self.estimate(model)
        return None if estimate is None else duration / estimate.speed

    def _load(self) -> dict[str, MeasuredSpeed]:
        if self._measured is None:
            self._measured = _read(self._path)
        return self._measured

    def _save(self, known: dict[str, MeasuredSpeed]) -> None:
        models = {name: asdict(measured) for name, measured in sorted(known.items())}
        content = json.dumps({"version": _VERSION, "models": models}, indent=1)
        copy = self._path.with_name(f".{self._path.name}.tmp")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(content, encoding="utf-8")
            os.replace(copy, self._path)
        except OSError as exc:
            logger.warning("measured speeds cannot be kept: %s", exc.strerror)


def _times_as_fast(model: str, other: str, device: str) -> float | None:
    """Return how many times as fast as another a model is on a device; None if nobody knows."""
    find = cost if device == "cpu" else _work_of_gpu
    own, others = find(model), find(other)
    return others / own if own and others else None


def _work_of_gpu(model: str) -> float | None:
    # There, small models wait for memory rather than compute: published figures, not parameters.
    entry = CATALOGUE.get(canonical_name(model))
    return None if entry is None or not entry.relative_speed else 1 / entry.relative_speed


def _read(path: Path) -> dict[str, MeasuredSpeed]:
    try:
        models = json.loads(path.read_text(encoding="utf-8"))["models"]
        read = {name: MeasuredSpeed(**fields) for name, fields in models.items()}
        return {name: measured for name, measured in read.items() if measured.speed > 0}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as exc:
        logger.warning("measured speeds cannot be read: %s", type(exc).__name__)
        return {}
