"""Read transcripts, lists and shelves through a connection, whoever it belongs to."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, Select, select

from desktop.store.packing import unpack
from desktop.store.records import (
    UNFINISHED,
    Folder,
    Revision,
    StoredTranscript,
    Tag,
    TranscriptSummary,
)
from desktop.store.rows import LISTED, AnyRow, block_from, info_from, segment_from, summary_from
from desktop.store.tables import (
    BLOCK,
    FOLDER,
    GAP,
    REVISION,
    SEGMENT,
    SPEAKER,
    TAG,
    TRANSCRIPT,
    TRANSCRIPT_TAG,
)
from engine.errors import LibraryError
from engine.events import Block, ResumePoint
from engine.transcript.transcript import (
    Gap,
    Removed,
    Segment,
    Speaker,
    Transcript,
    TranscriptionInfo,
)

_SEGMENT_FIELDS = (
    SEGMENT.c.uid,
    SEGMENT.c.block,
    SEGMENT.c.words,
    SEGMENT.c.speaker,
    SEGMENT.c.avg_logprob,
    SEGMENT.c.no_speech_prob,
    SEGMENT.c.compression_ratio,
    SEGMENT.c.temperature,
    SEGMENT.c.paragraph,
)
"""In the order of the fields of `Segment`."""


def transcript_row(connection: Connection, transcript: int) -> AnyRow:
    """Return the row of a transcript; raises `LibraryError` with `library.not_found`."""
    row = connection.execute(select(TRANSCRIPT).where(TRANSCRIPT.c.id == transcript)).first()
    if row is None:
        raise _not_found(transcript)
    return row


def _not_found(transcript: int) -> LibraryError:
    return LibraryError("library.not_found", f"transcript {transcript}")


def summary(connection: Connection, transcript: int) -> TranscriptSummary:
    """Return one summary; raises `LibraryError` with `library.not_found`."""
    tagged = connection.scalars(
        select(TRANSCRIPT_TAG.c.tag)
        .where(TRANSCRIPT_TAG.c.transcript == transcript)
        .order_by(TRANSCRIPT_TAG.c.tag)
    )
    row = connection.execute(select(*LISTED).where(TRANSCRIPT.c.id == transcript)).first()
    if row is None:
        raise _not_found(transcript)
    return summary_from(row, tuple(tagged))


def summaries(connection: Connection) -> list[TranscriptSummary]:
    """Return all but the trash, newest first."""
    # By id: that order holds even if the clock was set back.
    return _listed(connection, TRANSCRIPT.c.deleted.is_(None), TRANSCRIPT.c.id.desc())


def trash(connection: Connection) -> list[TranscriptSummary]:
    """Return what is in the trash, last deleted first."""
    return _listed(connection, TRANSCRIPT.c.deleted.is_not(None), TRANSCRIPT.c.deleted.desc())


def queue(connection: Connection) -> list[TranscriptSummary]:
    """Return what is not finished, in the order of the queue."""
    waits = TRANSCRIPT.c.status.in_(UNFINISHED) & TRANSCRIPT.c.deleted.is_(None)
    return _listed(connection, waits, TRANSCRIPT.c.position.asc())


def with_content(connection: Connection, content: str) -> list[TranscriptSummary]:
    """Return the transcripts of a recording, newest first."""
    if not content:
        return []
    same = (TRANSCRIPT.c.content == content) & TRANSCRIPT.c.deleted.is_(None)
    return _listed(connection, same, TRANSCRIPT.c.id.desc())


def _listed(
    connection: Connection,
    which: ColumnElement[bool],
    order: ColumnElement[int] | ColumnElement[float | None],
) -> list[TranscriptSummary]:
    tagged: dict[int, list[int]] = defaultdict(list)
    for transcript, tag in connection.execute(
        select(TRANSCRIPT_TAG.c.transcript, TRANSCRIPT_TAG.c.tag).order_by(TRANSCRIPT_TAG.c.tag)
    ):
        tagged[transcript].append(tag)
    rows = connection.execute(select(*LISTED).where(which).order_by(order))
    with _uncollected():
        return [summary_from(row, tuple(tagged.get(row[0], ()))) for row in rows]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from walking over values while thousands of them are made.

    They hold no cycles; it would take a third of the time, and stop the other threads for it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def load(connection: Connection, transcript: int) -> StoredTranscript:
    """Return a transcript with its text; raises `LibraryError` with `library.not_found`."""
    row = transcript_row(connection, transcript)
    rows = block_rows(connection, transcript)
    return StoredTranscript(
        summary=summary(connection, transcript),
        transcript=Transcript(
            info=known_info(connection, row),
            segments=tuple(segments(connection, transcript)),
            speakers=speakers(connection, transcript),
            removed=removed(connection, transcript),
            gaps=gaps(connection, transcript),
        ),
        blocks=tuple(block_from(block) for block in rows),
        completed=tuple(block.number for block in rows if block.is_completed),
        reached=tuple(block.reached_ms / 1000 for block in rows),
    )


def known_info(connection: Connection, row: AnyRow) -> TranscriptionInfo:
    """Return what is known about a decoding; its speech is that of the finished blocks."""
    rows = block_rows(connection, row.id)
    info = info_from(row)
    if not rows:
        return info
    return replace(info, speech_duration=sum(block.speech_ms for block in rows) / 1000)


def block_rows(connection: Connection, transcript: int) -> Sequence[AnyRow]:
    """Return the rows of the blocks, in order."""
    query = select(BLOCK).where(BLOCK.c.transcript == transcript).order_by(BLOCK.c.number)
    return connection.execute(query).all()


def blocks(connection: Connection, transcript: int) -> tuple[Block, ...]:
    """Return the blocks as they stand, in order."""
    return tuple(block_from(row) for row in block_rows(connection, transcript))


def segment_query(transcript: int) -> Select[*tuple[object, ...]]:
    """Select all segments of a transcript, also removed text, in order of time."""
    return (
        select(SEGMENT)
        .where(SEGMENT.c.transcript == transcript)
        .order_by(SEGMENT.c.start_ms, SEGMENT.c.block, SEGMENT.c.place)
    )


def segments(connection: Connection, transcript: int) -> list[Segment]:
    """Return the text, in order of time."""
    query = segment_query(transcript).where(SEGMENT.c.removed.is_(None))
    rows = connection.execute(query.with_only_columns(*_SEGMENT_FIELDS))
    # Columns by place: by name takes twice as long, and ten hours have 9,000 rows.
    with _uncollected():
        return [Segment(uid, block, unpack(words), *rest) for uid, block, words, *rest in rows]


def removed(connection: Connection, transcript: int) -> tuple[Removed, ...]:
    """Return what the quality checks keep out of the text, in order of time."""
    query = segment_query(transcript).where(SEGMENT.c.removed.is_not(None))
    return tuple(Removed(segment_from(row), row.removed) for row in connection.execute(query))


def gaps(connection: Connection, transcript: int) -> tuple[Gap, ...]:
    """Return the speech without text, in order of time."""
    query = select(GAP).where(GAP.c.transcript == transcript)
    rows = connection.execute(query.order_by(GAP.c.start_ms, GAP.c.end_ms))
    return tuple(Gap(row.start_ms / 1000, row.end_ms / 1000) for row in rows)


def speakers(connection: Connection, transcript: int) -> tuple[Speaker, ...]:
    """Return the speakers of a transcript in order; names are empty while none is given."""
    query = select(SPEAKER).where(SPEAKER.c.transcript == transcript)
    return named(connection.execute(query.order_by(SPEAKER.c.position)).all())


def named(rows: Sequence[AnyRow]) -> tuple[Speaker, ...]:
    """Return speakers; while nobody has a name they stand in the order of the engine."""
    if not any(row.name for row in rows):
        rows = sorted(rows, key=lambda row: (len(row.uid), row.uid))
    return tuple(Speaker(row.uid, row.name) for row in rows)


def resume_point(connection: Connection, transcript: int) -> ResumePoint | None:
    """Return where the engine can go on; None if it has not started."""
    row = transcript_row(connection, transcript)
    if not row.run:
        return None
    rows = block_rows(connection, transcript)
    return ResumePoint(
        run=row.run,
        fingerprint=row.fingerprint,
        blocks=tuple(block_from(block) for block in rows),
        completed=tuple(block.number for block in rows if block.is_completed),
        info=info_from(row),
        speech=sum(block.speech_ms for block in rows if block.is_completed) / 1000,
    )


def folders(connection: Connection) -> list[Folder]:
    """Return the folders in the order they were made."""
    rows = connection.execute(select(FOLDER).order_by(FOLDER.c.id))
    return [Folder(row.id, row.name) for row in rows]


def tags(connection: Connection) -> list[Tag]:
    """Return the tags in the order they were made."""
    rows = connection.execute(select(TAG).order_by(TAG.c.id))
    return [Tag(row.id, row.name) for row in rows]


def revisions(connection: Connection, transcript: int) -> list[Revision]:
    """Return what was kept of a transcript, newest first."""
    rows = connection.execute(
        select(REVISION.c.number, REVISION.c.created, REVISION.c.reason)
        .where(REVISION.c.transcript == transcript)
        .order_by(REVISION.c.number.desc())
    )
    return [Revision(row.number, row.created, row.reason) for row in rows]
