"""The golden files: which they are, and how they are written anew (python -m, from the root)."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from engine.transcript.cues import PRESETS
from engine.transcript.formats import FORMATS, WriteOptions
from tests.engine.transcript.sample import transcript, with_doubt

FOLDER = Path(__file__).parents[3] / "data" / "formats"

TITLE = "An <interview> & more"

VARIANTS: dict[str, WriteOptions] = {
    **{f"sample.{name}": WriteOptions(title=TITLE) for name in FORMATS},
    "words.vtt": WriteOptions(word_times=True),
    "broadcast.srt": WriteOptions(cue_rules=PRESETS["broadcast"], speakers=False),
    "reading.srt": WriteOptions(cue_rules=PRESETS["reading"]),
    "times.txt": WriteOptions(times=True),
    "bare.txt": WriteOptions(speakers=False),
    "bare.md": WriteOptions(times=False, speakers=False),
    "bare.html": WriteOptions(times=False, speakers=False),
    "without-words.json": WriteOptions(words=False),
    "doubtful.txt": WriteOptions(doubtful=True, times=True),
    "doubtful.md": WriteOptions(doubtful=True, line_numbers=True),
    "numbered.txt": WriteOptions(line_numbers=True, doubtful=True),
    "numbered.html": WriteOptions(line_numbers=True, doubtful=True, title=TITLE),
    "numbered.docx": WriteOptions(line_numbers=True, doubtful=True, title=TITLE),
}
"""Name of the file → what it was written with."""


def written(name: str) -> bytes:
    """Write the sample as the golden file of that name should be."""
    options = VARIANTS[name]
    value = with_doubt(transcript()) if options.doubtful else transcript()
    return FORMATS[name.rpartition(".")[2]].write(value, options)


def comparable(name: str, data: bytes) -> dict[str, bytes]:
    """Return what has to be equal: of a zip file its members, for it carries the time of day."""
    if not name.endswith(".docx"):
        return {"": data}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {member: archive.read(member) for member in archive.namelist()}


if __name__ == "__main__":
    for file_name in VARIANTS:
        (FOLDER / file_name).write_bytes(written(file_name))
