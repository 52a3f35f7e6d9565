"""A job that is interrupted, resumed, changed or started over loses and doubles nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.store.library import Library
from desktop.store.records import (
    BlockFinished,
    BlocksPlanned,
    Change,
    JobOptions,
    JobStatus,
    SegmentsAdded,
    SpeakersChanged,
    TranscriptChanged,
)
from engine.assembly import TranscriptAssembly
from engine.events import (
    Block,
    BlockCompleted,
    Completed,
    Event,
    Failed,
    GapFound,
    Notice,
    Progress,
    SegmentDecoded,
    Started,
)
from engine.options import TranscriptionOptions
from engine.transcript.editing import Edit
from engine.transcript.transcript import Gap, Word
from tests.desktop.store.material import (
    BLOCKS,
    INFO,
    begun,
    code_of,
    completed,
    found,
    new,
    of_kind,
    record,
    segment,
    started,
    text_of,
)

_JOB: list[Event] = [
    started(),
    SegmentDecoded(segment("a b c", 0)),
    SegmentDecoded(segment("k l", 0, 1)),
    SegmentDecoded(segment("x y", 3), "improbable"),
    Progress(6.0, 20.0),
    SegmentDecoded(segment("d e f", 5)),
    GapFound(0, Gap(8.0, 9.5)),
    completed(0),
    SegmentDecoded(segment("m n o", 2, 1)),
    GapFound(1, Gap(15.0, 16.0)),
    completed(1, 5.5),
    Completed(replace(INFO, speech_duration=13.5)),
]


def _assembled(events: Sequence[Event]) -> TranscriptAssembly:
    assembly = TranscriptAssembly()
    for event in events:
        assembly.add(event)
    return assembly


def test_a_whole_job_is_what_the_command_line_makes_of_it(library: Library) -> None:
    transcript = library.add(new()).result()
    record(library, transcript, *_JOB)
    stored = library.load(transcript)
    assert stored.transcript == _assembled(_JOB).transcript()
    assert stored.blocks == BLOCKS
    assert stored.completed == (0, 1)
    assert stored.summary.status is JobStatus.DONE
    assert (stored.summary.done, stored.summary.duration) == (20.0, 20.0)
    assert (stored.summary.language, stored.summary.compute_type) == ("en", "int8")


@pytest.mark.parametrize("cut", range(1, len(_JOB)))
def test_a_job_cut_anywhere_and_resumed_is_as_if_it_had_run_through(
    library: Library, cut: int
) -> None:
    transcript = library.add(new()).result()
    record(library, transcript, *_JOB[:cut])
    point = library.resume_point(transcript)
    assert point is not None and point == _assembled(_JOB[:cut]).resume_point()
    again = [
        event
        for event in _JOB[1:]
        if not (isinstance(event, SegmentDecoded | GapFound) and event.block in point.completed)
        and not (isinstance(event, BlockCompleted) and event.block.index in point.completed)
    ]
    record(library, transcript, started(blocks=point.blocks), *again)
    assert library.load(transcript).transcript == _assembled(_JOB).transcript()


def test_there_is_nothing_to_resume_before_the_start(library: Library) -> None:
    transcript = library.add(new()).result()
    assert library.resume_point(transcript) is None
    assert library.load(transcript).transcript.info.model == "base"


def test_what_people_did_meanwhile_stays_when_a_block_is_decoded_anew(library: Library) -> None:
    first, second, third = segment("a b"), segment("c d", 2), segment("e f", 4)
    transcript = begun(library, first, second, third)
    joined = replace(first, words=(*first.words, *second.words))
    library.apply(transcript, Edit((first, second), (joined,))).result()
    library.apply(transcript, Edit((third,), ())).result()
    record(library, transcript, started())
    for item in (first, second, third, segment("g h", 6)):
        record(library, transcript, SegmentDecoded(item))
    assert text_of(library, transcript) == "a b c d g h"


def test_how_far_blocks_came_is_known_of_deleted_and_removed_text(library: Library) -> None:
    first, second = segment("a b"), segment("c d", 2)
    transcript = begun(library, first, second)
    record(library, transcript, SegmentDecoded(segment("k l", 0, 1), "improbable"))
    library.apply(transcript, Edit((first, second), ())).result()
    removed = library.load(transcript).transcript.removed[0].segment
    assert library.load(transcript).reached == (second.end, removed.end)
    assert library.load(begun(library)).reached == (0.0, 0.0)


def test_a_segment_that_is_partly_known_keeps_its_new_words(
    library: Library, changes: list[Change]
) -> None:
    transcript = begun(library, segment("a b"))
    record(library, transcript, started(), SegmentDecoded(segment("a b c d")))
    stored = library.load(transcript).transcript.segments
    assert [item.id for item in stored] == ["run.0.0", "run.0.2"]
    assert of_kind(changes, SegmentsAdded)[-1] == SegmentsAdded(transcript, (stored[1],))


def test_removed_text_counts_as_known(library: Library) -> None:
    transcript = library.add(new()).result()
    doubtful = SegmentDecoded(segment("a b"), "no_speech")
    record(library, transcript, started(), doubtful, started(), doubtful)
    stored = library.load(transcript).transcript
    assert stored.segments == () and len(stored.removed) == 1
    assert found(library, "a b") == []


def _resumed_with(library: Library, transcript: int, event: Started, *texts: str) -> None:
    """Resume; the words of the other recipe are numbered and timed differently."""
    record(library, transcript, event)
    number = 0
    for text in texts:
        words = text.split()
        item = segment(text, number)
        number += len(words)
        timed = [
            Word(word.id, start, start + 0.4, word.text, 0.9)
            for word, start in zip(item.words, map(float, map(_time, words)), strict=True)
        ]
        record(library, transcript, SegmentDecoded(replace(item, words=tuple(timed))))


def _time(word: str) -> str:
    return word.rpartition("@")[2]


def test_another_model_goes_on_after_the_last_stored_word(library: Library) -> None:
    transcript = begun(library, segment("a b c"))
    library.set_options(transcript, JobOptions("small")).result()
    small = started(info=replace(INFO, model="small"))
    _resumed_with(library, transcript, small, "A@0 B@0.5 C@1.5", "D@2 E@3", "F@4")
    assert text_of(library, transcript) == "a b c E@3 F@4"
    ids = [w.id for s in library.load(transcript).transcript.segments for w in s.words]
    assert len(set(ids)) == len(ids) and ids[3:] == ["run.0.7", "run.0.8"]
    _resumed_with(library, transcript, small, "A@0 B@0.5 C@1.5", "D@2 E@3", "F@4 G@5")
    assert text_of(library, transcript) == "a b c E@3 F@4 G@5"


def test_a_third_model_in_the_same_block_meets_no_id_of_the_others(library: Library) -> None:
    transcript = begun(library, segment("a b c"))
    for model, words in (("small", "X@1 Y@3.5"), ("medium", "P@0 Q@2 R@3 S@6")):
        library.set_options(transcript, JobOptions(model)).result()
        _resumed_with(library, transcript, started(info=replace(INFO, model=model)), words)
    assert text_of(library, transcript) == "a b c Y@3.5 S@6"


def test_other_numbers_of_the_device_are_another_recipe(library: Library) -> None:
    transcript = begun(library, segment("a b c"))
    float32 = started(info=replace(INFO, compute_type="float32"))
    _resumed_with(library, transcript, float32, "A@0 B@1 C@2 D@3")
    assert text_of(library, transcript) == "a b c D@3"


def test_sampled_text_is_never_numbered_alike(library: Library) -> None:
    transcript = library.add(new()).result()
    sampling = JobOptions("base", TranscriptionOptions(temperatures=(0.4,)))
    library.set_options(transcript, sampling).result()
    record(library, transcript, started(), SegmentDecoded(segment("a b c")))
    _resumed_with(library, transcript, started(), "A@0 B@0.1 C@0.2 D@0.3 E@3")
    assert text_of(library, transcript) == "a b c E@3"


def test_more_cores_or_another_profile_are_the_same_recipe(library: Library) -> None:
    transcript = begun(library, segment("a b c"))
    library.set_options(transcript, JobOptions("base", profile="Meetings")).result()
    record(library, transcript, started(), SegmentDecoded(segment("a b c d")))
    assert text_of(library, transcript) == "a b c d"


def test_a_block_not_begun_takes_the_new_model_as_it_is(library: Library) -> None:
    transcript = begun(library, segment("a b c"))
    library.set_options(transcript, JobOptions("small")).result()
    small = started(info=replace(INFO, model="small"))
    record(library, transcript, small, SegmentDecoded(segment("k l", 0, 1)))
    assert library.load(transcript).transcript.segments[1] == segment("k l", 0, 1)


def test_another_run_starts_over_and_keeps_a_revision(
    library: Library, changes: list[Change]
) -> None:
    transcript = begun(library, segment("old words", speaker="channel-1"))
    record(library, transcript, started("next"), SegmentDecoded(segment("new", run="next")))
    assert text_of(library, transcript) == "new"
    assert [item.reason for item in library.revisions(transcript)] == ["restarted"]
    assert found(library, "old words") == []
    planned = [item for item in changes if isinstance(item, BlocksPlanned)]
    assert [item.is_new_run for item in planned] == [True, True]
    assert library.load(transcript).transcript.speakers == ()


def test_a_resumed_run_is_told_as_such(library: Library, changes: list[Change]) -> None:
    transcript = begun(library)
    moved = (replace(BLOCKS[0], end=11.0), replace(BLOCKS[1], start=11.0))
    record(library, transcript, started(blocks=moved))
    assert of_kind(changes, BlocksPlanned)[-1] == BlocksPlanned(transcript, moved, False)


def test_what_comes_late_for_a_run_that_was_given_up_is_passed_over(library: Library) -> None:
    transcript = begun(library, segment("a b"))
    library.start_over(transcript).result()
    record(library, transcript, *_JOB[1:])
    stored = library.load(transcript)
    assert stored.summary.status is JobStatus.QUEUED
    assert (stored.transcript.segments, stored.blocks) == ((), ())
    record(library, transcript, started("next"), SegmentDecoded(segment("late")))
    assert text_of(library, transcript) == ""


def test_blocks_that_were_not_planned_are_taken_in(library: Library) -> None:
    transcript = begun(library, segment("far", 0, 5))
    grown = Block(6, 60.0, 70.0)
    record(library, transcript, BlockCompleted(grown, 2.0, "hash"))
    stored = library.load(transcript)
    assert [block.index for block in stored.blocks] == [0, 1, 5, 6]
    assert stored.completed == (6,)


def test_gaps_of_a_block_that_is_decoded_anew_are_found_once(library: Library) -> None:
    gap = GapFound(0, Gap(8.0, 9.5))
    transcript = begun(library)
    record(library, transcript, gap, gap)
    assert library.load(transcript).transcript.gaps == (gap.gap,)
    record(library, transcript, started())
    assert library.load(transcript).transcript.gaps == ()


def test_speakers_are_numbered_as_the_engine_numbers_them(
    library: Library, changes: list[Change]
) -> None:
    transcript = begun(library, segment("a", speaker="channel-10"))
    record(library, transcript, SegmentDecoded(segment("b", 1, speaker="channel-2")))
    stored = [(item.id, item.name) for item in library.load(transcript).transcript.speakers]
    assert stored == [("channel-2", ""), ("channel-10", "")]
    assert len(of_kind(changes, SpeakersChanged)) == 2


def test_each_event_is_told(library: Library, changes: list[Change]) -> None:
    transcript = begun(library, segment("a b"))
    changes.clear()
    gap = Gap(8.0, 9.5)
    record(library, transcript, GapFound(0, gap), completed(0))
    assert changes == [
        SegmentsAdded(transcript, gaps=(gap,)),
        BlockFinished(transcript, BLOCKS[0]),
    ]


def test_notices_and_failures_change_nothing(library: Library, changes: list[Change]) -> None:
    transcript = begun(library, segment("a b"))
    changes.clear()
    record(library, transcript, Notice("media.truncated", ""), Failed("engine.crashed", ""))
    assert changes == []


def test_progress_is_stored_now_and_then(tmp_path: Path) -> None:
    times = iter([10.0, 10.5, 11.9, 12.0, 3.0])
    changes: list[Change] = []
    library = Library(tmp_path / "l.sqlite3", changes.append, clock=lambda: next(times))
    transcript = begun(library)
    changes.clear()
    for done in (1.0, 2.0, 3.0, 4.0, 5.0):
        record(library, transcript, Progress(done, 20.0))
    told = [item.summary.done for item in changes if isinstance(item, TranscriptChanged)]
    library.close()
    assert told == [1.0, 4.0]


def test_events_for_a_transcript_that_is_gone_are_refused(library: Library) -> None:
    assert code_of(library.record(7, started()).result) == "library.not_found"


@settings(max_examples=8)
@given(st.lists(st.integers(0, 11), min_size=1, max_size=6))
def test_any_number_of_interruptions_loses_nothing(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int]
) -> None:
    path = tmp_path_factory.mktemp("library") / "l.sqlite3"
    library = Library(path)
    transcript = library.add(new()).result()
    for cut in (*cuts, len(_JOB)):
        record(library, transcript, *_JOB[:cut])
    library.close()
    library = Library(path)
    assert library.load(transcript).transcript == _assembled(_JOB).transcript()
    library.close()


@pytest.mark.parametrize("failing", range(len(_JOB)))
def test_nothing_is_stored_behind_a_hole_so_the_resumed_job_fills_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    monkeypatch.setattr("desktop.store.database._WAIT_SECONDS", 0.05)
    path = tmp_path / "l.sqlite3"
    library = Library(path)
    transcript = library.add(new()).result()
    record(library, transcript, *_JOB[:failing])
    with closing(sqlite3.connect(path, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        first = library.record(transcript, _JOB[failing])
        first.add_done_callback(lambda _: other.rollback())
        queued = [library.record(transcript, event) for event in _JOB[failing + 1 :]]
        assert {code_of(future.result) for future in (first, *queued)} == {"library.in_use"}
    assert library.summary(transcript).status is not JobStatus.DONE
    record(library, transcript, *_JOB)
    assert library.load(transcript).transcript == _assembled(_JOB).transcript()
    assert library.summary(transcript).status is JobStatus.DONE
    library.close()


def test_a_hole_in_one_transcript_holds_up_no_other(library: Library) -> None:
    transcript = begun(library, segment("a b"))
    assert code_of(library.record(99, completed(0)).result) == "library.not_found"
    record(library, transcript, SegmentDecoded(segment("c", 2)))
    assert text_of(library, transcript) == "a b c"


def test_a_block_has_reached_the_latest_word_whatever_came_last(library: Library) -> None:
    transcript = begun(library, segment("a b c d e"))
    early = replace(segment("x", 5), words=(Word("run.0.5", 1.0, 1.5, " x", 0.9),))
    record(library, transcript, SegmentDecoded(early, "improbable"))
    library.set_options(transcript, JobOptions("small")).result()
    _resumed_with(library, transcript, started(info=replace(INFO, model="small")), "A@2 B@6")
    assert text_of(library, transcript) == "a b c d e B@6"
