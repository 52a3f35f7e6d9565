"""Clean text, measure how wide it is, and find where it may be broken; for every script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# XML 1.0, production 2 (Char): what may not stand there is no text in any other format either.
_ILLEGAL = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)
# No-break spaces (00A0, 2007, 202F) are left out on purpose: they hold words together.
_SPACE = "\t\n\r\x20\x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000"
_ALL_SPACE = frozenset("\x0b\x0c\x1c\x1d\x1e\x1f\u1680\u2028\u2029\u205f\u3000\t\n\r\x20\x85") | {
    chr(code) for code in range(0x2000, 0x200B) if code != 0x2007
}
_SPACES = re.compile(f"[{_SPACE}]+")
_CHUNK = re.compile(f"([{_SPACE}]*)([^{_SPACE}]+)")
# Scripts written without spaces: Thai, Lao, Myanmar, Khmer, Han, kana, full-width forms.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3001-\u312f\u31a0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff9f\U00020000-\U0003fffd]"
)
# Line breaking as in JIS X 4051 and UAX #14: these never start, or never end, a line.
_NEVER_FIRST = frozenset(
    "、。，．・：；？！ー々〻ゝゞ〉》」』】〕〗）］｝～…‥ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
    ")]}!?,.:;%»”’ะาำๅๆຯະາຳໆ"
)
_NEVER_LAST = frozenset("「『（［｛〈《【〔〖“‘«([{เแโใไເແໂໃໄ")
_JOINERS = frozenset("\u200d\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
_CLOSERS = "\"'”’»)]}」』）】"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text before which a line may be broken."""

    text: str
    has_space: bool
    """White space stands before it."""


def clean(text: str) -> str:
    """Return text fit for any file: no control characters, runs of white space made one space."""
    cleaned = _SPACES.sub(" ", _ILLEGAL.sub("", _to_spaces(text))).strip(" ")
    return "" if cleaned.isspace() else cleaned


def _to_spaces(text: str) -> str:
    # Form feed, vertical tab and the separators 1C-1F part words, yet XML forbids them.
    return re.sub("[\x0b\x0c\x1c-\x1f]", " ", text)


def display_width(text: str) -> int:
    """Return the width in columns: wide characters (UAX #11) count two, combining ones none."""
    if text.isascii():
        return len(text)
    # A cluster never takes more than two: emoji joined into one picture, stacked letters.
    return sum(min(2, sum(map(_char_width, cluster))) for cluster in clusters(text))


def _char_width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def pieces(text: str) -> Iterator[Piece]:
    """Cut text at its spaces, and in scripts without spaces wherever a line may end."""
    for match in _CHUNK.finditer(text):
        has_space = bool(match[1])
        for part in _parts(match[2]):
            yield Piece(part, has_space)
            has_space = False


def split_words(text: str) -> list[str]:
    """Cut text into words that joined give it again; at least one, be it empty."""
    words: list[str] = []
    rest = text
    for piece in pieces(text):
        end = rest.find(piece.text) + len(piece.text)
        words.append(rest[:end])
        rest = rest[end:]
    if words:
        words[-1] += rest
    return words or [text]


def _parts(chunk: str) -> Iterator[str]:
    if not _UNSPACED.search(chunk):
        yield chunk
        return
    part = ""
    for cluster in clusters(chunk):
        if part and may_break(part, cluster):
            yield part
            part = ""
        part += cluster
    yield part


def has_space_between(before: str, after: str) -> bool:
    """Tell whether white space ends the one text or starts the other."""
    return before[-1:] in _ALL_SPACE or after[:1] in _ALL_SPACE


def may_break(before: str, after: str) -> bool:
    """Tell whether a line may end between two texts that no space parts."""
    if not before or not after or after[0] in _NEVER_FIRST or before[-1] in _NEVER_LAST:
        return False
    return is_unspaced(before[-1]) or is_unspaced(after[0])


def is_unspaced(char: str) -> bool:
    """Tell whether a character belongs to a script that is written without spaces."""
    return _UNSPACED.match(char) is not None


def clusters(text: str) -> Iterator[str]:
    """Cut text into what people see as one character (UAX #29, without Hangul jamo)."""
    cluster = ""
    for char in text:
        if cluster and not _extends(cluster, char):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def _extends(cluster: str, char: str) -> bool:
    if cluster[-1] == "\u200d" or char in _JOINERS:
        return True
    if unicodedata.category(char) in ("Mn", "Mc", "Me"):
        return True
    return _is_flag_letter(char) and len(cluster) == 1 and _is_flag_letter(cluster)


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def chunks(text: str, width: int) -> Iterator[str]:
    """Cut text that is too long for a line into parts of at most `width` columns."""
    part, used = "", 0
    for cluster in clusters(text):
        size = display_width(cluster)
        if part and used + size > width:
            yield part
            part, used = "", 0
        part, used = part + cluster, used + size
    if part:
        yield part


def join(before: str, after: str) -> str:
    """Join two texts, with a space between them where their script wants one."""
    if not before or not after:
        return before + after
    if is_unspaced(before[-1]) and is_unspaced(after[0]):
        return before + after
    return f"{before} {after}"


_ABBREVIATIONS = frozenset(("mr.", "mrs.", "ms.", "dr.", "st.", "prof.", "sr.", "sra.", "vs."))


def ends_sentence(text: str) -> bool:
    """Tell whether a word ends a sentence, as far as its punctuation says."""
    bare = text.strip().rstrip(_CLOSERS)
    return bare.endswith(tuple(".?!…。？！؟।۔")) and bare.lower() not in _ABBREVIATIONS


def ends_clause(text: str) -> bool:
    """Tell whether a word ends a part of a sentence, as far as its punctuation says."""
    return text.strip().rstrip(_CLOSERS).endswith(tuple(",;:—–、，；：،؛"))
