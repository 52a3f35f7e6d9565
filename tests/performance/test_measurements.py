"""Measure on this computer and print; the figures of docs/performance.md come from longer runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.performance import accuracy, desktop, measure

pytestmark = pytest.mark.performance


def test_start(tiny_model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        assert measure.main(["start", "--model", str(tiny_model)]) == 0


def test_report_of_word_errors(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(
        '{"file": "a", "shift": 0, "seconds": 1, "known": "One, two", "said": "one three"}\n',
        encoding="utf-8",
    )
    assert "all: 2 words, WER 50.00 %" in accuracy.report(path)


def test_window_with_a_library(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], isolated_home: Path
) -> None:
    assert isolated_home
    options = ["--data-dir", str(tmp_path), "--transcripts", "20", "--words", "50"]
    assert desktop.main(["library", *options, "--rounds", "1"]) == 0
    printed = capsys.readouterr().out
    for name in ("window painted", "list painted", "rolling the list", "search"):
        assert name in printed
    assert "imported before" not in printed


def test_many_values_are_shown_with_their_last_percent() -> None:
    assert desktop.shown([0.001] * 99 + [0.05]) == "1.0 ms (1.0–50.0), 99 % within 50.0 ms"
    assert desktop.shown([1.5, 2.5, 2.0]) == "2.00 s (1.50–2.50)"
    assert desktop.shown([120.4], "MB") == "120 MB (120–120)"
