"""The language is detected from the loudest speech of several places."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.options import ComputeOptions, VadOptions
from engine.recognition.decoding import load_decoder
from engine.recognition.language import WINDOW, detect_language, places
from tests.engine.recognition.fake_decoder import FakeDecoder
from tests.engine.recognition.sounds import load, noise, silence


def test_short_recordings_have_one_place() -> None:
    assert places(5.0, 40.0) == (5.0,)


def test_places_lie_apart_and_inside() -> None:
    found = places(0.0, 600.0)
    assert len(found) == 4
    assert found[0] == 0.0 and found[-1] == pytest.approx(600.0 - WINDOW)
    assert all(after - before > WINDOW for before, after in zip(found, found[1:], strict=False))


def test_places_of_a_long_recording_stay_in_its_first_twenty_minutes() -> None:
    assert max(places(0.0, 36_000.0)) <= 1_200.0


def quiet_decoder(folder: Path, *spoken: dict[str, float]) -> FakeDecoder:
    return FakeDecoder(folder, lambda *_: RuntimeError(), is_multilingual=True, spoken=list(spoken))


def test_what_is_spoken_loudest_counts(base_model: Path, sample_recording: Path) -> None:
    speech = load(sample_recording)
    decoder = quiet_decoder(base_model, {"de": 0.9, "en": 0.1}, {"de": 0.6, "en": 0.4})
    sounds = iter([silence(20), speech * 0.01, speech, speech * 0.5])
    assert detect_language(sounds, decoder, VadOptions()) == ("de", 0.75)
    assert not decoder.spoken, "only the two loudest places are listened to"


def test_without_speech_english_is_assumed(base_model: Path) -> None:
    sounds = iter([silence(5), noise(5), np.zeros(0, np.float32)])
    assert detect_language(sounds, quiet_decoder(base_model), VadOptions()) == ("en", 0.0)


def test_english_only_models_need_no_detection(tiny_model: Path) -> None:
    decoder = FakeDecoder(tiny_model, lambda *_: RuntimeError())
    assert detect_language(iter(()), decoder, VadOptions()) == ("en", 1.0)


def test_english_is_recognised_by_the_real_model(base_model: Path, sample_recording: Path) -> None:
    decoder = load_decoder(base_model, ComputeOptions(device="cpu", replicas=2))
    language, probability = detect_language(iter([load(sample_recording)]), decoder, VadOptions())
    assert language == "en" and probability > 0.9
