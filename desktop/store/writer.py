"""The one thread that writes: what it is handed becomes one transaction after the other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack, nullcontext
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TypeVar

from sqlalchemy import Connection

from desktop.store.database import Database, note_change, noted_change
from desktop.store.records import Change

logger = logging.getLogger(__name__)

T = TypeVar("T")
News = list[Change]
Work = Callable[[Connection, News], T]
"""Reads and writes within a transaction, and adds to the list what listeners are to be told."""

_REFUSALS = ("library.changed", "library.not_found")
"""Errors that say nothing about the state of the connection."""


class Writer:
    """Run work on the store thread, in order; a failed piece leaves no trace."""

    def __init__(self, database: Database, on_change: Callable[[Change], None]) -> None:
        self._database = database
        self._on_change = on_change
        self._connection: Connection | None = database.connect_writer()
        self._tasks: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._lock = Lock()
        self._is_closed = False
        self._is_change_noted = False
        self._thread = Thread(target=self._run, name="store", daemon=True)
        self._thread.start()

    def submit(
        self, work: Work[T], around: Callable[[], AbstractContextManager[None]] = nullcontext
    ) -> Future[T]:
        """Return what the work will give, known after the commit and after listeners were told.

        Any thread. The future carries `LibraryError` if the library could not do it. `around` is
        entered in the store thread before the transaction and meets what goes wrong, also with the
        commit. Raises `RuntimeError` after `close`.
        """
        future: Future[T] = Future()
        with self._lock:
            if self._is_closed:
                raise RuntimeError("the library is closed")
            self._tasks.put(lambda: self._settle(work, future, around))
        return future

    def take_change(self) -> Future[str]:
        """Return which change no backup has, empty if there is none; later ones are noted anew."""

        def take(connection: Connection, _news: News) -> str:
            self._is_change_noted = False
            return noted_change(connection)

        return self.submit(take)

    def close(self) -> None:
        """Wait for what was handed in, then end the thread."""
        with self._lock:
            if not self._is_closed:
                self._tasks.put(None)
            self._is_closed = True
        self._thread.join()

    def _run(self) -> None:
        while (task := self._tasks.get()) is not None:
            try:
                task()
            except Exception:  # pylint: disable=broad-exception-caught  # the loop of the thread
                # Work hands its failures to its future; this is a listener's.
                logger.exception("a listener of the library failed")
        self._disconnect()

    def _settle(
        self,
        work: Work[T],
        future: Future[T],
        around: Callable[[], AbstractContextManager[None]],
    ) -> None:
        if not future.set_running_or_notify_cancel():
            return
        news: News = []
        try:
            with around(), self._database.watching():
                result = self._do(work, news)
        except BaseException as exc:  # pylint: disable=broad-exception-caught
            # The end of this thread's part, as in `concurrent.futures`: it goes on where
            # somebody waits for the future.
            if getattr(exc, "code", "") not in _REFUSALS:
                self._disconnect()
            future.set_exception(exc)
            return
        with ExitStack() as told:  # all of them, whatever one of the listeners raises
            told.callback(future.set_result, result)
            for change in reversed(news):
                told.callback(self._on_change, change)

    def _do(self, work: Work[T], news: News) -> T:
        if self._connection is None:
            self._connection = self._database.connect_writer()
        with self._connection.begin():
            result = work(self._connection, news)
            is_new = bool(news) and not self._is_change_noted
            if is_new:
                note_change(self._connection)
        self._is_change_noted |= is_new
        return result

    def _disconnect(self) -> None:
        # The disk may have been away; the next work opens the file anew.
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
