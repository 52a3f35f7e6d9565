"""Errors keep their code across a process border, and every code has advice."""

from __future__ import annotations

import pytest

from engine.errors import (
    ADVICE,
    DeviceError,
    EngineCrashed,
    ExportError,
    LibraryError,
    MediaError,
    ModelError,
    OptionsError,
    TranscriberError,
    error_from_code,
)


@pytest.mark.parametrize("code", sorted(ADVICE))
def test_a_code_survives_the_way_through_another_process(code: str) -> None:
    error = error_from_code(code, "detail")
    assert (error.code, error.detail) == (code, "detail")
    assert code.startswith(error.prefix) and error.prefix


def test_each_family_has_its_class() -> None:
    families = {type(error_from_code(code)) for code in ADVICE}
    assert families == {
        MediaError,
        ModelError,
        DeviceError,
        EngineCrashed,
        ExportError,
        LibraryError,
        OptionsError,
    }


def test_an_unknown_code_is_reported_as_a_mistake_of_the_program() -> None:
    error = error_from_code("media.from_the_future", "x")
    assert error.code == "engine.internal"
    assert "media.from_the_future" in error.detail


def test_a_code_of_another_family_is_refused() -> None:
    with pytest.raises(ValueError, match="no code of MediaError"):
        MediaError("model.corrupt")


def test_the_message_says_what_happened_and_what_to_do() -> None:
    assert str(MediaError("media.no_audio")) == (
        "The file contains no sound. Choose a file that has an audio track."
    )
    assert str(MediaError("media.no_audio", "a.mp4")).endswith("(a.mp4)")


@pytest.mark.parametrize("code", sorted(ADVICE))
def test_advice_is_two_whole_sentences(code: str) -> None:
    advice = ADVICE[code]
    for sentence in (advice.sentence, advice.action):
        assert sentence[0].isupper() and sentence.endswith(".")


def test_the_base_class_takes_every_code() -> None:
    assert TranscriberError("model.corrupt").advice is ADVICE["model.corrupt"]
