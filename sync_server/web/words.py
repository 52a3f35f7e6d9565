"""Write sizes, dates and counts as the pages show them (look.md, "Words")."""

from __future__ import annotations

from datetime import UTC, datetime

NO_BREAK = "\u00a0"
_MINUTE = 60
_UNITS = ("kB", "MB", "GB", "TB")


def size(number: int) -> str:
    """Return bytes as people read them, in powers of a thousand."""
    value, unit = float(number), "bytes" if number != 1 else "byte"
    for larger in _UNITS:
        if value < 999.5:
            break
        value, unit = value / 1000, larger
    digits = 0 if unit.startswith("byte") or value >= 9.95 else 1
    return f"{value:.{digits}f}{NO_BREAK}{unit}"


def date(milliseconds: int) -> str:
    """Return a day, such as 24 November 2026, in UTC."""
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return f"{moment.day}{NO_BREAK}{moment:%B}{NO_BREAK}{moment.year}"


def date_of(written: str) -> str:
    """Return the day of an RFC 3339 time in UTC; a time that is none is given back."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return written
    return date(int(moment.timestamp() * 1000))


def machine_date(milliseconds: int) -> str:
    """Return a time as `datetime` attributes want it."""
    return datetime.fromtimestamp(milliseconds // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def count(number: int, one: str, many: str) -> str:
    """Return a number and what it counts."""
    return f"{number:,}{NO_BREAK}{one if number == 1 else many}"


def wait(seconds: int) -> str:
    """Return how long to wait, in minutes from two on; never less than it takes."""
    if seconds < 2 * _MINUTE:
        return count(seconds, "second", "seconds")
    return count(-(-seconds // _MINUTE), "minute", "minutes")
