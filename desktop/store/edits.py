"""Store what people do to the text: edits of segments, names of speakers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update

from desktop.store import places, reading, revisions
from desktop.store.indexing import index_blocks
from desktop.store.packing import pack, unpack
from desktop.store.records import Change, SpeakersChanged, TranscriptChanged, TranscriptEdited
from desktop.store.rows import AnyRow, segment_from, storable
from desktop.store.segments import add_segments, add_speakers, remove_segments
from desktop.store.tables import SEGMENT, SPEAKER, TRANSCRIPT
from engine.errors import LibraryError
from engine.transcript.editing import Edit
from engine.transcript.transcript import Segment, Speaker


def apply_edit(connection: Connection, transcript: int, edit: Edit, news: list[Change]) -> None:
    """Replace segments by others, also in the index.

    Raises `LibraryError` with `library.changed` if what is replaced is not what is stored.
    """
    row = reading.transcript_row(connection, transcript)
    stored = [_same(connection, transcript, segment) for segment in edit.before]
    if not row.is_edited:
        revisions.keep_first(connection, transcript)
    order = places.after_edit(connection, transcript, edit)
    remove_segments(connection, transcript, [segment.uid for segment in stored])
    for segment in edit.after:
        if _segment_row(connection, transcript, segment.id) is not None:
            raise LibraryError("library.changed", f"segment {segment.id} exists already")
    place = stored[0].place if stored else 0.0
    add_segments(connection, transcript, edit.after, place=place)
    places.keep_order(connection, transcript, order, edit.after)
    if add_speakers(connection, transcript, [segment.speaker for segment in edit.after]):
        news.append(SpeakersChanged(transcript, reading.speakers(connection, transcript)))
    touched = {segment.block for segment in (*edit.before, *edit.after)}
    index_blocks(connection, transcript, sorted(touched))
    news.append(TranscriptEdited(transcript, edit))
    if not row.is_edited:
        connection.execute(
            update(TRANSCRIPT).where(TRANSCRIPT.c.id == transcript).values(is_edited=True)
        )
        news.append(TranscriptChanged(reading.summary(connection, transcript)))


def _same(connection: Connection, transcript: int, segment: Segment) -> AnyRow:
    row = _segment_row(connection, transcript, segment.id)
    if row is None or row.removed is not None:
        raise LibraryError("library.changed", f"segment {segment.id} is gone")
    stored = segment_from(row)
    # Through the same packing, which keeps hundredths of the probabilities.
    given = (unpack(pack(segment.words)), segment.block, segment.speaker, segment.paragraph)
    if given != (stored.words, stored.block, stored.speaker, stored.paragraph):
        raise LibraryError("library.changed", f"segment {segment.id} differs")
    return row


def _segment_row(connection: Connection, transcript: int, uid: str) -> AnyRow | None:
    query = select(SEGMENT).where(SEGMENT.c.transcript == transcript, SEGMENT.c.uid == uid)
    return connection.execute(query).first()


def set_speakers(
    connection: Connection, transcript: int, speakers: Sequence[Speaker], news: list[Change]
) -> None:
    """Name speakers, or not (empty), and put them in this order.

    Raises like `reading.transcript_row`.
    """
    reading.transcript_row(connection, transcript)
    connection.execute(delete(SPEAKER).where(SPEAKER.c.transcript == transcript))
    rows: list[dict[str, object]] = [
        {
            "transcript": transcript,
            "uid": speaker.id,
            "name": storable(speaker.name),
            "position": position,
        }
        for position, speaker in enumerate(speakers, 1)
    ]
    if rows:
        connection.execute(insert(SPEAKER), rows)
    heard = select(SEGMENT.c.speaker).where(SEGMENT.c.transcript == transcript)
    is_text = SEGMENT.c.removed.is_(None)
    # Whoever still speaks stays in the list, or the text would name nobody.
    add_speakers(connection, transcript, connection.scalars(heard.where(is_text).distinct()))
    news.append(SpeakersChanged(transcript, reading.speakers(connection, transcript)))
