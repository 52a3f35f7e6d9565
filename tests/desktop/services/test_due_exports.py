"""What is to be exported by itself is known after the program ended at any moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.background import Background
from desktop.services.due_exports import DueExport, DueExports
from desktop.store.records import JobOptions, JobStatus, Source, TranscriptSummary
from engine.errors import LibraryError

ROW = TranscriptSummary(
    id=1,
    uid="a" * 32,
    title="Talk",
    status=JobStatus.RUNNING,
    source=Source(Path("talk.mp3")),
    options=JobOptions("base"),
    created=1_780_000_000.0,
)
WANTED = DueExport(ROW.uid, ("srt", "txt"), "/exports")
BEGUN = replace(WANTED, is_begun=True)


@dataclass
class _Shelf:
    row: TranscriptSummary

    def summary(self, transcript: int) -> TranscriptSummary:
        """Return the one row."""
        if transcript != self.row.id:
            raise LibraryError("library.not_found")
        return self.row


class Desk:
    """Start and end what is tested, with one row in the library."""

    def __init__(self, qtbot: QtBot, path: Path) -> None:
        self.qtbot = qtbot
        self.path = path
        self.shelf = _Shelf(ROW)
        self.background = Background()

    def start(self) -> tuple[DueExports, tuple[TranscriptSummary, ...]]:
        """Return them as after a start, and the rows that were left."""
        due = DueExports(self.path, self.shelf, self.background, self.background)
        with self.qtbot.waitSignal(due.found) as blocker:
            due.load()
        return due, blocker.args[0]

    def end(self) -> None:
        """Wait until everything is on the disk."""
        self.background.close()
        self.background = Background()


@pytest.fixture(name="desk")
def _desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path / "data" / "due.json")
    yield desk
    desk.background.close()
    desk.background.deleteLater()


def test_a_job_is_due_after_the_program_ended(desk: Desk) -> None:
    due, left = desk.start()
    assert left == () and due.get(ROW) is None
    due.note(ROW, WANTED)
    desk.qtbot.waitUntil(lambda: desk.path.exists() and "srt" in desk.path.read_text("utf-8"))
    desk.end()
    desk.shelf.row = done = replace(ROW, status=JobStatus.DONE)
    due, left = desk.start()
    assert left == (done,) and due.get(done) == BEGUN


def test_what_is_written_is_not_due_any_more(desk: Desk) -> None:
    due, _ = desk.start()
    due.note(ROW, WANTED)
    due.forget(ROW.id)
    desk.qtbot.waitUntil(lambda: desk.path.exists() and desk.path.read_text("utf-8") == "{}")
    desk.end()
    assert desk.start()[1] == ()


def test_only_what_was_worked_on_is_begun(desk: Desk) -> None:
    due, _ = desk.start()
    queued = replace(ROW, status=JobStatus.QUEUED)
    for status in (JobStatus.DONE, JobStatus.PAUSED):
        due.note(replace(ROW, status=status), WANTED)
        assert due.get(ROW) is None, "a revision was restored"
    due.note(queued, WANTED)
    assert due.get(ROW) == WANTED
    due.note(ROW, WANTED)
    due.note(queued, WANTED)
    assert due.get(ROW) == BEGUN


def test_a_profile_that_is_gone_is_remembered(desk: Desk) -> None:
    due, _ = desk.start()
    due.note(replace(ROW, status=JobStatus.QUEUED), WANTED)
    due.note(ROW, None)
    assert due.get(ROW) == BEGUN
    due.note(replace(ROW, id=2), None)
    assert due.get(replace(ROW, id=2)) is None


def test_what_is_noted_before_the_reading_is_kept(desk: Desk) -> None:
    due, _ = desk.start()
    due.note(ROW, WANTED)
    desk.qtbot.waitUntil(lambda: desk.path.exists() and "srt" in desk.path.read_text("utf-8"))
    desk.end()
    due = DueExports(desk.path, desk.shelf, desk.background, desk.background)
    due.note(replace(ROW, status=JobStatus.QUEUED), replace(WANTED, outputs=("vtt",)))
    with desk.qtbot.waitSignal(due.found):
        due.load()
    assert due.get(ROW) == replace(BEGUN, outputs=("vtt",))


@pytest.mark.parametrize(
    "row", [replace(ROW, uid="b" * 32), replace(ROW, deleted=5.0), replace(ROW, id=2)]
)
def test_what_is_gone_or_another_is_not_due(desk: Desk, row: TranscriptSummary) -> None:
    due, _ = desk.start()
    due.note(ROW, WANTED)
    desk.qtbot.waitUntil(lambda: desk.path.exists() and "srt" in desk.path.read_text("utf-8"))
    desk.end()
    desk.shelf.row = row
    due, left = desk.start()
    assert left == () and due.get(row) is None


@pytest.mark.parametrize("content", ["", "[]", '{"a": {}}', '{"1": {"uid": ""}}', '{"1": 2}'])
def test_a_damaged_memory_is_as_good_as_none(
    desk: Desk, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    desk.path.parent.mkdir()
    desk.path.write_text(content, "utf-8")
    assert desk.start()[1] == ()
    assert "cannot be read" in caplog.text


def test_a_memory_that_cannot_be_written_disturbs_nobody(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.path.parent.write_text("a file", "utf-8")
    due, _ = desk.start()
    due.note(ROW, WANTED)
    desk.qtbot.waitUntil(lambda: "not remembered" in caplog.text)
    assert due.get(ROW) == BEGUN
