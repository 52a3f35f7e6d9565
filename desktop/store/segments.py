"""Write segments: add, replace and remove rows, and keep speakers and their order in step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, func, insert, select

from desktop.store.rows import number_in, segment_values
from desktop.store.tables import BLOCK, GAP, PASSAGE, SEGMENT, SPEAKER
from engine.transcript.transcript import Segment


def add_segments(
    connection: Connection,
    transcript: int,
    segments: Sequence[Segment],
    reason: str | None = None,
    *,
    place: float = 0.0,
) -> None:
    """Store segments; a reason keeps them out of the text.

    `place` is for those whose ids do not say it; see `places` for those that start together.
    """
    rows = [
        {
            **segment_values(segment),
            "transcript": transcript,
            "removed": reason,
            "place": _place(segment, place),
        }
        for segment in segments
    ]
    if rows:
        connection.execute(insert(SEGMENT), rows)


def _place(segment: Segment, usual: float) -> float:
    # The engine counts words in their order, so the number of a decoded one is its place.
    is_decoded = segment.id.count(".") > 1
    return float(number_in(segment.id) or 0) if is_decoded else usual


def remove_segments(connection: Connection, transcript: int, ids: Iterable[str]) -> None:
    """Remove segments by their ids."""
    for uid in ids:
        connection.execute(
            delete(SEGMENT).where(SEGMENT.c.transcript == transcript, SEGMENT.c.uid == uid)
        )


def add_speakers(
    connection: Connection, transcript: int, uids: Iterable[str | None]
) -> tuple[str, ...]:
    """Note who speaks, unnamed; return those that are new."""
    known = select(SPEAKER.c.uid).where(SPEAKER.c.transcript == transcript)
    wanted = {uid for uid in uids if uid is not None}
    new = sorted(wanted - set(connection.scalars(known))) if wanted else []
    if new:
        last = select(func.coalesce(func.max(SPEAKER.c.position), 0))
        position = connection.scalars(last.where(SPEAKER.c.transcript == transcript)).one()
        rows: list[dict[str, object]] = [
            {"transcript": transcript, "uid": uid, "name": "", "position": position + step}
            for step, uid in enumerate(new, 1)
        ]
        connection.execute(insert(SPEAKER), rows)
    return tuple(new)


def has_text(connection: Connection, transcript: int) -> bool:
    """Tell whether anything was decoded or typed."""
    query = select(SEGMENT.c.id).where(SEGMENT.c.transcript == transcript).limit(1)
    return connection.execute(query).first() is not None


def forget_decoding(connection: Connection, transcript: int) -> None:
    """Remove all text, blocks and gaps, and speakers without a name; names stay for next time."""
    for table in (PASSAGE, SEGMENT, GAP, BLOCK):
        connection.execute(delete(table).where(table.c.transcript == transcript))
    unnamed = (SPEAKER.c.transcript == transcript) & (SPEAKER.c.name == "")
    connection.execute(delete(SPEAKER).where(unnamed))
