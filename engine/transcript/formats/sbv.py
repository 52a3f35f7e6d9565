"""Write SBV captions (https://support.google.com/youtube/answer/2734698)."""

from __future__ import annotations

from engine.transcript.cues import make_cues
from engine.transcript.formats.format import WriteOptions
from engine.transcript.formats.passages import label_turns, stamp
from engine.transcript.transcript import Transcript

_NEWLINE = "\n"


def write(transcript: Transcript, options: WriteOptions) -> bytes:
    """Return the file; the name of a speaker stands before the first cue of each turn."""
    cues = make_cues(label_turns(transcript, options), options.cue_rules)
    entries = [
        f"{_stamp(cue.start)},{_stamp(cue.end)}\n{_NEWLINE.join(cue.lines)}\n" for cue in cues
    ]
    return "\n".join(entries).encode()


def _stamp(seconds: float) -> str:
    return stamp(seconds, ".").removeprefix("0")
