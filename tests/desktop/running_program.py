"""Run the real program in a test: the window over a data directory, with what it needs behind it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import desk as desk_module
from desktop import settings as settings_files
from desktop.app import Program
from desktop.desk import Desk
from desktop.paths import Paths
from desktop.services.engine_thread import EngineThread
from desktop.services.media_probe import MediaProbe
from desktop.settings import Profile, Settings
from desktop.single_instance import SingleInstance
from desktop.store.library import Library
from desktop.store.records import TranscriptSummary
from desktop.ui.main_window import MainWindow
from engine.process.channel import worker_command
from engine.process.client import ClientTimings, EngineClient
from engine.transcript.transcript import Segment
from tests.fakes.desktop_backend import BACKEND

PATIENCE_MS = 60_000
WINDOW = (1280, 800)
QUICK = ClientTimings(start=30, silence=30, heartbeat=0.1, cancel=0.5, close=5, tick=0.02)
WORKER = (*worker_command(), "--backend", BACKEND)
SETTINGS = Settings(
    profiles=(Profile("Standard", model="tiny.en", language="en", beam_size=1),),
    device="cpu",
    compute_type="int8",
    reduce_motion="on",
)


class Complaints(logging.Handler):
    """Keep what Qt and the program complained about while they ran."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note a warning of Qt, and every mistake."""
        text = record.getMessage()
        is_qt = record.name.startswith("qt.") and "This plugin does not support" not in text
        if is_qt or record.levelno >= logging.ERROR:
            self.heard.append(self.format(record))


class Running:
    """A program whose window is shown; `until` lets it work."""

    def __init__(self, qtbot: QtBot, folder: Path, *, has_instance: bool = False) -> None:
        self.qtbot = qtbot
        self.paths = Paths.of(folder)
        self.paths.make()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._complaints = Complaints()
        logging.getLogger().addHandler(self._complaints)
        instance = SingleInstance(self.paths.instance) if has_instance else None
        if instance is not None:
            assert instance.acquire()
        self.program = Program(application, self.paths, instance)
        # The screen of the offscreen platform is narrower than the window of the pictures.
        if not self.paths.window_state.exists():
            self.window.resize(*WINDOW)

    @property
    def window(self) -> MainWindow:
        """Return the main window."""
        return self.program.window

    @property
    def desk(self) -> Desk:
        """Return what stands behind the window once the library is open."""
        assert self.program.desk is not None
        return self.program.desk

    @property
    def library(self) -> Library:
        """Return the open library."""
        assert self.program.library is not None
        return self.program.library

    @property
    def toast(self) -> str:
        """Return what the toast says; empty if there is none."""
        toast = self.window.toasts.toast
        return "" if toast is None else toast.accessibleName()

    def show(self, *files: Path) -> Running:
        """Show the window, and wait for nothing."""
        self.program.show(files)
        self.window.activateWindow()
        return self

    def start(self, *files: Path) -> Running:
        """Show the window and wait until the library is shown and the queue goes on."""
        self.show(*files)
        self.until(lambda: self.program.is_ready)
        return self

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def close(self) -> None:
        """Close the window and end everything; fail for what went wrong unseen."""
        self.program.close()
        self.window.deleteLater()
        self.program.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        logging.getLogger().removeHandler(self._complaints)
        assert not self._complaints.heard, "\n".join(self._complaints.heard)

    def forgive(self, part: str) -> None:
        """Take complaints with these words for what the test wanted."""
        kept = [text for text in self._complaints.heard if part not in text]
        assert kept != self._complaints.heard, self._complaints.heard
        self._complaints.heard = kept

    # ---- what is in the library ------------------------------------------------------------

    def all(self) -> list[TranscriptSummary]:
        """Return the transcripts, oldest first."""
        return sorted(self.library.summaries(), key=lambda one: one.id)

    def only(self) -> TranscriptSummary:
        """Return the only transcript."""
        (one,) = self.all()
        return one

    def wait(self, *statuses: str) -> None:
        """Wait until the transcripts are so far, oldest first."""
        self.until(lambda: [one.status.value for one in self.all()] == list(statuses))

    def segments(self, transcript: int) -> tuple[Segment, ...]:
        """Return what is stored of a transcript."""
        return self.library.load(transcript).transcript.segments

    @property
    def text(self) -> str:
        """Return what the page shows."""
        return self.window.document.view.page.toPlainText()

    def find(self, kind: type[QWidget], name: str) -> list[QWidget]:
        """Return the visible widgets of a kind with an accessible name."""
        found = self.window.findChildren(kind)
        return [one for one in found if one.isVisible() and one.accessibleName() == name]

    # ---- what people do --------------------------------------------------------------------

    def drag(self, mime: QMimeData, place: QPoint | None = None) -> bool:
        """Drag something into the window; whether it would be taken."""
        point = self.window.rect().center() if place is None else place
        target = self.window.childAt(point) or self.window
        enter = QDragEnterEvent(
            target.mapFrom(self.window, point),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(target, enter)
        return enter.isAccepted()

    def drop(self, mime: QMimeData, place: QPoint | None = None) -> None:
        """Drag something into the window and let it go there."""
        assert self.drag(mime, place)
        point = self.window.rect().center() if place is None else place
        target = self.window.childAt(point) or self.window
        event = QDropEvent(
            QPointF(target.mapFrom(self.window, point)),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(target, event)
        assert event.isAccepted()


def files_mime(*paths: Path) -> QMimeData:
    """Return what a file manager drags."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


@contextmanager
def running(
    qtbot: QtBot,
    folder: Path,
    settings: Settings = SETTINGS,
    *,
    has_instance: bool = False,
) -> Iterator[Running]:
    """Give a program over a data directory; nothing is shown yet. It is closed afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    if not Paths.of(folder).settings.exists():
        settings_files.save(settings, Paths.of(folder).settings)
    program = Running(qtbot, folder, has_instance=has_instance)
    try:
        yield program
    finally:
        program.close()


def use_fake_engine(
    monkeypatch: pytest.MonkeyPatch,
    command: Sequence[str] = WORKER,
    timings: ClientTimings = QUICK,
) -> None:
    """Let programs work with real processes around the fake backend, or with another command."""
    client = EngineClient(command=command, timings=timings)
    probe = MediaProbe(command=WORKER, timings=QUICK)
    monkeypatch.setattr(desk_module, "EngineThread", partial(EngineThread, client=client))
    monkeypatch.setattr(desk_module, "MediaProbe", lambda: probe)


@contextmanager
def kept_look(application: QApplication) -> Iterator[None]:
    """Put back font, style sheet and palette of the application afterwards."""
    font, sheet, palette = application.font(), application.styleSheet(), application.palette()
    yield
    if application.styleSheet() != sheet:
        application.setStyleSheet(sheet)
    if application.palette() != palette:
        application.setPalette(palette)
    if application.font() != font:
        application.setFont(font)
