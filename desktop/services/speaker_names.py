"""Name those who speak while nobody has; the library stores the names that were given only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from desktop.settings.setting import QT_TRANSLATE_NOOP
from engine.transcript.transcript import Speaker

_CONTEXT = "SpeakerNames"
_AUTOMATIC = QT_TRANSLATE_NOOP("SpeakerNames", "Speaker {0}")


def shown_name(name: str, number: int) -> str:
    """Return a name, or what is shown in its place; numbers start at 1. Any thread."""
    return name or QCoreApplication.translate(_CONTEXT, _AUTOMATIC).format(number)


def with_names(speakers: Sequence[Speaker]) -> tuple[Speaker, ...]:
    """Return speakers who all have names, as they are shown. Any thread."""
    return tuple(
        replace(speaker, name=shown_name(speaker.name, number))
        for number, speaker in enumerate(speakers, 1)
    )
