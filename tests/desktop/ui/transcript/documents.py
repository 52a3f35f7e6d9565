"""Transcripts to show and edit in tests."""

from __future__ import annotations

from pathlib import Path

from desktop.store.records import JobOptions, JobStatus, Source, StoredTranscript, TranscriptSummary
from engine.events import Block
from engine.transcript.transcript import Segment, Speaker, Transcript, Word
from tests.engine.transcript.sample import INFO


def spoken(
    text: str, start: float, *, block: int = 0, speaker: str | None = None, doubt: str = ""
) -> Segment:
    """Make a segment of words of 0.3 s; numbers come from the time, so that ids differ."""
    words = []
    number = round(start * 10)
    for index, part in enumerate(text.split(" ")):
        begin = round(start + index * 0.3, 3)
        chance = 0.2 if part.strip(",.?") in doubt.split() else 0.9
        word_id = f"run.{block}.{number + index}"
        words.append(Word(word_id, begin, round(begin + 0.3, 3), f" {part}", chance))
    return Segment(words[0].id, block, tuple(words), speaker)


def stored(
    *segments: Segment,
    speakers: tuple[Speaker, ...] = (),
    blocks: tuple[Block, ...] = (),
    completed: tuple[int, ...] = (),
    reached: tuple[float, ...] | None = None,
) -> StoredTranscript:
    """Make a transcript as the library gives it; by default nobody has deleted anything."""
    options = JobOptions("base")
    summary = TranscriptSummary(
        1, "0" * 32, "Talk", JobStatus.DONE, Source(Path("talk.mp3")), options, 0.0
    )
    if reached is None:
        ends = {segment.block: segment.end for segment in segments}
        reached = tuple(ends.get(block.index, 0.0) for block in blocks)
    transcript = Transcript(INFO, segments, speakers)
    return StoredTranscript(summary, transcript, blocks, completed, reached)


ANNA, JAN = Speaker("s1", "Anna"), Speaker("s2", "Jan")


def interview() -> StoredTranscript:
    """Make four paragraphs by two people, with doubtful words."""
    return stored(
        spoken("Let us go back to the winter of eighty-nine.", 0, speaker="s1"),
        spoken("You were twenty then.", 3, speaker="s1"),
        spoken("I walked around the shipyard every evening.", 6, speaker="s2", doubt="shipyard"),
        spoken("And he cried.", 12, speaker="s1"),
        spoken(
            "I did not cry, it was the wind from the Motława.", 15, speaker="s2", doubt="Motława"
        ),
        speakers=(ANNA, JAN),
    )


def long_text(words: int) -> tuple[Segment, ...]:
    """Make many paragraphs, each of a few sentences."""
    segments = []
    now = 0.0
    for number in range(words // 10):
        segments.append(spoken(f"Sentence {number} is said here and goes on to its end.", now))
        now += 3.3 if number % 8 else 6.0
    return tuple(segments)
