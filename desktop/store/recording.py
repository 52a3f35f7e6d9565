"""Store what a running job says, so that a job that resumes adds only what is new.

The engine decodes an unfinished block anew under the same run, with the same numbers for the same
words: those below the block's `next_n` were stored before, and stay as people left them since. If
the block is decoded by another recipe (options, speech model, device) than its words were, numbers
do not match: then words count as known that start before the end of the last one stored, and the
numbers of the others are shifted, so that ids never meet.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or_update

from desktop.store import reading, revisions
from desktop.store.indexing import VERSION, index_blocks
from desktop.store.records import (
    BlockFinished,
    BlocksPlanned,
    Change,
    JobStatus,
    SegmentsAdded,
    SpeakersChanged,
    TranscriptChanged,
)
from desktop.store.rows import (
    AnyRow,
    block_values,
    info_values,
    number_in,
    options_from,
    options_text,
)
from desktop.store.segments import add_segments, add_speakers, forget_decoding, has_text
from desktop.store.tables import BLOCK, GAP, TRANSCRIPT
from engine.errors import LibraryError
from engine.events import (
    Block,
    BlockCompleted,
    Completed,
    Event,
    GapFound,
    Progress,
    SegmentDecoded,
    Started,
)
from engine.transcript.transcript import Removed, Segment, TranscriptionInfo, Word, milliseconds

_PROGRESS_SECONDS = 2.0
"""Progress is stored at most so often for each transcript."""


class Recorder:
    """Take the events of jobs in; store thread only."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._stored_at: dict[int, float] = {}
        self._failures: dict[int, Exception] = {}
        """Of transcripts whose job has to start anew."""

    @contextmanager
    def guarding(self, transcript: int, event: Event) -> Iterator[None]:
        """Refuse what follows an event that was not stored, until the job has started anew.

        Words behind a hole would count as the last ones known, and nobody would decode the missing
        ones again. Enter it around the transaction.
        """
        failure = self._failures.get(transcript)
        if failure is not None and not isinstance(event, Started):
            if isinstance(failure, LibraryError):
                raise LibraryError(failure.code, failure.detail)
            raise failure
        # Until it is on the disk, whatever keeps it from there.
        self._failures[transcript] = RuntimeError("an earlier event of the job was not stored")
        try:
            yield
        except LibraryError as exc:
            self._failures[transcript] = exc
            raise
        del self._failures[transcript]

    def record(
        self, connection: Connection, transcript: int, event: Event, news: list[Change]
    ) -> None:
        """Store an event and add what changed to the news.

        What comes late, for a run that was given up meanwhile, is passed over. Raises
        `LibraryError` with `library.not_found`.
        """
        row = reading.transcript_row(connection, transcript)
        if isinstance(event, Started):
            _start(connection, row, event, news)
        elif not row.run:
            return
        elif isinstance(event, SegmentDecoded):
            _add_segment(connection, row, event, news)
        elif isinstance(event, GapFound):
            _add_gap(connection, row, event, news)
        elif isinstance(event, BlockCompleted):
            _finish_block(connection, row, event, news)
        elif isinstance(event, Completed):
            _complete(connection, row, event, news)
        elif isinstance(event, Progress):
            self._progress(connection, row, event, news)

    def _progress(
        self, connection: Connection, row: AnyRow, event: Progress, news: list[Change]
    ) -> None:
        now = self._clock()
        if now - self._stored_at.get(row.id, -_PROGRESS_SECONDS) < _PROGRESS_SECONDS:
            return
        self._stored_at[row.id] = now
        _change(connection, row.id, news, done_ms=milliseconds(event.done))


def _start(connection: Connection, row: AnyRow, event: Started, news: list[Change]) -> None:
    is_new = row.run != event.run
    if is_new:
        if has_text(connection, row.id):
            revisions.keep(connection, row.id, revisions.RESTARTED)
        forget_decoding(connection, row.id)
    recipe = _recipe(row, event.info)
    for block in event.blocks:
        _plan(connection, row.id, block, recipe)
    unfinished = select(BLOCK.c.number).where(
        BLOCK.c.transcript == row.id, BLOCK.c.is_completed.is_(False)
    )
    # Gaps of these blocks are found again.
    connection.execute(delete(GAP).where(GAP.c.transcript == row.id, GAP.c.block.in_(unfinished)))
    values: dict[str, object] = {"is_edited": False, "done_ms": 0} if is_new else {}
    values |= {"run": event.run, "fingerprint": event.fingerprint, "recipe": recipe}
    # Counts from the start: everything is indexed as it is stored.
    values |= {"indexed": VERSION} if is_new else {}
    _change(connection, row.id, news, **values, **info_values(event.info))
    news.append(BlocksPlanned(row.id, reading.blocks(connection, row.id), is_new))


def _recipe(row: AnyRow, info: TranscriptionInfo) -> str:
    options = options_from(row.options)
    parts = [options_text(replace(options, profile="", compute=type(options.compute)()))]
    parts += [info.model, info.device, info.compute_type]
    if options.transcription.temperatures:
        parts.append(secrets.token_hex(8))  # sampled text is never the same again
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _plan(connection: Connection, transcript: int, block: Block, recipe: str) -> None:
    known = _block_row(connection, transcript, block.index)
    if known is None:
        _insert_block(connection, transcript, block, recipe)
    elif not known.is_completed:
        values = block_values(block)
        if known.next_n and known.recipe != recipe:
            values |= {"shift": known.next_n, "after_ms": known.reached_ms}
        _update_block(connection, transcript, block.index, {**values, "recipe": recipe})


def _add_segment(
    connection: Connection, row: AnyRow, event: SegmentDecoded, news: list[Change]
) -> None:
    if event.segment.words[0].id.rsplit(".", 2)[0] != row.run:
        return
    block = _block_row(connection, row.id, event.block)
    if block is None:
        start = Block(event.block, event.segment.start, None)
        block = _insert_block(connection, row.id, start, row.recipe)
    segment = _new_part(event.segment, block)
    if segment is None:
        return
    add_segments(connection, row.id, [segment], event.removed)
    last = segment.words[-1]
    reached = max(block.reached_ms, *(milliseconds(word.end) for word in segment.words))
    values = {"next_n": (number_in(last.id) or 0) + 1, "reached_ms": reached}
    _update_block(connection, row.id, event.block, values)
    if event.removed is not None:
        news.append(SegmentsAdded(row.id, removed=(Removed(segment, event.removed),)))
        return
    if add_speakers(connection, row.id, [segment.speaker]):
        news.append(SpeakersChanged(row.id, reading.speakers(connection, row.id)))
    index_blocks(connection, row.id, [event.block])
    news.append(SegmentsAdded(row.id, (segment,)))


def _new_part(segment: Segment, block: AnyRow) -> Segment | None:
    """Return the segment with those words that were never stored; None if there are none."""
    words = []
    for word in segment.words:
        number = (number_in(word.id) or 0) + block.shift
        is_late = block.after_ms is None or milliseconds(word.start) >= block.after_ms
        if number >= block.next_n and is_late:
            words.append(_numbered(word, number))
    if not words:
        return None
    return replace(segment, id=words[0].id, words=tuple(words))


def _numbered(word: Word, number: int) -> Word:
    return replace(word, id=f"{word.id.rpartition('.')[0]}.{number}")


def _add_gap(connection: Connection, row: AnyRow, event: GapFound, news: list[Change]) -> None:
    values = {
        "transcript": row.id,
        "block": event.block,
        "start_ms": milliseconds(event.gap.start),
        "end_ms": milliseconds(event.gap.end),
    }
    connection.execute(insert_or_update(GAP).values(values).on_conflict_do_nothing())
    news.append(SegmentsAdded(row.id, gaps=(event.gap,)))


def _finish_block(
    connection: Connection, row: AnyRow, event: BlockCompleted, news: list[Change]
) -> None:
    if _block_row(connection, row.id, event.block.index) is None:
        _insert_block(connection, row.id, event.block, row.recipe)
    values = {
        **block_values(event.block),
        "is_completed": True,
        "speech_ms": milliseconds(event.speech),
        "options_hash": event.options_hash,
    }
    _update_block(connection, row.id, event.block.index, values)
    news.append(BlockFinished(row.id, event.block))


def _complete(connection: Connection, row: AnyRow, event: Completed, news: list[Change]) -> None:
    _change(
        connection,
        row.id,
        news,
        status=JobStatus.DONE,
        code="",
        detail="",
        done_ms=milliseconds(event.info.duration),
        **info_values(event.info),
    )


def _change(connection: Connection, transcript: int, news: list[Change], **values: object) -> None:
    connection.execute(update(TRANSCRIPT).where(TRANSCRIPT.c.id == transcript).values(values))
    news.append(TranscriptChanged(reading.summary(connection, transcript)))


def _block_row(connection: Connection, transcript: int, number: int) -> AnyRow | None:
    query = select(BLOCK).where(BLOCK.c.transcript == transcript, BLOCK.c.number == number)
    return connection.execute(query).first()


def _insert_block(connection: Connection, transcript: int, block: Block, recipe: str) -> AnyRow:
    values = {"transcript": transcript, "number": block.index, "recipe": recipe}
    statement = insert(BLOCK).values({**values, **block_values(block)}).returning(BLOCK)
    return connection.execute(statement).one()


def _update_block(
    connection: Connection, transcript: int, number: int, values: dict[str, object]
) -> None:
    here = (BLOCK.c.transcript == transcript) & (BLOCK.c.number == number)
    connection.execute(update(BLOCK).where(here).values(values))
