"""Files, folders and patterns become recordings; the rest is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.command_line.inputs import find_files, find_in, find_recordings


def _make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"sound")


def _names(paths: tuple[Path, ...]) -> list[str]:
    return [path.name for path in paths]


def _codes(words: list[str]) -> list[str]:
    return [problem.error.code for problem in find_recordings(words).problems]


def test_a_file_is_taken_whatever_its_ending(tmp_path: Path) -> None:
    _make(tmp_path, "talk.xyz")
    assert _names(find_recordings([str(tmp_path / "talk.xyz")]).files) == ["talk.xyz"]


def test_a_folder_is_searched_to_the_bottom_in_natural_order(tmp_path: Path) -> None:
    _make(tmp_path, "part 10.MP3", "part 2.mp3", "b/c/deep.opus", "notes.txt", ".hidden.mp3")
    _make(tmp_path, ".git/no.mp3", "part 1.json")
    found = find_recordings([str(tmp_path)])
    assert _names(found.files) == ["part 2.mp3", "part 10.MP3", "deep.opus"]
    assert not found.problems


def test_a_pattern_is_expanded(tmp_path: Path) -> None:
    _make(tmp_path, "a1.wav", "a2.wav", "b.wav", "x/a3.wav")
    assert _names(find_recordings([str(tmp_path / "a*.wav")]).files) == ["a1.wav", "a2.wav"]
    assert len(find_recordings([str(tmp_path / "**" / "*.wav")]).files) == 4


def test_a_name_that_looks_like_a_pattern_is_taken_as_it_is(tmp_path: Path) -> None:
    _make(tmp_path, "talk [1].wav", "talk 1.wav")
    found = find_recordings([str(tmp_path / "talk [1].wav")])
    assert _names(found.files) == ["talk [1].wav"]


def test_a_file_that_is_named_twice_is_taken_once(tmp_path: Path) -> None:
    _make(tmp_path, "a.wav")
    words = [str(tmp_path / "a.wav"), str(tmp_path), str(tmp_path / ".." / tmp_path.name / "a.wav")]
    assert len(find_recordings(words).files) == 1


@pytest.mark.parametrize("name", ["it's “ü” 🎤.wav", "a b.wav", "x" * 246 + ".wav", "-f.wav"])
def test_unusual_names_are_no_problem(tmp_path: Path, name: str) -> None:
    _make(tmp_path, name)
    assert _names(find_recordings([str(tmp_path)]).files) == [name]


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    assert _codes([str(tmp_path / "no.wav"), str(tmp_path / "no*.wav")]) == ["media.not_found"] * 2


def test_a_folder_without_recordings_is_named(tmp_path: Path) -> None:
    problem = find_recordings([str(tmp_path)]).problems[0]
    assert problem.path == tmp_path
    assert problem.error.code == "media.none_found"


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.wav").touch()
    assert _codes([str(tmp_path / "a.wav")]) == ["media.unreadable"]


def test_a_name_that_is_too_long_is_named(tmp_path: Path) -> None:
    assert _codes([str(tmp_path / ("x" * 300))]) == ["media.unreadable"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert _codes([str(tmp_path / "pipe")]) == ["media.unreadable"]


def test_what_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _make(tmp_path, "a.wav")
    (tmp_path / "closed").mkdir()

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os, "access", lambda *_: False)
    words = [str(tmp_path / "a.wav"), str(tmp_path / "closed")]
    assert _codes(words) == ["media.no_permission"] * 2


def test_files_to_convert_are_no_folders(tmp_path: Path) -> None:
    _make(tmp_path, "a.srt", "b.srt")
    assert _names(find_files([str(tmp_path / "*.srt")]).files) == ["a.srt", "b.srt"]
    assert len(find_files([str(tmp_path)]).problems) == 1


def test_paths_are_taken_as_they_are_and_never_as_patterns(tmp_path: Path) -> None:
    (tmp_path / "a1.wav").write_bytes(b"sound")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "b.wav").touch()
    found = find_in([tmp_path / "a[1].wav", tmp_path / "folder"])
    assert found.files == (tmp_path / "folder" / "b.wav",)
    assert [problem.error.code for problem in found.problems] == ["media.not_found"]
