"""Fold text, so that a search does not depend on case, accents or the width of characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d",
     "þ": "th", "ŋ": "n", "ĸ": "k", "ſ": "s", "ـ": ""}
)  # fmt: skip
"""What Unicode does not take apart although people type it without; the last is the tatweel."""
_KEPT_MARKS = frozenset((7, 8, 9, 103, 107, 118, 122, 129, 130, 132))
"""Combining classes of marks that are letters rather than accents: nukta, kana voicing, virama,
and the vowels and tones of Thai, Lao and Tibetan (UAX #44, Canonical_Combining_Class)."""
_ALONE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u312f\u31a0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003fffd"
)
"""Scripts without spaces: each character is a word of its own, and a word is found as a phrase.

Thai, Lao, Myanmar, Khmer, Han and kana; Korean too, for it joins particles to words: 날씨가 is to
be found by 날씨, and inside compounds.
"""
_HALF_WIDTH_VOICING = "\uff9e\uff9f"
_ASCII_WORD = re.compile("[0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Words:
    """The folded words of a text, or characters in scripts without spaces, and where they stand."""

    texts: list[str]
    spans: list[tuple[int, int]]
    """Start and end in the text, of each word."""


def words_of(text: str) -> Words:
    """Return the words of a text in order; punctuation and white space are none."""
    if text.isascii():
        lower = text.lower()
        spans = [match.span() for match in _ASCII_WORD.finditer(lower)]
        return Words(_ASCII_WORD.findall(lower), spans)
    words = Words([], [])
    for match in _word().finditer(text):
        parts = _folded(match[0])
        words.texts.extend(parts)
        words.spans.extend([match.span()] * len(parts))
    return words


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return the words of a text, folded, with one space between them."""
    if text.isascii():
        return " ".join(_ASCII_WORD.findall(text.lower()))
    return " ".join(part for word in _word().findall(text) for part in _folded(word))


def stands_alone(word: str) -> bool:
    """Tell whether a folded word is a character of a script without spaces."""
    return re.match(f"[{_ALONE}]", word) is not None


@lru_cache(maxsize=16384)
def _folded(word: str) -> tuple[str, ...]:
    """Return the folded word; several if it was one character that stands for them (½, ㈱)."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    bare = "".join(char for char in plain if not _is_accent(char)).translate(_LETTERS)
    return tuple(_word().findall(unicodedata.normalize("NFC", bare)))


def _is_accent(char: str) -> bool:
    return unicodedata.combining(char) not in _KEPT_MARKS | {0}


@cache
def _word() -> re.Pattern[str]:
    marks = _ranges(char for char in map(chr, range(0x20000)) if _is_mark(char))
    return re.compile(
        rf"(?=[^\W_])[{_ALONE}][{marks}]*|(?:(?![{_ALONE}])[^\W_][{marks}]*)+",
    )


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M") or char in _HALF_WIDTH_VOICING


def _ranges(chars: Iterator[str]) -> str:
    """Return the inside of a character class."""
    spans: list[list[int]] = []
    for code in map(ord, chars):
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in spans)
