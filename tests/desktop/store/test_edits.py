"""Edits are stored whole or refused, and the text keeps its order."""

from __future__ import annotations

from dataclasses import replace

from desktop.store.library import Library
from desktop.store.records import (
    Change,
    SpeakersChanged,
    TranscriptChanged,
    TranscriptEdited,
)
from engine.events import SegmentDecoded
from engine.transcript.editing import Edit
from engine.transcript.transcript import Segment, Speaker, Word
from tests.desktop.store.material import (
    begun,
    code_of,
    found,
    of_kind,
    record,
    segment,
    text_of,
    texts,
)

FIRST, SECOND = segment("good morning everyone"), segment("welcome back", 3)


def _typed(old: Segment, text: str) -> Segment:
    words = (replace(old.words[0], text=f" {text}"), *old.words[1:])
    return replace(old, words=words)


def test_an_edit_is_stored_told_and_searchable(library: Library, changes: list[Change]) -> None:
    transcript = begun(library, FIRST, SECOND)
    changes.clear()
    edit = Edit((FIRST,), (_typed(FIRST, "lovely"),))
    library.apply(transcript, edit).result()
    assert library.load(transcript).transcript.segments == (*edit.after, SECOND)
    assert found(library, "lovely morning") == ["lovely morning"]
    assert found(library, "good") == []
    assert changes[0] == TranscriptEdited(transcript, edit)
    assert [item.summary.is_edited for item in changes[1:] if hasattr(item, "summary")] == [True]
    changes.clear()
    library.apply(transcript, edit.inverse()).result()
    assert text_of(library, transcript) == "good morning everyone welcome back"
    assert of_kind(changes, TranscriptChanged) == []


def test_an_edit_of_what_changed_meanwhile_is_refused_as_a_whole(library: Library) -> None:
    transcript = begun(library, FIRST, SECOND)
    library.apply(transcript, Edit((SECOND,), (_typed(SECOND, "hello"),))).result()
    stale = Edit((FIRST, SECOND), (_typed(FIRST, "bad"), SECOND))
    assert code_of(library.apply(transcript, stale).result) == "library.changed"
    assert text_of(library, transcript) == "good morning everyone hello back"


def test_an_edit_is_refused_if_anything_else_of_the_segment_differs(library: Library) -> None:
    transcript = begun(library, FIRST)
    for other in (
        replace(FIRST, speaker="anna"),
        replace(FIRST, paragraph=True),
        replace(FIRST, id="run.0.9"),
        replace(FIRST, words=FIRST.words[1:]),
    ):
        code = code_of(library.apply(transcript, Edit((other,), ())).result)
        assert code == "library.changed"
    assert text_of(library, transcript) == "good morning everyone"


def test_an_edit_cannot_touch_text_that_was_removed(library: Library) -> None:
    transcript = begun(library)
    record(library, transcript, SegmentDecoded(FIRST, "no_speech"))
    assert code_of(library.apply(transcript, Edit((FIRST,), ())).result) == "library.changed"


def test_an_edit_cannot_add_what_is_there(library: Library) -> None:
    transcript = begun(library, FIRST, SECOND)
    assert code_of(library.apply(transcript, Edit((), (FIRST,))).result) == "library.changed"
    twice = Edit((FIRST,), (SECOND,))
    assert code_of(library.apply(transcript, twice).result) == "library.changed"
    assert text_of(library, transcript) == "good morning everyone welcome back"


def test_a_deletion_can_be_taken_back(library: Library) -> None:
    transcript = begun(library, FIRST, SECOND)
    edit = Edit((FIRST, SECOND), ())
    library.apply(transcript, edit).result()
    assert text_of(library, transcript) == "" and found(library, "morning") == []
    library.apply(transcript, edit.inverse()).result()
    assert library.load(transcript).transcript.segments == (FIRST, SECOND)
    assert found(library, "everyone welcome") == ["everyone welcome"]


def test_pieces_that_start_at_the_same_time_keep_their_order(library: Library) -> None:
    whole = segment("one", 4)
    start, end = whole.start, whole.end
    transcript = begun(library, segment("zero"), whole, segment("last", 5))
    names = ("one", "two", "three", "four")
    ids = ("run.0.4", "launch.7", "launch.3", "launch.12")
    pieces = tuple(
        replace(whole, id=uid, words=(Word(uid, start, end, f" {name}", 1.0),))
        for uid, name in zip(ids, names, strict=True)
    )
    library.apply(transcript, Edit((whole,), pieces)).result()
    assert text_of(library, transcript) == "zero one two three four last"
    renamed = replace(pieces[1], id="launch.99", words=pieces[1].words)
    library.apply(transcript, Edit((pieces[1],), (renamed,))).result()
    assert text_of(library, transcript) == "zero one two three four last"


def test_a_paragraph_that_a_person_set_is_kept(library: Library) -> None:
    transcript = begun(library, FIRST, SECOND)
    edit = Edit((FIRST, SECOND), (replace(FIRST, paragraph=True), replace(SECOND, paragraph=False)))
    library.apply(transcript, edit).result()
    assert library.load(transcript).transcript.segments == edit.after


def test_the_first_edit_keeps_what_the_engine_wrote(library: Library) -> None:
    transcript = begun(library, FIRST)
    once = _typed(FIRST, "bad")
    library.apply(transcript, Edit((FIRST,), (once,))).result()
    library.apply(transcript, Edit((once,), (_typed(FIRST, "worse"),))).result()
    (kept,) = library.revisions(transcript)
    assert kept.reason == "transcribed"
    assert texts(library.revision(transcript, kept.number)) == ["good morning everyone"]


def test_a_new_speaker_enters_the_list(library: Library, changes: list[Change]) -> None:
    transcript = begun(library, FIRST)
    library.apply(transcript, Edit((FIRST,), (replace(FIRST, speaker="anna"),))).result()
    expected = (Speaker("anna", ""),)
    assert of_kind(changes, SpeakersChanged) == [SpeakersChanged(transcript, expected)]
    assert library.load(transcript).transcript.speakers == expected


def test_speakers_are_named_and_ordered(library: Library, changes: list[Change]) -> None:
    one, two = segment("a", speaker="channel-1"), segment("b", 1, speaker="channel-2")
    transcript = begun(library, one, two)
    named = (Speaker("channel-2", "Zoë"), Speaker("channel-1", "Anna \ud800"))
    library.set_speakers(transcript, named).result()
    stored = library.load(transcript).transcript.speakers
    assert stored == (named[0], Speaker("channel-1", "Anna ?"))
    assert of_kind(changes, SpeakersChanged)[-1] == SpeakersChanged(transcript, stored)
    assert [hit.speaker for hit in library.search("b ")] == ["Zoë"]


def test_who_still_speaks_stays_in_the_list(library: Library) -> None:
    transcript = begun(library, segment("a", speaker="channel-1"))
    library.set_speakers(transcript, ()).result()
    stored = library.load(transcript).transcript.speakers
    assert stored == (Speaker("channel-1", ""),)


def test_a_name_that_nobody_gave_stays_open(library: Library) -> None:
    one, two = segment("a", speaker="channel-1"), segment("b", 1, speaker="channel-2")
    transcript = begun(library, one, two)
    speakers = library.load(transcript).transcript.speakers
    library.set_speakers(transcript, (replace(speakers[0], name="Anna"), speakers[1])).result()
    stored = library.load(transcript).transcript.speakers
    assert stored == (Speaker("channel-1", "Anna"), Speaker("channel-2", ""))
    library.start_over(transcript).result()
    assert library.load(transcript).transcript.speakers == stored[:1]


def test_names_outlive_a_new_start(library: Library) -> None:
    transcript = begun(library, segment("a", speaker="channel-1"))
    library.set_speakers(transcript, (Speaker("channel-1", "Anna"),)).result()
    library.start_over(transcript).result()
    assert library.load(transcript).transcript.speakers == (Speaker("channel-1", "Anna"),)


def test_an_edit_of_a_transcript_that_is_gone_is_refused(library: Library) -> None:
    assert code_of(library.apply(5, Edit((FIRST,), ())).result) == "library.not_found"
    assert code_of(library.set_speakers(5, ()).result) == "library.not_found"
