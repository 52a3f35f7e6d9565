"""Open recordings as plain local files, and say in the user's terms what is wrong with one."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import av
import av.container
import av.logging
from av.audio.stream import AudioStream
from av.error import FFmpegError
from av.stream import Discard, Disposition

from engine.errors import MediaError
from engine.recording_file import open_file

logger = logging.getLogger(__name__)

av.logging.set_level(None)

_BUFFER_BYTES = 1 << 16
_PROTECTED_TAGS = frozenset({"enca", "encv", "drms", "drmi", "aavd"})
# Content Encryption and Extended Content Encryption objects (ASF specification, 3.14 and 3.15).
_ASF_PROTECTION = (
    bytes.fromhex("fbb3112223bdd211b4b700a0c955fc6e"),
    bytes.fromhex("14e68a292226174cb935dae07ee9289c"),
)


class LocalFile:
    """Give FFmpeg the bytes of one file; its name is hidden, so that no name has a meaning."""

    def __init__(self, file: BinaryIO, suffix: str) -> None:
        self.raw = file
        self.seek = file.seek
        self.tell = file.tell
        self.has_failed = False
        """Whether the disk or the network failed to give what was asked for."""
        # Some formats without a signature are known by their file ending only.
        known = re.fullmatch(r"\.[A-Za-z0-9]{1,8}", suffix)
        self.name = "recording" + (suffix.lower() if known else "")

    def read(self, count: int) -> bytes:
        """Return up to `count` bytes from the present position; none after a failure."""
        try:
            return self.raw.read(count)
        except OSError as exc:
            # Raised through FFmpeg, it could be printed, or be taken for the end all the same.
            logger.debug("a read failed: %s", exc.strerror)
            self.has_failed = True
            return b""


@dataclass(frozen=True, slots=True)
class OpenTrack:
    """Hold one audio track of an open file, and its clock."""

    file: LocalFile
    container: av.container.InputContainer
    stream: AudioStream
    number: int
    """Counted from 0 among the audio tracks."""
    time_base: float
    """Seconds of one tick of the track's timestamps."""
    start: float
    """Where the container's presentation begins; seconds."""


@contextmanager
def open_media(path: Path) -> Iterator[av.container.InputContainer]:
    """Open a media file for demuxing; FFmpeg can reach nothing but its bytes.

    Raises `MediaError` if it is missing, unreadable, protected or has no audio track.
    """
    with open_file(path) as file, open_container(LocalFile(file, path.suffix)) as container:
        yield container


def open_container(file: LocalFile) -> av.container.InputContainer:
    """Open a media file that is open already, from its beginning; raises like `open_media`."""
    file.seek(0)
    try:
        container = av.open(
            file,
            mode="r",
            # Playlists name other files and addresses; without a protocol none is opened.
            container_options={"protocol_whitelist": "none"},
            metadata_errors="replace",
            buffer_size=_BUFFER_BYTES,
        )
    except (FFmpegError, OSError, ValueError) as exc:
        raise MediaError("media.unreadable", type(exc).__name__) from exc
    try:
        _require_audio(container)
        _require_unprotected(container, file.raw)
    except MediaError:
        container.close()
        raise
    return container


@contextmanager
def kept_position(file: BinaryIO) -> Iterator[None]:
    """Let a file that FFmpeg is reading be read elsewhere too."""
    place = file.tell()
    try:
        yield
    finally:
        file.seek(place)


@contextmanager
def open_track(path: Path, track: int) -> Iterator[OpenTrack]:
    """Open one audio track, counted from 0; the packets of all others are skipped."""
    with ExitStack() as stack:
        file = LocalFile(stack.enter_context(open_file(path)), path.suffix)
        container = stack.enter_context(open_container(file))
        audio = container.streams.audio
        if not 0 <= track < len(audio):
            raise MediaError("media.no_audio", f"there is no audio track {track}")
        chosen = audio[track]
        if chosen.codec_context is None:
            raise MediaError("media.unreadable", "no decoder knows this kind of sound")
        for stream in container.streams:
            stream.discard = Discard.default if stream.index == chosen.index else Discard.all
        chosen.codec_context.thread_count = 1
        start = (container.start_time or 0) / av.time_base
        base = float(chosen.time_base or 0)
        yield OpenTrack(file, container, chosen, track, base, start)


def has_moving_pictures(container: av.container.InputContainer) -> bool:
    """Tell whether there is a video track other than a cover picture."""
    return any(
        not stream.disposition & Disposition.attached_pic for stream in container.streams.video
    )


def _require_audio(container: av.container.InputContainer) -> None:
    if container.streams.audio:
        return
    # Text is taken for a terminal recording ("tty") or for subtitles.
    if container.streams.video and container.format.name != "tty":
        raise MediaError("media.no_audio", container.format.name)
    raise MediaError("media.unreadable", "it is no media file")


def _require_unprotected(container: av.container.InputContainer, file: BinaryIO) -> None:
    contexts = (stream.codec_context for stream in container.streams.audio)
    tags = {context.codec_tag.lower() for context in contexts if context is not None}
    if tags & _PROTECTED_TAGS:
        raise MediaError("media.protected", ", ".join(sorted(tags & _PROTECTED_TAGS)))
    if container.format.name == "asf":
        with kept_position(file):
            file.seek(0)
            head = file.read(_BUFFER_BYTES)
        if any(mark in head for mark in _ASF_PROTECTION):
            raise MediaError("media.protected", "asf")
