"""Find speech in sound with Silero VAD, which faster-whisper carries."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import onnxruntime
from faster_whisper.utils import get_assets_path
from numpy.typing import NDArray

from engine.options import VadOptions
from engine.recognition.sound import AnySound, unpack

FRAME = 512
"""Samples that one probability stands for: 32 ms at 16 kHz."""
FRAME_SECONDS = FRAME / 16_000

_CONTEXT = 64
_PIECE_FRAMES = 938
"""Frames analysed at a time: 30 s."""

Span = tuple[float, float]
"""Start and end in seconds."""


class SpeechTrack:
    """Tell where in a stretch of sound someone speaks; analysed as far as it is asked for.

    `audio` has shape (n,), 16 kHz mono. Times are seconds from its first sample. The result
    does not depend on how it is asked for, for the detector's state is carried on.
    """

    def __init__(self, audio: AnySound) -> None:
        self._audio = audio
        self._state = (np.zeros((1, 1, 128), np.float32), np.zeros((1, 1, 128), np.float32))
        self._pieces: list[NDArray[np.float32]] = []
        self._analysed = 0

    def probabilities(self, until: float | None = None) -> NDArray[np.float32]:
        """Return the probability of speech of each 32-ms frame, to `until` or the end."""
        frames = -(-len(self._audio) // FRAME)
        wanted = frames if until is None else min(frames, int(until / FRAME_SECONDS) + 1)
        while self._analysed < wanted:
            self._analyse(min(self._analysed + _PIECE_FRAMES, frames))
        known = np.concatenate(self._pieces) if self._pieces else np.zeros(0, np.float32)
        return known[:wanted]

    def _analyse(self, last: int) -> None:
        begin, end = self._analysed * FRAME, last * FRAME
        sound = unpack(self._audio[max(begin - _CONTEXT, 0) : end])
        sound = np.pad(sound, (_CONTEXT if begin == 0 else 0, 0))
        sound = np.pad(sound, (0, end - begin + _CONTEXT - len(sound)))
        frames = np.lib.stride_tricks.sliding_window_view(sound, FRAME + _CONTEXT)[::FRAME]
        output, *state = _session().run(
            None,
            {"input": np.ascontiguousarray(frames), "h": self._state[0], "c": self._state[1]},
        )
        self._state = (state[0], state[1])
        self._pieces.append(output.reshape(-1))
        self._analysed = last


def speech_spans(probabilities: NDArray[np.float32], options: VadOptions) -> tuple[Span, ...]:
    """Return the stretches of speech in order, padded, none touching the next."""
    spans: list[Span] = []
    for first, last in _runs(probabilities, options.threshold):
        start, end = first * FRAME_SECONDS, last * FRAME_SECONDS
        if spans and start - spans[-1][1] < options.min_silence:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    length = len(probabilities) * FRAME_SECONDS
    long_enough = [span for span in spans if span[1] - span[0] >= options.min_speech]
    padded = [
        (max(start - options.padding, 0.0), min(end + options.padding, length))
        for start, end in long_enough
    ]
    return merge_spans(padded)


def _runs(probabilities: NDArray[np.float32], threshold: float) -> list[tuple[int, int]]:
    """Return (first, last + 1) of the runs of speech, with Silero's hysteresis of 0.15."""
    runs: list[tuple[int, int]] = []
    begin: int | None = None
    low = max(threshold - 0.15, 0.01)
    for index, probability in enumerate(probabilities.tolist()):
        if begin is None and probability >= threshold:
            begin = index
        elif begin is not None and probability < low:
            runs.append((begin, index))
            begin = None
    if begin is not None:
        runs.append((begin, len(probabilities)))
    return runs


def spoken_seconds(audio: NDArray[np.float32], options: VadOptions) -> float:
    """Return how long someone speaks in a piece of sound, in seconds."""
    return total(speech_spans(SpeechTrack(audio).probabilities(), options))


def merge_spans(spans: list[Span]) -> tuple[Span, ...]:
    """Join spans that touch or overlap; they must be in order of their starts."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def subtract_spans(spans: tuple[Span, ...], covered: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return what of `spans` is not in `covered`; both in order."""
    left: list[Span] = []
    for start, end in spans:
        for cover_start, cover_end in covered:
            if cover_end <= start or cover_start >= end:
                continue
            if cover_start > start:
                left.append((start, cover_start))
            start = cover_end
            if start >= end:
                break
        if start < end:
            left.append((start, end))
    return tuple(left)


def overlap(span: Span, spans: tuple[Span, ...]) -> float:
    """Return how many seconds of `span` lie in `spans`."""
    return sum(max(0.0, min(span[1], end) - max(span[0], start)) for start, end in spans)


def total(spans: tuple[Span, ...]) -> float:
    """Return the length of all spans together in seconds."""
    return sum(end - start for start, end in spans)


def longest_silence(probabilities: NDArray[np.float32]) -> float:
    """Return the middle of the longest silence in seconds, or the quietest frame.

    Of equally long ones the one nearest to the middle, so that a silent recording is cut where
    planned.
    """
    silent = probabilities < 0.35
    middle = len(probabilities) / 2
    edges = np.flatnonzero(np.diff(np.concatenate(([False], silent, [False])).astype(np.int8)))
    if len(edges) == 0:
        return (float(np.argmin(probabilities)) + 0.5) * FRAME_SECONDS
    starts, ends = edges[::2], edges[1::2]
    first, last = max(
        zip(starts.tolist(), ends.tolist()),
        key=lambda run: (run[1] - run[0], -abs((run[0] + run[1]) / 2 - middle)),
    )
    return float(first + last) / 2 * FRAME_SECONDS


@lru_cache
def _session() -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.inter_op_num_threads = 1
    options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    path = f"{get_assets_path()}/silero_vad_v6.onnx"
    return onnxruntime.InferenceSession(
        path, sess_options=options, providers=["CPUExecutionProvider"]
    )
