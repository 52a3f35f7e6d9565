"""What somebody types becomes words to look for, never syntax."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.store.queries import Query, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hello", Query((("hello",),), True)),
        ("hello ", Query((("hello",),), False)),
        ("Good Morning", Query((("good",), ("morning",)), True)),
        ('"Good Morning"', Query((("good", "morning"),), False)),
        ("„guten Tag“ Łódź", Query((("guten", "tag"), ("lodz",)), True)),
        ('"good morning', Query((("good", "morning"),), True)),
        ("天気", Query((("天", "気"),), True)),
        ("e-mail", Query((("e", "mail"),), True)),
        ("a", Query((("a",),), False)),
        ("и", Query((("и",),), False)),
        ("気", Query((("気",),), True)),
    ],
)
def test_a_query_is_understood(text: str, expected: Query) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize("text", ["", "  ", '"', '""', "* ( ) - ^ :", "👍"])
def test_a_query_without_a_word_is_none(text: str) -> None:
    assert parse(text) is None


@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(
            st.sampled_from(["OR", "NEAR(", "a*", '"', "text:", "-x", "^", "(", "'", ";", "字"])
        ).map(" ".join),
    )
)
def test_whatever_is_typed_is_valid_for_the_index(text: str) -> None:
    query = parse(text)
    if query is None:
        return
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5 (text)")
    found = connection.execute("SELECT * FROM t WHERE t MATCH ?", (query.expression(9),)).fetchall()
    connection.close()
    assert found == []


def test_a_phrase_that_runs_over_the_end_counts_once_it_is_long_enough() -> None:
    words = "a b c d e f g h i j".split()
    query = Query((tuple(words + ["k", "l"]),), False)
    assert query.find(words) == [[(0, 10)]]
    assert query.find(words[:8]) == [[]]
    assert query.find(words[:9] + ["x"]) == [[]]


def test_every_place_of_a_word_is_found() -> None:
    assert Query((("so", "so"),), False).find(["so", "so", "so"]) == [[(0, 2), (1, 3)]]
    assert Query((("mo",),), True).find(["more", "no", "most"]) == [[(0, 1), (2, 3)]]
