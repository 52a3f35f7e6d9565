"""What the store thread reports becomes signals in the GUI thread, in order."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.library_news import LibraryNews
from desktop.store.records import (
    BlockFinished,
    BlocksPlanned,
    Change,
    JobOptions,
    JobStatus,
    SegmentsAdded,
    ShelvesChanged,
    Source,
    SpeakersChanged,
    TranscriptAdded,
    TranscriptChanged,
    TranscriptEdited,
    TranscriptRemoved,
    TranscriptReplaced,
    TranscriptSummary,
)
from engine.events import Block
from engine.transcript.editing import Edit

SUMMARY = TranscriptSummary(
    1, "0" * 32, "Talk", JobStatus.QUEUED, Source(Path("talk.wav")), JobOptions("base"), 0.0
)
CHANGES: list[tuple[Change, str, object]] = [
    (TranscriptAdded(SUMMARY), "transcript_added", SUMMARY),
    (TranscriptChanged(SUMMARY), "transcript_changed", SUMMARY),
    (TranscriptRemoved(1), "transcript_removed", 1),
    (TranscriptReplaced(1), "transcript_replaced", 1),
]
CHANGES += [
    (change, name, change)
    for change, name in (
        (BlocksPlanned(1, (), True), "blocks_planned"),
        (SegmentsAdded(1), "segments_added"),
        (BlockFinished(1, Block(0, 0.0, 30.0)), "block_finished"),
        (TranscriptEdited(1, Edit((), ())), "transcript_edited"),
        (SpeakersChanged(1, ()), "speakers_changed"),
        (ShelvesChanged((), ()), "shelves_changed"),
    )
]


@pytest.mark.parametrize(("change", "name", "value"), CHANGES, ids=lambda value: str(value)[:20])
def test_each_kind_of_change_has_its_signal(
    qtbot: QtBot, change: Change, name: str, value: object
) -> None:
    news = LibraryNews()
    with qtbot.waitSignal(getattr(news, name)) as caught:
        threading.Thread(target=news.report, args=(change,)).start()
    assert caught.args == [value]


def test_a_flood_arrives_whole_in_order_and_in_the_gui_thread(qtbot: QtBot) -> None:
    news = LibraryNews()
    seen: list[int] = []
    threads: set[int] = set()

    def note(transcript: int) -> None:
        seen.append(transcript)
        threads.add(threading.get_ident())

    news.transcript_removed.connect(note)

    def flood() -> None:
        for number in range(20_000):
            news.report(TranscriptRemoved(number))

    threading.Thread(target=flood).start()
    qtbot.waitUntil(lambda: len(seen) == 20_000, timeout=20_000)
    assert seen == list(range(20_000))
    assert threads == {threading.get_ident()}


def test_other_events_are_served_between_the_changes_of_a_flood(qtbot: QtBot) -> None:
    from PySide6.QtCore import QTimer  # pylint: disable=import-outside-toplevel

    news = LibraryNews()
    seen: list[str] = []

    def work(_: int) -> None:
        seen.append("change")
        # As long as a slow view would take.
        gate = threading.Event()
        gate.wait(0.001)

    news.transcript_removed.connect(work)
    for number in range(200):
        news.report(TranscriptRemoved(number))
    timer = QTimer()
    timer.timeout.connect(lambda: seen.append("other"))
    timer.start(0)
    qtbot.waitUntil(lambda: seen.count("change") == 200)
    assert "other" in seen[: seen.index("change") + 100]
