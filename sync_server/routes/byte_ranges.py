"""Which part of a blob is asked for (RFC 9110, section 14)."""

from __future__ import annotations

import re
from enum import Enum
from typing import Literal, TypeAlias

_ONE = re.compile(r"\s*bytes\s*=\s*([0-9]{0,18})\s*-\s*([0-9]{0,18})\s*", re.IGNORECASE)


class Range(Enum):
    """Answers that are no part."""

    WHOLE = "whole"
    UNSATISFIABLE = "unsatisfiable"


Asked: TypeAlias = tuple[int, int] | Literal[Range.WHOLE, Range.UNSATISFIABLE]


def asked_range(written: str | None, size: int) -> Asked:
    """Return the bytes from the first to before the second number.

    What is no range, or several, is answered with the whole, as the RFC allows.
    """
    found = _ONE.fullmatch(written) if written is not None else None
    if found is None or found.group(1) == found.group(2) == "":
        return Range.WHOLE
    first, last = found.groups()
    if first == "":
        start, stop = size - min(int(last), size), size
    else:
        start, stop = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return Range.WHOLE
    return (start, stop) if start < stop else Range.UNSATISFIABLE
