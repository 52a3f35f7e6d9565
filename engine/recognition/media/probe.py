"""Say what a media file contains, or why it cannot be used."""

from __future__ import annotations

from pathlib import Path

import av
import av.container
from av.audio.stream import AudioStream
from av.error import FFmpegError
from av.stream import Disposition

from engine.errors import MediaError
from engine.media_info import AudioTrack, MediaInfo
from engine.recognition.media.files import has_moving_pictures, open_media

# Sound that begins later than this is believed to be there; packets and bytes of all tracks.
_TRIED_PACKETS = 2000
_TRIED_BYTES = 64 << 20


def probe(path: Path) -> MediaInfo:
    """Return what a file says of itself, after trying whether any of its sound can be decoded.

    Raises `MediaError`: not_found, no_permission, unreadable, no_audio, protected.
    """
    with open_media(path) as container:
        info = MediaInfo(
            container=container.format.name,
            duration=container.duration / av.time_base if container.duration else None,
            tracks=tuple(
                _describe(index, stream) for index, stream in enumerate(container.streams.audio)
            ),
            has_video=has_moving_pictures(container),
            size_bytes=path.stat().st_size,
        )
        try:
            _try_decoding(container)
        except (FFmpegError, OSError) as exc:
            raise MediaError("media.unreadable", type(exc).__name__) from exc
    return info


def _describe(index: int, stream: AudioStream) -> AudioTrack:
    context = stream.codec_context
    return AudioTrack(
        index=index,
        codec=context.codec.canonical_name if context is not None else "unknown",
        channels=context.channels if context is not None else 0,
        sample_rate=context.sample_rate if context is not None else 0,
        language=stream.metadata.get("language", ""),
        title=stream.metadata.get("title", ""),
        is_default=bool(stream.disposition & Disposition.default),
    )


def _try_decoding(container: av.container.InputContainer) -> None:
    failures = tried = size = 0
    for packet in container.demux(list(container.streams.audio)):
        if packet.has_sidedata("encryption_info") or packet.has_sidedata("encryption_init_info"):
            raise MediaError("media.protected", "encrypted packets")
        if packet.stream.codec_context is None:
            failures += 1
            continue
        try:
            if packet.decode():
                return
        except (FFmpegError, ValueError):
            failures += 1
        tried += 1
        size += packet.size
        if tried > _TRIED_PACKETS or size > _TRIED_BYTES:
            break
    if failures:
        raise MediaError("media.unreadable", "nothing can be decoded")
