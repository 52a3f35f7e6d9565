"""Search all transcripts: the index finds passages, the text in them says where the words stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy import Connection, text

from desktop.store import reading
from desktop.store.folding import words_of
from desktop.store.indexing import OVERLAP
from desktop.store.packing import unpack, unpack_text
from desktop.store.queries import Query, parse
from desktop.store.records import SearchHit
from desktop.store.rows import AnyRow
from engine.transcript.text_shape import clean, join

Reading = Callable[[], AbstractContextManager[Connection]]
_Speakers = dict[str, tuple[int | None, str]]
"""Number and name by id."""

_BEFORE, _AFTER = 40, 80
"""Characters that are shown around a hit."""
_AT_ONCE = 20
"""Passages that are read within one transaction; none is open while the caller looks at hits."""

# CROSS JOIN keeps SQLite from walking the passages instead of the index.
_FIND = text("""
    SELECT passage.id, passage.transcript, passage.start_ms,
           passage.own, passage.segments, transcript.title
    FROM passage_words
    CROSS JOIN passage ON passage.id = passage_words.rowid
    CROSS JOIN transcript ON transcript.id = passage.transcript
    WHERE passage_words MATCH :expression AND transcript.deleted IS NULL
    ORDER BY passage_words.rowid DESC
    LIMIT :limit
    """)

_READ = text(
    "SELECT id, uid, speaker, words FROM segment WHERE id IN (SELECT value FROM json_each(:ids))"
)


@dataclass(frozen=True, slots=True)
class _Text:
    """The text of a passage with what is needed to point into it."""

    text: str
    rows: Sequence[AnyRow]
    starts: Sequence[int]
    """Where the text of each segment starts."""
    own_end: int
    """Where the part ends that no other passage has."""


def search(reading_connection: Reading, query: str, limit: int) -> Iterator[SearchHit]:
    """Yield hits: where the words follow each other as typed, then where all of them are near.

    Newest transcripts first. Within a transcript in order of time.
    """
    parsed = parse(query)
    if parsed is None:
        return
    seen: set[int] = set()
    for step in dict.fromkeys((parsed.as_phrase(), parsed)):
        for hit in _hits(reading_connection, step, limit, seen):
            yield hit
            limit -= 1
            if limit <= 0:
                return


def _hits(
    reading_connection: Reading, query: Query, limit: int, seen: set[int]
) -> Iterator[SearchHit]:
    with reading_connection() as connection:
        expression = query.expression(OVERLAP + 1)
        values = {"expression": expression, "limit": limit + len(seen)}
        found = [row for row in connection.execute(_FIND, values) if row.id not in seen]
    # Newest transcript first, yet from its beginning.
    found.sort(key=lambda row: (-row.transcript, row.start_ms, row.id))
    speakers: dict[int, _Speakers] = {}
    for first in range(0, len(found), _AT_ONCE):
        some = found[first : first + _AT_ONCE]
        with reading_connection() as connection:
            rows = _segments(connection, some)
            for at in {passage.transcript for passage in some}.difference(speakers):
                numbered = enumerate(reading.speakers(connection, at), 1)
                speakers[at] = {one.id: (number, one.name) for number, one in numbered}
        for passage in some:
            hits = _hits_in(_text(rows, passage), passage, query, speakers[passage.transcript])
            if hits:
                seen.add(passage.id)
            yield from hits


def _segments(connection: Connection, passages: Sequence[AnyRow]) -> dict[int, AnyRow]:
    ids = ",".join(passage.segments for passage in passages)
    return {row.id: row for row in connection.execute(_READ, {"ids": f"[{ids}]"})}


def _text(rows: Mapping[int, AnyRow], passage: AnyRow) -> _Text:
    # An edit since the passage was found may have removed some.
    ids = [int(number) for number in passage.segments.split(",")]
    kept = [rows[number] for number in ids if number in rows]
    whole, starts, own_end = "", [], 0
    for number, row in enumerate(kept):
        piece = clean(unpack_text(row.words))
        whole = join(whole, piece)
        starts.append(len(whole) - len(piece))
        if number < passage.own:
            own_end = len(whole)
    return _Text(whole, kept, starts, own_end)


def _hits_in(passage: _Text, row: AnyRow, query: Query, speakers: _Speakers) -> list[SearchHit]:
    words = words_of(passage.text)
    found = query.find(words.texts)
    if not all(found):
        return []
    spans = [
        (words.spans[start][0], words.spans[end - 1][1])
        for places in found
        for start, end in places
    ]
    own = sorted(span for span in spans if span[0] < passage.own_end)
    # Every place of a phrase is a hit, but words that are merely near each other are one.
    anchors = own if len(query.terms) == 1 else own[:1]
    return [_hit(passage, row, anchor, spans, speakers) for anchor in anchors]


def _hit(
    passage: _Text,
    row: AnyRow,
    anchor: tuple[int, int],
    spans: Sequence[tuple[int, int]],
    speakers: _Speakers,
) -> SearchHit:
    index = bisect_right(passage.starts, anchor[0]) - 1
    segment = passage.rows[index]
    excerpt, marks = _excerpt(passage.text, anchor, spans)
    number, name = speakers.get(segment.speaker, (None, ""))
    return SearchHit(
        transcript=row.transcript,
        title=row.title,
        segment=segment.uid,
        start=_time_of(segment.words, anchor[0] - passage.starts[index]),
        speaker=name,
        speaker_number=number,
        text=excerpt,
        marks=marks,
    )


def _excerpt(
    whole: str, anchor: tuple[int, int], spans: Sequence[tuple[int, int]]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the text around a place, cut between words, and what is to be marked in it."""
    start, end = max(0, anchor[0] - _BEFORE), min(len(whole), anchor[1] + _AFTER)
    if start:
        start = _next_space(whole, start, anchor[0])
    if end < len(whole):
        space = whole.rfind(" ", anchor[1], end)
        end = end if space < 0 else space
    head, tail = ("… " if start else ""), (" …" if end < len(whole) else "")
    inside = sorted({span for span in spans if start <= span[0] and span[1] <= end})
    shift = len(head) - start
    marks = tuple((first + shift, last + shift) for first, last in inside)
    return head + whole[start:end] + tail, marks


def _next_space(whole: str, start: int, anchor: int) -> int:
    space = whole.find(" ", start, anchor)
    return start if space < 0 else space + 1


def _time_of(packed: bytes, offset: int) -> float:
    """Return when the word begins that stands at a place of a segment's cleaned text."""
    so_far = ""
    words = unpack(packed)
    for word in words:
        so_far += word.text
        if len(clean(so_far)) > offset:
            return word.start
    return words[-1].start
