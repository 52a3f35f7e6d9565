"""Drop recordings and say what their jobs suffer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from desktop.settings import Profile
from tests.desktop.services.conftest import PROFILE, Desk

WHOLE = ["0.0", "1.0", "2.0", "3.0"]


def blocked(gate: Path, block: int = 2) -> Profile:
    """Return a profile whose jobs wait before a block."""
    return replace(PROFILE, glossary=(f"{block}:until={gate}",))


def drop(desk: Desk, folder: Path, count: int, profile: Profile) -> None:
    """Drop some recordings at once."""
    paths = [folder / f"{number}.wav" for number in range(count)]
    for path in paths:
        path.write_bytes(path.name.encode())
    desk.add(*paths, profile=profile)


def is_running(desk: Desk, done: int) -> Callable[[], bool]:
    """Return whether the only job runs and has so many segments."""

    def check() -> bool:
        transcripts = desk.all()
        return bool(transcripts) and len(desk.texts(transcripts[0].id)) == done

    return check
