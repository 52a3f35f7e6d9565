"""Keep the full-text index in step with the text: passages of about a paragraph.

A passage is a run of segments of one block. It ends with the next segments as well, so that a
phrase over its border is found in it. Whatever changes a block's text asks for the block to be
indexed again in the same transaction; passages that stay the same are not written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, delete, insert, select, text, update

from desktop.store.folding import folded
from desktop.store.packing import unpack_text
from desktop.store.rows import AnyRow
from desktop.store.tables import BLOCK, PASSAGE, SEGMENT, TRANSCRIPT

VERSION = 1
"""Raised when folding or passages change: what was indexed before is indexed again."""

OVERLAP = 8
"""Words (characters, in scripts without spaces) that a passage shares with the next one."""

_LONG = 600
"""Characters after which a passage ends, about a hundred words."""


@dataclass(frozen=True, slots=True)
class _Piece:
    segment: int
    start_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class _Passage:
    start_ms: int
    own: int
    segments: str
    text: str


def index_blocks(connection: Connection, transcript: int, numbers: Iterable[int]) -> None:
    """Index blocks again, and those whose last words run on into them."""
    wanted = dict.fromkeys(numbers)
    for number in tuple(wanted):
        before, _ = _neighbours(connection, transcript, number)
        if before is not None:
            wanted.setdefault(before)
    for number in wanted:
        _index_block(connection, transcript, number)


def index_all(connection: Connection, transcript: int) -> None:
    """Index a whole transcript again and note that it is up to date."""
    query = select(SEGMENT.c.block).where(SEGMENT.c.transcript == transcript)
    indexed = select(PASSAGE.c.block).where(PASSAGE.c.transcript == transcript)
    for number in sorted({*connection.scalars(query), *connection.scalars(indexed)}):
        _index_block(connection, transcript, number)
    connection.execute(
        update(TRANSCRIPT).where(TRANSCRIPT.c.id == transcript).values(indexed=VERSION)
    )


def outdated(connection: Connection) -> list[int]:
    """Return the transcripts that no index of this version covers, newest first."""
    query = select(TRANSCRIPT.c.id).where(TRANSCRIPT.c.indexed != VERSION)
    return list(connection.scalars(query.order_by(TRANSCRIPT.c.id.desc())))


def index_one(connection: Connection, unreadable: Collection[int], tried: list[int]) -> None:
    """Index one transcript that is not, and note which was tried; none if there is none."""
    waiting = (number for number in outdated(connection) if number not in unreadable)
    for number in islice(waiting, 1):
        tried.append(number)
        index_all(connection, number)


def merge_some(connection: Connection, pages: int) -> bool:
    """Merge a part of the index and tell whether more is to do; begin with a negative number.

    Words of deleted text stay in its older parts until those are merged
    (https://www.sqlite.org/fts5.html#the_merge_command).
    """
    count = text("SELECT total_changes()")
    before = connection.execute(count).scalar_one()
    merge = text("INSERT INTO passage_words (passage_words, rank) VALUES ('merge', :pages)")
    connection.execute(merge, {"pages": pages})
    return bool(connection.execute(count).scalar_one() - before >= 2)


def _index_block(connection: Connection, transcript: int, number: int) -> None:
    here = (PASSAGE.c.transcript == transcript) & (PASSAGE.c.block == number)
    stored = {row.ordinal: row for row in connection.execute(select(PASSAGE).where(here))}
    ordinal = -1
    for ordinal, passage in enumerate(_passages(connection, transcript, number)):
        _store(connection, (transcript, number, ordinal), passage, stored.get(ordinal))
    if any(known > ordinal for known in stored):
        connection.execute(delete(PASSAGE).where(here & (PASSAGE.c.ordinal > ordinal)))


def _store(
    connection: Connection, place: tuple[int, int, int], passage: _Passage, known: AnyRow | None
) -> None:
    values: dict[str, object] = {
        "start_ms": passage.start_ms,
        "own": passage.own,
        "segments": passage.segments,
        "text": passage.text,
    }
    if known is None:
        transcript, block, ordinal = place
        values |= {"transcript": transcript, "block": block, "ordinal": ordinal}
        connection.execute(insert(PASSAGE).values(values))
        return
    changed = {name: value for name, value in values.items() if getattr(known, name) != value}
    if changed:
        connection.execute(update(PASSAGE).where(PASSAGE.c.id == known.id).values(changed))


def _passages(connection: Connection, transcript: int, number: int) -> Iterator[_Passage]:
    own = _pieces(connection, transcript, number)
    if not own:
        return
    _, after = _neighbours(connection, transcript, number)
    following = [] if after is None else _pieces(connection, transcript, after, OVERLAP)
    pieces = [*own, *following]
    for start, end in _stretches(own):
        yield _passage(pieces[start:end], _shared(pieces[end:]))


def _stretches(pieces: Sequence[_Piece]) -> Iterator[tuple[int, int]]:
    start = length = 0
    for index, piece in enumerate(pieces):
        length += len(piece.text)
        if length >= _LONG or index == len(pieces) - 1:
            yield start, index + 1
            start, length = index + 1, 0


def _shared(following: Sequence[_Piece]) -> list[_Piece]:
    """Return so many of the following segments that they have the words of an overlap."""
    shared, words = [], 0
    for piece in following:
        if words >= OVERLAP:
            break
        shared.append(piece)
        words += piece.text.count(" ") + 1
    return shared


def _passage(own: Sequence[_Piece], shared: Sequence[_Piece]) -> _Passage:
    pieces = [*own, *shared]
    return _Passage(
        start_ms=own[0].start_ms,
        own=len(own),
        segments=",".join(str(piece.segment) for piece in pieces),
        text=" ".join(piece.text for piece in pieces if piece.text),
    )


def _pieces(
    connection: Connection, transcript: int, block: int, limit: int | None = None
) -> list[_Piece]:
    rows = connection.execute(
        select(SEGMENT.c.id, SEGMENT.c.start_ms, SEGMENT.c.words)
        .where(SEGMENT.c.transcript == transcript, SEGMENT.c.block == block)
        .where(SEGMENT.c.removed.is_(None))
        .order_by(SEGMENT.c.start_ms, SEGMENT.c.place)
        .limit(limit)
    )
    return [_Piece(row.id, row.start_ms, folded(unpack_text(row.words))) for row in rows]


def _neighbours(
    connection: Connection, transcript: int, number: int
) -> tuple[int | None, int | None]:
    """Return the blocks before and after one, of the same channel."""
    rows = connection.execute(
        select(BLOCK.c.number, BLOCK.c.channel)
        .where(BLOCK.c.transcript == transcript)
        .order_by(BLOCK.c.start_ms, BLOCK.c.number)
    ).all()
    channel = next((row.channel for row in rows if row.number == number), None)
    voice = [None, *(row.number for row in rows if row.channel == channel), None]
    if number not in voice:
        return None, None
    at = voice.index(number)
    return voice[at - 1], voice[at + 1]
