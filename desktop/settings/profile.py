"""Hold profiles, the named ways to transcribe, and the folders that are watched."""

from __future__ import annotations

from dataclasses import dataclass

from engine.languages import LANGUAGES
from engine.options import Channels, Task


@dataclass(frozen=True, slots=True)
class Profile:  # pylint: disable=too-many-instance-attributes
    """A named way to transcribe; ValueError for a value that is not allowed."""

    name: str
    model: str = ""
    """Name of a speech model; empty takes the best default that is installed."""
    language: str = ""
    """Code of the spoken language; empty detects it."""
    task: str = Task.TRANSCRIBE.value
    beam_size: int = 5
    """1 to 20."""
    channels: str = Channels.MIX.value
    initial_prompt: str = ""
    glossary: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    """Names of formats that are exported by themselves when a transcript is done."""
    output_folder: str = ""
    """Where they go; empty is beside the recording."""

    def __post_init__(self) -> None:
        _check(bool(self.name.strip()), "a profile needs a name")
        known = not self.language or self.language in LANGUAGES
        _check(known, f"unknown language {self.language!r}")
        _check(self.task in tuple(Task), f"unknown task {self.task!r}")
        _check(self.channels in tuple(Channels), f"unknown use of channels {self.channels!r}")
        _check(1 <= self.beam_size <= 20, "beam size must lie between 1 and 20")


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """A folder of the disk whose new recordings enter the queue by themselves."""

    path: str
    profile: str = ""
    """Name of the profile; empty is the one for new recordings."""

    def __post_init__(self) -> None:
        _check(bool(self.path), "a watched folder needs a path")


def _check(condition: bool, detail: str) -> None:
    if not condition:
        raise ValueError(detail)
