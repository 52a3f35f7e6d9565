"""Give tests of the controllers the whole program, with a fake engine behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import ROOT
from tests.desktop.running_program import SETTINGS, Running, files_mime, running, use_fake_engine
from tests.engine.speech_models.small_models import make_model

Drop = Callable[..., None]


@pytest.fixture(name="program")
def _program(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    use_fake_engine(monkeypatch)
    monkeypatch.setenv("WHISPER_TRANSCRIBER_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    make_model(tmp_path / "models" / "tiny.en")
    make_model(tmp_path / "models" / "base")
    with running(qtbot, tmp_path / "data") as program:
        yield program.start()


@pytest.fixture(name="drop")
def _drop(program: Running, tmp_path: Path) -> Drop:
    """Return what drops recordings of these names; they suffer what `glossary` says."""

    def drop(*names: str, glossary: tuple[str, ...] = ()) -> None:
        (profile,) = SETTINGS.profiles
        changed = replace(profile, glossary=glossary)
        program.program.settings.change(profiles=(changed,))
        folder = tmp_path / "recordings"
        folder.mkdir(exist_ok=True)
        for name in names:
            (folder / name).write_bytes(name.encode())
        program.drop(files_mime(*(folder / name for name in names)))
        program.until(lambda: {one.source.path.name for one in program.all()} >= set(names))

    return drop


def press_toast(program: Running) -> None:
    """Do what the toast offers."""
    program.window.toasts.focus_toast()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Space)
