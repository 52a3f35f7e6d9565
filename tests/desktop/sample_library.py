"""Fill a library with recordings in every state: for pictures, and for tests of whole screens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.store.records import JobOptions, JobStatus, NewTranscript, Source
from engine.events import Block, BlockCompleted, Completed, Progress, SegmentDecoded, Started
from engine.transcript.transcript import Segment, Speaker, TranscriptionInfo, Word
from tests.desktop.sample_texts import ARABIC, COUNCIL, GERMAN, JAPANESE, KOWALSKI, LECTURE, Line

if TYPE_CHECKING:
    from desktop.store.library import Library

_WORDS_PER_SECOND = 2.6
_DOUBTFUL, _SURE = 0.31, 0.97
_BLOCK_SECONDS = 290.0


@dataclass(frozen=True, slots=True)
class Recording:  # pylint: disable=too-many-instance-attributes
    """One row of the sample library."""

    title: str
    duration: float
    """Seconds."""
    lines: tuple[Line, ...] = ()
    language: str = "en"
    folder: str = ""
    status: JobStatus = JobStatus.DONE
    code: str = ""
    done: float = 1.0
    """How much of it is decoded, 0 to 1; of a recording that is not done."""
    tags: tuple[str, ...] = ()
    suffix: str = ".mp3"


@dataclass(frozen=True, slots=True)
class SampleLibrary:
    """What lies where in a library that was filled."""

    transcripts: dict[str, int] = field(default_factory=dict)
    """Title → id."""
    folders: dict[str, int] = field(default_factory=dict)
    tags: dict[str, int] = field(default_factory=dict)
    pending: list[Future[None]] = field(default_factory=list)
    """What is still being written while it is filled."""


LONG_TITLE = (
    "Protokoll der außerordentlichen Mitgliederversammlung des Fischereivereins "
    "Sankt Peter-Ording 2026 (Teil 2, Diktiergerät, ungeschnitten) 🎙️🐟🌊"
)

RECORDINGS = (
    Recording("Cold open, take 3", 58, KOWALSKI[:3], folder="Podcast"),
    Recording("Episode 30 – Salt", 2475, KOWALSKI, folder="Podcast", tags=("published",)),
    Recording("Episode 31 – The archive", 2388, KOWALSKI, folder="Podcast"),
    Recording("Field notes, Hel", 412, LECTURE, folder="Thesis"),
    Recording("Focus group 2", 5467, KOWALSKI, folder="Thesis", tags=("to check",), suffix=".mkv"),
    Recording("Interview Nowak", 2900, KOWALSKI, folder="Thesis"),
    Recording("Interview Kowalski", 3734, KOWALSKI, folder="Thesis", tags=("to check",)),
    Recording("天気予報 三月", 61, JAPANESE, "ja"),
    Recording("اجتماع الفريق", 95, ARABIC, "ar"),
    Recording(LONG_TITLE, 7300, GERMAN, "de"),
    Recording("Council meeting 12 May", 3734, COUNCIL, status=JobStatus.RUNNING, done=0.464),
    Recording("Radio feature, raw", 1710, status=JobStatus.QUEUED, done=0.0, suffix=".wav"),
    Recording("Lecture 4 – Hydrology", 5400, LECTURE, status=JobStatus.PAUSED, done=0.1),
    Recording(
        "Dictaphone 0031", 0, status=JobStatus.FAILED, code="media.unreadable", done=0.0
    ),
    Recording(
        "Panel discussion",
        4100,
        KOWALSKI,
        status=JobStatus.FAILED,
        code="media.not_found",
        done=0.3,
        suffix=".mp4",
    ),
)  # fmt: skip


def fill(
    library: Library, media: Path, recordings: Sequence[Recording] = RECORDINGS
) -> SampleLibrary:
    """Write recordings into an empty library, as if they lay in the folder `media`."""
    sample = SampleLibrary()
    for recording in recordings:
        _add(library, media, recording, sample)
    for future in sample.pending:
        future.result()
    sample.pending.clear()
    return sample


def _add(library: Library, media: Path, recording: Recording, sample: SampleLibrary) -> None:
    source = Source(
        media / (recording.title + recording.suffix),
        size_bytes=int(recording.duration * 16_000) + 44,
        content=f"{len(sample.transcripts):032x}",
        duration=recording.duration or None,
        has_video=recording.suffix in (".mkv", ".mp4"),
    )
    new = NewTranscript(recording.title, source, JobOptions("base"))
    number = library.add(new).result()
    sample.transcripts[recording.title] = number
    if recording.lines:
        sample.pending.extend(_transcribe(library, number, recording))
    _shelve(library, number, recording, sample)
    sample.pending.append(library.set_status(number, recording.status, code=recording.code))


def _transcribe(library: Library, number: int, recording: Recording) -> Iterator[Future[None]]:
    run = f"sample{number}"
    blocks = _blocks(recording.duration)
    info = TranscriptionInfo(
        recording.language, 0.98, recording.duration, 0.0, "base", "int8", "cpu", 0
    )
    yield library.record(number, Started(run, "fingerprint", blocks, info))
    reached = recording.duration * recording.done
    counts = [0] * len(blocks)
    for line in recording.lines:
        index = int(line[1] // _BLOCK_SECONDS)
        segment = _segment(run, index, counts[index], line)
        counts[index] += len(segment.words)
        yield library.record(number, SegmentDecoded(segment))
    for block in blocks:
        if block.end is not None and block.end <= reached:
            yield library.record(number, BlockCompleted(block, block.end - block.start, "options"))
    yield library.record(number, Progress(reached, recording.duration))
    if recording.status is JobStatus.DONE:
        yield library.record(number, Completed(info))
    names = dict.fromkeys(line[0] for line in recording.lines if line[0])
    yield library.set_speakers(number, tuple(Speaker(name, name) for name in names))
    yield library.set_speed(number, 12.0)


def _blocks(duration: float) -> tuple[Block, ...]:
    count = max(1, -int(-duration // _BLOCK_SECONDS))
    return tuple(
        Block(index, index * _BLOCK_SECONDS, min(duration, (index + 1) * _BLOCK_SECONDS))
        for index in range(count)
    )


def _segment(run: str, block: int, first: int, line: Line) -> Segment:
    speaker, start, text = line
    # Scripts without spaces have a word a character.
    parts = text.split(" ") if " " in text else list(text)
    words = []
    for index, part in enumerate(parts):
        begin = round(start + index / _WORDS_PER_SECOND, 3)
        space = " " if " " in text else ""
        words.append(
            Word(
                f"{run}.{block}.{first + index}",
                begin,
                round(begin + 0.3, 3),
                space + part.removeprefix("*"),
                _DOUBTFUL if part.startswith("*") else _SURE,
            )
        )
    return Segment(words[0].id, block, tuple(words), speaker or None)


def _shelve(library: Library, number: int, recording: Recording, sample: SampleLibrary) -> None:
    if recording.folder:
        if recording.folder not in sample.folders:
            sample.folders[recording.folder] = library.add_folder(recording.folder).result()
        sample.pending.append(library.set_folder([number], sample.folders[recording.folder]))
    for tag in recording.tags:
        if tag not in sample.tags:
            sample.tags[tag] = library.add_tag(tag).result()
    if recording.tags:
        chosen = [sample.tags[tag] for tag in recording.tags]
        sample.pending.append(library.set_tags(number, chosen))
