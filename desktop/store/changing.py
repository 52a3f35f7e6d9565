"""Add, change, order and remove transcripts as a whole."""

from __future__ import annotations

import time
import uuid
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, ScalarSelect, delete, func, insert, select, update

from desktop.store import reading, revisions
from desktop.store.indexing import VERSION
from desktop.store.records import (
    UNFINISHED,
    Change,
    JobStatus,
    NewTranscript,
    TranscriptAdded,
    TranscriptChanged,
    TranscriptRemoved,
    TranscriptReplaced,
)
from desktop.store.rows import options_from, options_text, source_values, storable
from desktop.store.segments import forget_decoding, has_text
from desktop.store.tables import FOLDER, PASSAGE, SEGMENT, TAG, TRANSCRIPT, TRANSCRIPT_TAG

_DAY = 86400.0


def add(connection: Connection, new: NewTranscript, news: list[Change]) -> int:
    """Add a transcript at the end of the queue and return its id."""
    result = connection.execute(
        insert(TRANSCRIPT).values(
            uid=uuid.uuid4().hex,
            title=storable(new.title),
            status=new.status,
            code=new.code,
            detail=storable(new.detail),
            position=_end_of_queue(connection),
            folder=existing_folder(new.folder),
            options=options_text(new.options),
            created=time.time(),
            model=new.options.model,
            indexed=VERSION,
            **source_values(new.source),
        )
    )
    transcript = result.inserted_primary_key[0] if result.inserted_primary_key else 0
    news.append(TranscriptAdded(reading.summary(connection, transcript)))
    return int(transcript)


def change(
    connection: Connection, transcripts: Sequence[int], news: list[Change], **values: object
) -> None:
    """Set columns of transcripts; raises `LibraryError` with `library.not_found`."""
    for transcript in transcripts:
        reading.transcript_row(connection, transcript)
        connection.execute(update(TRANSCRIPT).where(TRANSCRIPT.c.id == transcript).values(values))
        news.append(TranscriptChanged(reading.summary(connection, transcript)))


def set_status(
    transcript: int,
    only_from: Collection[JobStatus],
    values: Mapping[str, object],
    connection: Connection,
    news: list[Change],
) -> None:
    """Set status, code and detail, if what it is now may lead there."""
    row = reading.transcript_row(connection, transcript)
    if row.status in only_from:
        change(connection, [transcript], news, **values)


def _end_of_queue(connection: Connection) -> int:
    last = select(func.coalesce(func.max(TRANSCRIPT.c.position), 0))
    return int(connection.scalars(last).one()) + 1


def existing_folder(folder: int | None) -> ScalarSelect[int]:
    """Return an expression for a folder's id that is NULL if it was removed meanwhile."""
    return select(FOLDER.c.id).where(FOLDER.c.id == folder).scalar_subquery()


def set_tags(
    connection: Connection, transcript: int, tags: Sequence[int], news: list[Change]
) -> None:
    """Put just these tags on a transcript; tags that were removed meanwhile are passed over."""
    reading.transcript_row(connection, transcript)
    connection.execute(delete(TRANSCRIPT_TAG).where(TRANSCRIPT_TAG.c.transcript == transcript))
    existing = connection.scalars(select(TAG.c.id).where(TAG.c.id.in_(tags)))
    rows: list[dict[str, object]] = [{"transcript": transcript, "tag": tag} for tag in existing]
    if rows:
        connection.execute(insert(TRANSCRIPT_TAG), rows)
    news.append(TranscriptChanged(reading.summary(connection, transcript)))


def move(connection: Connection, transcript: int, before: int | None, news: list[Change]) -> None:
    """Put a transcript before another one in the queue, or at its end."""
    positions = {transcript: reading.transcript_row(connection, transcript).position}
    query = select(TRANSCRIPT.c.id, TRANSCRIPT.c.position).where(
        TRANSCRIPT.c.status.in_(UNFINISHED), TRANSCRIPT.c.deleted.is_(None)
    )
    for row in connection.execute(query.order_by(TRANSCRIPT.c.position)):
        positions[row.id] = row.position
    order = [waiting for waiting in positions if waiting != transcript]
    order.insert(order.index(before) if before in order else len(order), transcript)
    for position, waiting in enumerate(order, 1):
        if positions[waiting] != position:
            change(connection, [waiting], news, position=position)


def put_into_trash(connection: Connection, transcripts: Sequence[int], news: list[Change]) -> None:
    """Hide transcripts until they are taken back or deleted for good."""
    change(connection, transcripts, news, deleted=time.time())


def take_from_trash(connection: Connection, transcripts: Sequence[int], news: list[Change]) -> None:
    """Bring transcripts back from the trash."""
    changed: list[Change] = []
    change(connection, transcripts, changed, deleted=None)
    news += [
        TranscriptAdded(item.summary) for item in changed if isinstance(item, TranscriptChanged)
    ]


def delete_for_good(connection: Connection, transcripts: Sequence[int], news: list[Change]) -> int:
    """Remove transcripts and all that belongs to them; return how many were there."""
    removed = 0
    for transcript in transcripts:
        for table in (PASSAGE, SEGMENT):
            connection.execute(delete(table).where(table.c.transcript == transcript))
        if connection.execute(delete(TRANSCRIPT).where(TRANSCRIPT.c.id == transcript)).rowcount:
            news.append(TranscriptRemoved(transcript))
            removed += 1
    # Gives the freed pages back to the disk, one with each row, of which SQLAlchemy sees none.
    driver = connection.connection.cursor()
    driver.execute("PRAGMA incremental_vacuum")
    driver.fetchall()
    driver.close()
    return removed


def empty_trash(connection: Connection, older_than_days: float, news: list[Change]) -> int:
    """Delete for good what has been in the trash for so long; return how many there were."""
    latest = time.time() - older_than_days * _DAY
    query = select(TRANSCRIPT.c.id).where(TRANSCRIPT.c.deleted <= latest)
    return delete_for_good(connection, list(connection.scalars(query)), news)


def start_over(connection: Connection, transcript: int, news: list[Change]) -> None:
    """Keep a revision, forget the decoding and queue the transcript again.

    One that is in the queue keeps its place, any other one comes to the end as a new one does.
    """
    row = reading.transcript_row(connection, transcript)
    if has_text(connection, transcript):
        revisions.keep(connection, transcript, revisions.RESTARTED)
    forget_decoding(connection, transcript)
    is_waiting = row.status in UNFINISHED
    change(
        connection,
        [transcript],
        news,
        status=JobStatus.QUEUED,
        code="",
        detail="",
        position=row.position if is_waiting else _end_of_queue(connection),
        run="",
        fingerprint="",
        recipe="",
        done_ms=0,
        speech_ms=0,
        is_edited=False,
        language="",
        language_probability=0.0,
        model=options_from(row.options).model,
        device="",
        compute_type="",
    )
    news.append(TranscriptReplaced(transcript))
