"""Times are said the same way in the window and on the command line."""

from __future__ import annotations

import pytest

from engine.clock import clock


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0:00"),
        (59.999, "0:59"),
        (60, "1:00"),
        (3599, "59:59"),
        (3734, "1:02:14"),
        (360_000, "100:00:00"),
        (-1, "0:00"),
    ],
)
def test_times_have_hours_only_from_one_hour_on(seconds: float, text: str) -> None:
    assert clock(seconds) == text
