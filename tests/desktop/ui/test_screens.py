"""Every screen of the program is whole in every appearance: named, not clipped, not elided."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QApplication

from desktop.crash_dialog import CrashDialog, CrashReporter
from desktop.paths import Paths
from desktop.store.library import Library
from desktop.store.records import JobStatus
from desktop.ui.widgets.sheet import Sheet
from tests.desktop import scene_folders as folders
from tests.desktop import scene_steps as step
from tests.desktop.open_program import OpenProgram, opened
from tests.desktop.sample_library import LONG_TITLE, SampleLibrary, fill
from tests.desktop.scene_steps import COUNCIL, INTERVIEW, each, open_transcript
from tests.desktop.screenshots import NARROW, WIDE, Scene, Stage, Variant, use_font
from tests.desktop.settling import settle
from tests.desktop.ui.finding import clipped, unnamed_controls


@dataclass(frozen=True, slots=True)
class Look:
    """An appearance of the program."""

    theme: str
    percent: int = 100
    language: str = "en"
    has_contrast: bool = False
    size: QSize = WIDE

    def __str__(self) -> str:
        contrast = "-contrast" if self.has_contrast else ""
        return f"{self.theme}-{self.percent}-{self.language}-{self.size.width()}{contrast}"


LOOKS = (
    Look("light"),
    Look("dark", size=NARROW),
    Look("light", has_contrast=True),
    Look("dark", 150),
    Look("light", 200),
    Look("light", 100, "de"),
    Look("dark", 150, "de", has_contrast=True),
    Look("light", 100, "de", size=NARROW),
    Look("light", 200, "de"),
    Look("dark", 200, size=QSize(1400, 850)),
)

_LOOKS_AGAIN, _MOMENT = 20, 0.02
WAITING = "Radio feature, raw"
SCREENS: dict[str, step.Step] = {
    "start": step.ready,
    "running": each(step.run, open_transcript(COUNCIL), step.run),
    "queued": open_transcript(WAITING),
    "paused": open_transcript("Lecture 4 – Hydrology"),
    "file gone": open_transcript("Panel discussion"),
    "no model": each(
        step.set_status(WAITING, JobStatus.QUEUED, "model.not_installed"),
        open_transcript(WAITING),
    ),
    "crashed": step.crash,
    "disk full": each(
        step.set_status(COUNCIL, JobStatus.FAILED, "library.disk_full"), open_transcript(COUNCIL)
    ),
    "long title": open_transcript(LONG_TITLE),
    "replace": each(open_transcript(INTERVIEW), step.replace_in),
    "history": step.history,
    "search": step.search("boat"),
    "subtitles": step.export(INTERVIEW, purpose="subtitles"),
    "interview": step.export(INTERVIEW, COUNCIL, purpose="document"),
    "settings": step.settings(),
    "profile": each(step.settings("profiles"), step.edit_profile),
    "settings found": step.search_settings("model"),
    "models": each(step.search_settings(""), step.settings("models"), step.list_models),
}


@pytest.fixture(scope="module", name="filled")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SampleLibrary]:
    folder = tmp_path_factory.mktemp("filled")
    library = Library(folder / "library.sqlite3")
    sample = fill(library, folder)
    library.close()
    return folder / "library.sqlite3", sample


@pytest.fixture(name="stage", params=LOOKS, ids=str)
def _stage(
    request: pytest.FixtureRequest,
    filled: tuple[Path, SampleLibrary],
    tmp_path: Path,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Stage]:
    look = request.param
    # Looked at as soon as no thread is at work and no delay runs.
    monkeypatch.setattr("tests.desktop.settling.QUIET_SECONDS", 0.0)
    paths = Paths.of(tmp_path / "data")
    paths.make()
    shutil.copy(filled[0], paths.library)
    folders.with_profiles(paths)
    folders.with_ledger(paths)
    use_font(qapp, look.percent)
    scene = Scene("any", has_contrast=look.has_contrast, language=look.language)
    program = OpenProgram(qapp, paths, Variant(scene, look.theme, look.size))
    program.widget.resize(look.size)
    yield Stage(program, paths, filled[1])
    program.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_no_screen_has_a_clipped_text_or_a_control_without_a_name(stage: Stage) -> None:
    faults = [
        f"{name}: {fault}"
        for name, arrange in SCREENS.items()
        for fault in _faults_of(stage, arrange)
    ]
    assert not faults, "\n".join(faults)


def _faults_of(stage: Stage, arrange: Callable[[Stage], None]) -> list[str]:
    arrange(stage)
    found = _faults(stage)
    for _ in range(_LOOKS_AGAIN):
        if not found:
            break
        # Layouts follow one another for a moment.
        time.sleep(_MOMENT)
        found = _faults(stage)
    for sheet in stage.widget.findChildren(Sheet):
        if sheet.isVisible():
            sheet.close_sheet()
    return found


def _faults(stage: Stage) -> list[str]:
    settle()
    window = stage.widget
    window.ensurePolished()
    unnamed = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__} has no name"
        for widget in unnamed_controls(window)
    ]
    found = [*unnamed, *clipped(window)]
    return found + [f"failed: {dialog.accessibleName()}" for dialog in _failures(stage)]


def _failures(stage: Stage) -> list[CrashDialog]:
    reporters = opened(stage).program.findChildren(CrashReporter)
    return [one.dialog for one in reporters if one.dialog is not None]
