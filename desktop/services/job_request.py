"""Turn profiles into options, and a stored job into what the engine is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.store.records import JobOptions
from engine.events import ResumePoint
from engine.options import Channels, Task, TranscriptionOptions

if TYPE_CHECKING:
    from desktop.settings import Profile

_RESTARTING = ("task", "track", "channels", "start", "end", "language_per_block")


def job_options(profile: Profile, model: str) -> JobOptions:
    """Return the options that a profile means; `model` is used if the profile names none."""
    return JobOptions(
        model=profile.model or model,
        transcription=TranscriptionOptions(
            language=profile.language or None,
            task=Task(profile.task),
            beam_size=profile.beam_size,
            channels=Channels(profile.channels),
            initial_prompt=profile.initial_prompt,
            glossary=profile.glossary,
        ),
        profile=profile.name,
    )


def must_start_over(old: JobOptions, new: JobOptions) -> bool:
    """Tell whether the half that is there would not fit to a rest made with the new options.

    Another model or language applies to the blocks that are not begun.
    """
    was, now = old.transcription, new.transcription
    return any(getattr(was, name) != getattr(now, name) for name in _RESTARTING)


def resume_with(point: ResumePoint | None, options: JobOptions) -> ResumePoint | None:
    """Return where to go on, with the language that is asked for now.

    The engine takes the language of what it continues from there, so that it is detected once.
    """
    language = options.transcription.language
    if point is None or language is None or language == point.info.language:
        return point
    info = replace(point.info, language=language, language_probability=1.0)
    return replace(point, info=info)
