"""Captions are short, whole, and never say more than is known."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.item_models.captions import Captions, fraction, percent, size
from desktop.store.records import JobStatus
from tests.desktop.item_models.values import StubProgress, job, summary


@pytest.fixture(name="captions")
def captions_fixture(qtbot: QtBot) -> Captions:
    assert qtbot
    return Captions()


def test_a_job_is_at_100_per_cent_only_when_all_is_done() -> None:
    assert percent(0.9999) == "99\u00a0%"
    assert percent(0.29) == "29\u00a0%"
    assert percent(1.0) == "100\u00a0%"


def test_an_unknown_length_gives_no_fraction() -> None:
    assert fraction(StubProgress(1, 10.0, None)) is None
    assert fraction(StubProgress(1, 20.0, 10.0)) == 1.0


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (5, "less than 1\u00a0min left"),
        (170, "about 3\u00a0min left"),
        (3590, "about 1\u00a0h left"),
        (4870, "about 1\u00a0h 20\u00a0min left"),
        (7199, "about 2\u00a0h left"),
    ],
)
def test_remaining_time_is_said_roughly(captions: Captions, seconds: float, text: str) -> None:
    assert captions.remaining(seconds) == text


def test_a_finished_transcript_shows_its_length(captions: Captions) -> None:
    assert captions.state(summary(1)) == "48:20"
    assert captions.state(summary(1, duration=0.0)) == ""


def test_every_unfinished_state_has_a_word(captions: Captions) -> None:
    words = {captions.state(job(1, status)) for status in JobStatus if status is not JobStatus.DONE}

    assert words == {"queued", "running", "paused", "stopped", "interrupted"}
    # One word with the button “Stop” and the header of the page.
    assert captions.state(job(1, JobStatus.CANCELLED)) == "stopped"
    assert captions.state(job(1, JobStatus.QUEUED, code="model.not_installed")) == "waiting"


def test_progress_says_per_cent_and_time_or_that_the_file_is_read(captions: Captions) -> None:
    running = job(1, JobStatus.RUNNING, duration=0.0)

    assert captions.progress(running, None) == "Reading the file"
    assert captions.progress(running, StubProgress(1, 0.0, None)) == "Reading the file"
    known = StubProgress(1, 47.0, 100.0, 170.0)
    assert captions.progress(running, known) == "47\u00a0% · about 3\u00a0min left"
    assert captions.progress(running, StubProgress(1, 47.0, 100.0)) == "47\u00a0%"


def test_a_paused_job_says_where_it_waits(captions: Captions) -> None:
    paused = job(1, JobStatus.PAUSED, done=1_450.0)

    assert captions.progress(paused, None) == "Paused at 50\u00a0%"


def test_sizes_are_those_of_file_managers() -> None:
    assert size(145_262_000) == "145\u00a0MB"
    assert size(3_087_284_000) == "3.1\u00a0GB"
    assert size(10) == "1\u00a0MB"
