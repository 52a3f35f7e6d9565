"""Hold every colour of the program in one table; nothing else may name a hex value.

Use: painters and style sheets never read these tables, they ask `theme.color("text2")`.
Values are `#RRGGBB`, or `#AARRGGBB` where something shows through. Source: the design's look,
"Tokens" and "Speakers"; the contrast of each pair is recomputed by a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SPEAKER_COLORS = 8
"""From the ninth speaker on the colours repeat; the numbers do not."""

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "window": "#F4F2EE",
        "surface": "#FFFFFF",
        "raised": "#FFFFFF",
        "sunken": "#F9F8F5",
        "hover": "#E9E6E0",
        "pressed": "#DEDAD2",
        "selected": "#D3E9E7",
        "seg_on": "#FFFFFF",
        "line": "#E3DFD8",
        "bar_empty": "#E3DFD8",
        "line_button": "#CBC6BC",
        "line_strong": "#8F8A81",
        "text": "#1F1D1A",
        "text2": "#57534C",
        "text3": "#6B665F",
        "disabled": "#A8A39A",
        "accent": "#0B6A70",
        "accent_hover": "#095A5F",
        "accent_pressed": "#07494E",
        "on_accent": "#FFFFFF",
        "accent_text": "#0B6A70",
        "accent_tint": "#BFE3E1",
        "accent_soft": "#E2F0EF",
        "warn": "#8A5200",
        "warn_soft": "#FBF1DF",
        "warn_mark": "#B06A00",
        "danger": "#B3261E",
        "danger_soft": "#FBEAE8",
        "on_danger": "#FFFFFF",
        "wave": "#958F85",
        "wave_todo": "#CFCAC1",
        "toast": "#2A2B2E",
        "toast_text": "#ECEAE6",
        "toast_action": "#6CCBCF",
        "backdrop": "#661F1D1A",
        "shadow": "#33000000",
        "paper": "#FFFFFF",
        "ink": "#16181A",
        "speaker1": "#2453D6",
        "speaker1_digit": "#FFFFFF",
        "speaker2": "#913F5C",
        "speaker2_digit": "#FFFFFF",
        "speaker3": "#3D6210",
        "speaker3_digit": "#FFFFFF",
        "speaker4": "#2E90D0",
        "speaker4_digit": "#16181A",
        "speaker5": "#45216F",
        "speaker5_digit": "#FFFFFF",
        "speaker6": "#CB7509",
        "speaker6_digit": "#16181A",
        "speaker7": "#7F868B",
        "speaker7_digit": "#16181A",
        "speaker8": "#4A2413",
        "speaker8_digit": "#FFFFFF",
    }
)

DARK: Mapping[str, str] = MappingProxyType(
    {
        "window": "#191A1C",
        "surface": "#202123",
        "raised": "#2A2B2E",
        "sunken": "#1C1D1F",
        "hover": "#2B2D30",
        "pressed": "#35373B",
        "selected": "#25393B",
        "seg_on": "#43474C",
        "line": "#323437",
        "bar_empty": "#35373B",
        "line_button": "#4B4E54",
        "line_strong": "#7C8087",
        "text": "#ECEAE6",
        "text2": "#B7B3AC",
        "text3": "#9A968F",
        "disabled": "#65676B",
        "accent": "#5FC4C8",
        "accent_hover": "#7AD2D5",
        "accent_pressed": "#4BB0B5",
        "on_accent": "#06282A",
        "accent_text": "#6CCBCF",
        "accent_tint": "#235459",
        "accent_soft": "#1E3335",
        "warn": "#E8B25C",
        "warn_soft": "#352B1B",
        "warn_mark": "#E8B25C",
        "danger": "#F28B82",
        "danger_soft": "#3A2322",
        "on_danger": "#3A0B08",
        "wave": "#7A7E84",
        "wave_todo": "#45484C",
        "toast": "#ECEAE6",
        "toast_text": "#1F1D1A",
        "toast_action": "#0B6A70",
        "backdrop": "#A1000000",
        "shadow": "#66000000",
        "paper": "#FFFFFF",
        "ink": "#16181A",
        "speaker1": "#4E7CF4",
        "speaker1_digit": "#16181A",
        "speaker2": "#F7ABB9",
        "speaker2_digit": "#16181A",
        "speaker3": "#C8DC84",
        "speaker3_digit": "#16181A",
        "speaker4": "#B7E7FC",
        "speaker4_digit": "#16181A",
        "speaker5": "#C69AED",
        "speaker5_digit": "#16181A",
        "speaker6": "#DD861E",
        "speaker6_digit": "#16181A",
        "speaker7": "#81878D",
        "speaker7_digit": "#16181A",
        "speaker8": "#966B4C",
        "speaker8_digit": "#FFFFFF",
    }
)


def _high_contrast(base: Mapping[str, str], paper: str, ink: str) -> Mapping[str, str]:
    surfaces = dict.fromkeys(("window", "surface", "raised", "sunken", "seg_on"), paper)
    lines = dict.fromkeys(("line", "line_button", "line_strong", "bar_empty", "wave_todo"), ink)
    lines["bar_empty"] = base["bar_empty"]
    lines["wave_todo"] = base["wave"]
    texts = dict.fromkeys(("text", "text2", "text3"), ink)
    return MappingProxyType({**base, **surfaces, **lines, **texts, "disabled": base["line_strong"]})


HIGH_CONTRAST_LIGHT: Mapping[str, str] = _high_contrast(LIGHT, "#FFFFFF", "#000000")
"""Pure surfaces, lines and secondary text as dark as the text; painters add outlines to fills."""

HIGH_CONTRAST_DARK: Mapping[str, str] = _high_contrast(DARK, "#000000", "#FFFFFF")


def table(*, dark: bool, high_contrast: bool) -> Mapping[str, str]:
    """Give the table for an appearance."""
    if high_contrast:
        return HIGH_CONTRAST_DARK if dark else HIGH_CONTRAST_LIGHT
    return DARK if dark else LIGHT


def speaker_token(number: int) -> str:
    """Name the colour of a speaker; its digit has the same name with `_digit`. Number from 1."""
    return f"speaker{(number - 1) % SPEAKER_COLORS + 1}"
