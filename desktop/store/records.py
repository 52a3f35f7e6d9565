"""The values that the library hands out and takes in; plain, frozen, free of SQL and of Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from engine.events import Block
from engine.options import ComputeOptions, TranscriptionOptions
from engine.transcript.editing import Edit
from engine.transcript.transcript import Gap, Removed, Segment, Speaker, Transcript


class JobStatus(StrEnum):
    """Tell how far a transcript is; a job is a transcript that is not done yet."""

    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"


UNFINISHED = (JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.PAUSED, JobStatus.INTERRUPTED)
"""What the queue works on, now or when it is told to go on."""


@dataclass(frozen=True, slots=True)
class Source:
    """The recording behind a transcript."""

    path: Path
    size_bytes: int = 0
    content: str = ""
    """Hash of size and sampled megabytes: the same recording under another name has the same."""
    duration: float | None = None
    """Seconds, as the file declares it; None if it does not say."""
    has_video: bool = False


@dataclass(frozen=True, slots=True)
class JobOptions:
    """How a recording is transcribed: fixed when it is queued, changeable for what is not begun."""

    model: str
    """Name of an installed speech model, or of one that is to be downloaded."""
    transcription: TranscriptionOptions = field(default_factory=TranscriptionOptions)
    compute: ComputeOptions = field(default_factory=ComputeOptions)
    profile: str = ""
    """Name of the profile it was queued with; says which files are exported by themselves."""


@dataclass(frozen=True, slots=True)
class NewTranscript:
    """A recording that enters the queue."""

    title: str
    source: Source
    options: JobOptions
    folder: int | None = None
    status: JobStatus = JobStatus.QUEUED
    code: str = ""
    """Why it failed, if it enters as FAILED; as in `engine.errors`."""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TranscriptSummary:  # pylint: disable=too-many-instance-attributes
    """One row of the library: what lists show, without the text."""

    id: int
    uid: str
    """32 hex digits, the same on every computer."""
    title: str
    status: JobStatus
    source: Source
    options: JobOptions
    created: float
    """Seconds since 1970."""
    folder: int | None = None
    tags: tuple[int, ...] = ()
    language: str = ""
    """Code; empty until it is known."""
    language_probability: float = 0.0
    duration: float = 0.0
    """Seconds, measured; 0 until it is known."""
    done: float = 0.0
    """Seconds that are decoded."""
    device: str = ""
    compute_type: str = ""
    speed: float = 0.0
    """Seconds of recording per second of decoding, as last measured for it."""
    code: str = ""
    """Why it stopped, as in `engine.errors`; also set while QUEUED waits for something."""
    detail: str = ""
    position: int = 0
    """Place in the queue, least first."""
    deleted: float | None = None
    """When it was put into the trash; seconds since 1970."""
    is_edited: bool = False
    """Whether a person has changed its text."""


@dataclass(frozen=True, slots=True)
class StoredTranscript:
    """A transcript as it stands, and what is still to come."""

    summary: TranscriptSummary
    transcript: Transcript
    """Segments in order of time."""
    blocks: tuple[Block, ...] = ()
    """As planned by the engine; empty before the engine has started."""
    completed: tuple[int, ...] = ()
    """Indices of the blocks that are finished."""
    reached: tuple[float, ...] = ()
    """For each block the end of the last word it ever gave, in seconds; 0 if it gave none."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of the library (not of the disk)."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A word that people put on transcripts."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Revision:
    """A transcript as it once was."""

    number: int
    created: float
    """Seconds since 1970."""
    reason: str
    """`transcribed`, `edited`, `restarted` or `restored`."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A place where the searched words stand."""

    transcript: int
    title: str
    segment: str
    """Id of the segment in which the hit begins."""
    start: float
    """Seconds."""
    speaker: str
    """Name; empty if none is given."""
    text: str
    """The words around it, one line."""
    marks: tuple[tuple[int, int], ...]
    """Start and end (in `text`) of what matched."""
    speaker_number: int | None = None
    """Place of the speaker in the transcript's list, from 1; None if unknown."""


@dataclass(frozen=True, slots=True)
class TranscriptAdded:
    """A transcript entered the library, or came back from the trash."""

    summary: TranscriptSummary


@dataclass(frozen=True, slots=True)
class TranscriptChanged:
    """Something that lists show has changed."""

    summary: TranscriptSummary


@dataclass(frozen=True, slots=True)
class TranscriptRemoved:
    """A transcript left the library for good."""

    transcript: int


@dataclass(frozen=True, slots=True)
class BlocksPlanned:
    """The engine has started; nothing of an earlier run with another name remains."""

    transcript: int
    blocks: tuple[Block, ...]
    is_new_run: bool


@dataclass(frozen=True, slots=True)
class SegmentsAdded:
    """Decoded text was stored."""

    transcript: int
    segments: tuple[Segment, ...] = ()
    removed: tuple[Removed, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockFinished:
    """A block is finished: its placeholder can go."""

    transcript: int
    block: Block


@dataclass(frozen=True, slots=True)
class TranscriptEdited:
    """A person's edit was stored."""

    transcript: int
    edit: Edit


@dataclass(frozen=True, slots=True)
class SpeakersChanged:
    """Speakers were named, added or joined."""

    transcript: int
    speakers: tuple[Speaker, ...]


@dataclass(frozen=True, slots=True)
class TranscriptReplaced:
    """The whole text is another one: a revision was restored, or the job started over."""

    transcript: int


@dataclass(frozen=True, slots=True)
class ShelvesChanged:
    """Folders or tags were added, renamed or removed."""

    folders: tuple[Folder, ...]
    tags: tuple[Tag, ...]


Change = (
    TranscriptAdded
    | TranscriptChanged
    | TranscriptRemoved
    | BlocksPlanned
    | SegmentsAdded
    | BlockFinished
    | TranscriptEdited
    | SpeakersChanged
    | TranscriptReplaced
    | ShelvesChanged
)
"""What the library tells its listener, from the store thread, after the commit."""
