"""Make a transcript of subtitles that were read: cues become segments, their words get times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, count, groupby
from operator import attrgetter, itemgetter

from engine.errors import ExportError
from engine.transcript.text_shape import (
    clean,
    has_space_between,
    is_unspaced,
    may_break,
    pieces,
)
from engine.transcript.time_shares import TimedText, spread
from engine.transcript.transcript import (
    Segment,
    Speaker,
    Transcript,
    TranscriptionInfo,
    Word,
    seconds,
)

_TIME = r"(?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMING = re.compile(rf"[ \t]*({_TIME})[ \t]*-->[ \t]*({_TIME})(?:[ \t].*)?")
_COMMENT = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t].*)?")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text of a cue, with where it starts (ms; None: not said) and who says it."""

    text: str
    start: int | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class ReadCue:
    """A cue as a file has it; milliseconds."""

    start: int
    end: int
    stretches: tuple[Stretch, ...]


@dataclass(slots=True)
class Block:
    """A timing line and the lines after it; milliseconds."""

    start: int
    end: int
    lines: list[str] = field(default_factory=list)


def decode(data: bytes) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with its mark; lines end with LF.

    Raises `ExportError("export.unreadable")`.
    """
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as exc:
        raise ExportError("export.unreadable", "neither UTF-8 nor UTF-16") from exc
    return text.replace("\r\n", "\n").replace("\r", "\n")


def blocks(data: bytes, name: re.Pattern[str]) -> Iterator[Block]:
    """Yield the cues of an srt or vtt file; blank lines inside a cue are forgiven.

    `name` says what the line right before the times may be: a number, or anything.
    """
    block: Block | None = None
    for line in decode(data).split("\n"):
        timing = _TIMING.fullmatch(line)
        if timing is None:
            if block is not None:
                block.lines.append(line)
            continue
        if block is not None:
            yield _without_comments(_without_name(block, name))
        start, end = parse_time(timing[1]) or 0, parse_time(timing[2]) or 0
        block = Block(start, max(start, end))
    if block is not None:
        yield _without_comments(block)


def _without_name(block: Block, name: re.Pattern[str]) -> Block:
    """Drop the number or name of the next cue: the line right before its times."""
    lines = block.lines
    if not lines or not lines[-1].strip():
        return block
    is_apart = len(lines) > 1 and not lines[-2].strip()
    if lines[-1].strip().isdecimal() or (is_apart and name.fullmatch(lines[-1])):
        lines.pop()
    return block


def _without_comments(block: Block) -> Block:
    """Drop what follows a blank line and starts as a WebVTT comment, style or region."""
    lines = block.lines
    for index in range(1, len(lines)):
        if not lines[index - 1].strip() and _COMMENT.fullmatch(lines[index]):
            del lines[index:]
            break
    block.lines = [line for line in lines if line.strip()]
    return block


def parse_time(text: str) -> int | None:
    """Return milliseconds for `[H:]MM:SS.mmm` (or with a comma); None if it is no time."""
    if not re.fullmatch(_TIME, text):
        return None
    whole, fraction = re.split("[.,]", text)
    total = 0
    for part in whole.split(":"):
        total = total * 60 + int(part)
    return total * 1000 + int(fraction.ljust(3, "0"))


def transcript_of(cues: Iterable[ReadCue]) -> Transcript:
    """Return the transcript of cues; ids are `import.0.0`, `import.0.1` … in order of time.

    Raises `ExportError("export.unreadable")` if there is no text.
    """
    numbers = count()
    segments: list[Segment] = []
    for cue in sorted(cues, key=lambda cue: (cue.start, cue.end)):
        for speaker, words in _spoken(cue):
            made = tuple(
                Word(f"import.0.{next(numbers)}", start, end, text, 0.0)
                for text, start, end in words
            )
            segments.append(Segment(made[0].id, 0, made, speaker))
    if not segments:
        raise ExportError("export.unreadable", "no text with times")
    names = dict.fromkeys(segment.speaker for segment in segments)
    return Transcript(
        info=_info(segments),
        segments=tuple(segments),
        speakers=tuple(Speaker(name, name) for name in names if name is not None),
    )


def _info(segments: Sequence[Segment]) -> TranscriptionInfo:
    return TranscriptionInfo(
        language="",
        language_probability=0.0,
        duration=max(segment.end for segment in segments),
        speech_duration=seconds(sum(segment.end - segment.start for segment in segments)),
        model="",
        compute_type="",
        device="",
        track=0,
    )


def _spoken(cue: ReadCue) -> Iterator[tuple[str | None, list[TimedText]]]:
    """Yield who says which words of a cue."""
    groups = [list(group) for _, group in groupby(_words(cue.stretches), key=attrgetter("start"))]
    begins = accumulate((_within(cue, group[0].start) for group in groups), max)
    borders = [*begins, cue.end]
    timed: list[tuple[str | None, TimedText]] = []
    for group, begin, end in zip(groups, borders, borders[1:]):
        times = spread([word.text for word in group], begin, end)
        timed += [(word.speaker, time) for word, time in zip(group, times)]
    for speaker, said in groupby(timed, key=itemgetter(0)):
        yield speaker, [time for _, time in said]


def _within(cue: ReadCue, moment: int | None) -> int:
    return cue.start if moment is None else max(cue.start, min(moment, cue.end))


def _words(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Cut the text of a cue into words, each with the white space before it."""
    words: list[Stretch] = []
    previous = ""
    for stretch in stretches:
        text = _unwrap(stretch.text)
        has_space = has_space_between(previous, text)
        for piece in pieces(clean(text)):
            has_space = has_space or piece.has_space
            if words and not has_space and not may_break(previous, piece.text):
                words[-1] = replace(words[-1], text=words[-1].text + piece.text)
            else:
                is_spaced = has_space if words else not is_unspaced(piece.text[0])
                words.append(replace(stretch, text=" " * is_spaced + piece.text))
            previous, has_space = piece.text, False
        previous = text or previous
    return words


def _unwrap(text: str) -> str:
    """Undo line breaks: a space, or nothing between characters of a script without spaces."""
    lines = text.split("\n")
    joined = lines[0]
    for line in lines[1:]:
        is_tight = joined[-1:] and line[:1] and is_unspaced(joined[-1]) and is_unspaced(line[0])
        joined += line if is_tight else f" {line}"
    return joined
