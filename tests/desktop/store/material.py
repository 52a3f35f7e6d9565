"""Recordings, segments and events to fill libraries with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.store.library import Library
from desktop.store.records import Change, JobOptions, NewTranscript, Source
from engine.errors import LibraryError
from engine.events import Block, BlockCompleted, Event, SegmentDecoded, Started
from engine.transcript.transcript import Segment, Transcript, TranscriptionInfo, Word

INFO = TranscriptionInfo("en", 0.98, 20.0, 0.0, "base", "int8", "cpu", 0)
BLOCKS = (Block(0, 0.0, 10.0), Block(1, 10.0, 20.0))


def new(title: str = "Interview", content: str = "", model: str = "base") -> NewTranscript:
    """Return a recording that enters the queue."""
    source = Source(Path("/recordings/a.mp3"), 1000, content, 20.0)
    return NewTranscript(title, source, JobOptions(model))


def segment(
    text: str, first: int = 0, block: int = 0, *, run: str = "run", speaker: str | None = None
) -> Segment:
    """Return a segment whose words last a second each, as a block of ten seconds has them."""
    words = tuple(
        Word(f"{run}.{block}.{number}", start, start + 0.9, f" {word}", 0.87)
        for number, word in enumerate(text.split(), first)
        if (start := float(block * 10 + number)) >= 0
    )
    return Segment(words[0].id, block, words, speaker, -0.25, 0.01, 1.5, 0.0)


def started(
    run: str = "run", blocks: Sequence[Block] = BLOCKS, info: TranscriptionInfo = INFO
) -> Started:
    """Return the event with which a job starts."""
    return Started(run, "print", tuple(blocks), info)


def completed(block: int, speech: float = 8.0) -> BlockCompleted:
    """Return the event with which one of `BLOCKS` ends."""
    return BlockCompleted(BLOCKS[block], speech, "hash")


def begun(library: Library, *segments: Segment) -> int:
    """Add a transcript whose job has decoded these segments and return its id."""
    transcript = library.add(new()).result()
    record(library, transcript, started(), *map(SegmentDecoded, segments))
    return transcript


def record(library: Library, transcript: int, *events: Event) -> None:
    """Record events and wait for them."""
    for future in [library.record(transcript, event) for event in events]:
        future.result()


def texts(transcript: Transcript) -> list[str]:
    """Return the text of each segment without the space before it."""
    return [item.text.strip() for item in transcript.segments]


def text_of(library: Library, transcript: int) -> str:
    """Return the text of a stored transcript in one line."""
    return " ".join(texts(library.load(transcript).transcript))


def found(library: Library, query: str) -> list[str]:
    """Return what a search marks, hit by hit."""
    return [
        "|".join(hit.text[start:end] for start, end in hit.marks) for hit in library.search(query)
    ]


def code_of(action: Callable[[], object]) -> str:
    """Return the code of the library's error that an action raises, else nothing."""
    try:
        action()
    except LibraryError as exc:
        return exc.code
    return ""


def of_kind(changes: Sequence[Change], kind: type) -> list[Change]:
    """Return the changes of one kind."""
    return [change for change in changes if isinstance(change, kind)]
