"""Write and read WebVTT (https://www.w3.org/TR/webvtt1/): UTF-8, LF."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from engine.transcript.cues import Cue, make_cues
from engine.transcript.formats.format import WriteOptions
from engine.transcript.formats.passages import speaker_names, stamp
from engine.transcript.formats.subtitle_reading import (
    ReadCue,
    Stretch,
    blocks,
    parse_time,
    transcript_of,
)
from engine.transcript.transcript import Transcript, milliseconds

_TAG = re.compile(r"<([^<>]*)>")
_VOICE = re.compile(r"v(?:\.\S+)?[ \t]+(.*)", re.DOTALL)
_NAME = re.compile(".+")


def write(transcript: Transcript, options: WriteOptions) -> bytes:
    """Return the file, with voices, and on request with the time of every word."""
    names = speaker_names(transcript, options)
    entries = ["WEBVTT\n"]
    for cue in make_cues(transcript, options.cue_rules):
        text = _timed_text(cue) if options.word_times else _escape("\n".join(cue.lines))
        name = names.get(cue.speaker, "")
        voice = f"<v {_escape(name)}>" if name else ""
        entries.append(f"{stamp(cue.start, '.')} --> {stamp(cue.end, '.')}\n{voice}{text}\n")
    return "\n".join(entries).encode()


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def _timed_text(cue: Cue) -> str:
    """Put a time before each word that starts later than the one before, as the syntax demands."""
    latest = milliseconds(cue.start)
    lines = []
    for row in cue.rows:
        line = ""
        for fragment in row:
            start = milliseconds(fragment.word.start)
            mark = ""
            if latest < start < milliseconds(cue.end):
                latest, mark = start, f"<{stamp(fragment.word.start, '.')}>"
            text = fragment.text.lstrip(" ")
            line += " " * (len(fragment.text) - len(text)) + mark + _escape(text)
        lines.append(line)
    return "\n".join(lines)


def read(data: bytes) -> Transcript:
    """Return the transcript; voices become speakers, times within a cue those of its words."""
    return transcript_of(
        ReadCue(block.start, block.end, tuple(_stretches("\n".join(block.lines))))
        for block in blocks(data, _NAME)
    )


def _stretches(text: str) -> Iterator[Stretch]:
    start: int | None = None
    speaker: str | None = None
    for index, part in enumerate(_TAG.split(text)):
        if index % 2 == 0:
            if part:
                yield Stretch(html.unescape(part), start, speaker)
            continue
        voice = _VOICE.fullmatch(part)
        if voice is not None:
            speaker = html.unescape(voice[1]).strip() or None
        elif part == "/v":
            speaker = None
        else:
            moment = parse_time(part)
            start = start if moment is None else moment
