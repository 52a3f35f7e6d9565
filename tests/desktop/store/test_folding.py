"""Folding makes the same of what people take for the same."""

from __future__ import annotations

import pytest

from desktop.store.folding import folded, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("naïve Æsop", "naive aesop"),
        ("İstanbul, ılık", "istanbul ilik"),
        ("ΟΔΟΣ", "οδοσ"),
        ("Ёлка", "елка"),
        ("don't e-mail", "don t e mail"),
        ("ﬁne Ｈｅｌｌｏ", "fine hello"),
        ("½", "1 2"),
        ("x_y", "x y"),
        ("今日は天気。", "今 日 は 天 気"),
        ("날씨가 좋다", "날 씨 가 좋 다"),
        ("ｶﾞ ガ", "ガ ガ"),
        ("วันนี้", "วั น นี้"),
        ("किताब", "किताब"),
        ("שָׁלוֹם مُحَمَّد", "שלום محمد"),
        ("e\u0301te", "ete"),
        ("👍 … !", ""),
        ("", ""),
    ],
)
def test_text_is_folded(text: str, expected: str) -> None:
    assert folded(text) == expected
    assert " ".join(words_of(text).texts) == expected


@pytest.mark.parametrize("text", ["One, two.", "Łódź und Straße", "天気 ok", "½"])
def test_words_know_where_they_stand(text: str) -> None:
    words = words_of(text)
    for word, (start, end) in zip(words.texts, words.spans, strict=True):
        assert word in folded(text[start:end])
