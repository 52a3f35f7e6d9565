"""The time, as the server writes it down; tests bring their own."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], int]
"""Return whole milliseconds since 1970 in UTC."""

SECOND_MS = 1000
DAY_MS = 86_400_000


def system_clock() -> int:
    """Return the time of this computer."""
    return time.time_ns() // 1_000_000


def shown(milliseconds: int) -> str:
    """Write a time as RFC 3339, in UTC, to the second."""
    moment = datetime.fromtimestamp(milliseconds // SECOND_MS, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
