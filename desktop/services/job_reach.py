"""Keep what is told of a job from going back while it decodes an unfinished part again."""

from __future__ import annotations

from dataclasses import replace

from desktop.services.job_speed import JobProgress
from engine.events import Event, Progress, Started


class Reach:
    """Know how far a job once was; its text up to there is in the library."""

    def __init__(self, run: str = "", done: float = 0.0) -> None:
        """`done` seconds were decoded by a run of that name; empty: by none."""
        self._run = run
        self._done = done

    def stored(self, event: Event) -> Event:
        """Return an event as it is to be stored."""
        if isinstance(event, Started) and event.run != self._run:
            self._run, self._done = event.run, 0.0  # it starts over
        if not isinstance(event, Progress):
            return event
        self._done = max(self._done, event.done)
        return replace(event, done=self._done)

    def shown(self, progress: JobProgress) -> JobProgress:
        """Return a progress as it is to be shown; what remains is reckoned from the real one."""
        is_again = progress.done < self._done
        return replace(progress, done=self._done, is_again=is_again) if is_again else progress
