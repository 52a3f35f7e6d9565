"""Find the recordings to measure with, and put faint noise before them to shift them in time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.engine.recognition.sounds import RATE
from tests.engine.recognition.sounds import load as decode


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording with the words that are said in it."""

    path: Path
    seconds: float
    language: str
    text: str


def find_recordings(folder: Path, language: str) -> list[Recording]:
    """Read `manifest.json`: a list of objects with `file`, `seconds`, `language` and `text`."""
    rows = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return [
        Recording(folder / row["file"], row["seconds"], row["language"], row["text"])
        for row in rows
        if row["language"] == language and row.get("text")
    ]


def load(path: Path, shift: float = 0.0, repeats: int = 1) -> NDArray[np.float32]:
    """Return the sound (float32, shape (n,), 16 kHz), after `shift` seconds of faint noise."""
    sound = np.tile(decode(path), repeats)
    noise = np.random.default_rng(7).normal(0, 1e-4, int(shift * RATE))
    return np.concatenate([noise, sound]).astype(np.float32)
