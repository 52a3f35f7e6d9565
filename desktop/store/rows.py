"""Translate between rows of the tables and the values of the records and the engine."""

from __future__ import annotations

import json
import logging
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Row

from desktop.store.packing import pack, unpack
from desktop.store.records import JobOptions, JobStatus, Source, TranscriptSummary
from desktop.store.tables import TRANSCRIPT
from engine.errors import EngineCrashed
from engine.events import Block
from engine.process.messages import Json, encode, from_plain
from engine.transcript.transcript import Segment, TranscriptionInfo, milliseconds

logger = logging.getLogger(__name__)

TupleRow = Row[*tuple[Any, ...]]
"""A row whose columns are known by their places in the query that made it."""
AnyRow = Row[*tuple[object, ...]] | SimpleNamespace
"""A row whose columns are known by the query that made it, or a copy of one from a revision."""


def storable(text: str) -> str:
    """Return text that SQLite takes: halves of characters, as in some file names, are replaced."""
    return text.encode("utf-8", "replace").decode()


def optional_ms(value: float | None) -> int | None:
    """Return milliseconds, or None for what is not known."""
    return None if value is None else milliseconds(value)


def optional_seconds(value_ms: int | None) -> float | None:
    """Return seconds, or None for what is not known."""
    return None if value_ms is None else value_ms / 1000


def options_text(options: JobOptions) -> str:
    """Return options as they are stored."""
    return encode(options).decode("utf-8", "replace").strip()


@lru_cache(maxsize=16384)
def options_from(text: str) -> JobOptions:
    """Return stored options; what this version does not allow any more takes its default."""
    plain: dict[str, Json] = json.loads(text)
    for left_out in ((), ("compute",), ("compute", "transcription")):
        kept: dict[str, Json] = {key: plain[key] for key in plain if key not in left_out}
        try:
            options = from_plain(kept, (JobOptions,))
        except EngineCrashed as exc:
            logger.warning("stored options are no longer understood: %s", exc.detail)
            continue
        if isinstance(options, JobOptions):
            return options
    return JobOptions(str(plain.get("model", "")))


def source_values(source: Source) -> dict[str, object]:
    """Return the columns of a recording."""
    return {
        "path": source.path,
        "size_bytes": source.size_bytes,
        "content": source.content,
        "declared_ms": optional_ms(source.duration),
        "has_video": source.has_video,
    }


LISTED = (
    TRANSCRIPT.c.id, TRANSCRIPT.c.uid, TRANSCRIPT.c.title, TRANSCRIPT.c.status,
    TRANSCRIPT.c.path, TRANSCRIPT.c.size_bytes, TRANSCRIPT.c.content, TRANSCRIPT.c.declared_ms,
    TRANSCRIPT.c.has_video, TRANSCRIPT.c.options, TRANSCRIPT.c.created, TRANSCRIPT.c.folder,
    TRANSCRIPT.c.language, TRANSCRIPT.c.language_probability, TRANSCRIPT.c.duration_ms,
    TRANSCRIPT.c.done_ms, TRANSCRIPT.c.device, TRANSCRIPT.c.compute_type, TRANSCRIPT.c.speed,
    TRANSCRIPT.c.code, TRANSCRIPT.c.detail, TRANSCRIPT.c.position, TRANSCRIPT.c.deleted,
    TRANSCRIPT.c.is_edited,
)  # fmt: skip
"""What a summary needs, in the order in which `summary_from` takes it."""
_STATUSES = {status.value: status for status in JobStatus}


def summary_from(  # pylint: disable=too-many-locals
    columns: TupleRow, tags: tuple[int, ...]
) -> TranscriptSummary:
    """Return the summary of a row with the columns `LISTED`."""
    # By place: by name takes twice as long, and a library has 10,000 rows.
    number, uid, title, status, path, size, content, declared, has_video, options, *rest = columns
    created, folder, language, probability, duration, done, *latest = rest
    source = Source(path, size, content, optional_seconds(declared), has_video)
    return TranscriptSummary(
        number,
        uid,
        title,
        _STATUSES[status],
        source,
        options_from(options),
        created,
        folder,
        tags,
        language,
        probability,
        duration / 1000,
        done / 1000,
        *latest,
    )


def info_from(row: AnyRow) -> TranscriptionInfo:
    """Return what a transcript row says about its decoding."""
    return TranscriptionInfo(
        language=row.language,
        language_probability=row.language_probability,
        duration=row.duration_ms / 1000,
        speech_duration=row.speech_ms / 1000,
        model=row.model,
        compute_type=row.compute_type,
        device=row.device,
        track=row.track,
    )


def info_values(info: TranscriptionInfo) -> dict[str, object]:
    """Return the columns of what is known about a decoding."""
    return {
        "language": info.language,
        "language_probability": info.language_probability,
        "duration_ms": milliseconds(info.duration),
        "speech_ms": milliseconds(info.speech_duration),
        "model": info.model,
        "compute_type": info.compute_type,
        "device": info.device,
        "track": info.track,
    }


def block_from(row: AnyRow) -> Block:
    """Return the block of a row."""
    return Block(row.number, row.start_ms / 1000, optional_seconds(row.end_ms), row.channel)


def block_values(block: Block) -> dict[str, object]:
    """Return the columns of where a block lies."""
    return {
        "start_ms": milliseconds(block.start),
        "end_ms": optional_ms(block.end),
        "channel": block.channel,
    }


def segment_from(row: AnyRow) -> Segment:
    """Return the segment of a row."""
    return Segment(
        row.uid,
        row.block,
        unpack(row.words),
        row.speaker,
        row.avg_logprob,
        row.no_speech_prob,
        row.compression_ratio,
        row.temperature,
        None if row.paragraph is None else bool(row.paragraph),
    )


def segment_values(segment: Segment) -> dict[str, object]:
    """Return the columns of a segment, without where it belongs and its place."""
    return {
        "block": segment.block,
        "uid": segment.id,
        "start_ms": milliseconds(segment.start),
        "speaker": segment.speaker,
        "paragraph": segment.paragraph,
        "avg_logprob": segment.avg_logprob,
        "no_speech_prob": segment.no_speech_prob,
        "compression_ratio": segment.compression_ratio,
        "temperature": segment.temperature,
        "words": pack(segment.words),
    }


def number_in(word_id: str) -> int | None:
    """Return the last part of an id if it is a number."""
    number = word_id.rpartition(".")[2]
    return int(number) if number.isascii() and number.isdecimal() else None
