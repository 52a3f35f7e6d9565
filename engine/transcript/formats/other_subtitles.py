"""Write and read what pysubs2 knows: SubStation, TTML, MicroDVD; read SAMI, MPL2 and TMPlayer."""

from __future__ import annotations

import html
import io
import warnings
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from engine.errors import ExportError
from engine.transcript.cues import Cue, make_cues
from engine.transcript.formats.format import WriteOptions
from engine.transcript.formats.passages import label_turns, speaker_names
from engine.transcript.formats.subtitle_reading import ReadCue, Stretch, decode, transcript_of
from engine.transcript.text_shape import clean
from engine.transcript.transcript import Transcript, milliseconds

if TYPE_CHECKING:
    from pysubs2 import SSAEvent, SSAFile

Write = Callable[[Transcript, WriteOptions], bytes]
Read = Callable[[bytes], Transcript]

# Frames of PAL and EBU video; the file says so in its first line, as players expect.
_FRAMES = 25.0
# SubStation has no escape for braces (their text is hidden), and a backslash starts a tag: the
# word joiner, which is not seen, parts it from the letter (as FFmpeg's encoder does).
_SAFE = str.maketrans({"{": "｛", "}": "｝", "\\": "\\\u2060"})
_JOINED = "\\\u2060"
# What pysubs2 lets through when a file is damaged: it checks little. SyntaxError: XML.
_PARSER_FAILURES: tuple[type[Exception], ...] = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    SyntaxError,
    AssertionError,
    NotImplementedError,
    RecursionError,
)


def substation(name: str) -> tuple[Write, Read]:
    """Return writer and reader for `ass` or `ssa`."""
    return partial(_write_substation, name), partial(_read, name)


def _write_substation(name: str, transcript: Transcript, options: WriteOptions) -> bytes:
    """Keep hours beyond the ninth, which pysubs2 cuts off and players read."""
    from pysubs2.formats.substation import (  # pylint: disable=import-outside-toplevel
        SubstationFormat,
    )

    class LongSubstation(SubstationFormat):
        """SubStation without a limit of ten hours."""

        @staticmethod
        def ms_to_timestamp(requested_ms: int) -> str:
            total = (max(0, requested_ms) + 5) // 10
            hours, rest = divmod(total, 360_000)
            return f"{hours}:{rest // 6000:02}:{rest // 100 % 60:02}.{rest % 100:02}"

    subtitles = _subtitles(transcript, options)
    if options.title:
        subtitles.info["Title"] = clean(options.title)
    file = io.StringIO()
    LongSubstation.to_file(subtitles, file, name, header_notice="Whisper Transcriber")
    return file.getvalue().encode()


def _write_ttml(transcript: Transcript, options: WriteOptions) -> bytes:
    """Add what TTML demands and pysubs2 leaves out: the language, and ids in the XML namespace."""
    text = _subtitles(transcript, options).to_string("ttml")
    language = html.escape(clean(transcript.info.language))
    text = text.replace("<tt ", f'<tt xml:lang="{language}" ', 1)
    text = text.replace("<style id=", "<style xml:id=", 1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()


def _write_microdvd(transcript: Transcript, options: WriteOptions) -> bytes:
    subtitles = _subtitles(transcript, options)
    for event in subtitles:
        event.text = event.text.replace("|", "¦")
    # pysubs2 would write the line with the frame rate as {0}{0}, which it can't read itself.
    text = subtitles.to_string(
        "microdvd", fps=_FRAMES, write_fps_declaration=False, apply_styles=False
    )
    return f"{{1}}{{1}}{_FRAMES}\n{text}".encode()


def _subtitles(transcript: Transcript, options: WriteOptions) -> SSAFile:
    import pysubs2  # pylint: disable=import-outside-toplevel  # slow, and few need it

    names = speaker_names(transcript, options)
    subtitles = pysubs2.SSAFile()
    subtitles.events = [
        pysubs2.SSAEvent(
            start=milliseconds(cue.start),
            end=milliseconds(cue.end),
            text=_tagged(cue),
            name=names.get(cue.speaker, "").translate(_SAFE).replace(",", " "),
        )
        for cue in make_cues(label_turns(transcript, options), options.cue_rules)
    ]
    return subtitles


def _tagged(cue: Cue) -> str:
    return r"\N".join(line.translate(_SAFE) for line in cue.lines)


def read_any(data: bytes) -> Transcript:
    """Return the transcript in a subtitle file of any format pysubs2 recognises by its content."""
    return _read(None, data)


def _read(name: str | None, data: bytes) -> Transcript:
    import pysubs2  # pylint: disable=import-outside-toplevel

    text = decode(data)
    try:
        with warnings.catch_warnings():
            # Its warnings tell of fields we don't use (styles, alignment).
            warnings.simplefilter("ignore", RuntimeWarning)
            subtitles = pysubs2.SSAFile.from_string(text, name)
            cues = [_read_cue(event) for event in subtitles if event.is_text]
    except _PARSER_FAILURES as exc:
        raise ExportError("export.unreadable", str(exc)) from exc
    except pysubs2.exceptions.Pysubs2Error as exc:
        raise ExportError("export.unreadable", type(exc).__name__) from exc
    return transcript_of(cues)


def _read_cue(event: SSAEvent) -> ReadCue:
    text = event.plaintext.replace(_JOINED, "\\")
    name = event.name.strip()
    text = text.removeprefix(f"{name}: ") if name else text
    start = max(0, round(event.start))
    return ReadCue(start, max(start, round(event.end)), (Stretch(text, None, name or None),))


TTML: tuple[Write, Read] = (_write_ttml, partial(_read, "ttml"))
MICRODVD: tuple[Write, Read] = (_write_microdvd, partial(_read, "microdvd"))
