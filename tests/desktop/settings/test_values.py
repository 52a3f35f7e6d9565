"""What a setting may be follows from how it is described."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from desktop.settings import DEFAULTS, Settings, setting_of


def test_a_text_must_be_one_of_those_that_are_offered() -> None:
    refused = []
    for field in fields(Settings):
        is_text = isinstance(getattr(DEFAULTS, field.name), str)
        if is_text and setting_of(field).choices:
            with pytest.raises(ValueError, match=f"{field.name} cannot be 'pink'"):
                replace(DEFAULTS, **{field.name: "pink"})  # type: ignore[arg-type]  # any field
            refused.append(field.name)
    assert refused == ["appearance", "language", "reduce_motion", "compute_type", "processors"]


@pytest.mark.parametrize(
    ("name", "allowed", "refused"),
    [
        ("reading_scale", (0.9, 1.07, 2.5), (0.89, 2.51, float("nan"))),
        ("trash_days", (0, 12, 36_500), (-1, 36_501)),
    ],
)
def test_numbers_have_limits(
    name: str, allowed: tuple[float, ...], refused: tuple[float, ...]
) -> None:
    for number in allowed:
        changed = replace(DEFAULTS, **{name: number})  # type: ignore[arg-type]  # any field
        assert getattr(changed, name) == number
    for number in refused:
        with pytest.raises(ValueError, match=f"{name} must lie between"):
            replace(DEFAULTS, **{name: number})  # type: ignore[arg-type]  # any field
