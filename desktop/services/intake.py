"""Take files and folders into the queue: walk, recognise, probe, and enter them in their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from desktop.services.background import Background
from desktop.services.dropped import Dropped, local_paths
from desktop.services.job_batch import Batch, Found, KnownRecording, search
from desktop.services.job_examination import Examined, examine, title_of
from desktop.services.job_request import job_options
from desktop.services.media_probe import MediaProbe
from desktop.store.records import JobOptions, JobStatus, NewTranscript, Source, TranscriptSummary
from engine.errors import LibraryError, TranscriberError

if TYPE_CHECKING:
    from desktop.store.library import Library

__all__ = ["Batch", "Dropped", "Intake", "KnownRecording", "local_paths"]

_SIDE_BY_SIDE = 3
_THREADS = 32
"""More than work side by side, for those that hang on a dead disk."""
_PATIENCE_MS = 5_000
"""A file that takes longer holds nobody up any more; one on a slow disk is entered when it is
ready, behind the others."""


@dataclass(slots=True, eq=False)
class _Walk:
    """A batch whose folders are searched."""

    batch: Batch
    found: Found | None = None
    is_late: bool = False


@dataclass(slots=True, eq=False)
class _Item:
    """A file on its way."""

    path: Path
    batch: Batch
    options: JobOptions
    examined: Examined | None = None
    is_late: bool = False


@dataclass(slots=True)
class _Offers:
    """What a batch brought that needs an answer, told together once it is through."""

    left: int
    known: list[KnownRecording] = field(default_factory=list)


class Intake(QObject):
    """Enter recordings into the library; all disk work is done in threads.

    Files are entered in the order in which they were dropped, a few being examined at a time.
    """

    already_known = Signal(object)
    """tuple[KnownRecording, …]: they are offered, not repeated."""
    rejected = Signal(object)
    """tuple[tuple[Path, str], …]: what was dropped and why there is nothing in it (a code)."""
    dropped_again = Signal(object, object)
    """KnownRecording whose transcript had failed or was cancelled, JobOptions: try it again."""
    write_failed = Signal(str)
    """Code of what keeps the library from taking anything in."""
    watched_settled = Signal(object)
    """tuple[Path, …] of a watched folder: the library has them, knew them or never wants them."""
    idle = Signal()

    _added = Signal(object, object)

    def __init__(
        self,
        library: Library,
        models_folders: Sequence[Path],
        *,
        probe: MediaProbe | None = None,
        patience_ms: int = _PATIENCE_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._models_folders = tuple(models_folders)
        self._probe = MediaProbe() if probe is None else probe
        self._patience_ms = patience_ms
        self._background = Background(self, threads=_THREADS)
        self._walks: deque[_Walk] = deque()
        self._waiting: deque[_Item] = deque()
        self._ordered: deque[_Item] = deque()
        self._working = 0
        self._late = 0
        self._contents: dict[str, Future[int]] = {}
        self._offers: dict[int, _Offers] = {}
        self._added.connect(self._on_added)

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing is on its way."""
        return not (self._walks or self._waiting or self._ordered or self._late)

    def take(self, batch: Batch) -> None:
        """Find the recordings of a batch and enter them; returns at once."""
        walk = _Walk(batch)
        self._walks.append(walk)
        self._background.run(
            partial(search, batch.paths, self._models_folders),
            partial(self._on_walked, walk),
            owner=self,
        )
        QTimer.singleShot(self._patience_ms, self, partial(self._pass_by_walk, walk))

    def close(self) -> None:
        """Give up what is on its way."""
        self._waiting.clear()
        self._ordered.clear()
        self._probe.close()
        self._background.close()

    def _on_walked(self, walk: _Walk, found: Found) -> None:
        walk.found = found
        if walk.is_late:
            self._late -= 1
            self._begin(walk.batch, found)
        self._begin_walked()

    def _pass_by_walk(self, walk: _Walk) -> None:
        """Let batches behind a slow folder go first."""
        if walk.found is None:
            walk.is_late = True
            self._late += 1
            self._walks.remove(walk)
            self._begin_walked()

    def _begin_walked(self) -> None:
        while self._walks and (found := self._walks[0].found) is not None:
            self._begin(self._walks.popleft().batch, found)
        self._rest_if_idle()

    def _begin(self, batch: Batch, found: Found) -> None:
        options = job_options(batch.profile, found.default_model)
        if found.rejected and not batch.is_watched:
            self.rejected.emit(found.rejected)
        elif found.rejected:
            self.watched_settled.emit(tuple(path for path, _ in found.rejected))
        if not batch.is_watched:  # there, what is missing now may come later
            for problem in found.failed:
                self._enter_failed(_Item(problem.path, batch, options), problem.error)
        if found.files:
            self._offers[id(batch)] = _Offers(len(found.files))
        items = [_Item(path, batch, options) for path in found.files]
        self._waiting.extend(items)
        self._ordered.extend(items)
        self._examine_more()

    def _examine_more(self) -> None:
        while self._waiting and self._working < _SIDE_BY_SIDE:
            item = self._waiting.popleft()
            self._working += 1
            self._background.run(
                partial(examine, item.path, self._library, self._probe),
                partial(self._on_examined, item),
                owner=self,
            )
            QTimer.singleShot(self._patience_ms, self, partial(self._pass_by, item))

    def _pass_by(self, item: _Item) -> None:
        """Let those behind a slow file go first."""
        if item.examined is None and not item.is_late:
            item.is_late = True
            self._late += 1
            self._working -= 1
            self._ordered.remove(item)
            self._enter_ready()
            self._examine_more()

    def _on_examined(self, item: _Item, examined: Examined) -> None:
        item.examined = examined
        if item.is_late:
            self._late -= 1
            self._enter(item, examined)
        else:
            self._working -= 1
            self._enter_ready()
            self._examine_more()
        self._rest_if_idle()

    def _enter_ready(self) -> None:
        while self._ordered and (examined := self._ordered[0].examined) is not None:
            self._enter(self._ordered.popleft(), examined)

    def _rest_if_idle(self) -> None:
        if self.is_idle:
            self._background.run(self._probe.rest, _ignore, owner=self)
            self.idle.emit()

    def _enter(self, item: _Item, examined: Examined) -> None:
        batch, content = item.batch, examined.source.content
        if examined.known and not batch.repeats_known:
            self._meet_known(item, examined, examined.known)
        elif content in self._contents and not batch.repeats_known:
            self._meet_newcomer(item, examined)
        else:
            self._add(item, examined)
            self._count_off(batch)

    def _meet_newcomer(self, item: _Item, examined: Examined) -> None:
        """Recognise a recording that came in this moment under another name."""
        future = self._contents[examined.source.content]

        def look() -> tuple[TranscriptSummary, ...]:
            try:
                future.result()
                return tuple(self._library.find_content(examined.source.content))
            except LibraryError:
                return ()

        self._background.run(look, partial(self._meet_known, item, examined), owner=self)

    def _meet_known(
        self, item: _Item, examined: Examined, known: tuple[TranscriptSummary, ...]
    ) -> None:
        if not known:  # it was deleted meanwhile
            self._contents.pop(examined.source.content, None)
            self._add(item, examined)
        elif item.batch.is_watched:
            self.watched_settled.emit((item.path,))
        else:
            recording = KnownRecording(examined.source.path, known[0])
            if all(one.status in (JobStatus.FAILED, JobStatus.CANCELLED) for one in known):
                self.dropped_again.emit(recording, item.options)
            else:
                self._offers[id(item.batch)].known.append(recording)
        self._count_off(item.batch)

    def _count_off(self, batch: Batch) -> None:
        offers = self._offers[id(batch)]
        offers.left -= 1
        if not offers.left:
            del self._offers[id(batch)]
            if offers.known:
                self.already_known.emit(tuple(offers.known))

    def _enter_failed(self, item: _Item, error: TranscriberError) -> None:
        self._add(item, Examined(Source(item.path), code=error.code, detail=error.detail))

    def _add(self, item: _Item, examined: Examined) -> None:
        new = NewTranscript(
            title=title_of(item.path),
            source=examined.source,
            options=item.options,
            folder=item.batch.folder,
            status=JobStatus.FAILED if examined.code else JobStatus.QUEUED,
            code=examined.code,
            detail=examined.detail,
        )
        future = self._library.add(new)
        content = examined.source.content
        if content:
            self._contents[content] = future
        future.add_done_callback(partial(self._report_added, item, content))

    def _report_added(self, item: _Item, content: str, future: Future[int]) -> None:
        if isValid(self):  # this is the store's thread
            self._added.emit((item, content), future)

    @Slot(object, object)
    def _on_added(self, entered: tuple[_Item, str], future: Future[int]) -> None:
        item, content = entered
        error = future.exception()
        if error is None:
            if item.batch.is_watched:
                self.watched_settled.emit((item.path,))
            return
        self._contents.pop(content, None)
        if not isinstance(error, LibraryError):
            raise error
        self.write_failed.emit(error.code)


def _ignore(_: object) -> None:
    """Take no notice of a result."""
