"""JSON gives back every transcript, tolerates the future and refuses nonsense by name."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import ExportError
from engine.transcript.formats import WriteOptions
from engine.transcript.formats.transcript_json import read, write
from engine.transcript.transcript import (
    Gap,
    Removed,
    Segment,
    Speaker,
    Transcript,
    TranscriptionInfo,
    Word,
)
from tests.engine.transcript.sample import transcript

_TIME = st.integers(0, 10**8).map(lambda ms: ms / 1000)
_SCORE = st.integers(-1000, 1000).map(lambda score: score / 100)
_TEXT = st.text(st.characters(), max_size=12)
_WORD = st.builds(Word, _TEXT, _TIME, _TIME, _TEXT, _SCORE)
_SEGMENT = st.builds(
    Segment,
    _TEXT,
    st.integers(0, 99),
    st.lists(_WORD, min_size=1, max_size=3).map(tuple),
    st.none() | _TEXT,
    _SCORE,
    _SCORE,
    _SCORE,
    _SCORE,
    st.none() | st.booleans(),
)
_SEGMENT_ITEM = json.loads(write(transcript(), WriteOptions()))["segments"][0]
_TRANSCRIPT = st.builds(
    Transcript,
    st.builds(
        TranscriptionInfo, _TEXT, _SCORE, _TIME, _TIME, _TEXT, _TEXT, _TEXT, st.integers(0, 9)
    ),
    st.lists(_SEGMENT, max_size=3).map(tuple),
    st.lists(st.builds(Speaker, _TEXT, _TEXT), max_size=2).map(tuple),
    st.lists(st.builds(Removed, _SEGMENT, _TEXT), max_size=2).map(tuple),
    st.lists(st.builds(Gap, _TIME, _TIME), max_size=2).map(tuple),
)


@settings(deadline=None)
@given(_TRANSCRIPT)
def test_every_transcript_survives_the_journey(original: Transcript) -> None:
    assert read(write(original, WriteOptions())) == original


def test_half_a_surrogate_pair_survives_the_journey() -> None:
    original = replace(transcript(), speakers=(Speaker("a", "\ud800 \udfff \\ud800"),))
    assert read(write(original, WriteOptions())) == original


def test_times_have_at_most_three_decimals() -> None:
    word = Word("a", 0.1 + 0.2, 1 / 3, "x", 0.5)
    original = replace(transcript(), segments=(Segment("a", 0, (word,)),))
    content = json.loads(write(original, WriteOptions()))
    assert content["segments"][0]["words"][0]["start"] == 0.3
    assert content["segments"][0]["end"] == 0.333


def test_without_words_text_and_times_of_the_segments_come_back() -> None:
    again = read(write(transcript(), WriteOptions(words=False)))
    assert [(s.id, s.start, s.end, s.text) for s in again.segments] == [
        (s.id, s.start, s.end, s.text) for s in transcript().segments
    ]
    assert again.removed[0].segment.text == " Thanks for watching!"
    ids = [word.id for s in again.segments for word in s.words]
    assert ids == [f"import.0.{number}" for number in range(len(ids))]


def test_fields_from_the_future_are_passed_over() -> None:
    content = _content()
    content["chapters"] = [1, 2]
    segments = cast("list[dict[str, object]]", content["segments"])
    segments[0]["mood"] = {"sad": 0.1}
    assert read(json.dumps(content).encode()) == transcript()


def test_paragraphs_are_mentioned_only_where_a_person_set_them() -> None:
    value = transcript()
    assert b'"paragraph"' not in write(value, WriteOptions())
    joined = replace(value.segments[1], paragraph=False)
    value = replace(value, segments=(value.segments[0], joined, *value.segments[2:]))
    assert write(value, WriteOptions()).count(b'"paragraph": false') == 1


def test_lists_that_are_empty_may_be_missing() -> None:
    content = _content()
    for name in ("speakers", "removed", "gaps"):
        del content[name]
    assert read(json.dumps(content).encode()).segments == transcript().segments


def _content() -> dict[str, object]:
    return cast("dict[str, object]", json.loads(write(transcript(), WriteOptions())))


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"version": 2}, "version 2"),
        ({"version": 1.5}, "file: version"),
        ({"version": "1"}, "file: version"),
        ({"version": True}, "file: version"),
        ({"segments": {}}, "file: segments"),
        ({"segments": [3]}, "file.segments[0] is no object"),
        ({"segments": [{"id": 3}]}, "file.segments[0]: id"),
        ({"segments": [_SEGMENT_ITEM | {"paragraph": 1}]}, "file.segments[0]: paragraph"),
        ({"gaps": [{"start": "0", "end": 1}]}, "file.gaps[0]: start"),
        ({"gaps": [{"start": 1e400, "end": 1}]}, "file.gaps[0]: start"),
        ({"gaps": [{"start": float("nan"), "end": 1}]}, "file.gaps[0]: start"),
        ({"gaps": [{"start": 10**400, "end": 1}]}, "file.gaps[0]: start"),
        ({"info": None}, "file.info is no object"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, object], detail: str) -> None:
    with pytest.raises(ExportError) as caught:
        read(json.dumps(_content() | changes).encode())
    assert caught.value.code == "export.unreadable"
    assert detail in caught.value.detail


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b"{}", b'{"version": 1}', b"[" * 99999]
)
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(ExportError):
        read(data)
