"""What a running job says, in the order in which it happens.

`Started`, then any number of `SegmentDecoded`, `GapFound`, `BlockCompleted`, `Progress` and
`Notice` (those of several blocks interleave), then `Completed` or `Failed`.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.options import ComputeOptions
from engine.transcript.transcript import Gap, Segment, TranscriptionInfo


@dataclass(frozen=True, slots=True)
class Block:
    """The unit of work: a stretch of the recording that is decoded independently of all others."""

    index: int
    start: float
    end: float | None
    """Seconds; None while the end is not known yet (recordings without a length)."""
    channel: int | None = None
    """Channel that is decoded alone; None if the channels are mixed."""


@dataclass(frozen=True, slots=True)
class ResumePoint:
    """Say what of an earlier run is finished, so that only the rest is decoded."""

    run: str
    fingerprint: str
    blocks: tuple[Block, ...]
    completed: tuple[int, ...]
    """Indices of the blocks that are finished."""
    info: TranscriptionInfo
    speech: float = 0.0
    """Seconds of speech in the finished blocks."""


@dataclass(frozen=True, slots=True)
class Started:
    """The recording was read far enough to know its length and language."""

    run: str
    """Short random name of this decoding; a resumed run keeps it, a new one means: start over."""
    fingerprint: str
    """Of the recording's bytes (size and samples) and of the track, channels and part that are cut
    into blocks, so that blocks of other cuts are noticed."""
    blocks: tuple[Block, ...]
    """The blocks as planned; borders move to silences, and more come if the recording grows."""
    info: TranscriptionInfo
    """What is known at the start; `speech_duration` is 0 until `Completed`."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the job is."""

    done: float
    """Seconds of the recording that are decoded, over all blocks."""
    total: float | None
    """Seconds to decode; None if the length is not known yet."""


@dataclass(frozen=True, slots=True)
class SegmentDecoded:
    """One more segment; `removed` gives the reason if the quality checks distrust it."""

    segment: Segment
    removed: str | None = None

    @property
    def block(self) -> int:
        """Return the index of the block the segment belongs to."""
        return self.segment.block


@dataclass(frozen=True, slots=True)
class GapFound:
    """Speech that stayed without text, even though it was decoded once more."""

    block: int
    gap: Gap


@dataclass(frozen=True, slots=True)
class BlockCompleted:
    """A block is finished: nothing more will come for it, and it need not be decoded again."""

    block: Block
    speech: float
    """Seconds in which someone speaks."""
    options_hash: str
    """Of the options and the speech model that made this block."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know although the job goes on; code as in `engine.errors`."""

    code: str
    detail: str
    """Technical detail, no sentence for people."""
    compute: ComputeOptions | None = None
    """What the job goes on with, if that is less than was asked for."""


@dataclass(frozen=True, slots=True)
class Completed:
    """The job is finished."""

    info: TranscriptionInfo


@dataclass(frozen=True, slots=True)
class Failed:
    """The job cannot go on; what was decoded before stays valid."""

    code: str
    detail: str


Event = (
    Started | Progress | SegmentDecoded | GapFound | BlockCompleted | Notice | Completed | Failed
)
