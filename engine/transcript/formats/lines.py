"""Cut paragraphs into numbered lines, and into stretches that are doubtful or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.transcript.text_shape import chunks, display_width, pieces

LINE_WIDTH = 72
"""Columns of a numbered line: fixed, so that line 214 is the same on every screen."""

Ranges = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text."""

    text: str
    is_doubtful: bool


def stretches(
    text: str, doubtful: Ranges, line: tuple[int, int] | None = None
) -> Iterator[Stretch]:
    """Yield a text, or the part of it that is one line, cut where doubt begins and ends."""
    position, end = line or (0, len(text))
    for first, last in doubtful:
        first, last = max(first, position), min(last, end)
        if first >= last:
            continue
        if first > position:
            yield Stretch(text[position:first], False)
        yield Stretch(text[first:last], True)
        position = last
    if position < end:
        yield Stretch(text[position:end], False)


def marked(text: str, doubtful: Ranges) -> str:
    """Return a text with doubtful words in brackets, as transcribers do it: `the [Vistula?] was`."""
    return "".join(
        f"[{stretch.text}?]" if stretch.is_doubtful else stretch.text
        for stretch in stretches(text, doubtful)
    )


def lines_of(text: str, head_width: int = 0) -> list[tuple[int, int]]:
    """Return start and end of each line of `LINE_WIDTH`; the first leaves room for a head."""
    lines: list[tuple[int, int]] = []
    start = end = 0
    used = head_width
    for first, last in _breakable(text):
        width = display_width(text[end:last])
        if end > start and used + width > LINE_WIDTH:
            lines.append((start, end))
            start, used, width = first, 0, display_width(text[first:last])
        end = last
        used += width
    if end > start:
        lines.append((start, end))
    return lines


def _breakable(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of what stays together; a word longer than a line is cut."""
    position = 0
    for piece in pieces(text):
        position = text.index(piece.text, position)
        for chunk in chunks(piece.text, LINE_WIDTH):
            yield position, position + len(chunk)
            position += len(chunk)
