"""Name what messages are made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """Name the ways out of a failure; each is one button."""

    CONTINUE = "continue"
    TRY_AGAIN = "try_again"
    START_AGAIN = "start_again"
    FIND = "find"
    DOWNLOAD = "download"
    REPAIR = "repair"
    CHOOSE_MODEL = "choose_model"
    REMOVE = "remove"
    KEEP = "keep"
    OPEN_FOLDER = "open_folder"
    CHOOSE_FOLDER = "choose_folder"
    USE_BACKUP = "use_backup"
    START_EMPTY = "start_empty"


@dataclass(frozen=True, slots=True)
class Message:
    """What people are told: what happened, what to do, and the buttons that do it."""

    title: str
    text: str = ""
    ways: tuple[Way, ...] = ()
    """The first is the main one; at most two."""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known about the job that a message speaks of; unknown values are left out of it."""

    at: float | None = None
    """Where it stopped; seconds."""
    paragraphs: int = 0
    """How many are saved."""
    model: str = ""
    size_bytes: int = 0
    """What has to be downloaded."""
    hour_seconds: float | None = None
    """Seconds that the model takes for an hour of recording on this computer."""
    folder: str = ""
    """Name of the folder that is spoken of."""
    backup: float | None = None
    """When the newest sound backup of the library was made; seconds since 1970."""


Parts = tuple[str, str, tuple[Way, ...]]
"""Title, text and ways of a message."""
