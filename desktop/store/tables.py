"""The tables of the library, as the newest migration leaves them; times are milliseconds."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Column, Dialect, Integer, MetaData, Named, String, Table, TypedColumns
from sqlalchemy.types import LargeBinary, TypeDecorator


class PathText(TypeDecorator[Path]):  # pylint: disable=abstract-method,too-many-ancestors
    """Store a path as text, or as the system's bytes if its name is no Unicode."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Path | None, dialect: Dialect) -> str | None:
        """Return what is stored."""
        text = str(value)
        try:
            text.encode()
        except UnicodeEncodeError:
            # SQLite keeps bytes in a column of any type, and gives them back as bytes.
            return os.fsencode(text)  # type: ignore[return-value]
        return text

    def process_result_value(self, value: str | None, dialect: Dialect) -> Path | None:
        """Return the path again."""
        return Path(os.fsdecode(value or ""))


class TranscriptColumns(TypedColumns):
    """One row for each transcript, done or not."""

    id = Column(Integer, primary_key=True)
    uid: Named[str]
    title: Named[str]
    status: Named[str]
    code: Named[str]
    detail: Named[str]
    position: Named[int]
    folder: Named[int | None]
    path = Column(PathText, nullable=False)
    size_bytes: Named[int]
    content: Named[str]
    declared_ms: Named[int | None]
    has_video: Named[bool]
    options: Named[str]
    created: Named[float]
    deleted: Named[float | None]
    is_edited: Named[bool]
    speed: Named[float]
    done_ms: Named[int]
    run: Named[str]
    fingerprint: Named[str]
    recipe: Named[str]
    """What decodes now: a hash of the options, the speech model and the device (`recording`)."""
    language: Named[str]
    language_probability: Named[float]
    duration_ms: Named[int]
    speech_ms: Named[int]
    model: Named[str]
    device: Named[str]
    compute_type: Named[str]
    track: Named[int]
    notes: Named[str]
    indexed: Named[int]
    """Version of the search index that its text is in; 0 if it is in none."""


class BlockColumns(TypedColumns):
    """One row for each block the engine planned."""

    transcript = Column(Integer, primary_key=True)
    number = Column(Integer, primary_key=True)
    start_ms: Named[int]
    end_ms: Named[int | None]
    channel: Named[int | None]
    is_completed: Named[bool]
    speech_ms: Named[int]
    options_hash: Named[str]
    recipe: Named[str]
    """What decoded its words."""
    next_n: Named[int]
    """Number that the next new word takes; one more than that of the last word ever stored."""
    shift: Named[int]
    """Added to the engine's numbers, if another recipe decodes the block than it began with."""
    reached_ms: Named[int]
    """End of the last word ever stored."""
    after_ms: Named[int | None]
    """Words that start earlier are known from another recipe."""


class SegmentColumns(TypedColumns):
    """One row for each segment, also of removed text."""

    id = Column(Integer, primary_key=True)
    transcript: Named[int]
    block: Named[int]
    uid: Named[str]
    start_ms: Named[int]
    place: Named[float]
    """Order of segments of a block that start at the same time."""
    speaker: Named[str | None]
    removed: Named[str | None]
    """Why it is kept out of the text; NULL if it is not."""
    paragraph: Named[bool | None]
    avg_logprob: Named[float]
    no_speech_prob: Named[float]
    compression_ratio: Named[float]
    temperature: Named[float]
    words = Column(LargeBinary, nullable=False)
    """As `packing` makes it."""


class GapColumns(TypedColumns):
    """One row for each stretch of speech without text."""

    transcript = Column(Integer, primary_key=True)
    block = Column(Integer, primary_key=True)
    start_ms = Column(Integer, primary_key=True)
    end_ms = Column(Integer, primary_key=True)


class SpeakerColumns(TypedColumns):
    """One row for each speaker of a transcript."""

    transcript = Column(Integer, primary_key=True)
    uid = Column(String, primary_key=True)
    name: Named[str]
    """Empty while nobody gave a name."""
    position: Named[int]


class NamedColumns(TypedColumns):
    """A folder, or a tag."""

    id = Column(Integer, primary_key=True)
    name: Named[str]


class TranscriptTagColumns(TypedColumns):
    """One row for each tag on a transcript."""

    transcript = Column(Integer, primary_key=True)
    tag = Column(Integer, primary_key=True)


class RevisionColumns(TypedColumns):
    """One row for each state of a transcript that was kept."""

    transcript = Column(Integer, primary_key=True)
    number = Column(Integer, primary_key=True)
    created: Named[float]
    reason: Named[str]
    content = Column(LargeBinary, nullable=False)
    """As `revisions` makes it."""


class PassageColumns(TypedColumns):
    """One row for each piece of text that is searched as a whole."""

    id = Column(Integer, primary_key=True)
    transcript: Named[int]
    block: Named[int]
    ordinal: Named[int]
    start_ms: Named[int]
    own: Named[int]
    """How many of its segments are its own; the rest it shares with the next passage."""
    segments: Named[str]
    """Row ids of its segments, joined by commas."""
    text: Named[str]
    """Folded words, joined by spaces."""


class MetaColumns(TypedColumns):
    """What is to be known about the library itself."""

    key = Column(String, primary_key=True)
    value: Named[str]


METADATA = MetaData()
TRANSCRIPT = Table("transcript", METADATA, TranscriptColumns)
BLOCK = Table("block", METADATA, BlockColumns)
SEGMENT = Table("segment", METADATA, SegmentColumns)
GAP = Table("gap", METADATA, GapColumns)
SPEAKER = Table("speaker", METADATA, SpeakerColumns)
FOLDER = Table("folder", METADATA, NamedColumns)
TAG = Table("tag", METADATA, NamedColumns)
TRANSCRIPT_TAG = Table("transcript_tag", METADATA, TranscriptTagColumns)
REVISION = Table("revision", METADATA, RevisionColumns)
PASSAGE = Table("passage", METADATA, PassageColumns)
META = Table("meta", METADATA, MetaColumns)
