"""Put a queue together: a real library and real worker processes around the fake backend."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.background import Background
from desktop.services.engine_thread import EngineThread
from desktop.services.garbage import GarbageCollector
from desktop.services.job_speed import JobProgress
from desktop.services.jobs import JobQueue, KnownRecording
from desktop.services.library_news import LibraryNews
from desktop.services.media_probe import MediaProbe
from desktop.services.speeds import Speeds
from desktop.settings import Profile, Settings
from desktop.store.library import Library
from desktop.store.records import JobStatus, TranscriptSummary
from engine.process.channel import worker_command
from engine.process.client import ClientTimings, EngineClient
from tests.engine.speech_models.small_models import make_model
from tests.fakes.desktop_backend import BACKEND

ROOT = Path(__file__).parents[3]
QUICK = ClientTimings(start=30, silence=30, heartbeat=0.1, cancel=0.5, close=5, tick=0.02)
WORKER = (*worker_command(), "--backend", BACKEND)
PROFILE = Profile("Standard", language="en")


@dataclass
class FixedSettings:
    """Hold settings that a test changes."""

    current: Settings = field(default_factory=Settings)


@pytest.fixture(autouse=True)
def _workers_find_the_fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture(name="models")
def _models(tmp_path: Path) -> Path:
    """Return a folder with the models “base” and “tiny.en”, right in form, senseless in content."""
    for name in ("base", "tiny.en"):
        make_model(tmp_path / "models" / name)
    return tmp_path / "models"


@pytest.fixture(name="recordings")
def _recordings(tmp_path: Path) -> Path:
    """Return an empty folder for recordings."""
    folder = tmp_path / "recordings"
    folder.mkdir()
    return folder


@pytest.fixture(name="gate")
def _gate(tmp_path: Path) -> Path:
    """Return a file on whose coming jobs with `blocked` wait."""
    return tmp_path / "gate"


class Desk:
    """A queue with all it needs, and what it told."""

    # pylint: disable=too-many-instance-attributes,attribute-defined-outside-init
    def __init__(self, qtbot: QtBot, folder: Path, models: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.models = models
        self.settings = FixedSettings()
        self.known: list[KnownRecording] = []
        self.rejected: list[tuple[Path, str]] = []
        self.notices: list[tuple[int, str, str]] = []
        self.progress: list[JobProgress] = []
        self.idles = 0
        self.statuses: list[tuple[int, JobStatus]] = []
        self.worker: Sequence[str] | None = WORKER
        self.probe_worker: Sequence[str] | None = WORKER
        self.timings = QUICK
        self.news: LibraryNews
        self.library: Library
        self.background: Background
        self.speeds: Speeds
        self.engine: EngineThread
        self.queue: JobQueue

    def open(self) -> Desk:
        """Open the library and start the queue."""
        self.news = LibraryNews()
        self.library = Library(self.folder / "library.sqlite3", self.news.report)
        self.background = Background()
        self.speeds = Speeds(self.folder / "speeds.json")
        self.engine = EngineThread(
            self.library,
            self.settings,
            folders=[self.models],
            speeds=self.speeds,
            client=EngineClient(command=self.worker, timings=self.timings),
        )
        probe = MediaProbe(command=self.probe_worker, timings=QUICK)
        self.queue = JobQueue(self.library, self.news, self.background, self.engine, probe=probe)
        self.queue.already_known.connect(self.known.extend)
        self.queue.rejected.connect(self.rejected.extend)
        self.queue.noticed.connect(lambda *notice: self.notices.append(notice))
        self.queue.progressed.connect(self.progress.append)
        self.queue.idle.connect(self._count_idle)
        self.news.transcript_changed.connect(self._note)
        self.queue.start()
        return self

    def _count_idle(self) -> None:
        self.idles += 1

    def _note(self, summary: TranscriptSummary) -> None:
        if (summary.id, summary.status) not in self.statuses[-1:]:
            self.statuses.append((summary.id, summary.status))

    def close(self) -> None:
        """End as the program does."""
        self.queue.close()
        self.background.close()
        self.library.close()

    def add(self, *paths: Path, profile: Profile = PROFILE) -> None:
        """Drop files."""
        self.queue.add(paths, profile)

    def all(self) -> list[TranscriptSummary]:
        """Return the library's transcripts, oldest first."""
        return sorted(self.library.summaries(), key=lambda one: one.id)

    def statuses_now(self) -> list[str]:
        """Return how far each transcript is, oldest first."""
        return [one.status.value for one in self.all()]

    def only(self) -> TranscriptSummary:
        """Return the only transcript."""
        (one,) = self.all()
        return one

    def wait(self, *statuses: str) -> None:
        """Wait until the transcripts are so far, oldest first."""
        self.until(lambda: self.statuses_now() == list(statuses))

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(condition, timeout=30_000)

    def texts(self, transcript: int) -> list[str]:
        """Return the segments' ids without the run, which is random."""
        segments = self.library.load(transcript).transcript.segments
        return [segment.id.partition(".")[2] for segment in segments]


@pytest.fixture(name="desk")
def _desk(qtbot: QtBot, tmp_path: Path, models: Path) -> Iterator[Desk]:
    collector = GarbageCollector()  # as in the program: threads must not collect Qt's objects
    desk = Desk(qtbot, tmp_path / "data", models)
    (tmp_path / "data").mkdir()
    desk.open()
    yield desk
    desk.close()
    gc.collect()
    collector.close()
    collector.deleteLater()
