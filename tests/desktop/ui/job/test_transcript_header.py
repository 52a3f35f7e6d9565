"""The header says how a transcript stands, and offers what makes sense now."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.store.records import JobStatus, TranscriptSummary
from desktop.ui.job.progress_line import ProgressLine
from desktop.ui.job.transcript_header import TranscriptHeader
from desktop.ui.widgets.buttons import Button
from tests.desktop.item_models.values import StubProgress, job, summary

LEFT = Qt.MouseButton.LeftButton
DONE = summary(
    1, "Interview", duration=3_734.0, device="cpu", compute_type="int8", speed=12.2, done=3_734.0
)
STOPPED = job(1, JobStatus.FAILED, "Council", done=1_744.0, duration=3_734.0)


@pytest.fixture(name="header")
def header_fixture(qtbot: QtBot) -> Iterator[TranscriptHeader]:
    made = TranscriptHeader()
    qtbot.addWidget(made)
    made.resize(1_008, 64)
    made.show()
    yield made


def _line(header: TranscriptHeader) -> str:
    labels = [label.text() for label in header.findChildren(QLabel) if label.isVisible()]
    return labels[1].replace("\u00a0", " ").replace("  ·  ", " · ")


def _shown(header: QWidget) -> set[str]:
    return {button.text() for button in header.findChildren(Button) if button.isVisible()}


@pytest.mark.parametrize(
    ("transcript", "line"),
    [
        (DONE, "1:02:14 · English 98 % · base · CPU int8, 12×"),
        (STOPPED, "Stopped · 29:04 of 1:02:14 transcribed · 46 % · base"),
        (
            job(1, JobStatus.PAUSED, done=1_744.0, duration=3_734.0),
            "Paused · 29:04 of 1:02:14 transcribed · 46 % · base",
        ),
        (
            job(1, JobStatus.INTERRUPTED, done=1_744.0, duration=3_734.0),
            "Interrupted, continues by itself · 29:04 of 1:02:14 transcribed · 46 % · base",
        ),
        (job(1, JobStatus.QUEUED), "Waits in the queue · base"),
        (job(1, JobStatus.QUEUED, code="model.not_installed"), "Waits for the base model · base"),
        (job(1, JobStatus.PAUSED, done=0.0), "Paused · base"),
        (job(1, JobStatus.RUNNING), "Transcribing · Reading the file · base"),
    ],
)
def test_one_line_says_how_it_stands(
    header: TranscriptHeader, transcript: TranscriptSummary, line: str
) -> None:
    header.show_transcript(transcript)

    assert _line(header) == line


def test_a_part_that_is_decoded_again_is_said(header: TranscriptHeader) -> None:
    header.show_transcript(
        job(1, JobStatus.RUNNING), StubProgress(1, 47.0, 100.0, 180.0, 12.0, is_again=True)
    )

    assert _line(header) == "Decoding an unfinished part again · 47 % · about 3 min left"


def test_progress_is_said_with_time_and_speed(header: TranscriptHeader) -> None:
    header.show_transcript(job(1, JobStatus.RUNNING))

    header.set_progress(StubProgress(1, 47.0, 100.0, 170.0, 12.0))
    assert _line(header) == "Transcribing · 47 % · about 3 min left · 12× real time"
    header.set_progress(StubProgress(2, 99.0, 100.0))
    assert "47 %" in _line(header)


def test_narrow_windows_keep_what_matters(header: TranscriptHeader, qtbot: QtBot) -> None:
    header.show_transcript(DONE)

    header.resize(560, 64)

    qtbot.waitUntil(lambda: _line(header) == "1:02:14 · English 98 %")


@pytest.mark.parametrize(
    ("transcript", "buttons"),
    [
        (DONE, {"Export"}),
        (STOPPED, {"Export"}),
        (job(1, JobStatus.FAILED), set()),
        (job(1, JobStatus.RUNNING, done=9.0), {"Pause", "Stop"}),
        (job(1, JobStatus.QUEUED), {"Pause", "Stop"}),
        (job(1, JobStatus.PAUSED, done=9.0), {"Resume", "Stop", "Export"}),
    ],
)
def test_buttons_fit_the_state(
    header: TranscriptHeader, transcript: TranscriptSummary, buttons: set[str]
) -> None:
    header.show_transcript(transcript)

    assert _shown(header) == buttons


def test_buttons_say_what_is_wanted(header: TranscriptHeader, qtbot: QtBot) -> None:
    for button, signal in (
        (header.find_button, header.find_requested),
        (header.export_button, header.export_requested),
        (header.pause_button, header.pause_requested),
        (header.resume_button, header.resume_requested),
        (header.stop_button, header.stop_requested),
    ):
        with qtbot.waitSignal(signal):
            button.click()
    lines = {line.text(): line for line in header.menu.actions()}
    with qtbot.waitSignal(header.trash_requested):
        lines["Delete"].trigger()
    with qtbot.waitSignal(header.start_again_requested):
        lines["Transcribe again"].trigger()


def test_the_title_is_changed_in_place(header: TranscriptHeader, qtbot: QtBot) -> None:
    header.show_transcript(DONE)
    field = header.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)

    header.edit_title()
    field.setText("  Rozmowa 🎙 ")
    with qtbot.waitSignal(header.renamed) as renamed:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert renamed.args == ["Rozmowa 🎙"] and field.isHidden()

    header.edit_title()
    field.setText("never mind")
    with qtbot.assertNotEmitted(header.renamed):
        QTest.keyClick(field, Qt.Key.Key_Escape)
        assert field.isHidden()


def test_a_long_title_leaves_the_buttons_whole(header: TranscriptHeader) -> None:
    header.show_transcript(summary(1, "Rindfleischetikettierungsüberwachung " * 6))
    header.resize(520, 64)

    button = header.export_button
    assert button.width() >= button.sizeHint().width()
    assert header.rect().contains(header.more_button.geometry())


def test_the_line_under_the_header_speaks(qtbot: QtBot) -> None:
    line = ProgressLine()
    qtbot.addWidget(line)

    line.set_fraction(0.47)

    assert line.accessibleName() == "Transcribing"
    assert line.value() / line.maximum() == pytest.approx(0.47)
