"""The library: what the rest of the program knows of the store."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

from desktop.store import backups, changing, edits, revisions, shelves
from desktop.store.database import Database, forget_change
from desktop.store.failures import translated
from desktop.store.indexing import index_one, merge_some
from desktop.store.network_folder import is_network_folder
from desktop.store.reader import LibraryReader
from desktop.store.recording import Recorder
from desktop.store.records import Change, JobOptions, JobStatus, NewTranscript, Source
from desktop.store.rows import options_text, source_values, storable
from desktop.store.tables import FOLDER, TAG
from desktop.store.writer import Work, Writer
from engine.errors import LibraryError
from engine.events import Event
from engine.transcript.editing import Edit
from engine.transcript.transcript import Speaker

logger = logging.getLogger(__name__)

_PAGES_AT_ONCE = 200
"""Pages of the index that are merged between two pieces of other work."""

_UNWRITABLE = ("library.disk_full", "library.read_only", "library.in_use")
"""Errors that the next transcript would meet as well."""


def ignore(_change: Change) -> None:
    """Listen to nothing."""


class Library(LibraryReader):  # pylint: disable=too-many-public-methods  # one façade on purpose
    """All transcripts of this computer; any thread.

    What writes returns at once with a future that is done after the commit and after the listener
    was told; it carries `LibraryError` if the library could not do it: nothing was changed then.
    """

    def __init__(
        self,
        path: Path,
        on_change: Callable[[Change], None] = ignore,
        *,
        is_remote: Callable[[Path], bool] = is_network_folder,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open or create a library, bring it up to date, check it if it was not closed.

        `on_change` is called in the store thread. Raises `LibraryError`: too_new, in_use, corrupt,
        disk_full, read_only or network_folder; the file is left as it was.
        """
        database = Database(path, is_remote=is_remote)
        super().__init__(database)
        self.was_interrupted = database.was_interrupted
        """Whether the program ended without closing the library."""
        self._recorder = Recorder(clock)
        self._unreadable: set[int] = set()
        """Transcripts that cannot be indexed."""
        try:
            self._writer = Writer(database, on_change)
        except LibraryError:
            database.close()
            raise
        self._index_next()

    def close(self) -> None:
        """Store what was handed in, then close the file; waits."""
        self._writer.close()
        self._database.close()

    def back_up(self, is_cancelled: Callable[[], bool], today: date | None = None) -> Path | None:
        """Copy the library beside itself unless it was today, or nothing changed, or room is short.

        Takes as long as reading it all; call it from a thread that has time. Returns the backup.
        Raises `LibraryError`, `Cancelled`.
        """
        library = self._database.path
        target = backups.path_of(library, today or date.today())
        with translated(library.parent):
            backups.drop_unfinished(library)
            if target.exists() or not backups.is_possible(library):
                return None
        change = self._writer.take_change().result()
        if not change:
            return None
        self._database.back_up(target, is_cancelled)
        self._writer.submit(lambda connection, _: forget_change(connection, change)).result()
        backups.drop_old(library, target)
        return target

    def _index_next(self) -> None:
        """Bring the index up to date, one transcript at a time, between other work."""
        tried: list[int] = []
        with suppress(RuntimeError):  # closed meanwhile; the next start goes on
            indexing = self._writer.submit(
                lambda connection, _: index_one(connection, self._unreadable, tried)
            )
            indexing.add_done_callback(partial(self._on_indexed, tried))

    def _on_indexed(self, tried: Sequence[int], future: Future[None]) -> None:
        if future.cancelled() or not tried:
            return
        error = future.exception()
        if error is not None:
            code = error.code if isinstance(error, LibraryError) else type(error).__name__
            logger.warning("transcript %s could not be indexed: %s", tried[0], code)
            if code in _UNWRITABLE:
                return
            self._unreadable.update(tried)
        self._index_next()

    def add(self, new: NewTranscript) -> Future[int]:
        """Add a recording at the end of the queue; gives the id of its transcript."""
        return self._writer.submit(lambda connection, news: changing.add(connection, new, news))

    def set_status(
        self,
        transcript: int,
        status: JobStatus,
        *,
        code: str = "",
        detail: str = "",
        only_from: Collection[JobStatus] = tuple(JobStatus),
    ) -> Future[None]:
        """Say how far a transcript is, and why it stopped.

        With `only_from`, nothing is changed if it has another status when its turn comes.
        """
        values = {"status": status, "code": code, "detail": storable(detail)}
        work = partial(changing.set_status, transcript, only_from, values)
        return self._writer.submit(work)

    def set_source(self, transcript: int, source: Source) -> Future[None]:
        """Say where the recording is now."""
        return self._change([transcript], **source_values(source))

    def set_options(self, transcript: int, options: JobOptions) -> Future[None]:
        """Change how what is not begun is transcribed."""
        return self._change([transcript], options=options_text(options))

    def set_speed(self, transcript: int, speed: float) -> Future[None]:
        """Store the measured speed; seconds of recording per second."""
        return self._change([transcript], speed=speed)

    def rename(self, transcript: int, title: str) -> Future[None]:
        """Give a transcript another title."""
        return self._change([transcript], title=storable(title))

    def set_folder(self, transcripts: Sequence[int], folder: int | None) -> Future[None]:
        """Put transcripts into a folder, or into none."""
        return self._change(transcripts, folder=changing.existing_folder(folder))

    def _change(self, transcripts: Sequence[int], **values: object) -> Future[None]:
        return self._writer.submit(
            lambda connection, news: changing.change(connection, transcripts, news, **values)
        )

    def set_tags(self, transcript: int, tags: Sequence[int]) -> Future[None]:
        """Put just these tags on a transcript."""
        return self._writer.submit(
            lambda connection, news: changing.set_tags(connection, transcript, tags, news)
        )

    def record(self, transcript: int, event: Event) -> Future[None]:
        """Store what the engine says (rules: `recording`); `Notice` and `Failed` are not stored.

        Once an event failed, all that follow fail like it until the next `Started` is stored.
        """
        return self._writer.submit(
            lambda connection, news: self._recorder.record(connection, transcript, event, news),
            partial(self._recorder.guarding, transcript, event),
        )

    def apply(self, transcript: int, edit: Edit) -> Future[None]:
        """Store an edit; `library.changed` if `edit.before` is not what is stored."""
        return self._writer.submit(
            lambda connection, news: edits.apply_edit(connection, transcript, edit, news)
        )

    def set_speakers(self, transcript: int, speakers: tuple[Speaker, ...]) -> Future[None]:
        """Name speakers and order them; who still speaks in the text stays in the list."""
        return self._writer.submit(
            lambda connection, news: edits.set_speakers(connection, transcript, speakers, news)
        )

    def move(self, transcript: int, before: int | None) -> Future[None]:
        """Put a transcript before another one in the queue; None puts it at the end."""
        return self._writer.submit(
            lambda connection, news: changing.move(connection, transcript, before, news)
        )

    def put_into_trash(self, transcripts: Sequence[int]) -> Future[None]:
        """Hide transcripts until they are taken back or deleted for good."""
        return self._writer.submit(
            lambda connection, news: changing.put_into_trash(connection, transcripts, news)
        )

    def take_from_trash(self, transcripts: Sequence[int]) -> Future[None]:
        """Bring transcripts back."""
        return self._writer.submit(
            lambda connection, news: changing.take_from_trash(connection, transcripts, news)
        )

    def delete_for_good(self, transcripts: Sequence[int]) -> Future[int]:
        """Remove transcripts and all that belongs to them; gives how many were there."""
        return self._purging(
            lambda connection, news: changing.delete_for_good(connection, transcripts, news)
        )

    def empty_trash(self, older_than_days: float) -> Future[int]:
        """Remove what has been in the trash for so long; gives how many there were."""
        return self._purging(
            lambda connection, news: changing.empty_trash(connection, older_than_days, news)
        )

    def _purging(self, work: Work[int]) -> Future[int]:
        future = self._writer.submit(work)
        future.add_done_callback(partial(self._on_deleted, pages=-_PAGES_AT_ONCE))
        return future

    def _on_deleted(self, future: Future[int] | Future[bool], pages: int) -> None:
        """Take deleted words out of the index, piece by piece, between other work."""
        if future.cancelled() or future.exception() is not None or not future.result():
            return
        with suppress(RuntimeError):  # closed meanwhile
            merging = self._writer.submit(lambda connection, _: merge_some(connection, pages))
            merging.add_done_callback(partial(self._on_deleted, pages=_PAGES_AT_ONCE))

    def add_folder(self, name: str) -> Future[int]:
        """Give the id of the folder of this name; it is made unless there is one."""
        return self._writer.submit(
            lambda connection, news: shelves.add(connection, FOLDER, name, news)
        )

    def add_tag(self, name: str) -> Future[int]:
        """Give the id of the tag of this name; it is made unless there is one."""
        return self._writer.submit(
            lambda connection, news: shelves.add(connection, TAG, name, news)
        )

    def rename_folder(self, folder: int, name: str) -> Future[None]:
        """Give a folder another name."""
        return self._writer.submit(
            lambda connection, news: shelves.rename(connection, FOLDER, folder, name, news)
        )

    def rename_tag(self, tag: int, name: str) -> Future[None]:
        """Give a tag another name."""
        return self._writer.submit(
            lambda connection, news: shelves.rename(connection, TAG, tag, name, news)
        )

    def remove_folder(self, folder: int) -> Future[None]:
        """Remove a folder; its transcripts stay, without a folder."""
        return self._writer.submit(
            lambda connection, news: shelves.remove_folder(connection, folder, news)
        )

    def remove_tag(self, tag: int) -> Future[None]:
        """Remove a tag, also from the transcripts that carry it."""
        return self._writer.submit(
            lambda connection, news: shelves.remove_tag(connection, tag, news)
        )

    def keep_revision(self, transcript: int, reason: str) -> Future[int]:
        """Keep the transcript as it is (`Revision.reason`); gives the revision's number."""
        return self._writer.submit(
            lambda connection, news: revisions.keep(connection, transcript, reason)
        )

    def restore_revision(self, transcript: int, number: int) -> Future[None]:
        """Bring a revision back after keeping what is there; stop its job before."""
        return self._writer.submit(
            lambda connection, news: revisions.restore(connection, transcript, number, news)
        )

    def start_over(self, transcript: int) -> Future[None]:
        """Keep a revision, forget the decoding, queue it where new ones come; stop its job first.

        One that is in the queue already keeps its place.
        """
        return self._writer.submit(
            lambda connection, news: changing.start_over(connection, transcript, news)
        )
