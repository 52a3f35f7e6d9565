"""Write tables, a row a segment: start and end in seconds, speaker, text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from engine.transcript.formats.format import WriteOptions
from engine.transcript.formats.passages import speaker_names
from engine.transcript.text_shape import clean
from engine.transcript.transcript import Transcript

_COLUMNS = ("start", "end", "speaker", "text")
# Spreadsheets run a cell that starts so as a formula (OWASP, "CSV Injection").
_FORMULA_STARTS = tuple("=+-@＝＋－＠")


def write_csv(transcript: Transcript, options: WriteOptions) -> bytes:
    """Return the file as in RFC 4180 (CRLF), with the mark Excel needs to see that it is UTF-8."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows(_rows(transcript, options))
    return file.getvalue().encode("utf-8-sig")


def write_tsv(transcript: Transcript, options: WriteOptions) -> bytes:
    """Return the file: no quotes, for no cell has a tab or line break in it; UTF-8, LF."""
    rows = ("\t".join(row) + "\n" for row in _rows(transcript, options))
    return "".join(rows).encode()


def _rows(transcript: Transcript, options: WriteOptions) -> Iterator[tuple[str, ...]]:
    names = speaker_names(transcript, options)
    yield _COLUMNS
    for segment in transcript.segments:
        text = clean(segment.text)
        if text:
            speaker = names.get(segment.speaker, "")
            times = (f"{segment.start:.3f}", f"{segment.end:.3f}")
            yield (*times, _harmless(speaker), _harmless(text))


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
