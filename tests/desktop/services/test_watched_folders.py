"""A recording that appears in a watched folder is told once, when it is complete."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.watched_files import FileState, Met, StandStill, is_placeholder, recordings_in
from desktop.services.watched_folders import WatchedFolders, WatchTimings
from desktop.settings import WatchedFolder

QUICK = WatchTimings(still=0.05, interval=0.02, share=1.0)


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "watched 🎙️"
    folder.mkdir()
    return folder


class Watcher:
    """Watch a folder and note what is told."""

    def __init__(self, folder: Path, met: Path) -> None:
        self.found: list[Path] = []
        self.profiles: set[str] = set()
        self.reachable: list[bool] = []
        self.folders = WatchedFolders(met, timings=QUICK)
        self.folders.recordings_found.connect(self._note)
        self.folders.reachable_changed.connect(lambda _, is_there: self.reachable.append(is_there))
        self.folders.watch([WatchedFolder(str(folder), "Meetings")])

    def _note(self, paths: tuple[Path, ...], profile: str) -> None:
        self.found.extend(paths)
        self.profiles.add(profile)


@pytest.fixture(name="watcher")
def _watcher(qtbot: QtBot, folder: Path, tmp_path: Path) -> Iterator[Watcher]:
    del qtbot
    watcher = Watcher(folder, tmp_path / "met.json")
    yield watcher
    watcher.folders.close()


def test_a_recording_in_any_subfolder_is_told_with_its_profile(
    qtbot: QtBot, watcher: Watcher, folder: Path
) -> None:
    (folder / "deep").mkdir()
    path = folder / "deep" / "talk.MP3"
    path.write_bytes(b"sound")
    (folder / "notes.txt").write_bytes(b"no sound")
    (folder / ".hidden.wav").write_bytes(b"sound of a program that copies")
    qtbot.waitUntil(lambda: watcher.found == [path])
    assert watcher.profiles == {"Meetings"}


def test_the_same_recording_under_other_names_is_told_once(
    qtbot: QtBot, watcher: Watcher, folder: Path
) -> None:
    (folder / "a.wav").write_bytes(b"sound")
    qtbot.waitUntil(lambda: bool(watcher.found))
    os.rename(folder / "a.wav", folder / "b.wav")
    (folder / "c.wav").write_bytes(b"sound")
    (folder / "other.wav").write_bytes(b"another sound")
    qtbot.waitUntil(lambda: len(watcher.found) == 2)
    assert [path.name for path in watcher.found] == ["a.wav", "other.wav"]


def test_what_was_met_is_known_at_the_next_start_even_if_the_clock_went_back(
    qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    first = Watcher(folder, tmp_path / "met.json")
    (folder / "a.wav").write_bytes(b"sound")
    os.utime(folder / "a.wav", (4e9, 4e9))  # the clock of the share is in the year 2096
    qtbot.waitUntil(lambda: bool(first.found))
    first.folders.confirm(first.found)
    first.folders.close()
    second = Watcher(folder, tmp_path / "met.json")
    (folder / "b.wav").write_bytes(b"a new sound")
    os.utime(folder / "b.wav", (1, 1))
    qtbot.waitUntil(lambda: bool(second.found))
    second.folders.close()
    assert [path.name for path in second.found] == ["b.wav"]


def test_what_was_not_taken_in_before_the_end_is_told_again_at_the_next_start(
    qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    paths = [folder / "a.wav", folder / "b.wav", folder / "copy of a.wav"]
    for path, content in zip(paths, (b"sound", b"another sound", b"sound"), strict=True):
        path.write_bytes(content)
    first = Watcher(folder, tmp_path / "met.json")
    qtbot.waitUntil(lambda: first.found == paths[:2])
    first.folders.confirm([paths[0]])
    first.folders.close()
    second = Watcher(folder, tmp_path / "met.json")
    qtbot.waitUntil(lambda: bool(second.found))
    second.folders.close()
    assert second.found == [paths[1]]


def test_what_is_on_its_way_is_not_told_again(qtbot: QtBot, watcher: Watcher, folder: Path) -> None:
    (folder / "a.wav").write_bytes(b"sound")
    qtbot.waitUntil(lambda: bool(watcher.found))
    for number in range(3):  # it is looked at again and again meanwhile
        (folder / f"{number}.wav").write_bytes(f"sound {number}".encode())
        qtbot.waitUntil(lambda: folder / f"{number}.wav" in watcher.found)  # noqa: B023
    assert watcher.found.count(folder / "a.wav") == 1


def test_a_folder_that_goes_and_comes_back_is_watched_again(
    qtbot: QtBot, watcher: Watcher, folder: Path
) -> None:
    away = folder.with_name("away")
    folder.rename(away)
    qtbot.waitUntil(lambda: watcher.reachable == [False])
    (away / "a.wav").write_bytes(b"sound")
    away.rename(folder)
    qtbot.waitUntil(lambda: bool(watcher.found))
    assert watcher.reachable == [False, True]


def test_a_folder_that_is_no_longer_wanted_is_left_alone(
    qtbot: QtBot, watcher: Watcher, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    watcher.folders.watch([WatchedFolder(str(other))])
    (folder / "a.wav").write_bytes(b"sound")
    (other / "b.wav").write_bytes(b"another sound")
    qtbot.waitUntil(lambda: bool(watcher.found))
    assert watcher.found == [other / "b.wav"] and watcher.profiles == {""}


def state(size: int, modified: int = 5) -> FileState:
    return FileState(Path("a.wav"), size, modified)


def test_a_file_has_to_stand_still() -> None:
    still = StandStill(10.0)
    assert not still.observe([state(1)], now=100.0)
    assert not still.observe([state(2)], now=109.0), "it grows"
    assert not still.observe([state(2, modified=6)], now=118.0), "it is written to"
    assert not still.observe([state(2, modified=6)], now=127.9)
    assert still.observe([state(2, modified=6)], now=128.0)


def test_a_file_that_goes_and_comes_back_begins_anew() -> None:
    still = StandStill(10.0)
    still.observe([state(1)], now=0.0)
    still.observe([], now=5.0)
    assert not still.observe([state(1)], now=10.0)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"st_size": 1_000_000, "st_blocks": 2000}, False),
        ({"st_size": 1_000_000, "st_blocks": 0}, True),
        ({"st_size": 100, "st_blocks": 0}, False),
        ({"st_size": 1_000_000}, False),
        ({"st_size": 1_000_000, "st_file_attributes": 0x20}, False),
        ({"st_size": 1_000_000, "st_file_attributes": 0x400020}, True),
        ({"st_size": 1_000_000, "st_file_attributes": 0x1000}, True),
        ({"st_size": 1_000_000, "st_blocks": 8, "st_flags": 0x40000000}, True),
    ],
)
def test_placeholders_of_clouds_are_recognised(fields: dict[str, int], expected: bool) -> None:
    assert is_placeholder(cast(os.stat_result, SimpleNamespace(**fields))) is expected


def test_a_placeholder_is_not_even_listed(folder: Path) -> None:
    with (folder / "cloud.wav").open("wb") as file:
        file.truncate(1_000_000)
    (folder / "here.wav").write_bytes(b"sound")
    assert [one.path.name for one in recordings_in(folder)] == ["here.wav"]


def test_an_empty_file_and_a_pipe_are_no_recordings(folder: Path) -> None:
    (folder / "empty.wav").touch()
    os.mkfifo(folder / "pipe.wav")
    assert not recordings_in(folder)


@pytest.mark.parametrize("content", ["", "[]", '{"files": {"a": 1}, "contents": []}'])
def test_a_damaged_memory_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "met.json"
    path.write_text(content, encoding="utf-8")
    met = Met(path)
    assert not met.has_file(state(1))
    assert met.add(state(1), "content") and not met.add(state(2), "content")
    met.confirm([Path("a.wav")])
    met.save()
    assert Met(path).has_file(state(2))


def test_a_memory_that_cannot_be_written_disturbs_nobody(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file", encoding="utf-8")
    met = Met(blocked / "met.json")
    met.add(state(1), "content")
    met.save()
    assert met.has_file(state(1))
