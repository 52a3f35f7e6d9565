"""Give decoded words the spelling of a glossary."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence


class Spelling:
    """Correct words that differ from a glossary's only in case, accents or hyphens."""

    def __init__(self, glossary: Sequence[str]) -> None:
        self._terms = {fold(term): term for term in glossary if " " not in term.strip()}

    def correct(self, word: str) -> str:
        """Return the word in the glossary's spelling; what stands around it stays."""
        if not self._terms:
            return word
        before, core, after = _divide(word)
        return f"{before}{self._terms.get(fold(core), core)}{after}"


def fold(text: str) -> str:
    """Return what is left of a text without case, accents and punctuation."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    return "".join(sign for sign in decomposed if sign.isalnum())


def _divide(word: str) -> tuple[str, str, str]:
    match = re.fullmatch(r"(\W*)(.*?)((?:['’]s)?\W*)", word, re.DOTALL)
    return (match[1], match[2], match[3]) if match else ("", word, "")
