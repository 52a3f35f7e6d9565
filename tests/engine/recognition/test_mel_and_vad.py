"""Spectrogram and speech detection agree with faster-whisper's, piece by piece."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from faster_whisper.audio import decode_audio
from faster_whisper.feature_extractor import FeatureExtractor
from faster_whisper.vad import get_vad_model
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.options import VadOptions
from engine.recognition.mel import WINDOW_FRAMES, window_mel
from engine.recognition.vad import (
    FRAME,
    FRAME_SECONDS,
    Span,
    SpeechTrack,
    longest_silence,
    merge_spans,
    overlap,
    speech_spans,
    subtract_spans,
    total,
)

Sound = NDArray[np.float32]


@pytest.fixture(name="speech", scope="module")
def fixture_speech(sample_recording: Path) -> Sound:
    sound: Sound = decode_audio(str(sample_recording))
    return np.tile(sound, 4)


@pytest.mark.parametrize("mels", [80, 128])
def test_a_window_equals_the_reference(speech: Sound, mels: int) -> None:
    loudest = speech[: WINDOW_FRAMES * 160]
    theirs = FeatureExtractor(feature_size=mels)(loudest)[:, :WINDOW_FRAMES]
    ours = window_mel(loudest, 0, WINDOW_FRAMES, mels)
    assert ours.shape == (mels, WINDOW_FRAMES) and ours.dtype == np.float32
    np.testing.assert_allclose(ours[:, :-3], theirs[:, :-3], atol=1e-4)


def test_a_short_window_is_padded_with_zeros(speech: Sound) -> None:
    mel = window_mel(speech, 100, 250, 80)
    assert mel.shape == (80, WINDOW_FRAMES)
    assert not mel[:, 250:].any() and mel[:, :250].all()


@pytest.mark.parametrize("samples", [0, 1, 100, 500])
def test_hardly_any_sound_still_gives_a_window(samples: int) -> None:
    mel = window_mel(np.full(samples, 0.1, np.float32), 0, 3, 80)
    assert np.isfinite(mel).all()


def test_probabilities_equal_the_reference(speech: Sound) -> None:
    padded = np.pad(speech, (0, FRAME - len(speech) % FRAME))
    theirs = get_vad_model()(padded.copy()).reshape(-1)
    ours = SpeechTrack(speech).probabilities()
    np.testing.assert_allclose(ours[:-1], theirs[: len(ours) - 1], atol=1e-5)


def test_asking_in_pieces_changes_nothing(speech: Sound) -> None:
    whole = SpeechTrack(speech).probabilities()
    track = SpeechTrack(speech)
    for until in (0.0, 12.3, 31.7, 5.0):
        piece = track.probabilities(until)
        np.testing.assert_array_equal(piece, whole[: len(piece)])
    np.testing.assert_array_equal(track.probabilities(), whole)


def test_no_sound_has_no_frames() -> None:
    assert len(SpeechTrack(np.zeros(0, np.float32)).probabilities()) == 0


def test_speech_is_found_where_someone_speaks(speech: Sound) -> None:
    quiet = np.zeros(5 * 16_000, np.float32)
    sound = np.concatenate([quiet, speech[: 11 * 16_000], quiet])
    spans = speech_spans(SpeechTrack(sound).probabilities(), VadOptions())
    assert spans[0][0] == pytest.approx(5.2, abs=0.5)
    assert spans[-1][1] == pytest.approx(16.0, abs=0.6)


def test_short_sounds_and_short_pauses_do_not_count() -> None:
    frames = np.zeros(200, np.float32)
    frames[50:52] = 0.9
    frames[100:120] = 0.9
    frames[125:140] = 0.9
    options = VadOptions(min_speech=0.25, min_silence=0.5, padding=0.0)
    assert speech_spans(frames, options) == ((100 * FRAME_SECONDS, 140 * FRAME_SECONDS),)


def test_speech_to_the_end_counts_and_hysteresis_bridges_a_dip() -> None:
    frames = np.full(100, 0.9, np.float32)
    frames[50] = 0.4
    assert speech_spans(frames, VadOptions()) == ((0.0, 100 * FRAME_SECONDS),)


def test_the_middle_of_the_longest_silence_is_found() -> None:
    frames = np.full(100, 0.9, np.float32)
    frames[10:20] = 0.0
    frames[60:90] = 0.0
    assert longest_silence(frames) == pytest.approx(75 * FRAME_SECONDS)


def test_without_any_silence_the_quietest_frame_is_taken() -> None:
    frames = np.full(100, 0.9, np.float32)
    frames[33] = 0.6
    assert longest_silence(frames) == pytest.approx(33.5 * FRAME_SECONDS)


def test_a_silent_stretch_is_cut_in_its_middle() -> None:
    assert longest_silence(np.zeros(100, np.float32)) == pytest.approx(50 * FRAME_SECONDS)


spans_strategy = st.lists(st.tuples(st.integers(0, 100), st.integers(1, 20)), max_size=8).map(
    lambda pairs: merge_spans(sorted((float(a), float(a + b)) for a, b in pairs))
)


@given(spans_strategy, spans_strategy)
def test_what_is_left_and_what_is_covered_add_up(
    spans: tuple[Span, ...], covered: tuple[Span, ...]
) -> None:
    left = subtract_spans(spans, covered)
    common = sum(overlap(span, covered) for span in spans)
    assert total(left) + common == pytest.approx(total(spans))
    assert all(overlap(span, covered) == 0 for span in left)
