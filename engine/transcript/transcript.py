"""The shared vocabulary: words, segments, speakers and the transcript they form.

All times are seconds from the start of the recording as a player shows it, multiples of 0.001.
Probabilities and scores are rounded to hundredths where the engine hands over.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it is written, with the white space and punctuation that belong to it."""

    id: str
    """For life: `<run>.<block>.<n>` for a decoded word, `<launch>.<counter>` for a typed one."""
    start: float
    end: float
    text: str
    """Words joined without anything between give the text of their segment."""
    probability: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of speech by one speaker: at least one word; its text and times are its words'."""

    id: str
    """The id of the word it was first set before."""
    block: int
    words: tuple[Word, ...]
    speaker: str | None = None
    """Id of a `Speaker`."""
    avg_logprob: float = 0.0
    no_speech_prob: float = 0.0
    compression_ratio: float = 0.0
    temperature: float = 0.0
    paragraph: bool | None = None
    """A person's wish: True starts a paragraph here, False joins it to the one before; None lets
    the rule of `engine.transcript.paragraphs` decide."""

    def __post_init__(self) -> None:
        if not self.words:
            raise ValueError("a segment has at least one word")

    @property
    def start(self) -> float:
        """Return where the first word starts."""
        return self.words[0].start

    @property
    def end(self) -> float:
        """Return where the last word ends."""
        return self.words[-1].end

    @property
    def text(self) -> str:
        """Return the text, with the white space that the speech model put before it."""
        # A list is joined in two thirds of the time; ten hours have 9,000 segments.
        return "".join([word.text for word in self.words])


@dataclass(frozen=True, slots=True)
class Speaker:
    """Someone who speaks in the recording."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Removed:
    """Text that the quality checks distrust: kept and shown, never exported as text."""

    segment: Segment
    reason: str
    """`no_speech`, `repetition`, `improbable` or `stock_phrase`."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Speech for which no text was found."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class TranscriptionInfo:
    """Say what was transcribed, and with what."""

    language: str
    """Code (`engine.languages`) of what is spoken; the text of a translation is English."""
    language_probability: float
    duration: float
    """Length of the recording in seconds."""
    speech_duration: float
    """Seconds of it in which someone speaks."""
    model: str
    compute_type: str
    device: str
    track: int


@dataclass(frozen=True, slots=True)
class Transcript:
    """A whole transcript: segments in order of time, and what was kept out of the text."""

    info: TranscriptionInfo
    segments: tuple[Segment, ...]
    speakers: tuple[Speaker, ...] = ()
    removed: tuple[Removed, ...] = ()
    gaps: tuple[Gap, ...] = ()


def milliseconds(value: float) -> int:
    """Return a time in whole milliseconds, the form in which times are stored and sent."""
    return round(value * 1000)


def seconds(value: float) -> float:
    """Round a time to the millisecond, so that no two copies of it differ."""
    return round(value, 3)
