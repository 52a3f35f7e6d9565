"""The benchmark prints what was measured, side by side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import cli
from engine.benchmark import Measurement, Placement, ReferenceRequest
from engine.command_line import benchmark
from engine.errors import DeviceError
from engine.process.protocol import TranscribeRequest


@pytest.fixture(name="requests", autouse=True)
def _requests(monkeypatch: pytest.MonkeyPatch) -> list[ReferenceRequest]:
    requests: list[ReferenceRequest] = []
    seconds = iter([2.0, 4.0, 2.0, 4.0])

    def ours(_: object, request: TranscribeRequest) -> tuple[Measurement, Placement]:
        if request.model.endswith("huge"):
            raise DeviceError("device.out_of_memory")
        measured = Measurement(11.0, next(seconds), 0.5, 300_000_000, "ask not")
        return measured, Placement("cpu", "int8")

    def reference(request: ReferenceRequest) -> Measurement:
        requests.append(request)
        return Measurement(11.0, 10.0 / request.threads, None, None, "ask what")

    monkeypatch.setattr(benchmark, "measure_engine", ours)
    monkeypatch.setattr(benchmark, "measure_reference", reference)
    monkeypatch.setattr(benchmark, "find_model", lambda name, folders: Path("/models") / name)
    return requests


@pytest.fixture(name="recording")
def _recording(tmp_path: Path) -> str:
    (tmp_path / "a.wav").write_bytes(b"sound")
    (tmp_path / "a.words.txt").write_text("Ask not!", encoding="utf-8")
    return str(tmp_path / "a.wav")


def test_a_table_compares_with_the_better_reference(
    recording: str, requests: list[ReferenceRequest], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["benchmark", recording, "-m", "base", "--rounds", "2"]) == 0
    out = capsys.readouterr().out
    assert "processor: " in out and "ctranslate2: " in out
    rows = [line for line in out.splitlines() if line.startswith("base ")]
    assert "4.12 × (2.75–5.50)" in rows[0]
    assert "0.5 s" in rows[0] and "300 MB" in rows[0] and "0.0 %" in rows[0]
    assert "faster-whisper, 1 thread " in rows[1] and "1.10 ×" in rows[1] and "50.0 %" in rows[1]
    assert "faster-whisper, 2 threads" in rows[2]
    assert "base: 1.87 × the better setting of faster-whisper" in out
    assert [request.threads for request in requests] == [1, 2, 1, 2]
    assert requests[0] == ReferenceRequest(recording, "/models/base", "cpu", "int8", 1)


def test_all_installed_models_are_measured_on_the_sample_by_default(
    monkeypatch: pytest.MonkeyPatch,
    requests: list[ReferenceRequest],
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(benchmark, "list_installed", lambda folders: ())
    monkeypatch.setattr(benchmark, "default_model", lambda folders: "base")
    assert cli.main(["benchmark", "--no-reference", "--json"]) == 0
    assert requests == []
    result = json.loads(capsys.readouterr().out)
    assert result["machine"]["python"]
    assert [row["program"] for row in result["results"]] == ["Whisper Transcriber"]
    assert result["results"][0]["word_error_rate"] > 0.5


def test_words_that_are_not_known_leave_the_rate_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "b.wav").write_bytes(b"sound")
    words = ["benchmark", str(tmp_path), "-m", "base", "--no-reference"]
    assert cli.main(words) == 0
    assert capsys.readouterr().out.splitlines()[-1].split()[-2:] == ["–", "–"]
    assert cli.main([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["results"][0]["word_error_rate"] is None


def test_a_model_that_fails_is_named_and_the_others_go_on(
    recording: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["benchmark", recording, "-m", "huge", "-m", "base", "--no-reference"]) == 1
    captured = capsys.readouterr()
    assert "huge: The memory does not suffice" in captured.err
    assert "base " in captured.out


def test_a_missing_recording_or_no_round_is_refused(recording: str) -> None:
    assert cli.main(["benchmark", recording + "x", "-m", "base"]) == 1
    assert cli.main(["benchmark", recording, "-m", "base", "--rounds", "0"]) == 2
    assert cli.main(["benchmark", recording, "-m", "base", "--beam-size", "0"]) == 2
