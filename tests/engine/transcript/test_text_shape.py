"""Text is cleaned, measured and cut the same way for every script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.transcript.text_shape import (
    chunks,
    clean,
    clusters,
    display_width,
    ends_clause,
    ends_sentence,
    join,
    may_break,
    pieces,
)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  a \n\n b\t", "a b"),
        ("a\x00b\x1bc", "abc"),
        ("a\x0bb\x1cc", "a b c"),
        ("a\ud800b\ufffe", "ab"),
        ("a\u2028b\u3000c", "a b c"),
        (" \u00a0 ", ""),
        ("Ça va\u00a0?", "Ça va\u00a0?"),
        ("\u200fשלום\u200f", "\u200fשלום\u200f"),
    ],
)
def test_cleaning_drops_what_no_file_may_hold_and_keeps_the_rest(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3),
        ("日本", 4),
        ("é", 1),
        ("e\u0301", 1),
        ("👨‍👩‍👧", 2),
        ("👋🏽", 2),
        ("🇩🇪🇫🇷", 4),
        ("กำ", 2),
    ],
)
def test_width_counts_columns(text: str, width: int) -> None:
    assert display_width(text) == width


def test_emoji_and_flags_stay_whole() -> None:
    assert list(clusters("a👨‍👩‍👧🇩🇪🇫🇷e\u0301")) == ["a", "👨‍👩‍👧", "🇩🇪", "🇫🇷", "e\u0301"]


def test_text_without_spaces_is_cut_where_lines_may_end() -> None:
    assert [piece.text for piece in pieces("「日本」です。 Hello, world")] == [
        "「日",
        "本」",
        "で",
        "す。",
        "Hello,",
        "world",
    ]


def test_thai_vowels_stay_with_their_consonant() -> None:
    assert [piece.text for piece in pieces("แม่น้ำ")] == ["แม่", "น้ำ"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("本", "日", True),
        ("日", "。", False),
        ("「", "日", False),
        ("a", "b", False),
        ("", "日", False),
    ],
)
def test_lines_never_start_with_closing_marks(before: str, after: str, expected: bool) -> None:
    assert may_break(before, after) is expected


@given(st.text(max_size=60), st.integers(2, 12))
def test_chunks_lose_nothing_and_fit(text: str, width: int) -> None:
    parts = list(chunks(text, width))
    assert "".join(parts) == text
    assert all(display_width(part) <= width for part in parts)


@given(st.text(max_size=60))
def test_pieces_lose_nothing_but_white_space(text: str) -> None:
    cleaned = clean(text)
    assert "".join(piece.text for piece in pieces(cleaned)) == cleaned.replace(" ", "")
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("word", "sentence", "clause"),
    [
        (" end.", True, False),
        (" end?”", True, False),
        ("す。", True, False),
        (" Mr.", False, False),
        (" but,", False, True),
        ("、", False, True),
        (" word", False, False),
    ],
)
def test_punctuation_tells_where_sentences_end(word: str, sentence: bool, clause: bool) -> None:
    assert (ends_sentence(word), ends_clause(word)) == (sentence, clause)


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [("a", "b", "a b"), ("日", "本", "日本"), ("", "b", "b"), ("a", "", "a"), ("日", "b", "日 b")],
)
def test_texts_are_joined_as_their_script_wants(before: str, after: str, joined: str) -> None:
    assert join(before, after) == joined
