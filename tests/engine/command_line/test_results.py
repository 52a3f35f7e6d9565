"""Results replace results, and never somebody's work."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.command_line.checkpoint_header import JobSettings
from engine.command_line.results import _keep_different, write_results
from engine.command_line.targets import Target
from engine.errors import ExportError
from tests.engine.transcript.sample import transcript

SETTINGS = JobSettings(model="", formats=("txt",))


def test_a_file_that_was_edited_by_hand_is_kept(tmp_path: Path) -> None:
    target = Target(tmp_path, "talk")
    (written,) = write_results(transcript(), target, SETTINGS)
    content = written.read_bytes()
    write_results(transcript(), target, SETTINGS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["talk.txt"]
    written.write_text("corrected by hand", encoding="utf-8")
    write_results(transcript(), target, SETTINGS)
    assert written.read_bytes() == content
    assert (tmp_path / "talk.txt.bak").read_text(encoding="utf-8") == "corrected by hand"


def test_the_same_text_of_another_run_is_no_work_to_keep(tmp_path: Path) -> None:
    path = tmp_path / "talk.json"
    path.write_bytes(b'{"id": "wxyz9876.0.1"}')
    _keep_different(path, b'{"id": "abcd1234.0.1"}')
    assert not (tmp_path / "talk.json.bak").exists()
    _keep_different(path, b'{"id": "abcd1234.0.2"}')
    assert (tmp_path / "talk.json.bak").exists()


def test_what_cannot_be_kept_is_not_replaced(tmp_path: Path) -> None:
    target = Target(tmp_path, "talk")
    (tmp_path / "talk.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "talk.txt.bak").mkdir()
    with pytest.raises(ExportError):
        write_results(transcript(), target, SETTINGS)
    assert (tmp_path / "talk.txt").read_text(encoding="utf-8") == "mine"
