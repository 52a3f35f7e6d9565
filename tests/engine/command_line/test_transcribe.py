"""Recordings go in, files come out, and the exit code tells the truth."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import cli
from engine.command_line import job, session, transcribe
from engine.command_line.arguments import build_parser
from engine.command_line.job import JobRunner
from engine.errors import ModelError
from engine.process.client import EngineClient
from tests.engine.command_line import fake_program


@pytest.fixture(autouse=True)
def _fake_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "new_client", fake_program.new_client)
    monkeypatch.setattr(transcribe, "default_model", lambda folders: "fake")
    for module in (transcribe, job):
        monkeypatch.setattr(module, "find_model", lambda name, folders: Path("/models") / name)


def _objects(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_one_recording_leaves_three_files(
    recording: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["transcribe", str(recording)]) == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines()[0] == "[0:00] block-0 part-0"
    assert all(recording.with_suffix(ending).is_file() for ending in (".srt", ".txt", ".json"))
    assert str(recording.with_suffix(".srt")) in captured.err


def test_recordings_of_one_name_do_not_overwrite_each_other(recording: Path) -> None:
    recording.with_suffix(".mp3").write_bytes(b"sound")
    assert cli.main(["transcribe", str(recording.parent), "-f", "txt"]) == 0
    assert sorted(path.name for path in recording.parent.glob("*.txt")) == [
        "talk.mp3.txt",
        "talk.wav.txt",
    ]


def test_one_warm_worker_serves_all_files(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = tmp_path / "second.wav"
    second.write_bytes(b"sound")
    pids = []
    original = JobRunner.run

    def spy(self: JobRunner, one: job.Job) -> None:
        original(self, one)
        client = self._client  # pylint: disable=protected-access
        assert isinstance(client, EngineClient)
        pids.append(client.pid)

    monkeypatch.setattr(JobRunner, "run", spy)
    assert cli.main(["transcribe", str(recording), str(second), "-f", "txt"]) == 0
    assert len(pids) == 2 and pids[0] is not None and pids[0] == pids[1]


def test_each_bad_file_is_named_before_the_first_good_one(
    recording: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, missing = tmp_path / "bad.wav", tmp_path / "missing.wav"
    bad.write_bytes(b"no media")
    words = ["transcribe", str(recording), str(bad), str(missing), "-f", "txt", "--json"]
    assert cli.main(words) == 1
    objects = _objects(capsys)
    assert [(entry["type"], entry["file"]) for entry in objects[:3]] == [
        ("file_failed", str(missing)),
        ("file_failed", str(bad)),
        ("file_started", str(recording)),
    ]
    assert objects[-1]["type"] == "file_finished"


def test_a_single_bad_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.wav"
    bad.write_bytes(b"no media")
    assert cli.main(["transcribe", str(bad)]) == 1
    assert f"{bad}: The file is not a recording that can be read." in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["bad.wav"]


def test_a_folder_without_recordings_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["transcribe", str(tmp_path)]) == 1
    assert "The folder contains no recording." in capsys.readouterr().err


def test_a_probe_that_crashes_leaves_the_judgement_to_the_engine(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "second.wav").write_bytes(b"sound")
    with monkeypatch.context() as patch:
        patch.setattr(fake_program, "WORKER", ("/does/not/exist",))
        assert not session.probe_all([recording])


def test_existing_results_are_replaced_or_left_alone(
    recording: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = recording.with_suffix(".txt")
    result.write_text("old", encoding="utf-8")
    words = ["transcribe", str(recording), "-f", "txt"]
    assert cli.main([*words, "--skip-existing"]) == 0
    assert result.read_text(encoding="utf-8") == "old"
    assert "are there already" in capsys.readouterr().err
    assert cli.main([*words[:-1], "txt,srt", "--skip-existing"]) == 0
    assert "block-0" in result.read_text(encoding="utf-8")
    result.write_text("old", encoding="utf-8")
    assert cli.main(words) == 0
    assert "block-0" in result.read_text(encoding="utf-8")


def test_a_model_that_is_not_installed_is_said_once(
    recording: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(name: str, folders: object) -> Path:
        raise ModelError("model.not_installed", name)

    monkeypatch.setattr(transcribe, "find_model", refuse)
    assert cli.main(["transcribe", str(recording), "-m", "huge"]) == 1
    assert capsys.readouterr().err.count("This speech model is not installed.") == 1


def test_a_model_in_a_folder_is_kept_as_a_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recording: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(transcribe, "find_model", lambda name, folders: Path(name))
    arguments = build_parser().parse_args(["transcribe", str(recording), "-m", "mine"])
    assert transcribe.job_settings(arguments, ()).model == str(tmp_path / "mine")


def test_ctrl_c_before_anything_was_begun_is_said(
    recording: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(JobRunner, "run", interrupt)
    assert cli.main(["transcribe", str(recording)]) == 130
    assert capsys.readouterr().err.endswith("Interrupted.\n")


def test_resume_continues_what_it_finds(
    recording: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(job, "write_results", interrupt)
        assert cli.main(["transcribe", str(recording), "-f", "txt", "--beam-size", "3"]) == 130
    moved = recording.parent / "moved"
    moved.mkdir()
    for name in ("talk.wav", "talk.partial.jsonl"):
        (recording.parent / name).rename(moved / name)
    (moved / "bad.partial.jsonl").write_text("nothing", encoding="utf-8")
    assert cli.main(["resume", str(recording.parent)]) == 1
    assert "it is no checkpoint of this version" in capsys.readouterr().err
    assert (moved / "talk.txt").is_file()
    assert (moved / "bad.partial.jsonl").read_text(encoding="utf-8") == "nothing"


def test_resume_without_anything_to_do_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["resume", str(tmp_path)]) == 0
    assert "no interrupted transcription" in capsys.readouterr().err
    assert cli.main(["resume", str(tmp_path / "missing.partial.jsonl")]) == 1


def test_devices_are_listed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.command_line.devices.new_client", fake_program.new_client)
    assert cli.main(["devices"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split("  ")[0] == "cpu" and "int8, float32" in lines[1]
    assert "not usable" in lines[2] and "the graphics card needs" in lines[2]
    assert cli.main(["devices", "--json"]) == 0
    devices = json.loads(capsys.readouterr().out)
    assert [device["is_usable"] for device in devices] == [True, False]
