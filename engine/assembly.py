"""Put the events of a job together: into a transcript, and into the point to resume it from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from engine.events import (
    BlockCompleted,
    Completed,
    Event,
    GapFound,
    ResumePoint,
    SegmentDecoded,
    Started,
)
from engine.transcript.transcript import Gap, Removed, Segment, Speaker, Transcript, seconds


class TranscriptAssembly:
    """Fold events; at any moment ask for the transcript so far or for the point to resume from.

    A resumed run keeps its name: what unfinished blocks had is dropped, for they are decoded anew.
    A run with another name starts over.
    """

    def __init__(self) -> None:
        self._started: Started | None = None
        self._segments: dict[int, list[SegmentDecoded]] = defaultdict(list)
        self._gaps: dict[int, list[Gap]] = defaultdict(list)
        self._completed: dict[int, BlockCompleted] = {}
        self.is_complete = False

    def add(self, event: Event) -> None:
        """Take one event in."""
        if isinstance(event, Started):
            self._start(event)
        elif isinstance(event, SegmentDecoded):
            self._segments[event.block].append(event)
        elif isinstance(event, GapFound):
            self._gaps[event.block].append(event.gap)
        elif isinstance(event, BlockCompleted):
            self._completed[event.block.index] = event
        elif isinstance(event, Completed) and self._started is not None:
            self._started = replace(self._started, info=event.info)
            self.is_complete = True

    def _start(self, event: Started) -> None:
        if self._started is None or self._started.run != event.run:
            self._completed.clear()
        for decoded in (self._segments, self._gaps):
            for index in [index for index in decoded if index not in self._completed]:
                del decoded[index]
        self._started = event
        self.is_complete = False

    @property
    def has_started(self) -> bool:
        """Tell whether a `Started` event was seen."""
        return self._started is not None

    def resume_point(self) -> ResumePoint | None:
        """Return where to go on; None if nothing has started."""
        if self._started is None:
            return None
        known = {block.index: block for block in self._started.blocks}
        known |= {index: event.block for index, event in self._completed.items()}
        return ResumePoint(
            run=self._started.run,
            fingerprint=self._started.fingerprint,
            blocks=tuple(known[index] for index in sorted(known)),
            completed=tuple(sorted(self._completed)),
            info=self._started.info,
            speech=self._speech(),
        )

    def finished_segments(self, first_block: int = 0) -> tuple[Segment, ...]:
        """Return the segments from a block on, up to the first that is not finished."""
        last = self.open_block()
        return self._kept(index for index in self._segments if first_block <= index <= last)

    def open_block(self) -> int:
        """Return the index of the first block that is not finished; one too many if all are."""
        index = 0
        while index in self._completed:
            index += 1
        return index

    def transcript(self) -> Transcript:
        """Return everything decoded so far, in order of time; `ValueError` before `Started`."""
        if self._started is None:
            raise ValueError("nothing has started")
        decoded = [event for events in self._segments.values() for event in events]
        removed = [
            Removed(event.segment, event.removed) for event in decoded if event.removed is not None
        ]
        kept = self._kept(self._segments)
        speakers = {segment.speaker for segment in kept if segment.speaker is not None}
        names = sorted(speakers, key=lambda name: (len(name), name))  # channel-2 before channel-10
        return Transcript(
            info=replace(self._started.info, speech_duration=self._speech()),
            segments=kept,
            speakers=tuple(Speaker(name, speaker_name(name)) for name in names),
            removed=tuple(sorted(removed, key=lambda item: _order(item.segment))),
            gaps=tuple(
                sorted(
                    (gap for gaps in self._gaps.values() for gap in gaps),
                    key=lambda gap: (gap.start, gap.end),
                )
            ),
        )

    def _speech(self) -> float:
        return seconds(sum((event.speech for event in self._completed.values()), 0.0))

    def _kept(self, blocks: Iterable[int]) -> tuple[Segment, ...]:
        decoded = [event for index in blocks for event in self._segments[index]]
        return tuple(
            sorted((event.segment for event in decoded if event.removed is None), key=_order)
        )


def speaker_name(speaker: str) -> str:
    """Return how a speaker found by the engine is called: channel-2 is Speaker 2."""
    return f"Speaker {speaker.rpartition('-')[2]}"


def _order(segment: Segment) -> tuple[float, int, int]:
    number = segment.id.rpartition(".")[2]
    return (segment.start, segment.block, int(number) if number.isdecimal() else 0)
