"""No result overwrites another, or a recording."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.command_line.checkpoint import Checkpoint
from engine.command_line.checkpoint_header import CheckpointHeader, JobSettings
from engine.command_line.targets import Target, choose_targets
from engine.events import Started
from tests.engine.command_line.fake_engine import BLOCKS, info

ENDINGS = (".srt", ".txt", ".json")


def _make(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"sound")


def _names(recordings: list[Path], folder: Path | None = None) -> list[str]:
    return [target.name for target in choose_targets(recordings, folder, ENDINGS)]


def _begin(target: Target, recording: Path) -> None:
    header = CheckpointHeader.for_recording(recording, target.name, JobSettings(model="fake"))
    with Checkpoint(target.checkpoint) as checkpoint:
        checkpoint.restart(header)
        checkpoint.add(Started("run", "fingerprint", BLOCKS, info()))


def test_results_lie_beside_the_recording_or_in_the_folder(tmp_path: Path) -> None:
    recording = tmp_path / "talk.mp3"
    assert choose_targets([recording], None, ENDINGS) == (Target(tmp_path, "talk"),)
    assert choose_targets([recording], tmp_path / "o", ENDINGS) == (Target(tmp_path / "o", "talk"),)


def test_recordings_of_one_name_keep_their_endings(tmp_path: Path) -> None:
    recordings = [tmp_path / "a.mp3", tmp_path / "A.wav", tmp_path / "b.wav"]
    assert _names(recordings) == ["a.mp3", "A.wav", "b"]


def test_recordings_of_one_name_in_several_folders_are_numbered(tmp_path: Path) -> None:
    recordings = [tmp_path / str(number) / "a.mp3" for number in range(3)]
    assert _names(recordings, tmp_path) == ["a.mp3", "a.mp3 (2)", "a.mp3 (3)"]
    assert _names(recordings) == ["a", "a", "a"]


def test_a_result_never_lies_where_a_recording_is(tmp_path: Path) -> None:
    _make(tmp_path / "talk.txt", tmp_path / "talk.wav")
    assert _names([tmp_path / "talk.txt"]) == ["talk.txt"]
    assert _names([tmp_path / "talk.wav", tmp_path / "talk.txt"]) == ["talk.wav", "talk.txt"]


def test_a_recording_that_was_begun_keeps_its_name(tmp_path: Path) -> None:
    first, second = tmp_path / "a.mp3", tmp_path / "a.wav"
    _make(first, second)
    _begin(Target(tmp_path, "a.wav"), second)
    assert _names([second]) == ["a.wav"]
    _begin(Target(tmp_path, "a"), first)
    assert _names([second, first]) == ["a.wav", "a"]


def test_the_unfinished_result_of_another_recording_is_left_alone(tmp_path: Path) -> None:
    first, second = tmp_path / "a.mp3", tmp_path / "a.wav"
    _make(first, second)
    _begin(Target(tmp_path, "a"), first)
    assert _names([second]) == ["a.wav"]


@pytest.mark.parametrize("stem", ["x" * 251, "ü" * 125, "🎤" * 62])
def test_a_long_name_is_shortened_so_that_every_file_can_be_made(tmp_path: Path, stem: str) -> None:
    target = Target(tmp_path, stem)
    for path in (target.checkpoint, target.file(".json")):
        path.touch()
        assert len(os.fsencode(path.name)) <= 255
    assert Target(tmp_path, stem[:-1] + "y").checkpoint != target.checkpoint


def test_a_name_that_fits_is_kept(tmp_path: Path) -> None:
    assert Target(tmp_path, "x" * 250).file(".json").name == "x" * 250 + ".json"
