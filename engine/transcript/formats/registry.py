"""List the formats."""

from __future__ import annotations

from engine.transcript.formats import (
    lyrics,
)
from engine.transcript.formats import markdown as md
from engine.transcript.formats import (
    other_subtitles,
    otranscribe,
    plain_text,
    sbv,
    srt,
    tables,
    transcript_json,
    vtt,
    web_page,
    word_document,
)
from engine.transcript.formats.format import Format

_ALL = (
    Format("srt", "SubRip subtitles", srt.write, srt.read),
    Format("vtt", "WebVTT subtitles for the web", vtt.write, vtt.read),
    Format("txt", "plain text", plain_text.write),
    Format("json", "everything, lossless", transcript_json.write, transcript_json.read),
    Format("tsv", "table, parted by tabs", tables.write_tsv),
    Format("csv", "table for spreadsheets", tables.write_csv),
    Format("md", "Markdown", md.write),
    Format("html", "web page", web_page.write),
    Format("docx", "Word document", word_document.write),
    Format("otr", "oTranscribe", otranscribe.write),
    Format("ass", "Advanced SubStation Alpha", *other_subtitles.substation("ass")),
    Format("ssa", "SubStation Alpha", *other_subtitles.substation("ssa")),
    Format("ttml", "Timed Text Markup Language", *other_subtitles.TTML),
    Format("lrc", "timed lyrics", lyrics.write),
    Format("sbv", "YouTube captions", sbv.write),
    Format("sub", "MicroDVD, 25 frames a second", *other_subtitles.MICRODVD),
)

FORMATS: dict[str, Format] = {entry.name: entry for entry in _ALL}
"""Name → format."""
