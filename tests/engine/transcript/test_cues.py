"""Cues lose no word, never overlap, and keep the rules where that is possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import OptionsError
from engine.transcript.cues import PRESETS, Cue, CueRules, make_cues
from engine.transcript.text_shape import clean, display_width
from engine.transcript.transcript import Segment, Transcript, Word, milliseconds
from tests.engine.transcript.sample import INFO, segment, transcript

WEB = PRESETS["web_video"]


def _words(texts: Sequence[str], start: float = 0.0, step: float = 0.3) -> tuple[Word, ...]:
    return tuple(
        Word(f"w.0.{i}", round(start + i * step, 3), round(start + (i + 1) * step, 3), text, 0.9)
        for i, text in enumerate(texts)
    )


def _transcript(*segments: Segment, duration: float = 0.0) -> Transcript:
    return Transcript(info=replace(INFO, duration=duration), segments=segments)


def _lines(cues: Sequence[Cue]) -> list[tuple[str, ...]]:
    return [cue.lines for cue in cues]


def test_an_empty_transcript_has_no_cues() -> None:
    assert not make_cues(_transcript())


def test_words_of_white_space_only_make_no_cue() -> None:
    assert not make_cues(_transcript(Segment("a", 0, _words([" ", "\n"]))))


def test_long_text_is_parted_at_punctuation_into_balanced_lines() -> None:
    text = (
        "And so, my fellow Americans, ask not what your country can do for you, "
        "ask what you can do for your country. We choose to go to the moon in this decade."
    )
    cues = make_cues(_transcript(segment(text, 0.0, 14.0)))
    assert _lines(cues) == [
        ("And so, my fellow Americans,", "ask not what your country can do for you,"),
        ("ask what you can do for your country.",),
        ("We choose to go to the", "moon in this decade."),
    ]


def test_short_text_stays_on_one_line() -> None:
    assert _lines(make_cues(_transcript(segment("Ask what you can do.", 0, 2)))) == [
        ("Ask what you can do.",)
    ]


def test_a_change_of_speaker_starts_a_new_cue() -> None:
    cues = make_cues(
        _transcript(segment("Yes.", 0, 0.4, speaker="a"), segment("No.", 0.5, 0.9, speaker="b"))
    )
    assert [(cue.lines, cue.speaker) for cue in cues] == [(("Yes.",), "a"), (("No.",), "b")]


def test_segments_of_one_speaker_may_share_a_cue() -> None:
    cues = make_cues(_transcript(segment("Yes, I", 0, 0.5), segment("think so.", 0.5, 1.2)))
    assert _lines(cues) == [("Yes, I think so.",)]


def test_a_pause_starts_a_new_cue() -> None:
    cues = make_cues(_transcript(segment("Wait", 0, 0.5), segment("for it", 1.6, 2.2)))
    assert _lines(cues) == [("Wait",), ("for it",)]


def test_short_cues_stay_long_enough_to_be_read_but_not_past_the_recording() -> None:
    (cue,) = make_cues(_transcript(segment("Hello there, how are you doing today?", 1, 1.5)))
    assert (cue.start, cue.end) == (1.0, 2.0)
    (cue,) = make_cues(
        _transcript(segment("Hello there, how are you doing today?", 1, 1.5), duration=1.9)
    )
    assert cue.end == 1.9
    (cue,) = make_cues(_transcript(segment("Hi.", 1, 1.1)))
    assert cue.end == 1.834


def test_small_gaps_are_closed_and_large_ones_kept() -> None:
    texts = (segment("One two three four.", 0, 2, speaker="a"),)
    near = make_cues(_transcript(*texts, segment("Five.", 2.4, 3.5, speaker="b")))
    far = make_cues(_transcript(*texts, segment("Five.", 2.8, 3.5, speaker="b")))
    assert near[0].end == 2.317
    assert far[0].end == 2.0


def test_a_word_held_for_long_does_not_keep_its_cue_for_ever() -> None:
    (cue,) = make_cues(_transcript(Segment("a", 0, (Word("a", 1, 60, "Aaah", 0.5),))))
    assert cue.end == 8.0


def test_text_without_spaces_is_broken_between_characters_never_before_a_full_stop() -> None:
    text = "今天天气很好，我们去公园散步吧。你觉得怎么样？我觉得很好，但是我们应该早一点出发。"
    cues = make_cues(_transcript(Segment("a", 0, _words(list(text), step=0.2))))
    assert "".join("".join(cue.lines) for cue in cues) == text
    lines = [line for cue in cues for line in cue.lines]
    assert all(display_width(line) <= 42 for line in lines)
    assert not any(line[0] in "，。？" for line in lines)
    assert len(lines) > 2


def test_one_long_text_without_spaces_in_one_word_is_broken_too() -> None:
    text = "วันนี้อากาศดีมากเราไปเดินเล่นที่สวนสาธารณะกันเถอะ" * 2
    (cue,) = make_cues(_transcript(Segment("a", 0, (Word("a", 0, 4, text, 0.9),))))
    assert "".join(cue.lines) == text
    assert len(cue.lines) == 2
    assert cue.words == (Word("a", 0, 4, text, 0.9),)


def test_a_word_longer_than_a_cue_overflows_in_lines_not_in_width() -> None:
    (cue,) = make_cues(_transcript(Segment("a", 0, (Word("a", 0, 4, "x" * 100, 0.9),))))
    assert [len(line) <= 42 for line in cue.lines] == [True, True, True]
    assert "".join(cue.lines) == "x" * 100


def test_a_word_that_begins_without_a_space_stays_with_the_one_before() -> None:
    cues = make_cues(_transcript(Segment("a", 0, _words([" twenty", "-one", " days "]))))
    assert _lines(cues) == [("twenty-one days",)]


def test_a_space_at_the_end_of_a_word_parts_it_from_the_next() -> None:
    cues = make_cues(_transcript(Segment("a", 0, _words(["one ", "two", "\n", "three"]))))
    assert _lines(cues) == [("one two three",)]


def test_speakers_who_talk_at_once_take_turns_on_the_screen() -> None:
    cues = make_cues(
        _transcript(
            segment("I talk and talk and talk.", 0, 6, speaker="a"),
            segment("Stop it.", 2, 3, speaker="b"),
        )
    )
    assert [(cue.start, cue.end) for cue in cues] == [(0.0, 1.917), (2.0, 3.0)]


def test_a_heckler_shows_between_the_cues_of_a_speech() -> None:
    speech = " ".join(["These are the words of a speech."] * 6)
    cues = make_cues(
        _transcript(segment(speech, 0, 18, speaker="a"), segment("Boo!", 7, 8, speaker="b"))
    )
    heckled = [cue for cue in cues if cue.speaker == "b"]
    assert [cue.start for cue in heckled] == [7.0]
    assert [cue.start for cue in cues if cue.speaker == "a"] == [0.0, 6.0, 12.0]


def test_cues_that_claim_one_moment_share_the_time_up_to_the_next() -> None:
    stuck = tuple(Word(f"w.{i}", 5.0, 5.0, f" information{i}.", 0.5) for i in range(20))
    cues = make_cues(
        _transcript(Segment("a", 0, stuck), segment("Then this.", 8.0, 9.0, speaker="b"))
    )
    starts = [cue.start for cue in cues]
    assert starts[0] == 5.0
    assert 8.0 <= starts[-1] <= 8.5
    assert all(later - sooner > 0.3 for sooner, later in zip(starts, starts[1:]))


def test_presets_differ_in_reading_speed() -> None:
    assert PRESETS["reading"].max_cps < PRESETS["broadcast"].max_cps < PRESETS["web_video"].max_cps
    assert {name: len(make_cues(transcript(), rules)) for name, rules in PRESETS.items()}


@pytest.mark.parametrize(
    "changes",
    [
        {"max_line_width": 9},
        {"max_lines": 0},
        {"max_cps": 0},
        {"min_duration": 8.0},
        {"min_duration": 0.0},
        {"min_gap": -0.1},
        {"pause": -1.0},
    ],
)
def test_impossible_rules_are_refused(changes: dict[str, float]) -> None:
    with pytest.raises(OptionsError):
        replace(WEB, **changes)  # type: ignore[arg-type]  # the values are wrong on purpose


_TIMES = st.one_of(
    st.integers(0, 40_000), st.integers(0, 300), st.sampled_from([-500, 0, 5000, 10**7])
).map(lambda ms: ms / 1000)
_TEXTS = st.one_of(
    st.text(min_size=1, max_size=12).map(lambda text: f" {text}"),
    st.sampled_from(
        [
            " yes.",
            " no,",
            "-one",
            "日",
            "本。",
            "「",
            "ก",
            " שלום",
            " مرحبا؟",
            " 👨‍👩‍👧",
            " ",
            " a-b",
            "\n",
        ]
    ),
    st.just(" " + "x" * 130),
)


@st.composite
def _segments(draw: st.DrawFn) -> Segment:
    words: list[Word] = []
    start = draw(_TIMES)
    for index in range(draw(st.integers(1, 25))):
        if draw(st.integers(0, 9)) == 0:
            start = draw(_TIMES)
        length = draw(st.sampled_from([0.0, 0.02, 0.3, 0.3, 0.3, 2.0, 40.0, -1.0]))
        words.append(
            Word(f"{id(words)}.{index}", start, round(start + length, 3), draw(_TEXTS), 0.5)
        )
        start = round(start + max(0.0, length), 3)
    return Segment(words[0].id, 0, tuple(words), draw(st.sampled_from([None, "a", "b"])))


_RULES = st.one_of(
    st.sampled_from(list(PRESETS.values())),
    st.builds(
        CueRules,
        max_line_width=st.integers(10, 60),
        max_lines=st.integers(1, 4),
        max_cps=st.floats(1, 40),
        min_duration=st.sampled_from([0.001, 0.5, 2.0]),
        max_duration=st.sampled_from([2.0, 7.0]),
        min_gap=st.sampled_from([0.0, 0.083, 1.0]),
        pause=st.sampled_from([0.0, 0.5, 3.0]),
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_segments(), max_size=5), _RULES, st.sampled_from([0.0, 10.0, 60.0]))
def test_cues_keep_their_promises_whatever_the_words(
    segments: list[Segment], rules: CueRules, duration: float
) -> None:
    cues = make_cues(_transcript(*segments, duration=duration), rules)
    _no_word_is_lost_or_repeated(segments, cues)
    _times_are_sound(cues)
    _rules_are_kept_where_possible(cues, rules)
    _no_cue_is_early_or_adrift(segments, cues)


def _no_word_is_lost_or_repeated(segments: Sequence[Segment], cues: Sequence[Cue]) -> None:
    visible = [word for item in segments for word in item.words if clean(word.text)]
    shown = [word for cue in cues for word in cue.words]
    assert sorted(map(id, visible)) == sorted(map(id, shown))
    for cue in cues:
        said = "".join(clean(word.text) for word in cue.words).replace(" ", "")
        assert "".join(cue.lines).replace(" ", "") == said
        assert all(line == line.strip(" ") != "" for line in cue.lines)
    for item in segments:
        order = [word for word in shown if any(word is other for other in item.words)]
        assert order == [word for word in item.words if clean(word.text)]


def _times_are_sound(cues: Sequence[Cue]) -> None:
    for cue in cues:
        assert cue.end > cue.start >= 0
        assert cue.start == milliseconds(cue.start) / 1000
        assert cue.end == milliseconds(cue.end) / 1000
    for cue, after in zip(cues, cues[1:]):
        assert cue.end <= after.start


def _rules_are_kept_where_possible(cues: Sequence[Cue], rules: CueRules) -> None:
    for cue in cues:
        assert all(display_width(line) <= rules.max_line_width for line in cue.lines)
        assert len(cue.lines) <= rules.max_lines or len(cue.words) == 1
        assert milliseconds(cue.end - cue.start) <= milliseconds(rules.max_duration)
    for cue, after in zip(cues, cues[1:]):
        gap, length = milliseconds(after.start - cue.end), milliseconds(cue.end - cue.start)
        # Room is given up in this order: the gap, then the shortest duration.
        assert gap >= milliseconds(rules.min_gap) or length <= milliseconds(rules.min_duration)
        assert length >= milliseconds(rules.min_duration) or gap <= milliseconds(rules.min_gap)


def _no_cue_is_early_or_adrift(segments: Sequence[Segment], cues: Sequence[Cue]) -> None:
    for cue in cues:
        assert cue.start >= cue.words[0].start
    if cues:
        latest = max(word.start for item in segments for word in item.words)
        crowd = sum(max(2.0, display_width("".join(cue.lines))) for cue in cues)
        assert cues[-1].start <= max(0.0, latest) + crowd


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([" we", " go.", " and,", " information"]), max_size=60))
def test_cues_of_ordinary_speech_start_with_their_first_word(texts: list[str]) -> None:
    if not texts:
        return
    cues = make_cues(_transcript(Segment("a", 0, _words(texts, step=0.45))))
    assert all(cue.start == cue.words[0].start for cue in cues)
