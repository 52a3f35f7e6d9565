"""Read the library from any thread, each call seeing one state of it."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.store import reading, revisions, search
from desktop.store.database import Database
from desktop.store.records import (
    Folder,
    Revision,
    SearchHit,
    StoredTranscript,
    Tag,
    TranscriptSummary,
)
from engine.events import ResumePoint
from engine.transcript.transcript import Transcript


class LibraryReader:
    """The reading half of the library; every method may raise `LibraryError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def summaries(self) -> list[TranscriptSummary]:
        """Return all transcripts but those in the trash, newest first."""
        with self._database.reading() as connection:
            return reading.summaries(connection)

    def trash(self) -> list[TranscriptSummary]:
        """Return the transcripts in the trash, last deleted first."""
        with self._database.reading() as connection:
            return reading.trash(connection)

    def summary(self, transcript: int) -> TranscriptSummary:
        """Return one summary; raises `LibraryError` with `library.not_found`."""
        with self._database.reading() as connection:
            return reading.summary(connection, transcript)

    def load(self, transcript: int) -> StoredTranscript:
        """Return a transcript with its text; raises `LibraryError` with `library.not_found`."""
        with self._database.reading() as connection:
            return reading.load(connection, transcript)

    def queue(self) -> list[TranscriptSummary]:
        """Return what is not finished, in the order of the queue."""
        with self._database.reading() as connection:
            return reading.queue(connection)

    def resume_point(self, transcript: int) -> ResumePoint | None:
        """Return where the engine can go on; None if it has not started."""
        with self._database.reading() as connection:
            return reading.resume_point(connection, transcript)

    def find_content(self, content: str) -> list[TranscriptSummary]:
        """Return the transcripts of a recording (`Source.content`), newest first."""
        with self._database.reading() as connection:
            return reading.with_content(connection, content)

    def folders(self) -> list[Folder]:
        """Return the folders in the order they were made."""
        with self._database.reading() as connection:
            return reading.folders(connection)

    def tags(self) -> list[Tag]:
        """Return the tags in the order they were made."""
        with self._database.reading() as connection:
            return reading.tags(connection)

    def search(self, query: str, *, limit: int = 200) -> Iterator[SearchHit]:
        """Yield where the words stand, phrases first, newest transcripts first, without the trash.

        Case, accents and the width of characters do not matter; “…” asks for the words in their
        order; the last word may be the beginning of one, unless something follows it.
        """
        return search.search(self._database.reading, query, limit)

    def revisions(self, transcript: int) -> list[Revision]:
        """Return what was kept of a transcript, newest first."""
        with self._database.reading() as connection:
            return reading.revisions(connection, transcript)

    def revision(self, transcript: int, number: int) -> Transcript:
        """Return a transcript as it once was; raises `LibraryError` with `library.not_found`."""
        with self._database.reading() as connection:
            return revisions.read(connection, transcript, number)
