"""Stream one track of a recording as chunks of 16 kHz sound with their times."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from av.error import FFmpegError

from engine.errors import MediaError
from engine.options import Channels
from engine.recognition.media.chunks import SAMPLE_RATE, Canvas, Chunk, Piece, mix
from engine.recognition.media.files import OpenTrack, open_track
from engine.recognition.media.packets import PacketReader, SectionFeed, seek
from engine.recognition.media.sections import PRE_ROLL, SECTION, DecoderPool, SectionDecoder
from engine.recognition.media.truncation import is_cut_short

_SECTION_SAMPLES = SECTION * SAMPLE_RATE
# Packets that do not know their length may reach a little further than they say.
_TAIL = 0.5


def stream(
    path: Path,
    track: int,
    *,
    start: float = 0.0,
    end: float | None = None,
    channels: Channels = Channels.MIX,
) -> Iterator[Chunk]:
    """Yield the sound of a track in order of time, without overlap, at most 10 s a chunk.

    Holes under a second are silence; after a longer one the next chunk starts later. What is
    yielded for a stretch does not depend on `start` and `end`. Closes the file when closed.
    Raises `MediaError` like `probe`; `media.truncated` after everything that can be decoded.
    """
    try:
        with ExitStack() as stack:
            reading = _Reading.begin(stack, path, track, int(start // SECTION))
            yield from _chunks(reading, _Window.of(start, end), channels)
    except (FFmpegError, OSError) as exc:
        raise MediaError("media.unreadable", type(exc).__name__) from exc


@dataclass(frozen=True, slots=True)
class _Window:
    """The samples that are asked for: from `low` on, before `high`."""

    low: int
    high: float

    @classmethod
    def of(cls, start: float, end: float | None) -> _Window:
        return cls(
            round(start * SAMPLE_RATE), float("inf") if end is None else round(end * SAMPLE_RATE)
        )

    def chunk(self, position: int, samples: np.ndarray) -> Chunk | None:
        """Return what of the samples lies inside."""
        front = max(0, self.low - position)
        back = int(min(samples.shape[0], max(0, self.high - position)))
        if front >= back:
            return None
        return Chunk((position + front) / SAMPLE_RATE, samples[front:back])


@dataclass(frozen=True, slots=True)
class _Reading:
    track: OpenTrack
    reader: PacketReader
    feed: SectionFeed
    pool: DecoderPool
    section: int

    @classmethod
    def begin(cls, stack: ExitStack, path: Path, number: int, section: int) -> _Reading:
        """Open the file and move to the section, by reading up to it where seeking fails."""
        begin = section * SECTION - PRE_ROLL
        reading = cls._open(stack, path, number, section)
        if section == 0:
            return reading
        if seek(reading.track, begin) and reading.feed.skip_to(begin):
            return reading
        stack.close()
        reading = cls._open(stack, path, number, section)
        reading.feed.skip_to(begin)
        return reading

    @classmethod
    def _open(cls, stack: ExitStack, path: Path, number: int, section: int) -> _Reading:
        track = stack.enter_context(open_track(path, number))
        pool = DecoderPool(track)
        stack.callback(pool.close)
        reader = PacketReader(track)
        return cls(track, reader, SectionFeed(reader), pool, section)

    def pieces(self, channels: Channels) -> Iterator[Piece]:
        """Yield the pieces of all sections from the first on."""
        context = self.track.stream.codec_context
        layout = context.layout.name if channels is Channels.SPEAKERS else ""
        decoder = SectionDecoder(self.track, self.pool, layout)
        section = self.section
        while True:
            after = (section + 1) * SECTION
            canvas = Canvas(section * _SECTION_SAMPLES, after * SAMPLE_RATE)
            packets = self.feed.section(after - PRE_ROLL)
            for placed in decoder.decode(packets, section):
                yield from canvas.add(placed)
            yield from canvas.finish()
            packets.close()
            if self.feed.is_exhausted and self.reader.end + _TAIL <= after:
                break
            section = max(section + 1, int(self.feed.latest // SECTION))
        self._raise_if_damaged(decoder)

    def _raise_if_damaged(self, decoder: SectionDecoder) -> None:
        if decoder.failures and not decoder.frames:
            raise MediaError("media.unreadable", "nothing can be decoded")
        if is_cut_short(self.track, self.reader):
            raise MediaError("media.truncated", f"it ends after {self.reader.end:.1f} s")


def _chunks(reading: _Reading, window: _Window, channels: Channels) -> Iterator[Chunk]:
    for piece in reading.pieces(channels):
        if piece.position >= window.high:
            return
        if channels is Channels.SPEAKERS:
            samples = np.ascontiguousarray(piece.samples.T)
        else:
            samples = mix(piece)
        chunk = window.chunk(piece.position, samples)
        if chunk is not None:
            yield chunk
        if piece.position + samples.shape[0] >= window.high:
            return
