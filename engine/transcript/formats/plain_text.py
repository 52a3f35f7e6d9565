"""Write plain text: one paragraph a line, UTF-8, LF; names and on request times before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.transcript.formats.format import WriteOptions
from engine.transcript.formats.lines import lines_of, marked
from engine.transcript.formats.passages import Paragraph, clock, paragraphs
from engine.transcript.transcript import Transcript


def write(transcript: Transcript, options: WriteOptions) -> bytes:
    """Return the file; blank lines part the paragraphs."""
    lines = (_line(paragraph, options) for paragraph in paragraphs(transcript, options))
    if options.line_numbers:
        return _numbered(lines).encode()
    return "\n".join(f"{line}\n" for line in lines).encode()


def _line(paragraph: Paragraph, options: WriteOptions) -> str:
    time = f"[{clock(paragraph.start)}] " if options.times else ""
    name = f"{paragraph.speaker}: " if paragraph.speaker else ""
    return f"{time}{name}{marked(paragraph.text, paragraph.doubtful)}"


def _numbered(paragraph_lines: Iterable[str]) -> str:
    """Wrap the paragraphs and number their lines; the blank ones between have no number."""
    cut = [[line[first:last] for first, last in lines_of(line)] for line in paragraph_lines]
    width = len(str(sum(map(len, cut))))
    return "\n".join(_numbered_paragraphs(cut, width))


def _numbered_paragraphs(cut: Iterable[list[str]], width: int) -> Iterator[str]:
    number = 0
    for lines in cut:
        block = ""
        for line in lines:
            number += 1
            block += f"{number:{width}}  {line}\n"
        yield block
