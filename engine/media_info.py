"""Describe a media file: what a probe of it found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AudioTrack:
    """Describe one audio track of a media file."""

    index: int
    """Counted from 0 among the audio tracks."""
    codec: str
    channels: int
    sample_rate: int
    """Hertz."""
    language: str = ""
    title: str = ""
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """Describe a media file without decoding it."""

    container: str
    duration: float | None
    """Declared length in seconds, a hint only; None if the file does not say."""
    tracks: tuple[AudioTrack, ...]
    has_video: bool = False
    size_bytes: int = 0
