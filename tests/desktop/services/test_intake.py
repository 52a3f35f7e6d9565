"""Whatever is dropped enters the queue once, in order, or it is said why not."""

from __future__ import annotations

import os
import threading
from concurrent.futures import Future
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.intake import Batch, Intake
from desktop.services.media_probe import MediaProbe
from desktop.settings import Profile
from desktop.store.records import JobStatus
from engine.errors import LibraryError
from engine.media_info import MediaInfo
from engine.process.client import EngineClient
from tests.desktop.services.conftest import PROFILE, QUICK, WORKER, Desk

EMOJI = "🎙️" * 20


@pytest.fixture(name="paused")
def _paused(desk: Desk) -> Desk:
    """Return a desk whose jobs wait: no speech model is there."""
    for folder in desk.models.iterdir():
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
    return desk


def test_a_file_is_entered_with_what_is_known_about_it(paused: Desk, recordings: Path) -> None:
    path = recordings / f"{EMOJI}.wav"
    path.write_bytes(b"sound")
    paused.add(path)
    paused.wait("queued")
    one = paused.only()
    assert one.title == EMOJI
    assert (one.source.path, one.source.size_bytes, one.source.has_video) == (path, 5, True)
    assert one.source.duration == 120.0 and len(one.source.content) == 64
    assert (one.options.model, one.options.profile) == ("base", "Standard")


def test_a_folder_is_walked_in_natural_order(paused: Desk, recordings: Path) -> None:
    for name in ("part 10.wav", "part 2.wav", "part 1.wav", "notes.txt", ".hidden.wav"):
        (recordings / name).write_bytes(name.encode())
    paused.add(recordings)
    paused.wait("queued", "queued", "queued")
    assert [one.title for one in paused.all()] == ["part 1", "part 2", "part 10"]
    assert not paused.rejected


def test_hundreds_of_files_are_entered_in_their_order(paused: Desk, recordings: Path) -> None:
    paths = [recordings / f"{number}.wav" for number in range(300)]
    for path in paths:
        path.write_bytes(path.name.encode())
    paused.add(*paths)
    paused.until(lambda: len(paused.library.summaries()) == 300)
    assert [one.source.path for one in paused.all()] == paths


def test_the_same_file_twice_is_entered_once(paused: Desk, recordings: Path) -> None:
    first, copy = recordings / "a.wav", recordings / "b.wav"
    first.write_bytes(b"sound")
    copy.write_bytes(b"sound")
    paused.add(first, first, copy)
    paused.until(lambda: bool(paused.known))
    assert [(one.path, one.summary.title) for one in paused.known] == [(copy, "a")]
    paused.add(first)
    paused.until(lambda: len(paused.known) == 2)
    assert paused.only().title == "a"


def test_a_known_recording_is_repeated_if_asked_for(paused: Desk, recordings: Path) -> None:
    path = recordings / "a.wav"
    path.write_bytes(b"sound")
    paused.add(path)
    paused.wait("queued")
    paused.queue.add([path], PROFILE, repeat_known=True)
    paused.wait("queued", "queued")
    assert not paused.known


def test_what_is_in_the_trash_is_not_known(paused: Desk, recordings: Path) -> None:
    path = recordings / "a.wav"
    path.write_bytes(b"sound")
    paused.add(path)
    paused.wait("queued")
    paused.library.put_into_trash([paused.only().id]).result()
    paused.add(path)
    paused.wait("queued")
    assert not paused.known


def test_what_is_no_recording_becomes_a_failed_row(paused: Desk, recordings: Path) -> None:
    (recordings / "text.mp3").write_bytes(b"text of a letter")
    (recordings / "empty.mp3").touch()
    paused.add(recordings / "text.mp3")
    paused.wait("failed")
    paused.add(recordings / "empty.mp3", recordings / "gone.mp3")
    paused.wait("failed", "failed", "failed")
    assert [one.code for one in paused.all()] == [
        "media.unreadable",
        "media.unreadable",
        "media.not_found",
    ]
    assert not paused.rejected


def test_a_folder_without_recordings_is_rejected(paused: Desk, recordings: Path) -> None:
    (recordings / "notes.txt").write_bytes(b"text")
    os.mkfifo(recordings / "pipe")
    paused.add(recordings, recordings / "pipe")
    paused.until(lambda: bool(paused.rejected))
    assert paused.rejected == [
        (recordings, "media.none_found"),
        (recordings / "pipe", "media.unreadable"),
    ]
    assert not paused.all()


def test_dropping_a_failed_recording_again_tries_it_again(paused: Desk, recordings: Path) -> None:
    path = recordings / "a.wav"
    path.write_bytes(b"sound")
    paused.add(path)
    paused.wait("queued")
    paused.queue.cancel(paused.only().id)
    paused.wait("cancelled")
    moved = path.rename(recordings / "moved.wav")
    paused.add(moved, profile=Profile("Other", model="tiny.en", beam_size=1))
    paused.wait("queued")
    one = paused.only()
    assert one.source.path == moved
    assert (one.options.model, one.options.profile) == ("tiny.en", "Other")
    assert not paused.known


def test_a_watched_recording_that_is_known_is_passed_over_silently(
    paused: Desk, recordings: Path
) -> None:
    (recordings / "a.wav").write_bytes(b"sound")
    (recordings / "copy.wav").write_bytes(b"sound")
    (recordings / "new.wav").write_bytes(b"another sound")
    paused.add(recordings / "a.wav")
    paused.wait("queued")
    paused.queue.add_watched([recordings / "copy.wav", recordings / "new.wav"], PROFILE)
    paused.wait("queued", "queued")
    assert not paused.known and not paused.rejected


def test_a_watched_recording_is_settled_when_the_library_has_it(
    paused: Desk, recordings: Path
) -> None:
    settled: list[Path] = []
    added = paused.news.transcript_added
    added.connect(lambda one: unsettled_when_added.append(one.source.path not in settled))
    unsettled_when_added: list[bool] = []
    paused.queue.watched_settled.connect(settled.extend)
    names = ("a.wav", "copy.wav", "text.wav", "dropped.wav")
    new, copy, broken, dropped = (recordings / name for name in names)
    for path, content in zip((new, copy, broken), (b"sound", b"sound", b"text"), strict=True):
        path.write_bytes(content)
    dropped.write_bytes(b"another sound")
    paused.add(dropped)
    paused.wait("queued")
    (recordings / "folder").mkdir()
    watched = [new, copy, broken, dropped, recordings / "folder"]
    paused.queue.add_watched(watched, PROFILE)
    paused.until(lambda: len(settled) == len(watched))
    assert set(settled) == set(watched)
    assert unsettled_when_added == [True] * 3


def test_a_watched_recording_is_not_settled_if_the_library_cannot_take_it(
    paused: Desk, recordings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: Future[int] = Future()
    refused.set_exception(LibraryError("library.disk_full"))
    monkeypatch.setattr(paused.library, "add", lambda _new: refused)
    settled: list[Path] = []
    paused.queue.watched_settled.connect(settled.extend)
    (recordings / "a.wav").write_bytes(b"sound")
    paused.queue.add_watched([recordings / "a.wav"], PROFILE)
    paused.until(lambda: paused.queue.held_by == "library.disk_full")
    assert not settled


def test_a_file_name_of_any_bytes_gets_a_title(paused: Desk, recordings: Path) -> None:
    name = os.fsdecode(b"caf\xe9 e\xcc\x81.wav")
    (recordings / name).write_bytes(b"sound")
    paused.add(recordings)
    paused.wait("queued")
    assert paused.only().title == "caf\N{REPLACEMENT CHARACTER} é"


def test_a_file_on_a_slow_disk_holds_up_no_other(
    qtbot: QtBot, paused: Desk, recordings: Path
) -> None:
    intake = Intake(
        paused.library,
        [paused.models],
        probe=MediaProbe(command=WORKER, timings=QUICK),
        patience_ms=100,
    )
    (recordings / "0.wav").write_bytes(b"slow sound")
    for number in range(1, 10):
        (recordings / f"{number}.wav").write_bytes(f"sound {number}".encode())
    intake.take(Batch((recordings,), PROFILE))
    paused.until(lambda: len(paused.all()) == 9)
    assert not intake.is_idle
    with qtbot.waitSignal(intake.idle):
        (recordings / "0.wav.go").touch()
    paused.until(lambda: len(paused.all()) == 10)
    assert paused.all()[-1].title == "0"
    intake.close()


def test_a_probe_that_nobody_answers_leaves_the_judgement_to_the_engine(
    recordings: Path,
) -> None:
    probe = MediaProbe(command=WORKER, timings=QUICK, patience=0.5)
    (recordings / "slow.wav").write_bytes(b"slow sound")
    (recordings / "dies.wav").write_bytes(b"dies at once")
    (recordings / "a.wav").write_bytes(b"sound")
    assert probe.probe(recordings / "slow.wav") is None
    assert probe.probe(recordings / "dies.wav") is None
    info = probe.probe(recordings / "a.wav")
    assert info is not None and info.duration == 120.0
    probe.close()
    assert probe.probe(recordings / "a.wav") is None


def test_closing_ends_a_probe_that_waits(recordings: Path) -> None:
    probe = MediaProbe(command=WORKER, timings=QUICK)
    (recordings / "slow.wav").write_bytes(b"slow sound")
    answers: list[object] = []
    threads = [
        threading.Thread(target=lambda: answers.append(probe.probe(recordings / "slow.wav")))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    probe.close()
    for thread in threads:
        thread.join(20)
    assert answers == [None] * 4


def test_closing_ends_a_probe_that_is_about_to_start(
    recordings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (recordings / "a.wav").write_bytes(b"sound")
    probe = MediaProbe(command=WORKER, timings=QUICK)
    ask = EngineClient.probe

    def ask_late(client: EngineClient, path: Path) -> MediaInfo:
        probe.close()
        return ask(client, path)

    monkeypatch.setattr(EngineClient, "probe", ask_late)
    assert probe.probe(recordings / "a.wav") is None


def test_status_of_entered_rows_is_told(paused: Desk, recordings: Path) -> None:
    added: list[JobStatus] = []
    paused.news.transcript_added.connect(lambda summary: added.append(summary.status))
    (recordings / "a.wav").write_bytes(b"sound")
    paused.add(recordings)
    paused.until(lambda: bool(added))
    assert added == [JobStatus.QUEUED]
