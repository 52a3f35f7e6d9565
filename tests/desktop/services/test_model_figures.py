"""Every model of the catalogue has figures, and they are in a sensible order."""

from __future__ import annotations

import pytest

from desktop.services.model_figures import cost, dots, wrong_words
from engine.speech_models.catalogue import CATALOGUE


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


@pytest.mark.parametrize(("value", "number"), [(0.5, 1), (1, 2), (3.9, 3), (8, 4), (100, 5)])
def test_dots_count_the_limits_that_are_reached(value: float, number: int) -> None:
    assert dots(value, (1, 3, 8, 16)) == number
