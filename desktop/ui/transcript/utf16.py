"""Convert between characters and the UTF-16 units in which text widgets count."""

from __future__ import annotations


def to_units(text: str, offset: int) -> int:
    """Return the units before a character."""
    if text.isascii():
        return offset
    return offset + sum(char > "\uffff" for char in text[:offset])


def to_characters(text: str, units: int) -> int:
    """Return the characters before a unit; a unit inside a character counts as its end."""
    if text.isascii():
        return units
    count = 0
    for index, char in enumerate(text):
        if count >= units:
            return index
        count += 2 if char > "\uffff" else 1
    return len(text)
