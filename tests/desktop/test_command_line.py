"""The window program understands its command line and starts nothing it need not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import __main__ as program
from desktop.command_line import parse
from engine import __version__
from tests.conftest import ROOT


def test_files_are_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = parse(["a talk.mp3", "/b.wav", "--data-dir", "there"])
    assert arguments.files == (tmp_path / "a talk.mp3", Path("/b.wav"))
    assert arguments.data_dir == Path("there")


def test_addresses_of_a_file_manager_are_understood() -> None:
    assert parse(["file:///tmp/a%20talk%20%C5%81.mp3"]).files == (Path("/tmp/a talk Ł.mp3"),)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        program.main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out.strip().endswith(__version__)


def test_a_wrong_option_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        program.main(["--nonsense"])
    assert caught.value.code == 2
    assert "--nonsense" in capsys.readouterr().err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have one")
def test_without_a_display_one_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert program.main([]) == 1
    said = capsys.readouterr().err
    assert "no display" in said and said.count("\n") == 1


def test_a_frozen_window_program_is_a_worker_when_told_so_and_loads_no_qt() -> None:
    code = """
import os, sys
sys.argv = ["whisper-transcriber-desktop", "engine-worker", "--role", "media"]
import desktop.__main__
from engine.process import worker
serve = worker.Worker.serve
def watched(self, requests):
    assert "PySide6" not in sys.modules
    serve(self, requests)
worker.Worker.serve = watched
desktop.__main__.main()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        assert json.loads(process.stdout.readline())["role"] == "media"
        process.communicate()
        assert process.returncode == 0
