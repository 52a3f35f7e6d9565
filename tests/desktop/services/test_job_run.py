"""A run leaves the engine free and people's decisions standing, whatever happens to it."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import Future
from pathlib import Path

from desktop.services.job_run import Client, Ending, JobEnded, JobRun, RunTools, Ticket
from desktop.store.library import Library
from desktop.store.records import JobOptions, JobStatus
from engine.errors import EngineCrashed
from engine.events import Event, Progress
from engine.process.protocol import TranscribeRequest
from tests.desktop.store.material import new, started


class _Client:
    """An engine that goes on until it is left; its transcript is deleted meanwhile."""

    def __init__(self, library: Library, transcript: int) -> None:
        self._library = library
        self._transcript = transcript
        self._is_cancelled = False
        self.is_free = True
        self.events: Iterator[Event] = iter(())

    def transcribe(self, _request: TranscribeRequest) -> Generator[Event, None, None]:
        """Keep the iterator too, as a traceback in a log would."""
        events = self._go_on()
        self.events = events
        return events

    def _go_on(self) -> Generator[Event, None, None]:
        self.is_free = False
        try:
            yield started()
            self._library.delete_for_good([self._transcript]).result()
            while not self._is_cancelled:
                yield Progress(1.0, 20.0)
        finally:
            self.is_free = True

    def cancel(self) -> None:
        """Let it end."""
        self._is_cancelled = True


def _run(client: Client, library: Library, transcript: int, models: Path) -> JobEnded:
    tools = RunTools(
        client=client,
        library=library,
        models_folders=[models],
        compute=lambda compute: compute,
        speeds=None,
        progressed=lambda _: None,
        noticed=lambda *_: None,
    )
    decided: Future[None] = Future()
    decided.set_result(None)
    ticket = Ticket(transcript, Path("a.mp3"), JobOptions("base"), decided)
    return JobRun(ticket, tools).run()


def test_a_job_whose_transcript_is_gone_leaves_the_engine_free(
    tmp_path: Path, models: Path
) -> None:
    library = Library(tmp_path / "library.sqlite3")
    transcript = library.add(new()).result()
    client = _Client(library, transcript)

    ended = _run(client, library, transcript, models)

    assert (ended.ending, ended.code) == (Ending.FAILED, "library.not_found")
    assert client.is_free
    library.close()


class _DyingClient:
    """An engine that dies again and again, the first time after its job was cancelled."""

    def __init__(self, library: Library, transcript: int) -> None:
        self._library = library
        self._transcript = transcript
        self.deaths = 0

    def transcribe(self, _request: TranscribeRequest) -> Generator[Event, None, None]:
        """Die once it has begun."""
        yield started()
        if not self.deaths:
            self._library.set_status(self._transcript, JobStatus.CANCELLED).result()
        self.deaths += 1
        raise EngineCrashed("engine.crashed", "killed")

    def cancel(self) -> None:
        """There is nothing to give up."""


def test_a_death_of_the_engine_does_not_wake_what_people_cancelled(
    tmp_path: Path, models: Path
) -> None:
    library = Library(tmp_path / "library.sqlite3")
    transcript = library.add(new()).result()
    library.set_status(transcript, JobStatus.RUNNING).result()
    client = _DyingClient(library, transcript)

    ended = _run(client, library, transcript, models)

    assert client.deaths > 1 and ended.code == "engine.crashed"
    assert library.summary(transcript).status is JobStatus.CANCELLED
    library.close()
