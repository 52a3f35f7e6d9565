"""Editing loses nothing: words that stay keep id and time, times never run backwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.transcript.editing import (
    Edit,
    WordIds,
    apply,
    assign_speaker,
    break_paragraph,
    compose,
    delete,
    join_paragraphs,
    place,
    rearrange,
    retype,
    retype_across,
    split,
)
from engine.transcript.paragraphs import grouped, line
from engine.transcript.transcript import Segment, Word
from tests.engine.transcript.sample import segment

_PART = st.sampled_from(
    [" the", " cat", " cats", " sat", " on", ",", ".", " a", "-nine", " eighty", " Łódź", " قال"]
    + [
        "今日",
        "は",
        "天気",
        " שלום",
        "สวัสดี",
        " 👩‍👩‍👧",
        "\n",
        " e\u0301",
        "  two",
        " x ",
        "\x07",
    ]
)
_TEXT = st.lists(_PART, max_size=12).map("".join)
_ANY = st.one_of(_TEXT, st.text(max_size=20))


@st.composite
def _segments(draw: st.DrawFn) -> tuple[Segment, ...]:
    """Draw neighbours in order of time, some with speakers and silences between them."""
    now = draw(st.integers(0, 10_000))
    number = 0
    made = []
    for block in range(draw(st.integers(1, 4))):
        words = []
        for text in draw(st.lists(_PART, min_size=1, max_size=6)):
            now += draw(st.sampled_from([0, 0, 10, 700]))
            end = now + draw(st.integers(1, 400))
            words.append(Word(f"run.{block}.{number}", now / 1000, end / 1000, text, 0.4))
            now, number = end, number + 1
        speaker = draw(st.sampled_from([None, "s1", "s2"]))
        made.append(Segment(words[0].id, block, tuple(words), speaker))
    return tuple(made)


def _words(segments: Sequence[Segment]) -> list[Word]:
    return [word for item in segments for word in item.words]


def _check(segments: Sequence[Segment], edit: Edit) -> tuple[Segment, ...]:
    """Check what holds for every edit, and return the result."""
    result = apply(segments, edit)
    if edit.before or edit.after:
        assert apply(result, edit.inverse()) == tuple(segments)
    ids = [word.id for word in _words(result)]
    assert len(ids) == len(set(ids))
    assert len({item.id for item in result}) == len(result)
    words = _words(result)
    assert all(word.start <= word.end for word in words)
    assert all(this.end <= following.start for this, following in pairwise(words))
    if words:
        assert words[0].start >= segments[0].start and words[-1].end <= segments[-1].end
    return result


@given(_segments(), _ANY)
def test_a_paragraph_gets_its_new_text(segments: tuple[Segment, ...], text: str) -> None:
    result = _check(segments, retype(segments, text, WordIds("here")))
    if not text.strip():
        assert not result
    elif all(char.isprintable() or char.isspace() for char in text):
        assert _squeezed(line(result).text) == _squeezed(line([_single(text)]).text)


def _single(text: str) -> Segment:
    return Segment("x", 0, (Word("x", 0, 0, text, 1.0),))


def _squeezed(text: str) -> str:
    return " ".join(text.split())


@given(_segments(), st.data())
def test_words_outside_the_changed_place_stay(
    segments: tuple[Segment, ...], data: st.DataObject
) -> None:
    shown = line(segments)
    words = _words(segments)
    first = data.draw(st.integers(0, len(words)))
    last = data.draw(st.integers(first, len(words)))
    starts = [0, *shown.ends]
    typed = data.draw(st.sampled_from(["", " new", " new words", " 新しい"]))
    text = shown.text[: starts[first]] + typed + shown.text[starts[last] :]
    if not text.strip() or not shown.text[: starts[first]].strip():
        return
    if typed and not shown.text[starts[last] :].startswith(" "):
        return
    before = [word for word in words[: max(0, first - 1)] if word.text.strip()]
    after = [word for word in words[last + 1 :] if word.text.strip()]
    kept = {
        word.id: word for word in _words(_check(segments, retype(segments, text, WordIds("h"))))
    }
    for word in before + after:
        assert kept[word.id].start == word.start
        assert kept[word.id].end == word.end
        assert kept[word.id].text.strip() == word.text.strip()


@given(_segments(), st.integers(-2, 60))
def test_splitting_loses_nothing(segments: tuple[Segment, ...], offset: int) -> None:
    try:
        edit = split(segments[0], offset, WordIds("here"))
    except ValueError:
        return
    _check(segments, edit)
    first, second = edit.after
    assert first.text + second.text == segments[0].text
    assert second.paragraph is True


@given(_segments(), st.integers(-2, 90))
def test_a_paragraph_is_broken_where_it_was_asked_for(
    segments: tuple[Segment, ...], offset: int
) -> None:
    shown = line(segments).text
    try:
        edit = break_paragraph(segments, offset, WordIds("here"))
    except ValueError:
        assert not shown[: max(offset, 0)].strip() or not shown[max(offset, 0) :].strip()
        return
    result = _check(segments, edit)
    at = next(index for index, item in enumerate(result) if item.id == edit.after[-1].id)
    assert result[at].paragraph is True
    assert line(result[:at]).text.strip() == shown[:offset].strip()
    assert line(result[at:]).text.strip() == shown[offset:].strip()


@given(_segments(), st.data())
def test_deleting_and_assigning_can_be_taken_back(
    segments: tuple[Segment, ...], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(segments) - 1))
    some = segments[first : data.draw(st.integers(first + 1, len(segments)))]
    _check(segments, delete(some))
    result = _check(segments, assign_speaker(some, "s9"))
    assert [item.speaker for item in result if item in some] == []
    if len(segments) > 1:
        joined = _check(segments, join_paragraphs(segments[:1], segments[1:]))
        assert joined[1].paragraph is False
        assert {item.speaker for item in joined} == {segments[0].speaker}


@given(_segments(), st.data())
def test_ids_of_segments_never_meet(segments: tuple[Segment, ...], data: st.DataObject) -> None:
    ids = WordIds("here")
    for _ in range(data.draw(st.integers(1, 8))):
        index = data.draw(st.integers(0, len(segments) - 1))
        chosen = segments[index]
        match data.draw(st.sampled_from(["type", "split", "across"])):
            case "type":
                edit = retype([chosen], "new" + chosen.text, ids)
            case "split":
                try:
                    edit = split(chosen, data.draw(st.integers(1, 8)), ids)
                except ValueError:
                    continue
            case _:
                some = segments[index : index + 2]
                edit = retype_across([[item] for item in some], "new" + line(some).text, ids)
        segments = apply(segments, edit)
        assert len({item.id for item in segments}) == len(segments)
        assert len({word.id for word in _words(segments)}) == len(_words(segments))


def _texts(edit: Edit) -> list[tuple[str, str]]:
    return [(word.id, word.text) for item in edit.after for word in item.words]


def test_a_corrected_word_keeps_its_id_and_time() -> None:
    before = segment("I live in Lodz now", 0, 5)
    edit = retype([before], "I live in Łódź now", WordIds("here"))
    word = edit.after[0].words[3]
    assert word == replace(before.words[3], text=" Łódź", probability=1.0)
    assert edit.after[0].words[:3] == before.words[:3]
    assert edit.after[0].words[4] is before.words[4]


def test_two_words_for_one_share_its_time() -> None:
    before = segment("I am gonna go", 0, 4)
    edit = retype([before], "I am going to go", WordIds("here"))
    ids = [word.id for word in edit.after[0].words]
    assert ids == ["run.0.0", "run.0.1", "run.0.2", "here.0", "run.0.3"]
    times = [(word.start, word.end) for word in edit.after[0].words]
    assert times[2][0] == 2.0 and times[3][1] == 3.0 and times[2][1] == times[3][0]
    assert times[4] == (3.0, 4.0)


def test_words_between_two_places_that_were_changed_at_once_stay() -> None:
    before = segment("the cat sat on the mat and ate", 0, 8)
    edit = retype([before], "a cat sat on the rug and drank", WordIds("here"))
    assert [word.probability for word in edit.after[0].words] == [1, 0.9, 0.9, 0.9, 0.9, 1, 0.9, 1]
    assert [word.id for word in edit.after[0].words] == [word.id for word in before.words]


def test_a_word_that_grows_is_corrected_not_kept() -> None:
    edit = retype([segment("the cat sat", 0, 3)], "the cats sat", WordIds("here"))
    assert edit.after[0].words[1].probability == 1.0
    assert _texts(edit) == [("run.0.0", " the"), ("run.0.1", " cats"), ("run.0.2", " sat")]


def test_only_the_segments_that_change_are_part_of_the_edit() -> None:
    segments = [
        segment(text, n, n + 1, number=n * 10) for n, text in enumerate(("a b", "c d", "e"))
    ]
    assert retype(segments, "a b c x e", WordIds("here")).before == (segments[1],)
    assert retype(segments, "a b c d e", WordIds("here")).changes_nothing
    assert retype(segments, "a e", WordIds("here")).after == (
        replace(segments[0], words=segments[0].words[:1]),
    )


def test_a_text_across_paragraphs_makes_one_of_them() -> None:
    texts = ("One two.", "Three four.", "Five six.")
    paragraphs = [
        [segment(text, n * 9, n * 9 + 1, number=n * 10, speaker=f"s{n}")]
        for n, text in enumerate(texts)
    ]
    edit = retype_across(paragraphs, "One six.", WordIds("here"))
    result = apply([item for group in paragraphs for item in group], edit)
    assert [(item.text, item.speaker, item.paragraph) for item in result] == [
        (" One", "s0", None),
        (" six.", "s0", False),
    ]
    assert [len(group) for group in grouped(result)] == [2]
    assert not retype_across(paragraphs, "", WordIds("here")).after


def test_a_word_that_is_joined_to_the_segment_before_goes_there() -> None:
    segments = (segment("say 今日", 0, 2), segment("he cried", 2, 4, number=5))
    result = apply(segments, retype(segments, "say 今日he cried", WordIds("here")))
    assert line(result).text == "say 今日he cried"
    assert [(item.id, item.text) for item in result] == [
        ("run.0.0", " say 今日he"),
        ("run.0.6", " cried"),
    ]


def test_the_unseen_space_before_a_paragraph_stays() -> None:
    edit = retype([segment("And so it goes", 0, 4)], "so it goes", WordIds("here"))
    assert edit.after[0].text == " so it goes"
    assert [word.id for word in edit.after[0].words] == ["run.0.1", "run.0.2", "run.0.3"]
    assert edit.after[0].id == "run.0.0"


def test_a_mark_stays_before_its_word() -> None:
    ids = WordIds("here")
    first, second = split(segment("one two", 0, 2), 4, ids).after
    assert (first.id, second.id) == ("run.0.0", "run.0.1")
    typed = retype([second], "new two", ids).after[0]
    left, right = split(typed, 4, ids).after
    assert (left.id, right.id) == ("here.0", "run.0.1")


def test_an_edit_of_what_has_changed_is_refused() -> None:
    one, two = segment("one", 0, 1), segment("two", 1, 2, number=5)
    with pytest.raises(ValueError):
        apply((one,), delete((two,)))
    with pytest.raises(ValueError):
        apply((one, two), delete((replace(one, speaker="s"),)))
    with pytest.raises(ValueError):
        delete(())


def test_segments_that_arrived_in_between_stay() -> None:
    one, two, three = (segment(str(n), n, n + 1, number=n) for n in range(3))
    edit = assign_speaker((one, three), "s")
    result = apply((one, two, three), edit)
    assert [item.speaker for item in result] == ["s", None, "s"]
    assert apply((two,), Edit((), (one, three))) == (one, two, three)
    assert place(one) < place(two)


@given(_segments(), st.data())
def test_paragraphs_are_those_that_are_wanted(
    segments: tuple[Segment, ...], data: st.DataObject
) -> None:
    segments = tuple(replace(item, speaker=None) for item in segments)
    shown = list(grouped(segments))
    size = len(segments)
    is_kept = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    is_first = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    wanted: list[list[Segment]] = []
    for item, stays, starts in zip(segments, is_kept, is_first, strict=True):
        if stays and (starts or not wanted):
            wanted.append([item])
        elif stays:
            wanted[-1].append(item)
    result = _check(segments, rearrange(shown, wanted))
    borders = [[item.id for item in group] for group in wanted]
    assert [[item.id for item in group] for group in grouped(result)] == borders


def test_a_paragraph_stays_one_whatever_pause_a_deletion_leaves() -> None:
    parts = [segment(f"part {n}.", 2 * n, 2 * n + 2, number=10 * n) for n in range(4)]
    edit = retype(parts, "part 0. part 3.", WordIds("here"))
    left = apply(parts, edit)
    assert len(list(grouped(left))) == 2
    kept = rearrange([parts], [left])
    assert [line(group).text for group in grouped(apply(parts, kept))] == ["part 0. part 3."]


def test_paragraphs_stay_apart_though_what_parted_them_is_deleted() -> None:
    one, three = segment("One.", 0, 1), segment("Three.", 2, 3, number=9)
    two = segment("Two.", 1, 2, number=5, speaker="s")
    result = apply((one, two, three), rearrange([[one], [two], [three]], [[one], [three]]))
    assert [len(group) for group in grouped(result)] == [1, 1]


def test_what_the_rule_says_anyway_is_not_marked() -> None:
    parts = [segment(f"part {n}.", 2 * n, 2 * n + 2, number=10 * n) for n in range(3)]
    left = apply(parts, retype(parts, "part 0. Part 1. part 2.", WordIds("here")))
    edit = rearrange([parts], [left])
    assert [item.paragraph for item in edit.after] == [None]
    assert rearrange([parts], [parts]).changes_nothing


@given(_segments(), _TEXT, _TEXT, st.data())
def test_two_edits_at_one_place_are_one(
    segments: tuple[Segment, ...], first: str, second: str, data: st.DataObject
) -> None:
    ids = WordIds("here")
    one = retype(segments, "a" + first, ids)
    between = apply(segments, one)
    at = data.draw(st.integers(0, len(between) - 1))
    two = retype(between[at:], "b" + second, ids)
    edit = compose(one, two)
    if edit is not None:
        assert apply(segments, edit) == apply(between, two)
        assert apply(apply(segments, edit), edit.inverse()) == segments


def test_edits_at_two_places_stay_two() -> None:
    one, two = segment("one", 0, 1), segment("two", 1, 2, number=5)
    ids = WordIds("here")
    first, second = retype([one], "once", ids), retype([two], "twice", ids)
    assert compose(first, second) is None
    assert compose(delete([one]), second) is None
    longer = retype([*first.after, two], "never more", ids)
    assert compose(first, longer) == Edit((one, two), longer.after)
