"""Keep a transcript as it is, and bring it back: one compressed value for each state.

A length, a JSON object, then the packed words of the segments, all compressed with zlib.
"""

from __future__ import annotations

import json
import time
import zlib
from dataclasses import dataclass, field, replace
from struct import Struct
from types import SimpleNamespace

from sqlalchemy import Connection, RowMapping, Table, delete, func, insert, select, update

from desktop.store import reading
from desktop.store.indexing import index_all
from desktop.store.later_words import LaterWords
from desktop.store.packing import unpack
from desktop.store.records import Change, JobStatus, TranscriptChanged, TranscriptReplaced
from desktop.store.rows import AnyRow, info_from, segment_from
from desktop.store.segments import add_segments, add_speakers, forget_decoding
from desktop.store.tables import BLOCK, GAP, REVISION, SEGMENT, SPEAKER, TRANSCRIPT
from engine.errors import LibraryError
from engine.transcript.transcript import Gap, Removed, Transcript, milliseconds

TRANSCRIBED, EDITED, RESTARTED, RESTORED = "transcribed", "edited", "restarted", "restored"
"""Why a revision was kept: before the first edit, while editing, before starting over, and before
another one was restored."""

_NEWEST = 40
"""So many revisions of a transcript stay in any case, beside the engine's text before edits."""
_FAST = 1
_LENGTH = Struct("<I")

_DECODING = (
    "run", "fingerprint", "recipe", "done_ms", "status", "is_edited", "language",
    "language_probability", "duration_ms", "speech_ms", "model", "device", "compute_type", "track",
)  # fmt: skip
_PARTS = ("blocks", "gaps", "speakers", "segments")
_LEFT_OUT = ("id", "transcript", "words")


@dataclass(frozen=True, slots=True)
class _State:
    """What a revision keeps: columns of the tables, without the transcript's id."""

    decoding: dict[str, object]
    blocks: list[dict[str, object]]
    gaps: list[dict[str, object]]
    speakers: list[dict[str, object]]
    segments: list[dict[str, object]]
    words: list[bytes] = field(default_factory=list)
    """Packed words of each segment."""

    def segment_rows(self) -> list[dict[str, object]]:
        """Return the columns of the segments with their words."""
        pairs = zip(self.segments, self.words, strict=True)
        return [{**columns, "words": packed} for columns, packed in pairs]


def keep(connection: Connection, transcript: int, reason: str) -> int:
    """Keep the transcript as it is and return the number of the revision."""
    latest = select(func.coalesce(func.max(REVISION.c.number), 0))
    number = connection.scalars(latest.where(REVISION.c.transcript == transcript)).one() + 1
    state = _state(connection, reading.transcript_row(connection, transcript))
    connection.execute(
        insert(REVISION).values(
            transcript=transcript,
            number=number,
            created=time.time(),
            reason=reason,
            content=_encode(state),
        )
    )
    _forget_old(connection, transcript)
    return number


def keep_first(connection: Connection, transcript: int) -> None:
    """Keep the engine's text before a person changes it for the first time."""
    known = select(REVISION.c.number).where(
        REVISION.c.transcript == transcript, REVISION.c.reason == TRANSCRIBED
    )
    if connection.execute(known).first() is None:
        keep(connection, transcript, TRANSCRIBED)


def read(connection: Connection, transcript: int, number: int) -> Transcript:
    """Return a revision; raises `LibraryError` with `library.not_found`."""
    state = _stored(connection, transcript, number)
    rows = [SimpleNamespace(**columns) for columns in state.segment_rows()]
    gaps = [SimpleNamespace(**columns) for columns in state.gaps]
    return Transcript(
        info=info_from(SimpleNamespace(**state.decoding)),
        segments=tuple(segment_from(row) for row in rows if row.removed is None),
        speakers=reading.named([SimpleNamespace(**columns) for columns in state.speakers]),
        removed=tuple(
            Removed(segment_from(row), row.removed) for row in rows if row.removed is not None
        ),
        gaps=tuple(Gap(gap.start_ms / 1000, gap.end_ms / 1000) for gap in gaps),
    )


def restore(connection: Connection, transcript: int, number: int, news: list[Change]) -> None:
    """Bring a revision back, after keeping what is there; what was decoded since then stays.

    Under the run of the revision the job's own progress stays, else it is the revision's too.
    """
    state = _stored(connection, transcript, number)
    keep(connection, transcript, RESTORED)
    row = reading.transcript_row(connection, transcript)
    if row.run == state.decoding["run"]:
        _remove_older(connection, transcript, state)
        values: dict[str, object] = {"is_edited": state.decoding["is_edited"]}
    else:
        forget_decoding(connection, transcript)
        _insert(connection, BLOCK, transcript, state.blocks)
        _insert(connection, GAP, transcript, state.gaps)
        is_done = state.decoding["status"] == JobStatus.DONE
        status = JobStatus.DONE if is_done else JobStatus.PAUSED
        values = {**state.decoding, "status": status, "code": "", "detail": ""}
    connection.execute(update(TRANSCRIPT).where(TRANSCRIPT.c.id == transcript).values(values))
    _insert(connection, SEGMENT, transcript, state.segment_rows())
    _restore_speakers(connection, transcript, state)
    index_all(connection, transcript)
    news.append(TranscriptReplaced(transcript))
    news.append(TranscriptChanged(reading.summary(connection, transcript)))


def _restore_speakers(connection: Connection, transcript: int, state: _State) -> None:
    connection.execute(delete(SPEAKER).where(SPEAKER.c.transcript == transcript))
    _insert(connection, SPEAKER, transcript, state.speakers)
    heard = select(SEGMENT.c.speaker).where(SEGMENT.c.transcript == transcript)
    is_text = SEGMENT.c.removed.is_(None)
    add_speakers(connection, transcript, connection.scalars(heard.where(is_text).distinct()))


def _remove_older(connection: Connection, transcript: int, state: _State) -> None:
    """Remove the text, but for words that were decoded after the revision was kept."""
    later = LaterWords(
        run=str(state.decoding["run"]),
        next_n={block["number"]: block["next_n"] for block in state.blocks},
        taken={str(columns["uid"]) for columns in state.segments},
        known={word.id for packed in state.words for word in unpack(packed)},
    )
    rows = connection.execute(reading.segment_query(transcript)).all()
    changed = []
    for row in rows:
        segment = segment_from(row)
        kept = later.part_of(segment)
        if kept != segment:
            connection.execute(delete(SEGMENT).where(SEGMENT.c.id == row.id))
            changed.append((kept, row))
    for kept, row in changed:
        if kept is not None:
            add_segments(connection, transcript, [kept], row.removed, place=row.place)


def _insert(
    connection: Connection, table: Table, transcript: int, rows: list[dict[str, object]]
) -> None:
    if rows:
        values = [{**row, "transcript": transcript} for row in rows]
        connection.execute(insert(table), values)


def _forget_old(connection: Connection, transcript: int) -> None:
    """Let the revision go that is among the newest no more, unless it is needed.

    Each is judged once, when it leaves them. Whatever was kept while editing is in what the edits
    led to; that is kept when it is given up, as the last of its line.
    """
    here = REVISION.c.transcript == transcript
    query = select(REVISION.c.number, REVISION.c.reason).where(
        here, REVISION.c.reason != TRANSCRIBED
    )
    newest_first = query.order_by(REVISION.c.number.desc())
    old = connection.execute(newest_first.offset(_NEWEST).limit(1)).first()
    if old is None or (old.reason != EDITED and _is_needed(connection, transcript, old.number)):
        return
    connection.execute(delete(REVISION).where(here, REVISION.c.number == old.number))


def _is_needed(connection: Connection, transcript: int, number: int) -> bool:
    """Tell whether it can be the only copy of what a person did."""
    here = REVISION.c.transcript == transcript
    content = select(REVISION.c.content).where(here, REVISION.c.number == number).scalar_subquery()
    is_later_end = (REVISION.c.number > number) & (REVISION.c.reason != EDITED)
    same = select(REVISION.c.number).where(here, is_later_end, REVISION.c.content == content)
    if connection.execute(same.limit(1)).first() is not None:
        return False
    state = _stored(connection, transcript, number)
    return bool(state.decoding["is_edited"]) or not _names(state.speakers) <= _names(
        _rows(connection, SPEAKER, transcript)
    )


def _names(speakers: list[dict[str, object]]) -> set[tuple[object, object]]:
    return {(speaker["uid"], speaker["name"]) for speaker in speakers if speaker["name"]}


def _state(connection: Connection, row: AnyRow) -> _State:
    speech = reading.known_info(connection, row).speech_duration
    decoding = {name: getattr(row, name) for name in _DECODING}
    segments = connection.execute(reading.segment_query(row.id)).mappings().all()
    return _State(
        decoding={**decoding, "speech_ms": milliseconds(speech)},
        blocks=_rows(connection, BLOCK, row.id),
        gaps=_rows(connection, GAP, row.id),
        speakers=_rows(connection, SPEAKER, row.id),
        segments=[_without_keys(segment) for segment in segments],
        words=[segment["words"] for segment in segments],
    )


def _rows(connection: Connection, table: Table, transcript: int) -> list[dict[str, object]]:
    query = select(table).where(table.c.transcript == transcript)
    return [_without_keys(row) for row in connection.execute(query).mappings()]


def _without_keys(row: RowMapping) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in _LEFT_OUT}


def _encode(state: _State) -> bytes:
    sizes = [len(packed) for packed in state.words]
    plain = {"decoding": state.decoding, "sizes": sizes}
    head = json.dumps(plain | {part: getattr(state, part) for part in _PARTS}).encode()
    return zlib.compress(b"".join((_LENGTH.pack(len(head)), head, *state.words)), _FAST)


def _stored(connection: Connection, transcript: int, number: int) -> _State:
    query = select(REVISION.c.content).where(
        REVISION.c.transcript == transcript, REVISION.c.number == number
    )
    content = connection.scalars(query).first()
    if content is None:
        raise LibraryError("library.not_found", f"revision {number} of transcript {transcript}")
    data = zlib.decompress(content)
    at = _LENGTH.size + _LENGTH.unpack_from(data)[0]
    plain = json.loads(data[_LENGTH.size : at])
    words = []
    for size in plain.pop("sizes"):
        words.append(data[at : at + size])
        at += size
    return replace(_State(**plain), words=words)
