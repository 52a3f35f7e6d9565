"""Make an editing session of two segments for tests."""

from __future__ import annotations

from pathlib import Path

from desktop.services.editing_session import EditingSession
from desktop.store.records import JobOptions, JobStatus, Source, StoredTranscript, TranscriptSummary
from engine.transcript.editing import WordIds, retype
from engine.transcript.transcript import Speaker, Transcript
from tests.engine.transcript.sample import INFO, segment
from tests.fakes.edited_library import EditedLibrary

ONE = segment("one and two", 0, 3)
TWO = segment("three and four", 3, 6, number=10)
ANNA, JAN = Speaker("here.1", "Anna"), Speaker("here.2", "")
IDS = WordIds("here")


class Clock:
    """Stand still until the time is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def new_session(library: EditedLibrary, clock: Clock) -> EditingSession:
    """Return a session of what the library has."""
    summary = TranscriptSummary(
        1, "0" * 32, "Talk", JobStatus.DONE, Source(Path("talk.mp3")), JobOptions("base"), 0.0
    )
    stored = StoredTranscript(summary, Transcript(INFO, library.segments))
    return EditingSession(library, stored, IDS, clock=clock)


def texts(session: EditingSession) -> list[str]:
    """Return the text of each segment."""
    return [item.text for item in session.segments]


def type_into(session: EditingSession, *typed: str) -> None:
    """Type into the first segment, each text in the place of the one before."""
    for text in typed:
        session.type(retype(session.segments[:1], text, IDS))
