"""Make recordings with clicks at known times, and find the clicks again."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.stream import Disposition
from numpy.typing import NDArray

from engine.recognition.media import SAMPLE_RATE, Chunk

Wave = NDArray[np.float32]
CLICK = 0.02
"""Length of a click; seconds."""
_SECTION = 1.0


@dataclass(frozen=True)
class Sound:
    """One audio track to be written; `wave` is float32, shape (channels, n)."""

    wave: Wave
    codec: str = "pcm_s16le"
    rate: int = 44_100
    layout: str = "stereo"
    late: float = 0.0
    hole: tuple[float, float] | None = None
    """Packets that begin between these seconds are left out."""
    is_default: bool = False
    bit_rate: int = 0
    codec_options: dict[str, str] = field(default_factory=dict)


def clicks(
    times: Sequence[float], length: float, rate: int = 44_100, gains: Sequence[float] = (1.0, 1.0)
) -> Wave:
    """Return silence with a tone burst at each time, one row a channel, scaled by `gains`."""
    wave = np.zeros(round(length * rate), np.float32)
    burst = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(round(CLICK * rate)) / rate)
    for time in times:
        begin = round(time * rate)
        wave[begin : begin + burst.size] = burst[: wave.size - begin]
    return np.stack([wave * np.float32(gain) for gain in gains])


def noise(length: float, rate: int = 44_100, channels: int = 2, seed: int = 1) -> Wave:
    """Return noise that never repeats; float32, shape (channels, n)."""
    generator = np.random.default_rng(seed)
    count = round(length * rate)
    return (0.1 * generator.standard_normal((channels, count))).astype(np.float32)


def write(
    path: Path,
    *sounds: Sound,
    container: str | None = None,
    options: dict[str, str] | None = None,
    video: float = 0.0,
) -> Path:
    """Write the tracks, and `video` seconds of pictures if above 0; return the path."""
    with av.open(str(path), "w", format=container, options=options or {}) as output:
        _write_tracks(output, sounds, video)
    return path


def write_unseekable(path: Path, sound: Sound, container: str) -> Path:
    """Write as a recorder does that cannot go back to note the length."""

    class Pipe(io.RawIOBase):
        """Take bytes in order only."""

        def __init__(self) -> None:
            super().__init__()
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            taken = bytes(data)  # type: ignore[call-overload]  # PyAV hands over bytes
            self.data += taken
            return len(taken)

    pipe = Pipe()
    with av.open(pipe, "w", format=container, options={"live": "1"}) as output:
        _write_tracks(output, [sound], 0.0)
    path.write_bytes(pipe.data)
    return path


def found_clicks(chunks: Iterable[Chunk]) -> list[float]:
    """Return when the clicks begin; at least a tenth of a second apart; seconds."""
    found: list[float] = []
    for chunk in chunks:
        samples = chunk.samples if chunk.samples.ndim == 1 else chunk.samples.max(axis=1)
        for index in np.nonzero(np.abs(samples) > 0.05)[0]:
            time = chunk.start + float(index) / SAMPLE_RATE
            if not found or time - found[-1] > 0.1:
                found.append(time)
    return found


def joined(chunks: Iterable[Chunk]) -> tuple[float, Wave]:
    """Return the start and the samples of chunks that must follow each other without a hole."""
    parts: list[Wave] = []
    start = end = 0.0
    for chunk in chunks:
        if parts:
            assert abs(chunk.start - end) < 1e-6
        else:
            start = chunk.start
        parts.append(chunk.samples)
        end = chunk.start + len(chunk.samples) / SAMPLE_RATE
    return start, np.concatenate(parts)


def end_of(chunks: Iterable[Chunk]) -> float:
    """Return where the last chunk ends; seconds."""
    end = 0.0
    for chunk in chunks:
        end = chunk.start + len(chunk.samples) / SAMPLE_RATE
    return end


def flip_bytes(path: Path, begin: float, end: float, every: int, width: int = 1) -> None:
    """Damage bytes between two fractions of a file."""
    data = bytearray(path.read_bytes())
    for place in range(int(len(data) * begin), int(len(data) * end), every):
        for index in range(place, place + width):
            data[index] ^= 0xFF
    path.write_bytes(data)


def cut(path: Path, fraction: float) -> Path:
    """Keep only the beginning of a file."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * fraction)])
    return path


def _write_tracks(output: OutputContainer, sounds: Sequence[Sound], video: float) -> None:
    packets: list[tuple[float, av.Packet]] = []  # type: ignore[type-arg]
    streams = [(sound, _add(output, sound)) for sound in sounds]
    if video:
        packets += _pictures(output, video)
    for sound, stream in streams:
        packets += _encoded(sound, stream)
    for _time, packet in sorted(packets, key=lambda item: item[0]):
        output.mux(packet)


def _add(output: OutputContainer, sound: Sound) -> AudioStream:
    stream = output.add_stream(sound.codec, rate=sound.rate, options=sound.codec_options)
    assert isinstance(stream, AudioStream)
    stream.codec_context.layout = sound.layout
    if sound.bit_rate:
        stream.codec_context.bit_rate = sound.bit_rate
    stream.disposition = Disposition.default if sound.is_default else Disposition(0)
    return stream


def _encoded(
    sound: Sound, stream: AudioStream
) -> list[tuple[float, av.Packet]]:  # type: ignore[type-arg]
    packets = []
    for frame in _frames(sound):
        packets += list(stream.encode(frame))
    packets += list(stream.encode(None))
    kept = []
    for packet in packets:
        assert packet.pts is not None and packet.time_base is not None
        time = float(packet.pts * packet.time_base)
        if sound.hole is None or not sound.hole[0] <= time < sound.hole[1]:
            shift = round(sound.late / float(packet.time_base))
            packet.pts += shift
            packet.dts = packet.pts
            kept.append((time + sound.late, packet))
    return kept


def _frames(sound: Sound) -> Iterable[av.AudioFrame]:
    step = round(_SECTION * sound.rate)
    for begin in range(0, sound.wave.shape[1], step):
        part = np.ascontiguousarray(sound.wave[:, begin : begin + step])
        frame = av.AudioFrame.from_ndarray(part, "fltp", sound.layout)
        frame.sample_rate = sound.rate
        frame.pts = begin
        frame.time_base = Fraction(1, sound.rate)
        yield frame


def _pictures(
    output: OutputContainer, length: float
) -> list[tuple[float, av.Packet]]:  # type: ignore[type-arg]
    stream = output.add_stream("mpeg4", rate=10)
    stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
    packets = []
    for _ in range(round(length * 10)):
        frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), "rgb24")
        packets += list(stream.encode(frame))
    packets += list(stream.encode(None))
    return [(float((packet.pts or 0) * packet.time_base), packet) for packet in packets]
