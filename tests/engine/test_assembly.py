"""Folding events gives the transcript so far and the point to resume from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.assembly import TranscriptAssembly
from engine.events import (
    Block,
    BlockCompleted,
    Completed,
    GapFound,
    Notice,
    Progress,
    SegmentDecoded,
    Started,
)
from engine.transcript.transcript import Gap, Segment, TranscriptionInfo, Word

INFO = TranscriptionInfo("en", 1.0, 60.0, 0.0, "base", "int8", "cpu", 0)
BLOCKS = (Block(0, 0.0, 30.0), Block(1, 30.0, 60.0))


def started(run: str = "r") -> Started:
    return Started(run, "f", BLOCKS, INFO)


def decoded(
    block: int, number: int, start: float, removed: str | None = None, speaker: str | None = None
) -> SegmentDecoded:
    word = Word(f"r.{block}.{number}", start, start + 1, f" w{number}", 0.9)
    return SegmentDecoded(Segment(word.id, block, (word,), speaker), removed)


def completed(index: int, speech: float = 20.0) -> BlockCompleted:
    return BlockCompleted(BLOCKS[index], speech, "h")


def test_nothing_is_known_before_the_start() -> None:
    assembly = TranscriptAssembly()
    assembly.add(Notice("media.changed", "a"))
    assembly.add(Completed(INFO))
    assert assembly.resume_point() is None
    assert assembly.finished_segments() == ()
    assert not assembly.has_started and not assembly.is_complete
    with pytest.raises(ValueError, match="nothing has started"):
        assembly.transcript()


def test_segments_of_several_blocks_come_in_order_of_time() -> None:
    assembly = TranscriptAssembly()
    for event in (
        started(),
        decoded(1, 0, 31.0),
        Progress(1.0, 60.0),
        decoded(0, 1, 5.0, speaker="channel-2"),
        decoded(0, 0, 2.0),
        decoded(0, 2, 8.0, removed="no_speech"),
        GapFound(1, Gap(50.0, 52.0)),
        GapFound(0, Gap(10.0, 12.0)),
        completed(0),
        completed(1),
        Completed(replace(INFO, speech_duration=40.0)),
    ):
        assembly.add(event)
    transcript = assembly.transcript()
    assert [segment.start for segment in transcript.segments] == [2.0, 5.0, 31.0]
    assert [removed.reason for removed in transcript.removed] == ["no_speech"]
    assert transcript.gaps == (Gap(10.0, 12.0), Gap(50.0, 52.0))
    assert [speaker.name for speaker in transcript.speakers] == ["Speaker 2"]
    assert transcript.info.speech_duration == 40.0
    assert assembly.is_complete and assembly.has_started


def test_only_what_no_open_block_precedes_is_finished() -> None:
    assembly = TranscriptAssembly()
    assembly.add(started())
    assembly.add(decoded(0, 0, 1.0))
    assembly.add(decoded(1, 0, 31.0))
    assert [segment.block for segment in assembly.finished_segments()] == [0]
    assembly.add(completed(0))
    assert [segment.block for segment in assembly.finished_segments()] == [0, 1]


def test_blocks_that_are_known_only_when_they_begin_follow_the_planned_ones() -> None:
    assembly = TranscriptAssembly()
    for event in (started(), completed(0), completed(1), decoded(2, 0, 61.0), decoded(3, 0, 91.0)):
        assembly.add(event)
    assert [segment.block for segment in assembly.finished_segments()] == [2]


def test_resuming_drops_what_unfinished_blocks_had() -> None:
    assembly = TranscriptAssembly()
    for event in (started(), decoded(0, 0, 1.0), completed(0), decoded(1, 0, 31.0)):
        assembly.add(event)
    point = assembly.resume_point()
    assert point is not None
    assert (point.run, point.completed, point.blocks) == ("r", (0,), BLOCKS)
    assembly.add(started())
    assert [segment.block for segment in assembly.transcript().segments] == [0]


def test_a_run_with_another_name_starts_over() -> None:
    assembly = TranscriptAssembly()
    for event in (started(), decoded(0, 0, 1.0), completed(0), started("other")):
        assembly.add(event)
    point = assembly.resume_point()
    assert point is not None and point.completed == ()
    assert assembly.transcript().segments == ()


def test_the_real_ends_of_blocks_replace_the_planned_ones() -> None:
    assembly = TranscriptAssembly()
    assembly.add(started())
    assembly.add(BlockCompleted(Block(0, 0.0, 33.25), 20.0, "h"))
    point = assembly.resume_point()
    assert point is not None
    assert point.blocks[0].end == 33.25
