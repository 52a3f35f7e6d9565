"""Sound waits as 16-bit numbers and is computed with as float32."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.recognition.sound import pack, unpack

ONE_STEP = 1 / 32_768


@given(st.lists(st.floats(-1.0, 1.0, width=32), max_size=50))
def test_packing_moves_no_sample_by_more_than_one_step(samples: list[float]) -> None:
    sound = np.array(samples, np.float32)
    assert np.abs(unpack(pack(sound)) - sound).max(initial=0.0) <= ONE_STEP


@given(st.lists(st.integers(-32_768, 32_767), max_size=50))
def test_what_was_recorded_with_16_bits_stays_as_it_is(samples: list[int]) -> None:
    sound = np.array(samples, np.float32) / np.float32(32_768)
    np.testing.assert_array_equal(unpack(pack(sound)), sound)


def test_the_loudest_sound_does_not_turn_over() -> None:
    assert pack(np.array([1.0, -1.0], np.float32)).tolist() == [32_767, -32_768]


def test_floats_are_not_copied() -> None:
    sound = np.ones(3, np.float32)
    assert np.shares_memory(unpack(sound), sound)
