"""Decode several blocks side by side, one thread a replica, into one stream of events."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Generic, TypeVar

from engine.errors import Cancelled, MediaError
from engine.events import Notice
from engine.recognition.block_decoding import BlockDecoding, BlockEvent, BlockSound, Brief
from engine.recognition.decoding import Encoded
from engine.recognition.devices import device_error

_WAIT = 0.05
_EVENTS_AHEAD = 256


Item = TypeVar("Item")


class _End:
    """Says on a queue that nothing more comes."""


class _Over(Exception):
    """Unwinds a thread after the job has ended."""


CrewEvent = BlockEvent | Notice


class Crew(Generic[Encoded]):
    """Read blocks in one thread and decode them in as many as there are replicas.

    At most one block is read while the replicas decode theirs, so that memory does not grow with
    the recording.
    """

    def __init__(
        self,
        sounds: Iterator[BlockSound],
        brief: Brief[Encoded],
        is_cancelled: Callable[[], bool],
    ) -> None:
        self._sounds = sounds
        self._brief = brief
        self._is_cancelled = is_cancelled
        self._is_over = threading.Event()
        self._room = threading.Semaphore(brief.decoder.replicas + 1)
        self._waiting: queue.Queue[BlockSound | _End] = queue.Queue()
        self._said: queue.Queue[CrewEvent | BaseException | _End] = queue.Queue(_EVENTS_AHEAD)

    def events(self) -> Iterator[CrewEvent]:
        """Yield the events of all blocks as they come; raises what a thread met."""
        replicas = self._brief.decoder.replicas
        threads = [threading.Thread(target=self._read, name="reader", daemon=True)]
        threads += [
            threading.Thread(target=self._decode, name=f"replica-{number}", daemon=True)
            for number in range(replicas)
        ]
        try:
            with device_error():  # the system refuses threads when memory runs out
                for thread in threads:
                    thread.start()
            yield from self._listen(replicas)
        finally:
            # Whoever comes next must find processor and memory free.
            self._is_over.set()
            for thread in threads:
                if thread.ident is not None:
                    thread.join()

    def _listen(self, at_work: int) -> Iterator[CrewEvent]:
        while at_work:
            if self._is_cancelled():
                raise Cancelled
            try:
                said = self._said.get(timeout=_WAIT)
            except queue.Empty:
                continue
            if isinstance(said, BaseException):
                raise said
            if isinstance(said, _End):
                at_work -= 1
            else:
                yield said

    def _read(self) -> None:
        with self._reporting():
            try:
                self._make_room()
                for sound in self._sounds:
                    self._put(self._waiting, sound)
                    del sound
                    self._make_room()
            except MediaError as error:
                if error.code != "media.truncated":
                    raise
                self._put(self._said, Notice(error.code, error.detail))
            for _ in range(self._brief.decoder.replicas):
                self._put(self._waiting, _End())

    def _decode(self) -> None:
        with self._reporting():
            while not isinstance(sound := self._take(), _End):
                for event in BlockDecoding(sound, self._brief).events():
                    self._put(self._said, event)
                del sound
                self._room.release()
            self._put(self._said, _End())

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        """Hand whatever goes wrong in a thread to the one that reads the events."""
        try:
            yield
        except _Over:
            pass
        except BaseException as error:  # pylint: disable=broad-exception-caught
            with suppress(_Over):
                self._put(self._said, error)

    def _make_room(self) -> None:
        """Wait until another block may be in memory."""
        while not self._room.acquire(timeout=_WAIT):
            if self._is_over.is_set():
                raise _Over

    def _take(self) -> BlockSound | _End:
        while not self._is_over.is_set():
            with suppress(queue.Empty):
                return self._waiting.get(timeout=_WAIT)
        raise _Over

    def _put(self, target: queue.Queue[Item], item: Item) -> None:
        while not self._is_over.is_set():
            with suppress(queue.Full):
                target.put(item, timeout=_WAIT)
                return
        raise _Over
