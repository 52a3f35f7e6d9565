"""Write Markdown (CommonMark): a heading, then paragraphs with time and name in bold."""

from __future__ import annotations

import re

from engine.transcript.formats.format import WriteOptions
from engine.transcript.formats.lines import marked
from engine.transcript.formats.passages import clock, paragraphs
from engine.transcript.text_shape import clean
from engine.transcript.transcript import Transcript

_MARKS = re.compile(r"[\\`*_\[\]<>&|~#$]")
_LIST_START = re.compile(r"^(\d{1,9})([.)])|^([-+=])")
# GitHub and others make links of bare addresses and mentions; none is meant in speech.
_AUTOLINK = re.compile(r"(?<=https)(:)(?=//)|(?<=http)(:)(?=//)|(?<=www)(\.)|(@)", re.IGNORECASE)


def write(transcript: Transcript, options: WriteOptions) -> bytes:
    """Return the file in UTF-8, LF; nothing that was said becomes a mark-up."""
    title = clean(options.title)
    parts = [f"# {escape(title)}\n"] if title else []
    for paragraph in paragraphs(transcript, options):
        time = clock(paragraph.start) if options.times is not False else ""
        head = " ".join(part for part in (time, escape(paragraph.speaker)) if part)
        text = escape(marked(paragraph.text, paragraph.doubtful))
        parts.append(f"**{head}:** {text}\n" if head else f"{text}\n")
    return "\n".join(parts).encode()


def escape(text: str) -> str:
    """Return text that Markdown shows as it is."""
    text = _MARKS.sub(r"\\\g<0>", text)
    text = _AUTOLINK.sub(r"\\\g<0>", text)
    return _LIST_START.sub(_escape_start, text)


def _escape_start(match: re.Match[str]) -> str:
    if match[3]:
        return f"\\{match[3]}"
    return f"{match[1]}\\{match[2]}"
