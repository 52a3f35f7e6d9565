"""Write and read a whole transcript as JSON (docs/transcript.schema.json): nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import count
from typing import NoReturn

from engine.errors import ExportError
from engine.transcript.formats.format import WriteOptions
from engine.transcript.formats.subtitle_reading import decode
from engine.transcript.text_shape import split_words
from engine.transcript.time_shares import spread
from engine.transcript.transcript import (
    Gap,
    Removed,
    Segment,
    Speaker,
    Transcript,
    TranscriptionInfo,
    Word,
    milliseconds,
    seconds,
)

VERSION = 1
"""Raised only when older programs could no longer read the file; new fields do not raise it."""


def write(transcript: Transcript, options: WriteOptions) -> bytes:
    """Return the file in UTF-8, LF, indented."""
    content = {
        "version": VERSION,
        "info": _info(transcript.info),
        "speakers": [{"id": speaker.id, "name": speaker.name} for speaker in transcript.speakers],
        "segments": [_segment(segment, options) for segment in transcript.segments],
        "removed": [
            {"reason": item.reason, **_segment(item.segment, options)}
            for item in transcript.removed
        ],
        "gaps": [{"start": seconds(gap.start), "end": seconds(gap.end)} for gap in transcript.gaps],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    # Half a surrogate pair has no UTF-8; JSON's own escape for it looks like Python's.
    return text.encode("utf-8", "backslashreplace")


JsonValue = str | int | float | None | list["JsonValue"] | dict[str, "JsonValue"]


def _info(info: TranscriptionInfo) -> dict[str, JsonValue]:
    return {
        "language": info.language,
        "language_probability": info.language_probability,
        "duration": seconds(info.duration),
        "speech_duration": seconds(info.speech_duration),
        "model": info.model,
        "compute_type": info.compute_type,
        "device": info.device,
        "track": info.track,
    }


def _segment(segment: Segment, options: WriteOptions) -> dict[str, JsonValue]:
    item: dict[str, JsonValue] = {
        "id": segment.id,
        "block": segment.block,
        "start": seconds(segment.start),
        "end": seconds(segment.end),
        "text": segment.text,
        "speaker": segment.speaker,
        "avg_logprob": segment.avg_logprob,
        "no_speech_prob": segment.no_speech_prob,
        "compression_ratio": segment.compression_ratio,
        "temperature": segment.temperature,
    }
    if segment.paragraph is not None:
        item["paragraph"] = segment.paragraph
    if options.words:
        item["words"] = [_word(word) for word in segment.words]
    return item


def _word(word: Word) -> dict[str, JsonValue]:
    return {
        "id": word.id,
        "start": seconds(word.start),
        "end": seconds(word.end),
        "text": word.text,
        "probability": word.probability,
    }


def read(data: bytes) -> Transcript:
    """Return the transcript; fields it does not know are passed over.

    Words that were left out are made from the text, with times shared by length and ids
    `import.0.0`, `import.0.1` … Raises `ExportError("export.unreadable")`.
    """
    try:
        content = json.loads(decode(data))
    except (ValueError, RecursionError) as exc:
        raise ExportError("export.unreadable", f"no JSON: {exc}") from exc
    return _Reader(_Fields(content, "file")).transcript()


class _Fields:
    """Take typed values out of a JSON object, or say which field is wrong."""

    def __init__(self, value: object, place: str) -> None:
        self._place = place
        if not isinstance(value, dict):
            raise ExportError("export.unreadable", f"{place} is no object")
        self._values: Mapping[str, object] = value

    def has(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str) -> str:
        value = self._values.get(name)
        return value if isinstance(value, str) else self._wrong(name)

    def optional_text(self, name: str) -> str | None:
        return None if self._values.get(name) is None else self.text(name)

    def optional_truth(self, name: str) -> bool | None:
        value = self._values.get(name)
        return value if value is None or isinstance(value, bool) else self._wrong(name)

    def number(self, name: str) -> float:
        value = self._values.get(name)
        # A Boolean is an integer to Python; an integer may be too large for a float.
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e12:
            self._wrong(name)
        return float(value)

    def integer(self, name: str) -> int:
        value = self.number(name)
        return int(value) if value.is_integer() else self._wrong(name)

    def objects(self, name: str) -> Iterator[_Fields]:
        values = self._values.get(name, [])
        if not isinstance(values, list):
            self._wrong(name)
        for index, value in enumerate(values):
            yield _Fields(value, f"{self._place}.{name}[{index}]")

    def object(self, name: str) -> _Fields:
        return _Fields(self._values.get(name), f"{self._place}.{name}")

    def _wrong(self, name: str) -> NoReturn:
        raise ExportError("export.unreadable", f"{self._place}: {name} is missing or wrong")


class _Reader:
    """Build a transcript out of JSON values."""

    def __init__(self, content: _Fields) -> None:
        self._content = content
        self._numbers = count()
        version = content.integer("version")
        if not 1 <= version <= VERSION:
            raise ExportError("export.unreadable", f"version {version} of the format is not known")
        if not content.has("segments"):
            raise ExportError("export.unreadable", "file: segments is missing")

    def transcript(self) -> Transcript:
        content = self._content
        return Transcript(
            info=self._info(content.object("info")),
            segments=tuple(self._segment(item) for item in content.objects("segments")),
            speakers=tuple(
                Speaker(item.text("id"), item.text("name")) for item in content.objects("speakers")
            ),
            removed=tuple(
                Removed(self._segment(item), item.text("reason"))
                for item in content.objects("removed")
            ),
            gaps=tuple(
                Gap(seconds(item.number("start")), seconds(item.number("end")))
                for item in content.objects("gaps")
            ),
        )

    def _info(self, info: _Fields) -> TranscriptionInfo:
        return TranscriptionInfo(
            language=info.text("language"),
            language_probability=info.number("language_probability"),
            duration=seconds(info.number("duration")),
            speech_duration=seconds(info.number("speech_duration")),
            model=info.text("model"),
            compute_type=info.text("compute_type"),
            device=info.text("device"),
            track=info.integer("track"),
        )

    def _segment(self, item: _Fields) -> Segment:
        words = tuple(self._word(word) for word in item.objects("words"))
        return Segment(
            id=item.text("id"),
            block=item.integer("block"),
            words=words or self._made_words(item),
            speaker=item.optional_text("speaker"),
            avg_logprob=item.number("avg_logprob"),
            no_speech_prob=item.number("no_speech_prob"),
            compression_ratio=item.number("compression_ratio"),
            temperature=item.number("temperature"),
            paragraph=item.optional_truth("paragraph"),
        )

    def _word(self, item: _Fields) -> Word:
        return Word(
            id=item.text("id"),
            start=seconds(item.number("start")),
            end=seconds(item.number("end")),
            text=item.text("text"),
            probability=item.number("probability"),
        )

    def _made_words(self, item: _Fields) -> tuple[Word, ...]:
        start, end = milliseconds(item.number("start")), milliseconds(item.number("end"))
        return tuple(
            Word(f"import.0.{next(self._numbers)}", begin, stop, text, 0.0)
            for text, begin, stop in spread(split_words(item.text("text")), start, max(start, end))
        )
