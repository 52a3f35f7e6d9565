"""Write plain text: one paragraph a line, UTF-8, LF; names and on request times before it."""

from __future__ import annotations

from engine.transcript.formats.format import WriteOptions
from engine.transcript.formats.passages import clock, paragraphs
from engine.transcript.transcript import Transcript


def write(transcript: Transcript, options: WriteOptions) -> bytes:
    """Return the file; blank lines part the paragraphs."""
    lines = []
    for paragraph in paragraphs(transcript, options):
        time = f"[{clock(paragraph.start)}] " if options.times else ""
        name = f"{paragraph.speaker}: " if paragraph.speaker else ""
        lines.append(f"{time}{name}{paragraph.text}\n")
    return "\n".join(lines).encode()
