"""Say where in a recording something is, or how long it lasts, as a player shows it."""

from __future__ import annotations


def clock(seconds: float) -> str:
    """Return whole seconds as `m:ss`, from one hour on as `h:mm:ss`."""
    minutes, second = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes}:{second:02}"
