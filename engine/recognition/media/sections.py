"""Decode a track in sections of a minute, each of which depends on nothing but the file.

Every section starts with a fresh decoder two seconds early, counts samples from the timestamp it
finds there, and drops what lies before it. So a section comes out the same bit for bit whether
it was reached by reading or by seeking, and rounded timestamps cannot add up to a drift.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import cast

import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.codec.context import CodecContext
from av.error import FFmpegError

from engine.recognition.media.chunks import SAMPLE_RATE, Piece, Samples, cleaned, mixed_channels
from engine.recognition.media.files import OpenTrack, kept_position, open_container
from engine.recognition.media.packets import AudioPacket, TimedPacket

logger = logging.getLogger(__name__)

SECTION = 60
"""Length of a section; seconds."""
PRE_ROLL = 2.0
"""How much earlier decoding starts, so that the decoder has settled; seconds."""
LOOK_AHEAD = 0.05
"""How far past a section decoding goes, for the resampler's filter; seconds."""
JITTER = 0.04
"""Timestamps that differ by no more from the count of samples are taken for rounded; seconds."""
JITTER_AFTER_DAMAGE = 0.005
"""The same after a packet that could not be decoded; seconds."""

_OUTPUT_FRAME = SAMPLE_RATE // 2
# These keep nothing across a flush; others (noise generators, predictors) need a new decoder.
_FORGETFUL = ("pcm_", "mp3", "flac", "vorbis", "opus", "alac")
# These need no more than their extradata, so the file need not be opened again for a new decoder.
_SELF_CONTAINED = ("aac", "ac3", "eac3")


class DecoderPool:
    """Give out a decoder that remembers nothing, for each section anew."""

    def __init__(self, track: OpenTrack) -> None:
        self._track = track
        self._reopened = ExitStack()

    def fresh(self) -> AudioCodecContext:
        """Return a decoder for the track that is valid until the next call."""
        context = self._track.stream.codec_context
        name = context.codec.name
        if name.startswith(_FORGETFUL):
            context.flush_buffers()
            return context
        if name.startswith(_SELF_CONTAINED):
            return self._copy(context)
        self.close()
        track = self._track
        with kept_position(track.file.raw):
            container = self._reopened.enter_context(open_container(track.file))
        again = container.streams.audio[track.number].codec_context
        again.thread_count = 1
        return again

    def close(self) -> None:
        """Close the file if it was opened a second time."""
        self._reopened.close()

    def _copy(self, context: AudioCodecContext) -> AudioCodecContext:
        copy = cast(AudioCodecContext, CodecContext.create(context.codec.name, "r"))
        copy.thread_count = 1
        if context.extradata:
            copy.extradata = context.extradata
        base = self._track.stream.time_base
        if base is not None:
            copy.options = {"pkt_timebase": f"{base.numerator}/{base.denominator}"}
        return copy


@dataclass(frozen=True, slots=True)
class _Sound:
    """What must stay the same for a resampler to go on."""

    rate: int
    layout: str
    sample_format: str


class _Run:
    """Resample frames that follow each other; its place on the time line is set by the first."""

    def __init__(self, sound: _Sound, start: float, frame: AudioFrame, layout: str) -> None:
        self.sound = sound
        self.start = start
        self._fed = 0
        self._position = round(start * SAMPLE_RATE)
        kept = layout or frame.layout.name
        names = [channel.name for channel in frame.layout.channels]
        self._mixed = mixed_channels(names) if not layout else ()
        self._resampler = AudioResampler(
            format="fltp", layout=kept, rate=SAMPLE_RATE, frame_size=_OUTPUT_FRAME
        )

    @property
    def expected(self) -> float:
        """Return when the next frame should start; seconds."""
        return self.start + self._fed / self.sound.rate

    def feed(self, frame: AudioFrame) -> Iterator[Piece]:
        """Take a frame in and yield what is resampled by now."""
        self._fed += frame.samples
        frame.pts = None
        return self._placed(self._resampler.resample(frame))

    def finish(self) -> Iterator[Piece]:
        """Yield the rest."""
        return self._placed(self._resampler.resample(None))

    def _placed(self, frames: list[AudioFrame]) -> Iterator[Piece]:
        for frame in frames:
            samples = cleaned(cast(Samples, np.asarray(frame.to_ndarray(), np.float32)))
            if samples.shape[1]:
                yield Piece(self._position, samples, self._mixed)
                self._position += samples.shape[1]


class SectionDecoder:
    """Turn the packets of a section into pieces of sound on the time line."""

    def __init__(self, track: OpenTrack, pool: DecoderPool, layout: str) -> None:
        self._track = track
        self._pool = pool
        self._layout = layout
        self._run: _Run | None = None
        self._is_after_damage = False
        self.frames = 0
        """How many frames were decoded so far, over all sections."""
        self.failures = 0
        """How many packets could not be decoded."""

    def decode(self, packets: Iterator[TimedPacket], section: int) -> Iterator[Piece]:
        """Yield the sound of a section and of a little more on both sides, in order of time."""
        decoder = self._pool.fresh()
        self._run = None
        self._is_after_damage = False
        is_first = section > 0
        offset = 0.0
        for timed in packets:
            offset = timed.offset
            frames = self._frames(decoder, timed.packet)
            if is_first:
                is_first = False
                frames = self._first_frames(frames, timed, section * SECTION - PRE_ROLL)
            for frame in frames:
                yield from self._resampled(frame, timed.time, offset)
            if timed.time >= (section + 1) * SECTION + LOOK_AHEAD:
                break
        else:
            for frame in self._frames(decoder, None):
                yield from self._resampled(frame, None, offset)
        if self._run is not None:
            yield from self._run.finish()

    def _first_frames(
        self, frames: list[AudioFrame], timed: TimedPacket, begin: float
    ) -> list[AudioFrame]:
        """Return what of a section's first packet is the same after reading and after seeking."""
        if "pcm" in self._track.stream.codec_context.codec.name:
            # A seek lands on any sample, and packets are counted from there.
            return [self._trimmed(frame, begin, timed.time) for frame in frames]
        if (timed.packet.duration or 0) * self._track.time_base < PRE_ROLL / 2:
            # FFmpeg cuts the encoder's delay off whatever a new decoder gives first.
            return []
        return frames

    def _frames(self, decoder: AudioCodecContext, packet: AudioPacket | None) -> list[AudioFrame]:
        try:
            frames = [frame for frame in decoder.decode(packet) if frame.samples]
        except (FFmpegError, ValueError) as exc:
            logger.debug("a packet cannot be decoded: %s", type(exc).__name__)
            self.failures += 1
            self._is_after_damage = True
            return []
        self.frames += len(frames)
        return frames

    def _resampled(
        self, frame: AudioFrame, packet_time: float | None, offset: float
    ) -> Iterator[Piece]:
        sound = _Sound(frame.sample_rate, frame.layout.name, frame.format.name)
        run = self._run
        expected = run.expected if run is not None else None
        time = self._time(frame, packet_time if expected is None else expected, offset)
        jitter = JITTER_AFTER_DAMAGE if self._is_after_damage else JITTER
        self._is_after_damage = False
        follows = expected is not None and abs(time - expected) <= jitter
        if run is None or not follows or run.sound != sound:
            if run is not None:
                yield from run.finish()
            start = expected if expected is not None and follows else time
            run = self._run = _Run(sound, start, frame, self._layout)
        yield from run.feed(frame)

    def _time(self, frame: AudioFrame, otherwise: float | None, offset: float) -> float:
        if frame.pts is None:
            return otherwise or 0.0
        return frame.pts * self._track.time_base - self._track.start + offset

    def _trimmed(self, frame: AudioFrame, begin: float, packet_time: float) -> AudioFrame:
        """Return the frame without what lies before `begin`; as it is if that is not inside."""
        count = round((begin - self._time(frame, packet_time, 0.0)) * frame.sample_rate)
        if not 0 < count < frame.samples or frame.format.name.startswith("s64"):
            return frame
        step = 1 if frame.format.is_planar else frame.layout.nb_channels
        samples = cast(Samples, np.ascontiguousarray(frame.to_ndarray()[:, count * step :]))
        rest = AudioFrame.from_ndarray(samples, frame.format.name, frame.layout.name)
        rest.sample_rate = frame.sample_rate
        if frame.pts is not None:
            rest.pts = frame.pts + round(count / frame.sample_rate / self._track.time_base)
        return rest
