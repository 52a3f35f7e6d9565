"""Paragraphs end where the speaker, a silence, the length or a person says so."""

from __future__ import annotations

from dataclasses import replace

from engine.transcript.paragraphs import grouped, line, starts_paragraph
from engine.transcript.transcript import Segment, Word
from tests.engine.transcript.sample import segment


def _sizes(*segments: Segment) -> list[int]:
    return [len(group) for group in grouped(segments)]


def test_a_silence_of_two_seconds_ends_a_paragraph() -> None:
    one = segment("One.", 0, 1)
    assert _sizes(one, segment("Two.", 2.999, 3)) == [2]
    assert _sizes(one, segment("Two.", 3.0, 4)) == [1, 1]


def test_after_a_minute_the_next_sentence_ends_it() -> None:
    long, more = segment("It goes on", 0, 60), segment("and ends.", 60, 61)
    last = segment("Next.", 61, 62)
    assert _sizes(long, more, last) == [2, 1]
    assert starts_paragraph((long, more), last)
    assert not starts_paragraph((long,), more)


def test_after_600_characters_the_next_sentence_ends_it_and_1200_do_anyway() -> None:
    long = segment("x" * 599, 0, 1)
    assert _sizes(long, segment("y", 1, 2)) == [2]
    assert _sizes(segment("x" * 598 + ".", 0, 1), segment("y", 1, 2)) == [1, 1]
    assert _sizes(segment("x" * 1199, 0, 1), segment("y", 1, 2)) == [1, 1]


def test_a_person_starts_and_joins_paragraphs() -> None:
    one, two = segment("One.", 0, 1), segment("Two.", 1, 2)
    assert _sizes(one, replace(two, paragraph=True)) == [1, 1]
    far = segment("Three.", 9, 10)
    assert _sizes(one, replace(far, paragraph=False)) == [2]


def test_two_speakers_never_share_a_paragraph() -> None:
    one, two = segment("One.", 0, 1, speaker="a"), segment("Two.", 1, 2, speaker="b")
    assert _sizes(one, replace(two, paragraph=False)) == [1, 1]


def test_a_line_parts_segments_and_says_where_words_end() -> None:
    bare = Segment("x", 0, (Word("x", 5, 6, "bare", 1.0),))
    shown = line([segment("One two.", 0, 1), bare])
    assert shown.text == "One two. bare"
    assert [shown.text[:end] for end in shown.ends] == ["One", "One two.", "One two. bare"]


def test_a_line_adds_no_space_where_the_script_has_none() -> None:
    words = [Segment(text, 0, (Word(text, 0, 1, text, 1.0),)) for text in ("今日は", "晴れ")]
    assert line(words).text == "今日は晴れ"


def test_what_cannot_stand_in_a_line_is_shown_one_for_one() -> None:
    strange = Segment("x", 0, (Word("x", 0, 1, "a\nb\u2029c\ufdd0d\ud800e\ufffcf\u00a0g", 1.0),))
    assert line([strange]).text == "a b c\ufffdd\ufffde\ufffdf\u00a0g"
