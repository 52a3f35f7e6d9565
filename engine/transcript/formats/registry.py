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

_CUES = frozenset(("speakers", "cue_rules"))
_TABLE = frozenset(("speakers",))
_PARAGRAPHS = frozenset(("times", "speakers"))
_DOCUMENT = _PARAGRAPHS | {"title", "doubtful", "line_numbers"}

_ALL = (
    Format("srt", "SubRip subtitles", srt.write, srt.read, heeds=_CUES),
    Format("vtt", "WebVTT subtitles for the web", vtt.write, vtt.read, _CUES | {"word_times"}),
    Format("txt", "plain text", plain_text.write, None, _PARAGRAPHS | {"doubtful", "line_numbers"}),
    Format(
        "json",
        "everything, lossless",
        transcript_json.write,
        transcript_json.read,
        frozenset(("words",)),
    ),
    Format("tsv", "table, parted by tabs", tables.write_tsv, heeds=_TABLE),
    Format("csv", "table for spreadsheets", tables.write_csv, heeds=_TABLE),
    Format("md", "Markdown", md.write, heeds=_PARAGRAPHS | {"title", "doubtful"}),
    Format("html", "web page", web_page.write, heeds=_DOCUMENT),
    Format("docx", "Word document", word_document.write, heeds=_DOCUMENT),
    Format("otr", "oTranscribe", otranscribe.write, heeds=_PARAGRAPHS | {"title"}),
    Format(
        "ass",
        "Advanced SubStation Alpha",
        *other_subtitles.substation("ass"),
        heeds=_CUES | {"title"},
    ),
    Format("ssa", "SubStation Alpha", *other_subtitles.substation("ssa"), heeds=_CUES | {"title"}),
    Format("ttml", "Timed Text Markup Language", *other_subtitles.TTML, heeds=_CUES),
    Format("lrc", "timed lyrics", lyrics.write, heeds=_CUES | {"title"}),
    Format("sbv", "YouTube captions", sbv.write, heeds=_CUES),
    Format("sub", "MicroDVD, 25 frames a second", *other_subtitles.MICRODVD, heeds=_CUES),
)

FORMATS: dict[str, Format] = {entry.name: entry for entry in _ALL}
"""Name → format."""
