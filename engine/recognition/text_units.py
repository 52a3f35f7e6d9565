"""Break text into comparable units, for languages with and without spaces between words."""

from __future__ import annotations

import re
import unicodedata


def split_units(text: str) -> list[str]:
    """Return lower-case words without punctuation; characters where words have no spaces."""
    units: list[str] = []
    for word in re.findall(r"[^\W_]+", text.casefold()):
        units.extend(word if _is_wide(word[0]) else [word])
    return units


def text_width(text: str) -> int:
    """Return the length of a text; a wide character (Chinese, Japanese, Korean) counts three."""
    return sum(3 if _is_wide(sign) else 1 for sign in text)


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"
