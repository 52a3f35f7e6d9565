"""Recordings are cut at silences, alike on every computer, in constant memory."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from faster_whisper.audio import decode_audio
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.recognition.blocks import (
    LONGEST_OPEN,
    SEARCH,
    CuttingPlan,
    cut,
    plan_borders,
    plan_cuts,
)
from engine.recognition.media import SAMPLE_RATE, Chunk
from engine.recognition.sound import unpack

Sound = NDArray[np.float32]


def chunks(sound: Sound, start: float = 0.0, size: float = 7.3) -> Iterator[Chunk]:
    step = round(size * SAMPLE_RATE)
    for index in range(0, len(sound), step):
        yield Chunk(start + index / SAMPLE_RATE, sound[index : index + step])


@pytest.fixture(name="speech", scope="module")
def fixture_speech(sample_recording: object) -> Sound:
    sound: Sound = decode_audio(str(sample_recording))
    return sound


@pytest.mark.parametrize(
    ("minutes", "pieces"), [(0.6, 1), (0.7, 2), (8, 2), (8.1, 4), (20, 4), (21, 8), (360, 72)]
)
def test_the_number_of_blocks_follows_the_length(minutes: float, pieces: int) -> None:
    assert len(plan_borders(0.0, minutes * 60)) == pieces - 1


def test_a_range_is_planned_from_its_start() -> None:
    assert plan_borders(100.0, 200.0) == (150.0,)


@given(st.floats(0, 40_000), st.floats(1, 40_000))
def test_planned_blocks_are_never_longer_than_five_minutes(start: float, length: float) -> None:
    edges = [start, *plan_borders(start, start + length), start + length]
    assert all(0 < after - before <= 300.01 for before, after in zip(edges, edges[1:]))


def test_nothing_is_lost_or_doubled_between_the_blocks(speech: Sound) -> None:
    sound = np.tile(speech, 10)
    stretches = list(cut(chunks(sound), plan_cuts(0.0, len(sound) / SAMPLE_RATE)))
    together = unpack(np.concatenate([item.audio for item in stretches]))
    np.testing.assert_array_equal(together, sound)
    assert [item.index for item in stretches] == [0, 1]
    assert stretches[1].start == stretches[0].end


def test_a_border_moves_into_the_silence_near_it(speech: Sound) -> None:
    silence = np.zeros(3 * SAMPLE_RATE, np.float32)
    sound = np.concatenate([speech, speech, speech, silence, speech, speech])
    middle = 3 * len(speech) / SAMPLE_RATE + 1.5
    first, second = cut(chunks(sound), plan_cuts(0.0, len(sound) / SAMPLE_RATE))
    assert first.end == pytest.approx(middle, abs=0.5)
    assert second.start == first.end


@pytest.mark.parametrize("size", [0.5, 3.7, 60.0])
def test_cuts_do_not_depend_on_the_size_of_the_pieces(speech: Sound, size: float) -> None:
    sound = np.tile(speech, 8)
    plan = plan_cuts(0.0, len(sound) / SAMPLE_RATE)
    expected = [item.end for item in cut(chunks(sound), plan)]
    assert [item.end for item in cut(chunks(sound, size=size), plan)] == expected


def test_reading_from_the_second_block_on_gives_the_same_blocks(speech: Sound) -> None:
    sound = np.tile(speech, 50)
    plan = plan_cuts(0.0, len(sound) / SAMPLE_RATE)
    whole = list(cut(chunks(sound), plan))
    start = whole[0].end
    again = list(cut(chunks(sound[round(start * SAMPLE_RATE) :], start), plan, 1))
    assert [(item.index, item.start, item.end) for item in again] == [
        (item.index, item.start, item.end) for item in whole[1:]
    ]


def test_sound_between_two_milliseconds_resumes_at_the_same_samples(speech: Sound) -> None:
    sound = np.tile(speech, 5)
    late = 341 / SAMPLE_RATE
    plan = plan_cuts(0.0, len(sound) / SAMPLE_RATE + late)
    first, whole = cut(chunks(sound, late), plan)
    assert first.start == 0.022, "every time is a whole millisecond"
    position = round(whole.start * SAMPLE_RATE)
    (again,) = cut(chunks(sound[position - 341 :], whole.start), plan, 1)
    assert again.start == whole.start
    np.testing.assert_array_equal(again.audio, whole.audio)


def test_a_hole_ends_a_block(speech: Sound) -> None:
    def holed() -> Iterator[Chunk]:
        yield from chunks(speech)
        yield from chunks(speech, 20.0)

    first, second = cut(holed(), plan_cuts(0.0, 31.0))
    assert (first.start, second.start) == (0.0, 20.0)
    assert len(first.audio) == len(second.audio) == len(speech)


def test_late_sound_keeps_its_time(speech: Sound) -> None:
    (only,) = cut(chunks(speech, 2.0), plan_cuts(0.0, 13.0))
    assert only.start == 2.0


def test_a_recording_that_goes_on_is_cut_as_if_its_length_were_unknown() -> None:
    sound = np.zeros(700 * SAMPLE_RATE, np.float32)
    stretches = list(cut(chunks(sound, size=30), CuttingPlan((), 10.0)))
    assert sum(len(item.audio) for item in stretches) == len(sound)
    assert all(len(item.audio) <= LONGEST_OPEN * SAMPLE_RATE for item in stretches[:-1])
    assert stretches[0].end == pytest.approx(240, abs=1)


def test_a_last_block_slightly_longer_than_planned_stays_whole() -> None:
    sound = np.zeros(round((300 + SEARCH - 1) * SAMPLE_RATE), np.float32)
    assert len(list(cut(chunks(sound, size=30), CuttingPlan((), 300.0)))) == 1


def test_channels_stay_side_by_side() -> None:
    sound = np.zeros((50 * SAMPLE_RATE, 2), np.float32)
    sound[:, 1] = 1
    stretches = list(cut(chunks(sound), plan_cuts(0.0, 50.0)))
    assert len(stretches) == 2
    assert all(item.audio[:, 1].all() for item in stretches)


def test_a_recording_shorter_than_declared_is_cut_where_it_can_be() -> None:
    sound = np.zeros(30 * SAMPLE_RATE, np.float32)
    assert len(list(cut(chunks(sound), CuttingPlan((20.0, 60.0), 80.0)))) == 2


def test_no_sound_gives_no_block() -> None:
    assert not list(cut(iter(()), plan_cuts(0.0, 0.0)))
