"""Make transcripts, jobs and hits as the library would hand them out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from desktop.item_models.library_model import LibraryModel
from desktop.store.records import (
    JobOptions,
    JobStatus,
    SearchHit,
    Source,
    TranscriptSummary,
)


@dataclass(frozen=True)
class StubProgress:
    """How far a job is; same shape as what the queue says."""

    transcript: int
    done: float
    total: float | None
    remaining: float | None = None
    speed: float | None = None
    is_again: bool = False


def summary(number: int, title: str = "", **fields: object) -> TranscriptSummary:
    """Make a finished transcript of 48:20; any field can be another."""
    name = title or f"Interview {number}"
    base = TranscriptSummary(
        id=number,
        uid=f"{number:032x}",
        title=name,
        status=JobStatus.DONE,
        source=Source(Path("/recordings") / f"{name[:40]}.mp3".replace("/", "-")),
        options=JobOptions("base"),
        created=1_700_000_000.0 + number,
        duration=2_900.0,
        done=2_900.0,
        language="en",
        language_probability=0.98,
    )
    return replace(base, **fields)  # type: ignore[arg-type]  # fields are those of the record


def job(number: int, status: JobStatus, title: str = "", **fields: object) -> TranscriptSummary:
    """Make a job that is not done; its place in the queue is its number."""
    values = {"status": status, "position": number, "done": 0.0, **fields}
    return summary(number, title, **values)


def hit(transcript: int, start: float, text: str, word: str, **fields: object) -> SearchHit:
    """Make a place where a word was found."""
    at = text.index(word)
    base = SearchHit(
        transcript=transcript,
        title=f"Interview {transcript}",
        segment=f"{transcript}.{start}",
        start=start,
        speaker="",
        text=text,
        marks=((at, at + len(word)),),
    )
    return replace(base, **fields)  # type: ignore[arg-type]  # fields are those of the record


def show(model: LibraryModel, *summaries: TranscriptSummary) -> None:
    """Let a model show these transcripts on the shelves it has."""
    here = [one for one in summaries if one.deleted is None]
    trash = [one for one in summaries if one.deleted is not None]
    model.show_library(here, trash, model.contents.folders, model.contents.tags)
