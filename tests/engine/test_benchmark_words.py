"""Word errors are counted as the field counts them."""

from __future__ import annotations

import builtins
import json
from pathlib import Path
from types import ModuleType

import jiwer
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.benchmark_words import (
    WordErrors,
    count_edits,
    count_word_errors,
    normalised_words,
    spoken_words,
)

WORDS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=12)


def test_case_and_punctuation_do_not_count() -> None:
    spoken = "And so, my fellow Americans: don’t ask “what”…"
    assert normalised_words(spoken) == "and so my fellow americans don't ask what".split()
    assert count_word_errors(spoken, "and so my fellow americans don't ask what").rate == 0


def test_each_kind_of_error_is_counted() -> None:
    errors = count_word_errors("one two three four", "one too three four five")
    assert errors == WordErrors(4, 1, 0, 1)
    assert errors.rate == 0.5
    assert count_word_errors("one two", "two") == WordErrors(2, 0, 1, 0)
    assert count_word_errors("one two", "two").deletion_rate == 0.5


def test_without_words_everything_is_deleted_or_inserted() -> None:
    assert count_word_errors("one two", "") == WordErrors(2, 0, 2, 0)
    assert count_word_errors("", "one") == WordErrors(0, 0, 0, 1)
    assert WordErrors().rate == WordErrors().deletion_rate == 0


def test_errors_add_up() -> None:
    assert WordErrors(1, 2, 3, 4) + WordErrors(1, 1, 1, 1) == WordErrors(2, 3, 4, 5)


@given(WORDS, WORDS)
def test_our_count_has_as_few_edits_as_another_program_finds(
    spoken: list[str], written: list[str]
) -> None:
    ours = count_edits(spoken, written)
    other = jiwer.process_words(" ".join(spoken), " ".join(written))
    assert ours.words == len(spoken)
    edits = ours.substitutions + ours.deletions + ours.insertions
    assert edits == other.substitutions + other.deletions + other.insertions
    assert ours.deletions - ours.insertions == len(spoken) - len(written)
    assert min(ours.substitutions, ours.deletions, ours.insertions) >= 0


def test_without_jiwer_our_own_count_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def refuse(name: str, *arguments: object, **others: object) -> ModuleType:
        if name == "jiwer":
            raise ImportError(name)
        return original(name, *arguments, **others)  # type: ignore[arg-type]  # handed on

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert count_word_errors("one two three", "one too three") == WordErrors(3, 1, 0, 0)


def test_the_words_lie_beside_the_recording(tmp_path: Path) -> None:
    assert spoken_words(tmp_path / "a.wav") is None
    (tmp_path / "a.txt").write_text("written by the program", encoding="utf-8")
    assert spoken_words(tmp_path / "a.wav") is None
    (tmp_path / "a.words.txt").write_text("said otherwise", encoding="utf-8")
    assert spoken_words(tmp_path / "a.wav") == "said otherwise"


def test_the_words_stand_in_a_manifest_above(tmp_path: Path) -> None:
    entries = [7, {"file": "x/b.wav"}, {"file": "x/b.wav", "text": "b"}, {"file": "a", "text": "a"}]
    (tmp_path / "x").mkdir()
    (tmp_path / "manifest.json").write_text(json.dumps(entries), encoding="utf-8")
    assert spoken_words(tmp_path / "x" / "b.wav") == "b"
    assert spoken_words(tmp_path / "x" / "c.wav") is None
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    assert spoken_words(tmp_path / "x" / "b.wav") is None
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    assert spoken_words(tmp_path / "x" / "b.wav") is None
