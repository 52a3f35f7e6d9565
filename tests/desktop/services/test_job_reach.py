"""A resumed job never goes back, and says while it decodes a part again."""

from __future__ import annotations

from collections.abc import Generator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from desktop.services.job_reach import Reach
from desktop.services.job_run import JobRun, RunTools, Ticket
from desktop.services.job_speed import JobProgress
from desktop.store.library import Library
from desktop.store.records import JobOptions
from engine.events import BlockCompleted, Event, Failed, Progress
from engine.process.protocol import TranscribeRequest
from tests.desktop.store.material import begun, record, segment, started


def _told(reach: Reach, done: float) -> JobProgress:
    return reach.shown(JobProgress(1, done, 100.0, 9.0, 2.0))


def _done(event: Event) -> float:
    assert isinstance(event, Progress)
    return event.done


def test_a_part_that_is_decoded_again_does_not_count_back() -> None:
    begun = started()
    reach = Reach(begun.run, 47.0)
    assert reach.stored(begun) is begun
    assert _done(reach.stored(Progress(30.0, 100.0))) == 47.0
    again = _told(reach, 30.0)
    assert (again.done, again.is_again, again.remaining) == (47.0, True, 9.0)
    assert _done(reach.stored(Progress(48.0, 100.0))) == 48.0
    assert _told(reach, 48.0) == JobProgress(1, 48.0, 100.0, 9.0, 2.0)


def test_another_run_starts_at_nothing() -> None:
    reach = Reach("earlier", 47.0)
    reach.stored(replace(started(), run="other"))
    assert _done(reach.stored(Progress(3.0, 100.0))) == 3.0
    assert not _told(reach, 3.0).is_again


def test_other_events_are_stored_as_they_are() -> None:
    event = BlockCompleted(started().blocks[0], 3.0, "options")
    assert Reach().stored(event) is event


class _Client:
    """An engine that goes on with a run from five seconds, and stops at once."""

    def transcribe(self, _request: TranscribeRequest) -> Generator[Event, None, None]:
        """Decode a part again."""
        yield started()
        yield Progress(5.0, 20.0)
        yield Failed("library.disk_full", "")

    def cancel(self) -> None:
        """There is nothing to give up."""


def test_a_resumed_job_tells_and_stores_how_far_it_was(tmp_path: Path, models: Path) -> None:
    library = Library(tmp_path / "library.sqlite3")
    transcript = begun(library, segment("one two"))
    record(library, transcript, Progress(15.0, 20.0))
    told: list[JobProgress] = []
    tools = RunTools(
        client=_Client(),
        library=library,
        models_folders=[models],
        compute=lambda compute: compute,
        speeds=None,
        progressed=told.append,
        noticed=lambda *_: None,
    )
    decided: Future[None] = Future()
    decided.set_result(None)
    JobRun(Ticket(transcript, Path("a.mp3"), JobOptions("base"), decided), tools).run()
    assert [(one.done, one.is_again) for one in told] == [(15.0, True)]
    assert library.summary(transcript).done == 15.0
    library.close()
