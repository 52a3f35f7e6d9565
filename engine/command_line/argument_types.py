"""Turn the words of a command line into values: lists, languages, formats, times."""

from __future__ import annotations

import argparse
import re

from engine.languages import find_language

FORMAT_NAMES = (
    "srt",
    "vtt",
    "txt",
    "json",
    "tsv",
    "csv",
    "md",
    "html",
    "docx",
    "otr",
    "ass",
    "ssa",
    "ttml",
    "lrc",
    "sbv",
    "sub",
)
"""As in `engine.transcript.formats`, whose libraries would slow down the help."""

_TIME = re.compile(r"(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)")


def comma_list(text: str) -> tuple[str, ...]:
    """Return the parts between commas, without those that are empty or came before."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def format_list(text: str) -> tuple[str, ...]:
    """Return the names of formats between commas."""
    names = tuple(dict.fromkeys(name.lower().removeprefix(".") for name in comma_list(text)))
    unknown = [name for name in names if name not in FORMAT_NAMES]
    if unknown or not names:
        raise argparse.ArgumentTypeError(
            f"unknown format {', '.join(unknown) or repr(text)} (known: {', '.join(FORMAT_NAMES)})"
        )
    return names


def language_code(text: str) -> str | None:
    """Return the code of a language given as code or English name; None for `auto`."""
    if text.strip().lower() == "auto":
        return None
    code = find_language(text)
    if code is None:
        raise argparse.ArgumentTypeError(
            f"unknown language {text!r}; give a code such as de, or a name such as German"
        )
    return code


def temperature_list(text: str) -> tuple[float, ...]:
    """Return the numbers between commas."""
    try:
        return tuple(float(part) for part in comma_list(text))
    except ValueError as exc:
        raise argparse.ArgumentTypeError(f"{text!r} is no list of numbers") from exc


def time(text: str) -> float:
    """Return the seconds of a time such as `90`, `1:30` or `0:01:30.5`."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write seconds or h:mm:ss")
    hours, minutes, seconds = match.groups(default="0")
    return round(int(hours) * 3600 + int(minutes) * 60 + float(seconds), 3)
