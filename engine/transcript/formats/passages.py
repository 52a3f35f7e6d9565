"""Prepare what several writers show: names, clock times, paragraphs, labelled turns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.transcript.doubt import doubtful_ranges
from engine.transcript.formats.format import WriteOptions
from engine.transcript.paragraphs import grouped
from engine.transcript.text_shape import clean, join
from engine.transcript.transcript import Transcript, milliseconds


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text by one speaker."""

    start: float
    speaker: str
    """Name; empty if nobody is known or names are not wanted."""
    text: str
    """Cleaned; one line."""
    doubtful: tuple[tuple[int, int], ...] = ()
    """Start and end of what is to be marked in the text, if that was asked for."""


def speaker_names(transcript: Transcript, options: WriteOptions) -> dict[str | None, str]:
    """Return names by id of speaker; empty if they are not wanted."""
    if not options.speakers:
        return {}
    return {speaker.id: clean(speaker.name) for speaker in transcript.speakers}


def paragraphs(transcript: Transcript, options: WriteOptions) -> Iterator[Paragraph]:
    """Yield the text in paragraphs, in order of time."""
    names = speaker_names(transcript, options)
    for group in grouped(transcript.segments):
        text = ""
        for segment in group:
            text = join(text, clean(segment.text))
        if text:
            words = (word for segment in group for word in segment.words)
            doubtful = doubtful_ranges(words, text) if options.doubtful else ()
            yield Paragraph(group[0].start, names.get(group[0].speaker, ""), text, doubtful)


def clock(seconds: float) -> str:
    """Return a time as `H:MM:SS`, rounded down."""
    total = max(0, milliseconds(seconds)) // 1000
    return f"{total // 3600}:{total // 60 % 60:02}:{total % 60:02}"


def stamp(seconds: float, decimal_sign: str) -> str:
    """Return a time as `HH:MM:SS.mmm` with the given sign; a hundred hours and more are allowed."""
    rest, thousandths = divmod(max(0, milliseconds(seconds)), 1000)
    hours, minutes, whole = rest // 3600, rest // 60 % 60, rest % 60
    return f"{hours:02}:{minutes:02}:{whole:02}{decimal_sign}{thousandths:03}"


def label_turns(transcript: Transcript, options: WriteOptions) -> Transcript:
    """Put `Name: ` before the first word of every turn, for formats without a place for names."""
    names = speaker_names(transcript, options)
    segments = []
    previous = None
    for segment in transcript.segments:
        name = names.get(segment.speaker, "")
        if name and segment.speaker != previous:
            first = segment.words[0]
            labelled = replace(first, text=f" {name}: {first.text}")
            segment = replace(segment, words=(labelled, *segment.words[1:]))
        previous = segment.speaker
        segments.append(segment)
    return replace(transcript, segments=tuple(segments))
