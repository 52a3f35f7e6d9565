"""Speeds are remembered by model, and the remaining time comes from what is measured."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.services.job_speed import SpeedMeter
from desktop.services.speeds import MeasuredSpeed, Speeds


def cpu(speed: float) -> MeasuredSpeed:
    return MeasuredSpeed(speed, "cpu", "int8")


def test_a_measured_speed_is_there_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "speeds.json"
    Speeds(path).record("base", cpu(12.0), 600.0)
    estimate = Speeds(path).estimate("base")
    assert estimate is not None and (estimate.speed, estimate.is_measured) == (12.0, True)
    assert Speeds(path).time_for("base", 3600.0) == 300.0


def test_a_new_measurement_counts_half_but_alone_on_another_device(tmp_path: Path) -> None:
    speeds = Speeds(tmp_path / "speeds.json")
    speeds.record("base", cpu(12.0), 600.0)
    speeds.record("base", cpu(8.0), 600.0)
    assert speeds.time_for("base", 100.0) == 10.0
    speeds.record("base", MeasuredSpeed(50.0, "cuda:0", "float16"), 600.0)
    assert speeds.time_for("base", 100.0) == 2.0


def test_a_few_seconds_say_nothing_about_the_speed(tmp_path: Path) -> None:
    speeds = Speeds(tmp_path / "speeds.json")
    speeds.record("base", cpu(12.0), 11.0)
    assert speeds.estimate("base") is None and speeds.time_for("base", 10.0) is None


def test_the_speed_of_another_model_is_concluded_from_the_most_alike(tmp_path: Path) -> None:
    speeds = Speeds(tmp_path / "speeds.json")
    speeds.record("base", cpu(12.0), 600.0)
    speeds.record("large-v3", cpu(0.5), 600.0)
    tiny, medium = speeds.estimate("tiny"), speeds.estimate("medium")
    assert tiny is not None and not tiny.is_measured and 20 < tiny.speed < 30
    assert medium is not None and 0.8 < medium.speed < 1.2  # from large-v3, not from base
    assert speeds.estimate("a model of somebody's own") is None


def test_on_a_gpu_small_models_gain_less(tmp_path: Path) -> None:
    speeds = Speeds(tmp_path / "speeds.json")
    speeds.record("large-v3", MeasuredSpeed(20.0, "cuda", "float16"), 600.0)
    tiny, turbo = speeds.estimate("tiny"), speeds.estimate("turbo")
    assert tiny is not None and tiny.speed == pytest.approx(200.0)
    assert turbo is not None and turbo.speed == pytest.approx(160.0)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"models": 3}', '{"models": {"base": {"speed": -1}}}']
)
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "speeds.json"
    path.write_text(content, encoding="utf-8")
    assert Speeds(path).estimate("base") is None
    Speeds(path).record("base", cpu(12.0), 600.0)
    assert Speeds(path).estimate("base") is not None


def test_a_cache_that_cannot_be_written_disturbs_nobody(tmp_path: Path) -> None:
    blocked = tmp_path / "cache"
    blocked.write_text("a file", encoding="utf-8")
    speeds = Speeds(blocked / "speeds.json")
    speeds.record("base", cpu(12.0), 600.0)
    assert speeds.time_for("base", 12.0) == 1.0


@dataclass
class Clock:
    """Be a clock that a test moves."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_remaining_time_comes_from_the_measured_speed() -> None:
    clock = Clock()
    meter = SpeedMeter(100.0, clock)
    clock.now = 10.0
    meter.add(200.0)
    progress = meter.progress(1, 400.0, expected=99.0)
    assert (progress.done, progress.speed, progress.remaining) == (200.0, 10.0, 20.0)
    assert meter.decoded == 100.0


def test_until_something_is_measured_the_expected_speed_counts() -> None:
    meter = SpeedMeter(0.0, Clock())
    assert meter.progress(1, 400.0, expected=4.0).remaining == 100.0
    assert meter.progress(1, 400.0, expected=None).remaining is None
    assert meter.progress(1, None, expected=4.0).remaining is None
    assert meter.speed is None


def test_what_was_long_ago_is_forgotten() -> None:
    clock = Clock()
    meter = SpeedMeter(0.0, clock)
    for minute in range(1, 60):
        clock.now = minute * 60.0
        meter.add(min(minute, 30) * 60.0 + max(0, minute - 30) * 600.0)
    assert meter.speed == pytest.approx(10.0)


def test_a_clock_that_stands_still_gives_no_speed() -> None:
    meter = SpeedMeter(0.0, Clock())
    meter.add(30.0)
    assert meter.speed is None
