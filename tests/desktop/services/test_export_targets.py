"""Files get names that every system takes, and nothing that others wrote is lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services import export_targets
from desktop.services.export_presets import Destination
from desktop.services.export_targets import (
    Standing,
    WrittenFiles,
    file_name,
    numbered,
    target_of,
)
from engine.errors import ExportError
from tests.fakes.export_shelf import ExportShelf


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Interview Kowalski", "Interview Kowalski"),
        ("12:30 / part", "12-30 - part"),
        ("../../etc/passwd", "..-..-etc-passwd"),
        ("..", "_"),
        ("", "_"),
        ("nul.txt", "_nul.txt"),
        ("com1", "_com1"),
        ('a<b>"c"|d?*\\e\n', "a_b__c__d___e_"),
        ("ends. . ", "ends"),
        ("gpj.\u202eexe", "gpj._exe"),
        ("Łódź 👋🏽", "Łódź 👋🏽"),
    ],
)
def test_titles_become_names(title: str, name: str) -> None:
    assert file_name(title) == name


@given(st.text())
def test_no_title_leaves_its_folder(title: str) -> None:
    name = file_name(title)
    assert name not in ("", ".", "..")
    assert not set(name) & set('/\\:\x00<>"|?*\n')
    assert name == file_name(name)


def test_files_go_beside_the_recording(tmp_path: Path) -> None:
    summary = ExportShelf(tmp_path).add("A talk")
    target = target_of(summary, "", Destination())
    assert target.file(".srt") == tmp_path / "A talk.srt"


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("{title}", "A talk.srt"),
        ("{folder}/{title}.{ext}", "Thesis/A talk.srt"),
        ("{folder}\\{date} {title}", "Thesis/2026-05-28 A talk.srt"),
        ("{title}.{language}", "A talk.en.srt"),
        ("/../{unknown}/{title}", "{unknown}/A talk.srt"),
        ("", "A talk.srt"),
        ("{ext}", "A talk.srt"),
        ("//", "A talk.srt"),
    ],
)
def test_patterns_make_names_and_folders(pattern: str, name: str, tmp_path: Path) -> None:
    summary = ExportShelf(tmp_path).add("A talk")
    target = target_of(summary, "Thesis", Destination(str(tmp_path / "out"), pattern))
    assert target.file(".srt") == tmp_path / "out" / name


def test_a_transcript_without_folder_makes_none(tmp_path: Path) -> None:
    summary = replace(ExportShelf(tmp_path).add("A talk"), folder=None)
    target = target_of(summary, "", Destination(str(tmp_path), "{folder}/{title}"))
    assert target.file(".srt") == tmp_path / "A talk.srt"


def test_titles_that_are_too_long_are_cut_and_stay_different(tmp_path: Path) -> None:
    summary = ExportShelf(tmp_path).add("A talk")
    target = target_of(replace(summary, title="👋" * 100), "", Destination())
    names = [path.name for path in islice(numbered(target, ".srt"), 3)]
    assert all(len(name.encode()) <= 255 for name in names)
    assert len(set(names)) == 3


def test_numbers_follow_the_name(tmp_path: Path) -> None:
    target = target_of(ExportShelf(tmp_path).add("A talk"), "", Destination())
    names = [path.name for path in islice(numbered(target, ".srt"), 3)]
    assert names == ["A talk.srt", "A talk (2).srt", "A talk (3).srt"]


def test_what_lies_there_is_known_by_its_content(tmp_path: Path) -> None:
    written = WrittenFiles(tmp_path / "written.json")
    target = tmp_path / "x.srt"
    assert written.standing(target, b"new", "uid") is Standing.FREE
    target.write_bytes(b"old")
    assert written.standing(target, b"new", "uid") is Standing.FOREIGN
    assert written.standing(target, b"old", "uid") is Standing.UP_TO_DATE
    written.remember(target, b"old", "uid")
    assert written.standing(target, b"new", "uid") is Standing.OURS
    assert written.standing(target, b"new", "other") is Standing.FOREIGN
    target.write_bytes(b"somebody worked on it")
    assert written.standing(target, b"new", "uid") is Standing.FOREIGN
    assert written.standing(tmp_path, b"new", "uid") is Standing.FOREIGN


def test_files_are_remembered_over_restarts(tmp_path: Path) -> None:
    written = WrittenFiles(tmp_path / "data" / "written.json")
    target = tmp_path / "x.srt"
    target.write_bytes(b"old")
    written.remember(target, b"old", "uid")
    written.save()
    again = WrittenFiles(tmp_path / "data" / "written.json")
    assert again.standing(target, b"new", "uid") is Standing.OURS


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b"[" * 100_000, b'{"x": 3}'])
def test_a_damaged_memory_is_an_empty_one(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "written.json").write_bytes(content)
    written = WrittenFiles(tmp_path / "written.json")
    (tmp_path / "x").touch()
    assert written.standing(tmp_path / "x", b"new", "uid") is Standing.FOREIGN


def test_a_memory_that_cannot_be_kept_does_not_stop_anything(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    WrittenFiles(tmp_path / "file" / "written.json").save()
    assert "not remembered" in caplog.text


def test_only_so_many_files_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_targets, "MOST_REMEMBERED", 2)
    written = WrittenFiles(tmp_path / "written.json")
    for name in "abc":
        (tmp_path / name).write_bytes(b"old")
        written.remember(tmp_path / name, b"old", "uid")
    found = [written.standing(tmp_path / name, b"new", "uid") for name in "abc"]
    assert found == [Standing.FOREIGN, Standing.OURS, Standing.OURS]


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    written = WrittenFiles(tmp_path / "written.json")
    with pytest.raises(ExportError):
        written.standing(tmp_path / ("x" * 300), b"", "uid")
