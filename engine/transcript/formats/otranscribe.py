"""Write the files of oTranscribe: JSON with the text as HTML (its README, "OTR file format")."""

from __future__ import annotations

import html
import json

from engine.transcript.formats.format import WriteOptions
from engine.transcript.formats.passages import Paragraph, clock, paragraphs
from engine.transcript.text_shape import clean
from engine.transcript.transcript import Transcript, seconds


def write(transcript: Transcript, options: WriteOptions) -> bytes:
    """Return the file; a click on a time makes oTranscribe play from there."""
    text = "".join(_paragraph(item, options) for item in paragraphs(transcript, options))
    content = {"text": text, "media": clean(options.title), "media-source": "", "media-time": 0}
    return (json.dumps(content, ensure_ascii=False) + "\n").encode()


def _paragraph(paragraph: Paragraph, options: WriteOptions) -> str:
    """Use only what oTranscribe keeps when it cleans a file: p, b, span (its clean-html.js)."""
    time = ""
    if options.times is not False:
        moment = seconds(max(0.0, paragraph.start))
        time = f'<span class="timestamp" data-timestamp="{moment}">{clock(moment)}</span>\u00a0'
    name = f"<b>{html.escape(paragraph.speaker)}:</b> " if paragraph.speaker else ""
    return f"<p>{time}{name}{html.escape(paragraph.text)}</p>"
