"""Understand what somebody types into the search field, and find it in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.store.folding import stands_alone, words_of
from desktop.store.indexing import OVERLAP

_QUOTED = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]?')
_LEAST_PREFIX = 2
"""Letters from which on the last word may be the beginning of one."""


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that must all be there; each is a run of folded words that follow one another."""

    terms: tuple[tuple[str, ...], ...]
    is_open: bool
    """Whether the last word is still being typed: it may go on."""

    def as_phrase(self) -> Query:
        """Return the query for all words in their order."""
        return replace(self, terms=(tuple(word for term in self.terms for word in term),))

    def expression(self, longest: int) -> str:
        """Return it in the query language of FTS5, of each term only so many words.

        Words are letters and digits alone and stand in quotes, so that nothing in them is syntax
        (https://www.sqlite.org/fts5.html#full_text_query_syntax).
        """
        phrases = [f'"{" ".join(term[:longest])}"' for term in self.terms]
        if self.is_open and len(self.terms[-1]) <= longest:
            phrases[-1] += " *"
        return " AND ".join(phrases)

    def find(self, words: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Return for each term where it stands: first word, and one past the last.

        A term that runs on over the end of the text counts if all that is there agrees, and is
        as long as passages overlap.
        """
        last = len(self.terms) - 1
        return [
            list(_places(term, words, is_open=self.is_open and number == last))
            for number, term in enumerate(self.terms)
        ]


def parse(text: str) -> Query | None:
    """Return the query in a text: words, and phrases in quotation marks; None without a word."""
    terms: list[tuple[str, ...]] = []
    at = 0
    for match in _QUOTED.finditer(text):
        terms += _loose(text[at : match.start()])
        terms += _term(match[1])
        at = match.end()
    terms += _loose(text[at:])
    if not terms:
        return None
    ends_in_word = bool(words_of(text[-1]).texts)
    last = terms[-1][-1]
    is_open = ends_in_word and (len(last) >= _LEAST_PREFIX or stands_alone(last))
    return Query(tuple(terms), is_open)


def _loose(text: str) -> Iterator[tuple[str, ...]]:
    for word in text.split():
        yield from _term(word)


def _term(text: str) -> list[tuple[str, ...]]:
    words = tuple(words_of(text).texts)
    return [words] if words else []


def _places(
    term: tuple[str, ...], words: Sequence[str], *, is_open: bool
) -> Iterator[tuple[int, int]]:
    *first, last = term
    if not first:
        starts = [n for n, word in enumerate(words) if _is(word, last, is_open)]
        yield from ((start, start + 1) for start in starts)
        return
    for start in _all(first[0], words):
        found = list(words[start : start + len(term)])
        if len(found) == len(term):
            agrees = found[:-1] == first and _is(found[-1], last, is_open)
        else:
            agrees = len(found) > OVERLAP and tuple(found) == term[: len(found)]
        if agrees:
            yield start, start + len(found)


def _is(word: str, wanted: str, is_open: bool) -> bool:
    return word.startswith(wanted) if is_open else word == wanted


def _all(wanted: str, words: Sequence[str]) -> Iterator[int]:
    at = -1
    for _ in range(words.count(wanted)):
        at = words.index(wanted, at + 1)
        yield at
