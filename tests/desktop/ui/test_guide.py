"""The guide lists the keys that the program has."""

from __future__ import annotations

from tests.desktop.ui.keys_text import BEGIN, DOCUMENT, END, keys_text


def test_the_guide_has_the_keys_of_every_system() -> None:
    """`python -m tests.desktop.ui.keys_text` writes them."""
    keys = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    assert keys.strip() == keys_text().strip()
