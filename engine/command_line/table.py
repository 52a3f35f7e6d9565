"""Lay out small tables for terminals and pipes."""

from __future__ import annotations

from collections.abc import Sequence


def format_table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return lines with the columns aligned, two blanks apart; no trailing white space."""
    lines = [titles, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(titles))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def megabytes(size_bytes: int) -> str:
    """Return a size in whole megabytes (10⁶ bytes)."""
    return f"{size_bytes / 1e6:,.0f} MB"
