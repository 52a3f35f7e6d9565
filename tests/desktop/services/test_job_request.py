"""Profiles become options, and what changes mid-job is told apart from what starts over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desktop.services.job_request import job_options, must_start_over, resume_with
from desktop.settings import Profile
from desktop.store.records import JobOptions
from engine.events import ResumePoint
from engine.options import Channels, Task, TranscriptionOptions
from engine.transcript.transcript import TranscriptionInfo

INFO = TranscriptionInfo("en", 0.98, 60.0, 50.0, "base", "int8", "cpu", 0)
POINT = ResumePoint("run", "finger", (), (), INFO)
OPTIONS = JobOptions("base")


def test_a_profile_becomes_options() -> None:
    profile = Profile("Talks", "small", "de", "translate", 2, "speakers", "Über Bäume.", ("Łódź",))
    assert job_options(profile, "base") == JobOptions(
        "small",
        TranscriptionOptions(
            language="de",
            task=Task.TRANSLATE,
            beam_size=2,
            channels=Channels.SPEAKERS,
            initial_prompt="Über Bäume.",
            glossary=("Łódź",),
        ),
        profile="Talks",
    )


def test_a_profile_without_wishes_takes_the_default_model_and_detects_the_language() -> None:
    options = job_options(Profile("Standard"), "base")
    assert options.model == "base" and options.transcription.language is None


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"language": "de"}, False),
        ({"beam_size": 1}, False),
        ({"glossary": ("a",)}, False),
        ({"task": Task.TRANSLATE}, True),
        ({"channels": Channels.SPEAKERS}, True),
        ({"track": 1}, True),
        ({"end": 3.0}, True),
    ],
)
def test_only_what_would_not_fit_starts_over(change: dict[str, Any], expected: bool) -> None:
    changed = replace(OPTIONS, transcription=replace(OPTIONS.transcription, **change))
    assert must_start_over(OPTIONS, changed) is expected
    assert not must_start_over(OPTIONS, replace(OPTIONS, model="small"))


def test_the_rest_is_decoded_in_the_language_that_is_asked_for_now() -> None:
    german = replace(OPTIONS, transcription=TranscriptionOptions(language="de"))
    point = resume_with(POINT, german)
    assert point is not None
    assert (point.info.language, point.info.language_probability) == ("de", 1.0)
    assert replace(point, info=INFO) == POINT


def test_a_detected_language_is_not_detected_again() -> None:
    assert resume_with(POINT, OPTIONS) == POINT
    assert resume_with(None, OPTIONS) is None
