"""Make recordings of some minutes out of the sample, no two sentences of which lie alike."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.engine.recognition.sounds import RATE, Sound, load, save


def varied(sample: Sound, seconds: float) -> Sound:
    """Return so much speech, in which no two sentences sound or lie alike."""
    chance = np.random.default_rng(4)
    parts: list[Sound] = []
    while sum(len(part) for part in parts) < seconds * RATE:
        level, pause = chance.uniform(0.2, 1), chance.uniform(0.1, 3)
        faint = chance.normal(0, 0.002, len(sample) + round(pause * RATE))
        part = faint.astype(np.float32)
        part[: len(sample)] += np.float32(level) * sample
        parts.append(part)
    return np.concatenate(parts)


def write_talk(path: Path, sample: Path, seconds: float) -> Path:
    """Write a recording of so much speech."""
    return save(path, varied(load(sample), seconds))
