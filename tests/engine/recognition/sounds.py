"""Make small recordings out of the sample and of nothing."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from faster_whisper.audio import decode_audio
from numpy.typing import NDArray

RATE = 16_000

Sound = NDArray[np.float32]


def load(path: Path) -> Sound:
    """Return the sound of a file: float32, shape (n,), 16 kHz."""
    sound: Sound = decode_audio(str(path))
    return sound


def save(path: Path, *channels: Sound) -> Path:
    """Write channels of equal length as 16-bit PCM and return the path."""
    data = np.stack(channels, axis=1)
    with wave.Wave_write(str(path)) as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(data, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def silence(seconds: float) -> Sound:
    """Return digital silence."""
    return np.zeros(round(seconds * RATE), np.float32)


def noise(seconds: float, level: float = 0.05) -> Sound:
    """Return white noise, the same each time."""
    samples = np.random.default_rng(3).normal(0, level, round(seconds * RATE))
    return samples.astype(np.float32)


def tones(seconds: float) -> Sound:
    """Return chords that swell and fade like music."""
    time = np.arange(round(seconds * RATE)) / RATE
    voices = [
        np.sin(2 * np.pi * frequency * time) * (np.sin(2 * np.pi * time / (2 + index)) > 0)
        for index, frequency in enumerate((220, 330, 440, 554))
    ]
    return (0.2 * sum(voices, np.zeros_like(time))).astype(np.float32)
