"""Words come back from their packed form as they were, whatever they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.store.packing import pack, unpack, unpack_text
from engine.transcript.transcript import Word
from tests.desktop.store.material import segment

_IDS = st.one_of(
    st.builds("run.{}.{}".format, st.integers(0, 3), st.integers(0, 20)),
    st.builds("launch.{}".format, st.integers(0, 10**20)),
    st.sampled_from(["a.01", "a.", ".5", "", "a.²", "a.1_0", "x", "\ud800.7", "a\n.1"]),
)
_WORDS = st.lists(
    st.builds(
        lambda word_id, start, length, text, chance: Word(
            word_id, start / 1000, (start + length) / 1000, text, chance / 100
        ),
        _IDS,
        st.integers(-(10**7), 10**10),
        st.integers(-10, 10**6),
        st.text(max_size=300),
        st.integers(0, 100),
    ),
    min_size=1,
    max_size=12,
)


@given(_WORDS)
def test_words_come_back_as_they_were(words: list[Word]) -> None:
    assert unpack(pack(words)) == tuple(words)
    assert unpack_text(pack(words)) == "".join(word.text for word in words)


def test_decoded_words_take_six_bytes_beside_their_text() -> None:
    words = segment(" ".join(["word"] * 50)).words
    assert len(pack(words)) <= sum(len(word.text) + 6 for word in words) + 20


@pytest.mark.parametrize("count", [1, 255, 256, 70_000])
def test_a_segment_may_have_any_number_of_words(count: int) -> None:
    words = segment(" ".join(["a"] * count)).words
    assert unpack(pack(words)) == words


def test_ids_are_counted_on_from_the_first_and_after_a_typed_one() -> None:
    words = list(segment("a b c d e").words)
    words[2] = replace(words[2], id="launch.9")
    assert [word.id for word in unpack(pack(words))] == [word.id for word in words]
    assert len(pack(words)) < 5 * 8 + 10 + 60


def test_a_probability_out_of_range_is_brought_back_into_it() -> None:
    word = replace(segment("a").words[0], probability=-0.2)
    assert unpack(pack([word]))[0].probability == 0.0


def test_characters_that_are_no_unicode_survive() -> None:
    word = replace(segment("a").words[0], text="\udcff\U0001f600")
    assert unpack(pack([word])) == (word,)
