"""Measure on this computer and print; the figures of docs/performance.md come from longer runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.performance import accuracy, measure

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
