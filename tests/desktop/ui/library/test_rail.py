"""The rail offers the same in a narrow window, and shows the running job."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.item_models.library_model import LibraryModel
from desktop.store.records import JobStatus
from desktop.ui.library.rail import Rail
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.progress import RingProgress
from tests.desktop.item_models.values import StubProgress, job, summary


@pytest.mark.parametrize(
    ("name", "signal"),
    [
        ("Add files", "add_requested"),
        ("Search all", "search_requested"),
        ("Show library", "library_requested"),
        ("Settings", "settings_requested"),
    ],
)
def test_each_button_says_what_is_wanted(qtbot: QtBot, name: str, signal: str) -> None:
    rail = Rail(LibraryModel())
    qtbot.addWidget(rail)
    buttons = {button.accessibleName(): button for button in rail.findChildren(IconButton)}

    with qtbot.waitSignal(getattr(rail, signal)):
        QTest.mouseClick(buttons[name], Qt.MouseButton.LeftButton)


def test_the_ring_is_there_while_a_job_runs(qtbot: QtBot) -> None:
    model = LibraryModel()
    rail = Rail(model)
    qtbot.addWidget(rail)
    rail.show()
    ring = rail.findChild(RingProgress)
    assert isinstance(ring, RingProgress) and not ring.isVisible()

    model.upsert(job(1, JobStatus.RUNNING, "Talk"))
    model.set_progress(StubProgress(1, 47.0, 100.0))
    assert ring.isVisible()
    assert ring.toolTip() == "Talk · 47\u00a0%"

    model.upsert(summary(1, "Talk"))
    assert not ring.isVisible()


def test_the_ring_shows_what_is_done_before_anything_is_told(qtbot: QtBot) -> None:
    model = LibraryModel()
    rail = Rail(model)
    qtbot.addWidget(rail)
    model.upsert(replace(job(1, JobStatus.RUNNING, "Talk"), duration=200.0, done=50.0))
    ring = rail.findChild(RingProgress)
    assert isinstance(ring, RingProgress) and ring.value() == 25
