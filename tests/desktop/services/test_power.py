"""On battery, and when asked for, the program leaves most of the computer alone."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import psutil
import pytest

from desktop.services.power import choose_compute, is_on_battery
from desktop.settings import Settings
from engine.options import ComputeOptions

AUTO = ComputeOptions()


@pytest.mark.parametrize(
    ("settings", "on_battery", "expected"),
    [
        (Settings(), False, ComputeOptions()),
        (Settings(), True, ComputeOptions(replicas=1)),
        (Settings(quiet_on_battery=False), True, ComputeOptions()),
        (Settings(processors="half"), False, ComputeOptions(replicas=3)),
        (Settings(processors="half"), True, ComputeOptions(replicas=1)),
        (Settings(device="cpu", compute_type="int8"), False, ComputeOptions("cpu", "int8")),
    ],
)
def test_settings_and_battery_decide(
    settings: Settings, on_battery: bool, expected: ComputeOptions
) -> None:
    assert choose_compute(AUTO, settings, cores=6, on_battery=on_battery) == expected


def test_what_a_job_asks_for_itself_comes_first() -> None:
    asked = ComputeOptions("cuda", "float16", 4)
    settings = Settings(device="cpu", compute_type="int8", processors="half")
    assert choose_compute(asked, settings, cores=2, on_battery=True) == asked


def test_half_of_one_core_is_one() -> None:
    settings = Settings(processors="half")
    assert choose_compute(AUTO, settings, cores=1, on_battery=False).replicas == 1


def _raise() -> None:
    raise OSError("no such sensor")


@pytest.mark.parametrize(
    ("sensor", "expected"),
    [
        (lambda: None, False),
        (lambda: SimpleNamespace(power_plugged=True), False),
        (lambda: SimpleNamespace(power_plugged=None), False),
        (lambda: SimpleNamespace(power_plugged=False), True),
        (_raise, False),
    ],
)
def test_the_battery_counts_only_if_it_is_known_to_be_used(
    monkeypatch: pytest.MonkeyPatch, sensor: Callable[[], object], expected: bool
) -> None:
    monkeypatch.setattr(psutil, "sensors_battery", sensor, raising=False)
    assert is_on_battery() is expected


def test_a_system_without_such_a_sensor_is_plugged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(psutil, "sensors_battery", raising=False)
    assert not is_on_battery()
