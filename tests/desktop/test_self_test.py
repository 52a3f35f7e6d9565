"""The self-test passes on what works and names what does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop import __main__ as program
from desktop import self_test
from desktop.paths import Paths
from desktop.self_test import Result, Skip, Verdict, run_checks, write_json, write_text
from engine.errors import ModelError


def _only(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Replace all checks but one, which takes its time, by nothing."""
    for check in vars(self_test).copy():
        if check.startswith("_check_") and check != name:
            monkeypatch.setattr(self_test, check, lambda *_: "not made")


def _results(data_dir: Path) -> dict[str, Result]:
    return {result.name: result for result in run_checks(Paths.of(data_dir))}


def test_this_installation_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = program.main(["--self-test", "--json", "--data-dir", str(tmp_path)])
    content = json.loads(capsys.readouterr().out)
    failed = [check for check in content["checks"] if check["verdict"] == "failed"]
    assert failed == [] and content["ok"] and code == 0
    made = {check["name"] for check in content["checks"] if check["verdict"] == "ok"}
    assert {"modules", "window", "library", "worker", "model", "transcription"} <= made
    assert not list(tmp_path.iterdir()), "it touches nothing of the user's"


def test_a_failed_check_is_named_and_fails_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> str:
        raise RuntimeError("no worker")

    _only(monkeypatch, "")
    monkeypatch.setattr(self_test, "_check_worker", fail)
    assert program.main(["--self-test", "--data-dir", str(tmp_path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "failed" in line] == [
        line for line in lines if line.startswith("worker") and "RuntimeError: no worker" in line
    ]


def test_without_a_model_the_transcription_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _only(monkeypatch, "_check_model")
    monkeypatch.setenv("WHISPER_TRANSCRIBER_MODELS", str(tmp_path / "none"))
    assert _results(tmp_path)["model"].verdict is Verdict.SKIPPED


def test_a_damaged_model_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / "models" / "tiny.en"
    damaged.mkdir(parents=True)
    (damaged / "model.bin").write_bytes(b"damaged")
    (damaged / "config.json").write_text("{}", encoding="utf-8")
    _only(monkeypatch, "_check_model")
    monkeypatch.setenv("WHISPER_TRANSCRIBER_MODELS", str(tmp_path / "models"))
    result = _results(tmp_path)["model"]
    assert result.verdict is Verdict.FAILED and ModelError.__name__ in result.detail


def test_wrong_words_fail() -> None:
    likeness = self_test._likeness  # pylint: disable=protected-access
    assert likeness("Ask not, what!", "ask NOT what") == 1
    assert likeness("something else entirely", "ask not what") == 0


def test_json_and_text_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    results = [Result("worker", Verdict.OK, "fine", 0.5), Result("x", Verdict.SKIPPED, "so", 0)]
    write_text(results)
    text = capsys.readouterr().out
    write_json(results)
    content = json.loads(capsys.readouterr().out)
    assert content["ok"] is True
    for check in content["checks"]:
        assert check["name"] in text and check["detail"] in text


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_program_without_standard_output_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    _only(monkeypatch, "")
    monkeypatch.setattr("sys.stdout", None)
    assert program.main(["--self-test", *options, "--data-dir", str(tmp_path)]) == 0


def test_a_skip_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def skip() -> str:
        raise Skip("not here")

    _only(monkeypatch, "")
    monkeypatch.setattr(self_test, "_check_display", skip)
    assert program.main(["--self-test", "--data-dir", str(tmp_path)]) == 0
