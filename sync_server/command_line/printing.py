"""Write and read what people write: tables in columns, sizes with units."""

from __future__ import annotations

import re
from collections.abc import Sequence

import typer

_UNITS = {
    "": 1,
    "b": 1,
    **{f"{letter}b": 1000**power for power, letter in enumerate("kmgt", 1)},
    **{f"{letter}ib": 1024**power for power, letter in enumerate("kmgt", 1)},
}
_SHOWN = ("B", "KiB", "MiB", "GiB", "TiB")


def print_table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns, below their titles."""
    lines = [titles, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(titles))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print("  ".join(cells).rstrip())


def parse_size(written: str) -> int:
    """Return the bytes that `20GiB`, `1.5 GB` or `4096` stands for."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([a-z]*)", written.strip().lower())
    if found is None or found[2] not in _UNITS:
        raise typer.BadParameter(f"{written} is no size; write for example 20GiB")
    return int(float(found[1]) * _UNITS[found[2]])


def show_size(count: int) -> str:
    """Write a number of bytes with the unit that fits."""
    size, unit = float(count), 0
    while size >= 1024 and unit < len(_SHOWN) - 1:
        size, unit = size / 1024, unit + 1
    return f"{size:.1f} {_SHOWN[unit]}" if unit else f"{count} B"
