"""Models are listed, fetched, brought along, checked and removed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from engine import cli
from engine.command_line import models
from engine.command_line.download_display import download_display
from engine.errors import ModelError
from engine.speech_models import download
from engine.speech_models.catalogue import CATALOGUE
from engine.speech_models.download import DownloadOptions, DownloadProgress
from engine.speech_models.installed import InstalledModel

FOLDER = Path("/models")


def _installed(name: str, damage: str = "") -> InstalledModel:
    return InstalledModel(name, FOLDER / name, 148_000_000, CATALOGUE.get(name), damage)


@pytest.fixture(name="present", autouse=True)
def _present(monkeypatch: pytest.MonkeyPatch) -> list[InstalledModel]:
    present = [_installed("base"), _installed("mine", "model.bin is missing")]
    monkeypatch.setattr(models, "list_installed", lambda folders: tuple(present))
    return present


def test_the_list_tells_what_is_there_and_what_could_be(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["models", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == [
        "base",
        "148",
        "MB",
        "multilingual",
        "installed",
        "in",
        "/models/base",
    ]
    assert lines[2].endswith("damaged: model.bin is missing")
    assert lines[-1].endswith("can be downloaded")
    assert len([line for line in lines if line.startswith("base ")]) == 1


def test_the_list_is_given_to_programs_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models", "list", "--json"]) == 0
    entries = {entry["name"]: entry for entry in json.loads(capsys.readouterr().out)}
    assert entries["base"]["folder"] == "/models/base"
    assert entries["tiny.en"] == {
        "name": "tiny.en",
        "size_bytes": CATALOGUE["tiny.en"].size_bytes,
        "is_english_only": True,
        "folder": None,
        "damage": "",
    }


def test_a_download_tells_its_progress_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked: list[DownloadOptions] = []

    def fetch(name: str, *, on_progress: object, options: DownloadOptions) -> InstalledModel:
        asked.append(options)
        if name == "bad":
            raise ModelError("model.download_failed", "no route")
        assert callable(on_progress)
        for done in (0, 10, 15, 100):
            on_progress(DownloadProgress(name, "model.bin", done * 1_000_000, 100_000_000))
        return _installed(name)

    monkeypatch.setattr(download, "download_model", fetch)
    monkeypatch.delenv("WHISPER_TRANSCRIBER_MODELS", raising=False)
    words = ["models", "download", "bad", "base", "--int8", "--data-dir", str(tmp_path)]
    assert cli.main(words) == 1
    captured = capsys.readouterr()
    assert captured.out == "base is installed in /models/base.\n"
    assert "bad: The speech model could not be downloaded." in captured.err
    assert captured.err.splitlines()[1:] == ["base: 10 % of 100 MB", "base: 100 % of 100 MB"]
    assert asked[0].folders is not None and asked[0].folders[0] == tmp_path / "models"
    assert asked[0].number_type == "int8"


def test_a_download_shows_a_bar_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with download_display("base") as show:
        show(50_000_000, 100_000_000)
    assert "base" in capsys.readouterr().err


def test_a_folder_is_imported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(models, "import_model", lambda folder, name, folders: _installed(name))
    assert cli.main(["models", "import", "stick", "--name", "new"]) == 0
    assert capsys.readouterr().out == "new is installed in /models/new.\n"


def test_an_import_that_fails_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["models", "import", str(tmp_path), "--data-dir", str(tmp_path)]) == 1
    assert "not installed" in capsys.readouterr().err


def test_all_models_are_verified_by_default(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def verify(name: str, folders: object) -> None:
        if name == "mine":
            raise ModelError("model.corrupt", "model.bin")

    monkeypatch.setattr(models, "verify_model", verify)
    assert cli.main(["models", "verify"]) == 1
    captured = capsys.readouterr()
    assert captured.out == "base is in order.\n"
    assert "mine: The speech model is damaged." in captured.err
    assert cli.main(["models", "verify", "base"]) == 0


def test_a_model_is_removed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    removed: list[str] = []
    monkeypatch.setattr(models, "remove_model", lambda name, folders: removed.append(name))
    assert cli.main(["models", "remove", "base"]) == 0
    assert removed == ["base"]
    assert capsys.readouterr().out == "base is removed.\n"
