"""Every model of the catalogue has figures, and they are in a sensible order."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from desktop.services.model_figures import cost, dots, speeds_of, wrong_words
from engine.speech_models.catalogue import CATALOGUE


@dataclass(frozen=True)
class Estimate:
    """A speed as `desktop.services.speeds` gives it."""

    speed: float
    is_measured: bool


@dataclass(frozen=True)
class Source:
    """Measured speeds."""

    measured: dict[str, float]

    def estimate(self, model: str) -> Estimate | None:
        """Return a measured speed, or some estimate that is not to be used."""
        if model in self.measured:
            return Estimate(self.measured[model], True)
        return Estimate(99.0, False) if self.measured else None


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_model_has_cost_and_accuracy(name: str) -> None:
    assert cost(name) and wrong_words(name)


def test_larger_models_cost_more_and_distilled_ones_less() -> None:
    names = ("tiny", "base", "small", "medium", "large-v3")
    costs = [cost(name) or 0 for name in names]
    assert costs == sorted(costs) and len(set(costs)) == len(names)
    for lighter, heavier in (
        ("large-v3-turbo", "large-v3"),
        ("distil-small.en", "small.en"),
        ("distil-large-v3", "large-v3-turbo"),
    ):
        assert (cost(lighter) or 0) < (cost(heavier) or 0)
    assert cost("turbo") == cost("large-v3-turbo")
    assert cost("somebodys") is None and wrong_words("somebodys") is None


def test_speeds_are_measured_or_concluded_from_the_most_alike() -> None:
    names = ("tiny", "base", "medium", "large-v3", "somebodys")
    speeds = speeds_of(names, Source({"base": 12.0, "large-v3": 0.5}))
    assert (speeds["base"].value, speeds["base"].is_measured) == (12.0, True)
    assert not speeds["tiny"].is_measured and 20 < speeds["tiny"].value < 30
    assert 0.8 < speeds["medium"].value < 1.2  # from large-v3, not from base
    assert "somebodys" not in speeds


def test_nothing_measured_is_no_speed() -> None:
    assert speeds_of(CATALOGUE, Source({})) == {}


@pytest.mark.parametrize(("value", "number"), [(0.5, 1), (1, 2), (3.9, 3), (8, 4), (100, 5)])
def test_dots_count_the_limits_that_are_reached(value: float, number: int) -> None:
    assert dots(value, (1, 3, 8, 16)) == number
