"""Check the table of colours: complete, and as readable as the design says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from desktop.ui import tokens
from desktop.ui.tokens import DARK, HIGH_CONTRAST_DARK, HIGH_CONTRAST_LIGHT, LIGHT

DESKTOP = Path(tokens.__file__).parents[1]

PAIRS = (
    ("text", "surface", 16.8, 13.4),
    ("text", "accent_tint", 12.2, 7.0),
    ("text2", "surface", 7.6, 7.7),
    ("text2", "selected", 6.0, 5.8),
    ("text2", "hover", 6.1, 6.6),
    ("text3", "surface", 5.7, 5.5),
    ("text3", "window", 5.1, 5.9),
    ("text3", "hover", 4.6, 4.7),
    ("text3", "accent_soft", 4.9, 4.5),
    ("on_accent", "accent", 6.3, 7.6),
    ("accent_text", "surface", 6.3, 8.5),
    ("accent_text", "accent_soft", 5.4, 7.0),
    ("accent_text", "selected", 5.0, 6.4),
    ("warn", "warn_soft", 5.7, 7.2),
    ("danger", "danger_soft", 5.6, 6.1),
    ("danger", "selected", 5.2, 5.1),
    ("accent", "window", 5.7, 8.5),
    ("line_strong", "window", 3.1, 4.4),
    ("warn_mark", "surface", 4.3, 8.4),
    ("warn_mark", "accent_tint", 3.1, 4.4),
)
"""The design's list: what stands on what, and the contrast in light and dark."""

MARKS = ("line_strong", "warn_mark")
"""Shapes that carry meaning need 3.0; all else is text and needs 4.5."""


def contrast(one: str, other: str) -> float:
    """Compute the contrast ratio of two colours as WCAG 2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(value: str) -> float:
    color = QColor(value)
    channels = (color.redF(), color.greenF(), color.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("front", "back", "light", "dark"), PAIRS)
def test_contrast_is_as_the_design_measured_it(
    front: str, back: str, light: float, dark: float
) -> None:
    assert contrast(LIGHT[front], LIGHT[back]) == pytest.approx(light, abs=0.1)
    assert contrast(DARK[front], DARK[back]) == pytest.approx(dark, abs=0.1)


@pytest.mark.parametrize("table", [LIGHT, DARK, HIGH_CONTRAST_LIGHT, HIGH_CONTRAST_DARK])
@pytest.mark.parametrize(("front", "back", "_light", "_dark"), PAIRS)
def test_every_pair_can_be_read(
    table: Mapping[str, str], front: str, back: str, _light: float, _dark: float
) -> None:
    assert round(contrast(table[front], table[back]), 1) >= (3.0 if front in MARKS else 4.5)


@pytest.mark.parametrize("table", [LIGHT, DARK])
@pytest.mark.parametrize("number", range(1, 9))
def test_speakers_and_their_digits_can_be_seen(table: Mapping[str, str], number: int) -> None:
    chip = table[f"speaker{number}"]
    assert contrast(chip, table["surface"]) >= 3.35
    assert contrast(table[f"speaker{number}_digit"], chip) >= 4.55


@pytest.mark.parametrize("table", [HIGH_CONTRAST_LIGHT, HIGH_CONTRAST_DARK])
def test_high_contrast_leaves_no_grey_text_and_no_faint_line(table: Mapping[str, str]) -> None:
    for token in ("text", "text2", "text3", "line", "line_button", "line_strong"):
        assert contrast(table[token], table["surface"]) == pytest.approx(21, abs=0.1)
    for back in ("hover", "pressed", "selected", "accent_soft", "warn_soft", "danger_soft"):
        assert contrast(table["text"], table[back]) >= 7


def test_all_tables_have_the_same_tokens() -> None:
    assert LIGHT.keys() == DARK.keys() == HIGH_CONTRAST_LIGHT.keys() == HIGH_CONTRAST_DARK.keys()


def test_the_ninth_speaker_has_the_first_colour() -> None:
    assert tokens.speaker_token(9) == tokens.speaker_token(1) == "speaker1"


def test_no_other_file_names_a_colour_or_sets_a_font_in_a_style_sheet() -> None:
    offenders = [
        file.relative_to(DESKTOP)
        for file in DESKTOP.rglob("*.py")
        if file.name != "tokens.py"
        and re.search(r"#[0-9A-Fa-f]{6}\b|font-(size|family|weight)", file.read_text("utf-8"))
    ]
    assert not offenders
