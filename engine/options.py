"""Say what is to be transcribed and how; every value is checked when it is made."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from engine.errors import OptionsError
from engine.languages import LANGUAGES


class Task(StrEnum):
    """Choose between writing down what is said and translating it into English."""

    TRANSCRIBE = "transcribe"
    TRANSLATE = "translate"


class Channels(StrEnum):
    """Choose what the channels of a recording mean."""

    MIX = "mix"
    SPEAKERS = "speakers"


@dataclass(frozen=True, slots=True)
class VadOptions:
    """Tune the detection of speech (Silero VAD)."""

    threshold: float = 0.5
    """Probability of speech, above 0 and below 1, from which on a stretch counts as speech."""
    min_speech: float = 0.25
    """Shorter stretches of speech are ignored; seconds."""
    min_silence: float = 0.5
    """Shorter silences do not divide a stretch of speech; seconds."""
    padding: float = 0.2
    """Added on both sides of every stretch of speech; seconds."""

    def __post_init__(self) -> None:
        _check(0 < self.threshold < 1, "vad threshold must lie between 0 and 1")
        for name in ("min_speech", "min_silence", "padding"):
            _check(0 <= getattr(self, name) <= 60, f"vad {name} must lie between 0 and 60 seconds")


@dataclass(frozen=True, slots=True)
class TranscriptionOptions:
    """Say how a recording is to be turned into text."""

    language: str | None = None
    """Code of the spoken language (`engine.languages`); None detects it."""
    language_per_block: bool = False
    """Detect the language of every block anew, for recordings that mix languages."""
    task: Task = Task.TRANSCRIBE
    beam_size: int = 5
    """Hypotheses kept while decoding, 1 to 20; more is slower and a little more accurate."""
    track: int | None = None
    """Number of the audio track, counted from 0; None chooses it."""
    channels: Channels = Channels.MIX
    """Mix the channels, or treat each as one speaker."""
    start: float = 0.0
    """Where to begin; seconds."""
    end: float | None = None
    """Where to stop; seconds; None is the end of the recording."""
    initial_prompt: str = ""
    """Text that stands before the first words of every block: topic, spelling, style."""
    hotwords: tuple[str, ...] = ()
    """Words to expect; they are offered to the speech model in every window."""
    glossary: tuple[str, ...] = ()
    """Spellings: offered as hotwords, and words that differ in case or accents only take them."""
    vad: bool = True
    """Pass over stretches without speech instead of decoding them."""
    vad_options: VadOptions = field(default_factory=VadOptions)
    temperatures: tuple[float, ...] = ()
    """Sampling temperatures, above 0 to 1, to try when decoding fails; not repeatable."""

    def __post_init__(self) -> None:
        known = self.language is None or self.language in LANGUAGES
        _check(known, f"unknown language {self.language!r}")
        _check(
            self.language is None or not self.language_per_block,
            "a fixed language and detection per block exclude each other",
        )
        _check(1 <= self.beam_size <= 20, "beam size must lie between 1 and 20")
        _check(self.track is None or self.track >= 0, "tracks are counted from 0")
        _check(self.start >= 0, "the start must not be negative")
        _check(self.end is None or self.end > self.start, "the end must come after the start")
        _check(all(0 < t <= 1 for t in self.temperatures), "temperatures lie above 0 and up to 1")


@dataclass(frozen=True, slots=True)
class ComputeOptions:
    """Say where and with how much of this computer a job runs."""

    device: str = "auto"
    """`auto`, `cpu`, `cuda` or `cuda:N`."""
    compute_type: str = "auto"
    """`auto` or a number type of CTranslate2, such as `int8` or `float16`."""
    replicas: int | None = None
    """Blocks decoded side by side, 1 to 32; None chooses it by cores and free memory."""

    def __post_init__(self) -> None:
        _check(
            re.fullmatch(r"auto|cpu|cuda(:\d+)?", self.device) is not None,
            f"unknown device {self.device!r}",
        )
        _check(self.compute_type in COMPUTE_TYPES, f"unknown compute type {self.compute_type!r}")
        _check(
            self.replicas is None or 1 <= self.replicas <= 32, "replicas must lie between 1 and 32"
        )


COMPUTE_TYPES = (
    "auto",
    "int8",
    "int8_float16",
    "int8_bfloat16",
    "int8_float32",
    "float16",
    "bfloat16",
    "float32",
)


def _check(condition: bool, detail: str) -> None:
    if not condition:
        raise OptionsError("options.invalid", detail)
