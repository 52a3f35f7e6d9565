"""The program starts in the order people notice it, and ends well at whatever moment."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.paths import Paths
from desktop.store import database
from desktop.store.library import Library
from desktop.ui.widgets.buttons import Button
from tests.conftest import ROOT
from tests.desktop.running_program import Running, running, use_fake_engine
from tests.engine.speech_models.small_models import make_model

_HEAVY = ("sqlalchemy", "faster_whisper", "ctranslate2", "av", "onnxruntime", "numpy", "requests")
_LOOK_AT_THE_PAINT = f"""
import sys
from pathlib import Path
from desktop.app import Program, make_application
from desktop.paths import Paths

application = make_application()
paths = Paths.of(Path(sys.argv[1]))
paths.make()
program = Program(application, paths)

def look():
    print(*[name for name in {_HEAVY!r} if name in sys.modules], flush=True)
    application.quit()

program.window.painted.connect(look)
program.show()
application.exec()
program.close()
"""


@pytest.fixture(autouse=True)
def _fake_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use_fake_engine(monkeypatch)
    monkeypatch.setenv("WHISPER_TRANSCRIBER_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    make_model(tmp_path / "models" / "tiny.en")


@pytest.fixture(name="program")
def _program(qtbot: QtBot, tmp_path: Path) -> Iterator[Running]:
    with running(qtbot, tmp_path / "data") as program:
        yield program


@pytest.fixture(name="recording")
def _recording(tmp_path: Path) -> Path:
    path = tmp_path / "talk.wav"
    path.write_bytes(b"a talk")
    return path


def test_the_window_is_painted_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _LOOK_AT_THE_PAINT, str(tmp_path / "data")]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout == "\n", found.stderr


def test_files_given_at_the_start_are_queued_and_shown(program: Running, recording: Path) -> None:
    program.start(recording)
    program.wait("done")
    program.until(lambda: program.window.is_document_shown)
    assert program.only().source.path == recording


def test_files_of_a_second_start_are_taken_by_the_first(
    qtbot: QtBot, tmp_path: Path, recording: Path
) -> None:
    with running(qtbot, tmp_path / "data", has_instance=True) as program:
        program.start()
        command = [sys.executable, "-m", "desktop", "--data-dir", str(tmp_path / "data")]
        with subprocess.Popen([*command, str(recording)], cwd=ROOT) as second:
            program.wait("done")
            program.until(lambda: second.poll() is not None)
        assert second.returncode == 0
        assert program.only().source.path == recording


def test_files_that_arrive_before_the_library_is_open_wait(
    program: Running, recording: Path
) -> None:
    program.program._on_files_received([recording])  # pylint: disable=protected-access
    program.start()
    program.wait("done")


class Gate:
    """Hold up the opening of libraries."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached = threading.Event()
        self.open = threading.Event()
        real = Library.__init__

        def slow(library: Library, *values: object) -> None:
            self.reached.set()
            self.open.wait(60)
            real(library, *values)  # type: ignore[arg-type]

        monkeypatch.setattr(Library, "__init__", slow)


@pytest.mark.parametrize("is_late", [False, True])
def test_closing_while_the_library_is_opened_leaves_it_whole(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_late: bool
) -> None:
    gate, before = Gate(monkeypatch), set(threading.enumerate())
    with running(qtbot, tmp_path / "data") as program:
        program.show()
        program.until(gate.reached.is_set)
        if is_late:
            monkeypatch.setattr("desktop.services.background._CLOSE_SECONDS", 0.0)
        else:
            gate.open.set()
    gate.open.set()
    for thread in set(threading.enumerate()) - before:
        thread.join(60)
    library = Library(Paths.of(tmp_path / "data").library)
    assert not library.was_interrupted
    library.close()


def test_closing_before_anything_was_painted(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path / "data") as program:
        program.program.show([tmp_path / "talk.wav"])
        assert not program.program.is_ready
    assert not Paths.of(tmp_path / "data").library.exists()


def test_a_job_that_runs_when_the_window_is_closed_goes_on_at_the_next_start(
    qtbot: QtBot, tmp_path: Path, recording: Path
) -> None:
    gate = tmp_path / "gate"
    with running(qtbot, tmp_path / "data") as program:
        profile = program.program.settings.current.profile
        program.program.settings.change(
            profiles=(type(profile)("Standard", model="tiny.en", glossary=(f"2:until={gate}",)),)
        )
        program.start(recording)
        program.until(lambda: bool(program.all()) and len(program.segments(1)) == 2)
        program.window.close()
    library = Library(Paths.of(tmp_path / "data").library)
    assert [one.status.value for one in library.summaries()] == ["interrupted"]
    library.close()
    gate.touch()
    with running(qtbot, tmp_path / "data") as program:
        program.start()
        program.wait("done")
        assert len(program.segments(1)) == 4


def test_settings_that_cannot_be_read_are_kept_and_people_are_told(
    qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "settings.toml").write_text("[general\nappearance = ", encoding="utf-8")
    with running(qtbot, tmp_path) as program:
        program.start()
        program.until(lambda: "settings" in program.toast)
        kept = [path.name for path in tmp_path.glob("settings*") if path.name in program.toast]
        assert kept and kept != ["settings.toml"]


def test_the_window_comes_back_as_it_was_left(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path / "data") as program:
        program.start()
        program.window.resize(780, 600)
    with running(qtbot, tmp_path / "data") as program:
        program.start()
        assert (program.window.width(), program.window.height()) == (780, 600)


@dataclass
class Trouble:
    """Something that keeps the library from being opened, and how it is mended."""

    path: Path
    others: list[Library] = field(default_factory=list)
    patches: list[pytest.MonkeyPatch] = field(default_factory=list)

    def make(self, code: str) -> None:
        """Bring it about."""
        ways: dict[str, Callable[[], object]] = {
            "library.too_new": self._write_newer,
            "library.in_use": lambda: self.others.append(Library(self.path)),
            "library.network_folder": self._move_to_a_share,
            "library.read_only": lambda: self._fail(sqlite3.SQLITE_READONLY, "SQLITE_READONLY"),
            "library.disk_full": lambda: self._fail(sqlite3.SQLITE_FULL, "SQLITE_FULL"),
        }
        ways[code]()

    def mend(self) -> None:
        """Take it away."""
        for other in self.others:
            other.close()
        for patch in self.patches:
            patch.undo()
        if not self.others and not self.patches:
            self.path.unlink()

    def _write_newer(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute("PRAGMA user_version = 99")

    def _move_to_a_share(self) -> None:
        patch = pytest.MonkeyPatch()
        self.patches.append(patch)
        place = SimpleNamespace(mountpoint=str(self.path.parent), fstype="nfs4", opts="rw")
        patch.setattr(psutil, "disk_partitions", lambda **_: [place])

    def _fail(self, number: int, name: str) -> None:
        patch = pytest.MonkeyPatch()
        self.patches.append(patch)

        def fail(*_: object, **__: object) -> None:
            error = sqlite3.OperationalError("no")
            error.sqlite_errorcode, error.sqlite_errorname = number, name
            raise error

        patch.setattr(database.Database, "_prepare", fail)


@pytest.mark.parametrize(
    "code",
    [
        "library.too_new",
        "library.in_use",
        "library.network_folder",
        "library.read_only",
        "library.disk_full",
    ],
)
def test_trouble_with_the_library_is_shown_and_can_be_mended(
    program: Running, recording: Path, code: str
) -> None:
    trouble = Trouble(program.paths.library)
    trouble.make(code)
    program.show(recording)
    page = program.window.trouble
    program.until(page.isVisible)
    again = _button(program, "Try again")
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    assert program.program.desk is None
    trouble.mend()
    program.until(lambda: _tried_again(program))
    program.wait("done")


def _button(program: Running, text: str) -> Button:
    buttons = program.window.trouble.findChildren(Button)
    (found,) = [one for one in buttons if one.isVisible() and one.text() == text]
    return found


def _tried_again(program: Running) -> bool:
    if program.program.desk is None and program.window.trouble.isVisible():
        QTest.mouseClick(_button(program, "Try again"), Qt.MouseButton.LeftButton)
    return program.program.desk is not None


def test_trying_again_twice_opens_one_library(program: Running) -> None:
    other = Library(program.paths.library)
    program.show()
    program.until(program.window.trouble.isVisible)
    other.close()
    for _ in range(3):
        program.window.trouble.try_again_requested.emit()
    program.until(lambda: program.program.is_ready)
    desks = [child for child in program.program.children() if type(child).__name__ == "Desk"]
    program.qtbot.wait(50)
    assert desks == [program.program.desk]
    assert not program.window.trouble.isVisible()


@pytest.mark.parametrize("status", ["done", "running", "cancelled", "failed"])
def test_a_known_recording_that_is_given_at_the_start_is_shown(
    qtbot: QtBot,
    tmp_path: Path,
    recording: Path,
    monkeypatch: pytest.MonkeyPatch,
    status: str,
) -> None:
    gate = tmp_path / "gate"
    with running(qtbot, tmp_path / "data") as program:
        profile = program.program.settings.current.profile
        suffers = {"done": (), "failed": ("2:media_error",)}
        glossary = suffers.get(status, (f"2:until={gate}",))
        changed = type(profile)("Standard", model="tiny.en", glossary=glossary)
        program.program.settings.change(profiles=(changed,))
        program.start(recording)
        program.until(lambda: bool(program.all()) and len(program.segments(1)) >= 2)
        if status == "cancelled":
            program.desk.services.queue.cancel(1)
        program.wait(status)
        program.until(lambda: status == "running" or program.desk.services.queue.running is None)
    gate.touch()
    use_fake_engine(monkeypatch)
    with running(qtbot, tmp_path / "data") as program:
        program.program.settings.change(profiles=(profile,))
        program.start(recording)
        program.until(lambda: program.desk.document.open_transcript == 1)
        if status == "running":
            program.until(lambda: "talk is in the queue already" in program.toast)
        program.wait("done")
        program.until(lambda: program.window.is_document_shown)


def test_a_known_recording_of_a_second_start_is_shown_in_place_of_another(
    program: Running, recording: Path
) -> None:
    other = recording.with_name("other.wav")
    other.write_bytes(b"another talk")
    program.start(recording)
    program.wait("done")
    program.program._on_files_received([other])  # pylint: disable=protected-access
    program.wait("done", "done")
    program.until(lambda: program.desk.document.open_transcript == 1)
    program.program._on_files_received([other])  # pylint: disable=protected-access
    program.until(lambda: program.desk.document.open_transcript == 2)
    assert "transcribed before" in program.toast
