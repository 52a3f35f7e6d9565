"""Rows that were changed step by step are those that grouping everything anew would give."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.transcript.rows import Row, Rows
from desktop.ui.transcript.utf16 import to_characters, to_units
from engine.transcript.editing import Edit, apply, assign_speaker, delete
from engine.transcript.paragraphs import grouped
from engine.transcript.transcript import Segment
from tests.desktop.ui.transcript.documents import spoken


@st.composite
def _segments(draw: st.DrawFn) -> list[Segment]:
    """Draw segments of many lengths: some 60 words are enough to end a paragraph."""
    now, made = 0.0, []
    for _ in range(draw(st.integers(1, 14))):
        size = draw(st.sampled_from([1, 2, 30, 60, 110]))
        text = " ".join(["wordsword"] * size) + draw(st.sampled_from([".", ""]))
        speaker = draw(st.sampled_from([None, None, None, "s1"]))
        made.append(spoken(text, now, speaker=speaker))
        now = round(now + size * 0.3 + draw(st.sampled_from([0.5, 0.5, 0.5, 4.0])), 3)
    return made


@given(_segments(), st.data())
def test_rows_are_always_grouped_by_the_one_rule(
    segments: list[Segment], data: st.DataObject
) -> None:
    late = data.draw(st.sets(st.integers(0, len(segments) - 1)))
    present = tuple(item for index, item in enumerate(segments) if index not in late)
    rows = Rows(present)
    edits = [Edit((), (segments[index],)) for index in late]
    for edit in data.draw(st.permutations(edits)):
        rows.edit(edit)
        present = apply(present, edit)
        assert [row.segments for row in rows] == list(grouped(present))
    for _ in range(4):
        if not present:
            return
        chosen = data.draw(st.sampled_from(present))
        kind = data.draw(st.sampled_from(["delete", "speaker", "break", "join"]))
        edit = {
            "delete": delete((chosen,)),
            "speaker": assign_speaker((chosen,), "s2"),
            "break": Edit((chosen,), (replace(chosen, paragraph=True),)),
            "join": Edit((chosen,), (replace(chosen, paragraph=False),)),
        }[kind]
        before = [row.segments for row in rows]
        change = rows.edit(edit)
        present = apply(present, edit)
        assert [row.segments for row in rows] == list(grouped(present))
        added = [row.segments for row in change.added]
        before[change.first : change.first + change.removed] = added
        assert before == [row.segments for row in rows]


def test_a_change_goes_on_as_far_as_paragraphs_end_elsewhere() -> None:
    text = " ".join(["wordsword"] * 31) + "."
    segments = tuple(spoken(text, number * 9.5) for number in range(8))
    rows = Rows(segments)
    assert [len(row.segments) for row in rows] == [2, 2, 2, 2]
    rows.edit(delete(segments[:1]))
    assert [row.segments for row in rows] == list(grouped(segments[1:]))
    assert [len(row.segments) for row in rows] == [2, 2, 2, 1]


@given(st.text(max_size=12), st.integers(0, 12))
def test_characters_and_units_are_two_ways_to_count(text: str, offset: int) -> None:
    text = "".join(char for char in text if not 0xD800 <= ord(char) < 0xE000)
    offset = min(offset, len(text))
    units = to_units(text, offset)
    assert units == len(text[:offset].encode("utf-16-le")) // 2
    assert to_characters(text, units) == offset


def test_a_place_in_a_row_is_told_by_segment_and_back() -> None:
    row = Row((spoken("One two.", 0), spoken("Three four.", 1)))
    assert row.segment_at(4) == ("run.0.0", 4)
    assert row.segment_at(15) == ("run.0.10", 6)
    assert row.word_start("run.0.10") == 9
