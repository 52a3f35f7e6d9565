"""What is to be distrusted, and what only looks like it."""

from __future__ import annotations

import pytest

from engine.recognition.decoding import Hypothesis
from engine.recognition.quality import (
    IMPROBABLE,
    NO_SPEECH,
    REPETITION,
    STOCK_PHRASE,
    find_fault,
    is_invented,
    loop_share,
    repeated,
    uncovered_speech,
)
from engine.recognition.spelling import Spelling
from engine.recognition.text_units import split_units, text_width

LOOP = "and then he said " * 30
ANNOUNCEMENT = (
    "Please enter your agent number followed by the pound key. Login incorrect. Please enter your "
    "agent number followed by the pound key. Please enter a new extension followed by the pound "
    "key. Please enter your password followed by the pound key. Agent login. Please enter your "
    "agent number followed by the pound key. Please enter your password followed by the pound key."
)


def hypothesis(text: str, logprob: float = -0.2, no_speech: float = 0.0) -> Hypothesis:
    return Hypothesis((1,), text, logprob, no_speech, 0.0)


def test_sure_text_has_no_fault() -> None:
    assert find_fault(hypothesis("Hello there."), 2.0, 30.0) is None


def test_a_loop_is_a_repetition_even_if_the_model_is_sure_of_it() -> None:
    assert hypothesis(LOOP).compression_ratio > 2.4
    assert find_fault(hypothesis(LOOP), 30.0, 30.0) == REPETITION


def test_a_slow_loop_in_chinese_is_a_repetition() -> None:
    assert find_fault(hypothesis("谢谢大家" * 20), 30.0, 30.0) == REPETITION


def test_repetitive_but_right_text_has_no_fault() -> None:
    assert hypothesis(ANNOUNCEMENT).compression_ratio > 2.4
    assert find_fault(hypothesis(ANNOUNCEMENT), 25.0, 30.0) is None


def test_the_same_text_is_a_fault_where_hardly_anyone_speaks() -> None:
    assert find_fault(hypothesis(ANNOUNCEMENT), 3.0, 30.0) == REPETITION


def test_the_same_text_is_a_fault_if_the_model_doubts_it() -> None:
    assert find_fault(hypothesis(ANNOUNCEMENT, -0.8), 25.0, 30.0) == REPETITION


def test_more_text_than_anyone_can_say_is_a_fault() -> None:
    text = "and so my fellow Americans ask not what your country can do for you"
    assert find_fault(hypothesis(text), 0.5, 0.6) == REPETITION
    assert find_fault(hypothesis(text), 3.0, 4.0) is None
    assert find_fault(hypothesis("Thank you very much."), 0.5, 0.6) is None


def test_improbable_text_is_told_from_silence() -> None:
    assert find_fault(hypothesis("Hm.", -1.2, 0.2), 2.0, 30.0) == IMPROBABLE
    assert find_fault(hypothesis("Hm.", -1.2, 0.7), 2.0, 30.0) == NO_SPEECH


def test_an_empty_text_has_no_fault() -> None:
    assert find_fault(hypothesis(""), 0.0, 30.0) is None
    assert loop_share("") == 0.0


def test_the_share_of_a_loop_is_measured() -> None:
    assert loop_share("one two three four five six") == 0.0
    assert loop_share("no no no no no") == 1.0
    assert loop_share("he said no no no no and left us") == pytest.approx(4 / 9)


def test_only_the_repeated_segments_are_marked() -> None:
    assert repeated(["Hello.", "Bye.", " bye!", "Bye", "End."]) == [False, False, True, True, False]
    assert repeated([LOOP, "End."]) == [True, False]
    assert repeated([]) == []


def test_stock_phrases_count_only_where_nobody_speaks() -> None:
    said = hypothesis("Thanks for watching!", -0.2)
    text = " Thanks for watching!"
    assert is_invented(text, (10.0, 12.0), ((0.0, 5.0),), said) == STOCK_PHRASE
    assert is_invented(text, (10.0, 12.0), ((9.0, 13.0),), said) is None


def test_unsure_text_where_nobody_speaks_is_invented() -> None:
    span, speech = (10.0, 12.0), ((0.0, 5.0),)
    assert is_invented(" I am here", span, speech, hypothesis("", -0.6)) == NO_SPEECH
    assert is_invented(" I am here", span, speech, hypothesis("", -0.2, 0.5)) == NO_SPEECH
    assert is_invented(" I am here", span, speech, hypothesis("", -0.2)) is None
    assert is_invented(" I am here", (1.0, 2.0), speech, hypothesis("", -0.6)) is None


def test_speech_without_words_is_found() -> None:
    speech = ((0.0, 10.0), (20.0, 21.0))
    assert uncovered_speech(speech, [(0.0, 2.0), (9.0, 10.0)], 2.0) == ((2.5, 8.5),)
    assert uncovered_speech(speech, [(0.0, 10.0)], 0.5) == ((20.0, 21.0),)


def test_units_are_words_or_wide_characters() -> None:
    assert split_units("Don't — STOP, 3 times!") == ["don", "t", "stop", "3", "times"]
    assert split_units("谢谢 ok") == ["谢", "谢", "ok"]
    assert text_width("ab谢") == 5


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        (" kowalski,", " Kowalski,"),
        (" Łodz", " Łódź"),
        (" “ctranslate2’s", " “CTranslate2’s"),
        (" Co-op.", " coop."),
        (" other", " other"),
        (" ...", " ..."),
    ],
)
def test_a_glossary_mends_case_accents_and_hyphens(word: str, expected: str) -> None:
    spelling = Spelling(["Kowalski", "Łódź", "CTranslate2", "coop", "two words"])
    assert spelling.correct(word) == expected


def test_without_glossary_words_stay() -> None:
    assert Spelling([]).correct(" Łodz") == " Łodz"
