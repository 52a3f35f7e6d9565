"""Write and read SubRip subtitles (https://wiki.videolan.org/SubRip): UTF-8 without mark, LF."""

from __future__ import annotations

import re

from engine.transcript.cues import make_cues
from engine.transcript.formats.format import WriteOptions
from engine.transcript.formats.passages import label_turns, stamp
from engine.transcript.formats.subtitle_reading import ReadCue, Stretch, blocks, transcript_of
from engine.transcript.transcript import Transcript

# SubRip has no escapes. A word joiner keeps players from taking text for a tag, and is not seen.
_JOINER = "\u2060"
_TAG_LIKE = re.compile(r"<(?=[A-Za-z/])|\{(?=\\)|--(?=>)")
_TAGS = re.compile(r"</?(?:i|b|u|s|font|c|span)\b[^>]*>|\{\\[^}]*\}", re.IGNORECASE)
_ESCAPED = re.compile(f"(<|\\{{|--){_JOINER}")
_NUMBER = re.compile(r"\s*\d+\s*")


def write(transcript: Transcript, options: WriteOptions) -> bytes:
    """Return the file; the name of a speaker stands before the first cue of each turn."""
    entries = []
    cues = make_cues(label_turns(transcript, options), options.cue_rules)
    for number, cue in enumerate(cues, 1):
        text = "\n".join(_TAG_LIKE.sub(rf"\g<0>{_JOINER}", line) for line in cue.lines)
        entries.append(f"{number}\n{stamp(cue.start, ',')} --> {stamp(cue.end, ',')}\n{text}\n")
    return "\n".join(entries).encode()


def read(data: bytes) -> Transcript:
    """Return the transcript; formatting tags are dropped, each cue becomes a segment."""
    return transcript_of(
        ReadCue(block.start, block.end, (Stretch(_plain("\n".join(block.lines))),))
        for block in blocks(data, _NUMBER)
    )


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", _TAGS.sub("", text))
