"""Keep segments that start at the same time in the order in which the page shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import floor

from sqlalchemy import Connection, select, update

from desktop.store import reading
from desktop.store.rows import segment_from
from desktop.store.tables import SEGMENT
from engine.transcript import editing
from engine.transcript.editing import Edit
from engine.transcript.transcript import Segment, milliseconds


def after_edit(connection: Connection, transcript: int, edit: Edit) -> tuple[Segment, ...]:
    """Return the text around an edit in the order of the page after it; ask before storing it."""
    query = reading.segment_query(transcript).where(SEGMENT.c.removed.is_(None))
    if edit.before:  # else the edit looks for its place in the whole text
        starts = [milliseconds(item.start) for item in (*edit.before, *edit.after)]
        query = query.where(SEGMENT.c.start_ms.between(min(starts), max(starts)))
    replaced = {item.id for item in edit.before}
    rows = connection.execute(query).all()
    at = [index for index, row in enumerate(rows) if row.uid in replaced]
    if at and at[-1] - at[0] + 1 == len(at):  # nothing came in between
        before, behind = rows[: at[0]], rows[at[-1] + 1 :]
        return (*map(segment_from, before), *edit.after, *map(segment_from, behind))
    # In the order of the edit, and as it has them: packing has rounded what is stored.
    given = iter(edit.before)
    around = [next(given) if row.uid in replaced else segment_from(row) for row in rows]
    return editing.apply(around, edit)


def keep_order(
    connection: Connection, transcript: int, order: Sequence[Segment], stored: Sequence[Segment]
) -> None:
    """Give those their places that start together with a segment that was stored just now."""
    groups: dict[tuple[int, int], list[str]] = defaultdict(list)
    for item in order:
        groups[_group(item)].append(item.id)
    for group in dict.fromkeys(map(_group, stored)):
        if len(groups[group]) > 1:
            _spread(connection, transcript, groups[group])


def _group(segment: Segment) -> tuple[int, int]:
    return milliseconds(segment.start), segment.block


def _spread(connection: Connection, transcript: int, uids: Sequence[str]) -> None:
    query = select(SEGMENT.c.uid, SEGMENT.c.place).where(
        SEGMENT.c.transcript == transcript, SEGMENT.c.uid.in_(uids)
    )
    places = {row.uid: row.place for row in connection.execute(query)}
    # The numbers of words are places, so what the block has yet to say comes after these.
    first, end = floor(min(places.values())), floor(max(places.values())) + 1
    for index, uid in enumerate(uids):
        place = first + (end - first) * index / len(uids)
        if place != places[uid]:
            here = (SEGMENT.c.transcript == transcript) & (SEGMENT.c.uid == uid)
            connection.execute(update(SEGMENT).where(here).values(place=place))
