"""Count word errors as the field does: lower case, no punctuation, fewest edits."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MANIFEST = "manifest.json"
MANIFEST_LEVELS = 3
"""Folders, from that of the recording upwards, in which a manifest is looked for."""

_NO_WORD = re.compile(r"[^\w']+")


@dataclass(frozen=True, slots=True)
class WordErrors:
    """Count the edits that turn the spoken words into the written ones."""

    words: int = 0
    """Words that were spoken."""
    substitutions: int = 0
    deletions: int = 0
    insertions: int = 0

    def __add__(self, other: WordErrors) -> WordErrors:
        return WordErrors(
            self.words + other.words,
            self.substitutions + other.substitutions,
            self.deletions + other.deletions,
            self.insertions + other.insertions,
        )

    @property
    def rate(self) -> float:
        """Return errors for each spoken word; 0 without words."""
        edits = self.substitutions + self.deletions + self.insertions
        return edits / self.words if self.words else 0.0

    @property
    def deletion_rate(self) -> float:
        """Return deletions for each spoken word; 0 without words."""
        return self.deletions / self.words if self.words else 0.0


def count_word_errors(spoken: str, written: str) -> WordErrors:
    """Compare two texts word by word."""
    reference, hypothesis = normalised_words(spoken), normalised_words(written)
    if not reference or not hypothesis:
        return WordErrors(len(reference), 0, len(reference), len(hypothesis))
    try:
        import jiwer  # pylint: disable=import-outside-toplevel  # only in the dev extra
    except ImportError:
        return count_edits(reference, hypothesis)
    found = jiwer.process_words(" ".join(reference), " ".join(hypothesis))
    return WordErrors(len(reference), found.substitutions, found.deletions, found.insertions)


def normalised_words(text: str) -> list[str]:
    """Return the words in lower case, without punctuation but for apostrophes inside words."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").casefold()
    parts = (word.strip("'_") for word in _NO_WORD.sub(" ", plain).split())
    return [word for word in parts if word]


def count_edits(reference: Sequence[str], hypothesis: Sequence[str]) -> WordErrors:
    """Return the fewest edits (Levenshtein); of equal ways the one with most substitutions.

    Takes some ten seconds for 4,000 words.
    """
    # Each cell: edits, then deletions and insertions, so that the smallest tuple is the best way.
    row = [(column, 0, column) for column in range(len(hypothesis) + 1)]
    for number, spoken in enumerate(reference, 1):
        previous, row = row, [(number, number, 0)]
        for column, written in enumerate(hypothesis, 1):
            edits, deletions, insertions = previous[column - 1]
            above, left = previous[column], row[column - 1]
            row.append(
                min(
                    (edits + (spoken != written), deletions, insertions),
                    (above[0] + 1, above[1] + 1, above[2]),
                    (left[0] + 1, left[1], left[2] + 1),
                )
            )
    edits, deletions, insertions = row[-1]
    return WordErrors(len(reference), edits - deletions - insertions, deletions, insertions)


def spoken_words(recording: Path) -> str | None:
    """Return the words of a recording: from `NAME.words.txt` or a manifest; None if unknown.

    `NAME.txt` does not count: it may be what this program wrote. A manifest is a list of objects with `file` (relative to it) and `text`.
    """
    beside = recording.with_suffix(".words.txt")
    if beside.is_file():
        return beside.read_text(encoding="utf-8-sig")
    for folder in recording.resolve().parents[:MANIFEST_LEVELS]:
        manifest = folder / MANIFEST
        if manifest.is_file():
            return _from_manifest(manifest, recording.resolve())
    return None


def _from_manifest(manifest: Path, recording: Path) -> str | None:
    try:
        entries = json.loads(manifest.read_text(encoding="utf-8"))
    except ValueError:
        return None
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
            continue
        if (manifest.parent / str(entry.get("file"))).resolve() == recording:
            return str(entry["text"])
    return None
