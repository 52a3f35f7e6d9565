"""A run that the library refuses leaves the engine free for the next job."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import Future
from pathlib import Path

from desktop.services.job_run import Ending, JobRun, RunTools, Ticket
from desktop.store.library import Library
from desktop.store.records import JobOptions
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


def test_a_job_whose_transcript_is_gone_leaves_the_engine_free(
    tmp_path: Path, models: Path
) -> None:
    library = Library(tmp_path / "library.sqlite3")
    transcript = library.add(new()).result()
    client = _Client(library, transcript)
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
    ticket = Ticket(transcript, tmp_path / "a.mp3", JobOptions("base"), decided)

    ended = JobRun(ticket, tools).run()

    assert (ended.ending, ended.code) == (Ending.FAILED, "library.not_found")
    assert client.is_free
    library.close()
