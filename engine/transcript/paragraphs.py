"""Group segments into paragraphs, and show one as a line of text: the one place of both rules."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from engine.transcript.text_shape import ends_sentence, has_space_between, join
from engine.transcript.transcript import Segment

PAUSE = 2.0
"""Seconds of silence that end a paragraph."""

LONG_TIME = 60.0
LONG_TEXT = 600
"""From these seconds or characters on (a hundred words, what style guides call a long paragraph)
the next end of a sentence ends the paragraph; twice the characters end it anyway."""


def grouped(segments: Iterable[Segment]) -> Iterator[tuple[Segment, ...]]:
    """Yield the segments of each paragraph, in the order given."""
    group: list[Segment] = []
    length = 0
    for segment in segments:
        if group and _starts(group, length, segment):
            yield tuple(group)
            group, length = [], 0
        group.append(segment)
        length += len(segment.text)
    if group:
        yield tuple(group)


def starts_paragraph(paragraph: Sequence[Segment], segment: Segment) -> bool:
    """Tell whether a segment starts a paragraph rather than going on with the one before it."""
    return _starts(paragraph, sum(len(item.text) for item in paragraph), segment)


def marked(paragraphs: Iterable[Sequence[Segment]]) -> Iterator[Segment]:
    """Yield the segments of paragraphs, marked where the rule would give others than these.

    Where the first one starts is left to what stands before it. Another speaker always parts.
    """
    group: list[Segment] = []
    length = 0
    for paragraph in paragraphs:
        for number, segment in enumerate(paragraph):
            is_first = number == 0
            if group and _starts(group, length, segment) is not is_first:
                segment = replace(segment, paragraph=is_first)
            if is_first:
                group, length = [], 0
            group.append(segment)
            length += len(segment.text)
            yield segment


def _starts(group: Sequence[Segment], length: int, segment: Segment) -> bool:
    last = group[-1]
    if segment.speaker != last.speaker:
        return True
    if segment.paragraph is not None:
        return segment.paragraph
    is_long = length >= LONG_TEXT or last.end - group[0].start >= LONG_TIME
    return (
        segment.start - last.end >= PAUSE
        or (is_long and ends_sentence(last.text))
        or length >= 2 * LONG_TEXT
    )


@dataclass(frozen=True, slots=True)
class Line:
    """The text of a paragraph as people read it: no line breaks, no white space before it."""

    text: str
    ends: tuple[int, ...]
    """Where each word ends in the text; the words of all its segments, in order."""


def line(segments: Iterable[Segment]) -> Line:
    """Show neighbouring segments as one line.

    A space parts segments whose words bring none, where their script wants one. Characters that
    cannot stand in a line are shown as a space or as U+FFFD, one for one.
    """
    text, size = [""], 0
    ends: list[int] = []
    for segment in segments:
        for number, word in enumerate(segment.words):
            part = word.text if word.text.isprintable() else _printable(word.text)
            if not size:
                part = part.lstrip()
            elif not number and part and join(text[-1], part) != text[-1] + part:
                part = part if has_space_between(text[-1], part) else f" {part}"
            size += len(part)
            ends.append(size)
            if part:
                text.append(part)
    return Line("".join(text), tuple(ends))


def _printable(text: str) -> str:
    return "".join(map(_shown, text))


def _shown(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    # U+FFFC and the non-characters have a meaning inside text widgets.
    is_foreign = category == "Cs" or char == "\ufffc" or "\ufdd0" <= char <= "\ufdef"
    return "\ufffd" if is_foreign else char
