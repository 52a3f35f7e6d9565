"""Everything of the user's lies where the system keeps such things, or in one named folder."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from desktop.paths import Paths
from engine.errors import LibraryError


def test_a_data_directory_holds_everything(tmp_path: Path) -> None:
    paths = Paths.of(tmp_path)
    everything = (paths.data, paths.config, paths.cache, paths.logs, paths.library, paths.settings)
    assert all(path.is_relative_to(tmp_path) for path in (*everything, paths.instance))
    assert paths.models[0] == tmp_path / "models" or "WHISPER_TRANSCRIBER_MODELS" in os.environ


def test_a_relative_data_directory_stays_the_same_when_the_current_folder_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Paths.of(Path("here")).data == tmp_path / "here"


def test_without_one_the_usual_folders_are_taken(isolated_home: Path) -> None:
    paths = Paths.of()
    folders = (paths.data, paths.config, paths.cache, paths.logs)
    assert all(folder.is_relative_to(isolated_home) for folder in folders)
    assert len(set(folders)) == 4
    assert all("WhisperTranscriber" in folder.parts for folder in folders)


def test_a_portable_directory_finds_its_own_models_first_and_the_users_next(
    tmp_path: Path, isolated_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WHISPER_TRANSCRIBER_MODELS")
    own = Paths.of().models
    assert own[0].is_relative_to(isolated_home)
    assert Paths.of(tmp_path).models == (tmp_path / "models", *own)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_folders_are_made_for_their_owner_only(tmp_path: Path) -> None:
    paths = Paths.of(tmp_path / "new 日本")
    paths.make()
    paths.make()
    for folder in (paths.data, paths.cache, paths.logs):
        assert stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0


def test_a_folder_that_cannot_be_made_is_an_error_of_the_library(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError) as caught:
        Paths.of(tmp_path / "file" / "inside").make()
    assert caught.value.code == "library.read_only"
    assert str(tmp_path) in caught.value.detail
