"""Say where text is still to come, or is missing, when several blocks are decoded side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from desktop.services.speaker_names import with_names
from desktop.ui.transcript.holes import Decoded, Hole, holes
from desktop.ui.transcript.row_document import Decoration
from desktop.ui.transcript.rows import Rows
from engine.events import Block
from engine.transcript.transcript import Segment, Speaker


class LiveText:
    """Know which blocks of a job are not finished, and whether it runs."""

    def __init__(self) -> None:
        self._blocks: dict[int, Block] = {}
        self._open: dict[int, Block] = {}
        """Those that are not finished."""
        self._reached: dict[int, float] = {}
        self.is_running = True
        """Whether more text comes: dots stand for it; else what is missing is named."""

    def plan(self, blocks: Iterable[Block], completed: Iterable[int]) -> None:
        """Take over the blocks; none at all if nothing is missing."""
        done = set(completed)
        self._blocks = {block.index: block for block in blocks}
        self._open = {index: block for index, block in self._blocks.items() if index not in done}
        if not self._blocks:
            self._reached.clear()

    def reach(self, block: int, end: float) -> None:
        """Know that a block gave words up to there, whatever people delete of them."""
        self._reached[block] = max(end, self._reached.get(block, end))

    def finish(self, block: Block) -> None:
        """Mark nothing for a block any more: it is whole, and lies where it says."""
        if self._open.pop(block.index, None) is not None:
            self._blocks[block.index] = block

    def frontier(self) -> float | None:
        """Return the first moment whose text is still to come; None if nothing is missing."""
        if not self._open:
            return None
        block = self._open[min(self._open)]
        return self._reached.get(block.index, block.start)

    def decoration(
        self, rows: Rows, segments: Sequence[Segment], speakers: Sequence[Speaker]
    ) -> Decoration:
        """Return what stands around the rows.

        While the job runs, a block with text has dots behind it; one without has a line of its own,
        unless the block before it is unfinished too: its dots stand for both.
        """
        named = {
            item.id: (number, item.name) for number, item in enumerate(with_names(speakers), 1)
        }
        if not self.is_running:
            return self._standing(rows, segments, named)
        newest = {segment.block: segment.id for segment in segments if segment.block in self._open}
        growing = set()
        below: defaultdict[int, tuple[float, ...]] = defaultdict(tuple)
        above: tuple[float, ...] = ()
        for block in self._open.values():
            if block.index in newest:
                at = rows.index(newest[block.index])
                growing |= set() if at is None else {id(rows[at])}
            elif block.index - 1 not in self._open:
                at = rows.before(block.start) - 1
                if at < 0:
                    above = (*above, block.start)
                else:
                    below[id(rows[at])] += (block.start,)
        return Decoration(named, frozenset(growing), dict(below), above)

    def _standing(
        self, rows: Rows, segments: Sequence[Segment], named: Mapping[str, tuple[int, str]]
    ) -> Decoration:
        """Return what is missing around the rows of a job that does not run."""
        below: defaultdict[int, tuple[Hole, ...]] = defaultdict(tuple)
        above: tuple[Hole, ...] = ()
        # Where there is no text at all, a sentence on the page says why.
        decoded = Decoded(
            self._blocks.values(), self._blocks.keys() - self._open.keys(), self._reached
        )
        for hole in holes(decoded, segments) if len(rows) else ():
            at = rows.before(hole.start) - 1
            if at < 0:
                above = (*above, hole)
            else:
                below[id(rows[at])] += (hole,)
        return Decoration(named, holes_below=dict(below), holes_above=above)
