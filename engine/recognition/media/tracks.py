"""Choose the audio track that people mean."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from av.stream import Disposition

from engine.errors import MediaError
from engine.recognition.media.chunks import SAMPLE_RATE, Samples
from engine.recognition.media.files import open_media
from engine.recognition.media.packets import measure_duration
from engine.recognition.media.stream import stream

logger = logging.getLogger(__name__)

PLACES = 6
"""How many places of a long track are listened to."""
PLACE_LENGTH = 5.0
"""Seconds listened to in each place."""

_WHOLE_UP_TO = 60.0
_STRETCH = SAMPLE_RATE // 10
# -60 dBFS: below a quiet room, above a muted microphone.
_SILENT = 0.001


def loud_seconds(samples: Samples) -> float:
    """Return how many seconds are not silent (above -60 dBFS); float32, shape (n,), 16 kHz."""
    whole = samples[: samples.size // _STRETCH * _STRETCH].reshape(-1, _STRETCH)
    loudness = np.sqrt(np.mean(np.square(whole), axis=1, dtype=np.float64))
    return float(np.count_nonzero(loudness > _SILENT)) / 10


def choose_track(path: Path, measure: Callable[[Samples], float] = loud_seconds) -> int:
    """Return the default track unless it is silent, else the one with most speech.

    `measure` gives the seconds of speech in float32 mono of 16 kHz. A few places of each track
    are decoded. Tracks count from 0. Raises `MediaError` like `probe`.
    """
    with open_media(path) as container:
        audio = container.streams.audio
        count = len(audio)
        defaults = [n for n in range(count) if audio[n].disposition & Disposition.default]
    if count == 1:
        return 0
    for track in defaults:
        if any(measure(samples) > 0 for samples in _samples(path, track)):
            return track
    scores = [_score(path, track, measure) for track in range(count)]
    if defaults and max(scores)[0] == 0:
        return defaults[0]
    return scores.index(max(scores))


def _score(path: Path, track: int, measure: Callable[[Samples], float]) -> tuple[float, float]:
    """Return the seconds of speech and, to break ties, the energy."""
    speech = energy = 0.0
    for samples in _samples(path, track):
        speech += measure(samples)
        energy += float(np.square(samples).sum(dtype=np.float64))
    return speech, energy


def _samples(path: Path, track: int) -> Iterator[Samples]:
    duration = measure_duration(path, track)
    places = [(0.0, duration)]
    if duration > _WHOLE_UP_TO:
        step = (duration - PLACE_LENGTH) / (PLACES - 1)
        places = [(n * step, n * step + PLACE_LENGTH) for n in range(PLACES)]
    for start, end in places:
        try:
            for chunk in stream(path, track, start=start, end=end):
                yield chunk.samples
        except MediaError as exc:
            logger.debug("a place cannot be listened to: %s", exc.code)
