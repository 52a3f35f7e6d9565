"""Write LRC, timed lyrics for music players (https://en.wikipedia.org/wiki/LRC_(file_format))."""

from __future__ import annotations

from engine.transcript.cues import make_cues
from engine.transcript.formats.format import WriteOptions
from engine.transcript.formats.passages import label_turns
from engine.transcript.transcript import Transcript, milliseconds


def write(transcript: Transcript, options: WriteOptions) -> bytes:
    """Return the file: a line for each cue, with its start; an empty line where a pause begins."""
    cues = make_cues(label_turns(transcript, options), options.cue_rules)
    lines = [f"[ti:{' '.join(options.title.split())}]"] if options.title else []
    for number, cue in enumerate(cues):
        # A line that begins like a time would be taken for one.
        text = " ".join(cue.lines).replace("[", "(").replace("]", ")")
        lines.append(f"[{_stamp(cue.start)}]{text}")
        following = cues[number + 1].start if number + 1 < len(cues) else None
        if following is None or following > cue.end:
            lines.append(f"[{_stamp(cue.end)}]")
    return "".join(f"{line}\n" for line in lines).encode()


def _stamp(seconds: float) -> str:
    """Return `MM:SS.cc`, rounded down; there are no hours, so the minutes go on."""
    hundredths = milliseconds(seconds) // 10
    return f"{hundredths // 6000:02}:{hundredths // 100 % 60:02}.{hundredths % 100:02}"
