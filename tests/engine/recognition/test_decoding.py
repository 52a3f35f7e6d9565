"""Replicas take turns where a window needs the most memory."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from faster_whisper import WhisperModel
from numpy.typing import NDArray

from engine.options import ComputeOptions
from engine.recognition.decoding import WhisperDecoder

PATIENCE = 5.0


class _Model:
    is_multilingual = True
    n_mels = 80


class _Encoder:
    """Stand in for the model: an encoding ends when `expected` of them have been under way."""

    model = _Model()

    def __init__(self, expected: int) -> None:
        self._expected = threading.Barrier(expected)
        self._counting = threading.Lock()
        self._at_work = 0
        self.most = 0

    def encode(self, mel: NDArray[np.float32]) -> NDArray[np.float32]:
        with self._counting:
            self._at_work += 1
            self.most = max(self.most, self._at_work)
        self._expected.wait(PATIENCE)
        with self._counting:
            self._at_work -= 1
        return mel


@pytest.mark.parametrize(("replicas", "at_once"), [(1, 1), (2, 1), (4, 2)])
def test_half_of_the_replicas_encode_at_a_time(replicas: int, at_once: int) -> None:
    encoder = _Encoder(at_once)
    decoder = WhisperDecoder(
        cast(WhisperModel, encoder), Path("base"), ComputeOptions(replicas=replicas)
    )
    mel = np.zeros((80, 3000), np.float32)
    with ThreadPoolExecutor(replicas) as pool:
        done = list(pool.map(decoder.encode, [mel] * (2 * replicas)))
    assert len(done) == 2 * replicas
    assert encoder.most == at_once
