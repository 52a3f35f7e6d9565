"""Find out which language is spoken, from the loudest speech of several places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from engine.options import VadOptions
from engine.recognition.decoding import Decoder, Encoded
from engine.recognition.media import SAMPLE_RATE
from engine.recognition.mel import FRAMES_PER_SECOND, HOP, WINDOW_FRAMES, window_mel
from engine.recognition.vad import SpeechTrack, speech_spans, total

Sound = NDArray[np.float32]

WINDOW = WINDOW_FRAMES / FRAMES_PER_SECOND
"""Seconds that are listened to at one place."""

_PLACES = 4
_LISTENED = 2
_FARTHEST = 20 * 60.0
"""Places lie in the first 20 minutes: some files must be read from the start up to them."""


def places(start: float, end: float) -> tuple[float, ...]:
    """Return where to listen, in seconds, evenly spread; one place for less than a minute."""
    last = min(end, start + _FARTHEST) - WINDOW
    if last - start < WINDOW:
        return (start,)
    step = (last - start) / (_PLACES - 1)
    return tuple(start + step * index for index in range(_PLACES))


def detect_language(
    sounds: Iterator[Sound], decoder: Decoder[Encoded], vad: VadOptions
) -> tuple[str, float]:
    """Return the most probable language, and its probability, where most is spoken.

    `sounds` are up to 30 s each, float32, shape (n,), 16 kHz mono. English if nobody speaks.
    """
    if not decoder.is_multilingual:
        return "en", 1.0
    heard = [(_loudness(sound, vad), sound) for sound in sounds]
    loudest = sorted((item for item in heard if item[0] > 0), key=lambda item: -item[0])
    if not loudest:
        return "en", 0.0
    chosen = [sound for _, sound in loudest[:_LISTENED]]
    with ThreadPoolExecutor(max_workers=max(1, decoder.replicas)) as pool:
        found = list(pool.map(_listener(decoder), chosen))
    summed: Counter[str] = Counter()
    for probabilities in found:
        summed.update(probabilities)
    language, probability = summed.most_common(1)[0]
    return language, round(probability / len(found), 2)


def _listener(decoder: Decoder[Encoded]) -> Callable[[Sound], dict[str, float]]:
    def listen(sound: Sound) -> dict[str, float]:
        mel = window_mel(sound, 0, max(len(sound) // HOP, 1), decoder.mels)
        return decoder.languages(decoder.encode(mel))

    return listen


def _loudness(sound: Sound, vad: VadOptions) -> float:
    """Return the energy of what is spoken: loud and long speech counts most."""
    spans = speech_spans(SpeechTrack(sound).probabilities(), vad)
    if not total(spans):
        return 0.0
    energy = sum(
        float(np.square(sound[int(start * SAMPLE_RATE) : int(end * SAMPLE_RATE)]).sum())
        for start, end in spans
    )
    return energy / SAMPLE_RATE + 1e-9
