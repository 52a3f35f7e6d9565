"""Read the packets of one audio track with their times on the one clock.

A packet's time is its timestamp minus the container's start. Where timestamps are missing, time
is counted on; where they jump back by more than a second (a file put together from several), the
rest is moved behind what came before, so that nothing is lost or doubled.
"""

from __future__ import annotations

import logging
import mmap
import re
from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeAlias, cast

from av.audio.stream import AudioStream
from av.error import FFmpegError
from av.packet import Packet

from engine.recognition.media.files import OpenTrack, has_moving_pictures, open_track

logger = logging.getLogger(__name__)

AudioPacket: TypeAlias = "Packet[AudioStream]"

JUMP_BACK = 1.0
"""Timestamps that fall behind by more than this start a new count; seconds."""
_MAX_FAILURES = 50
_SEEK_MARGIN = 1.5
# Formats in which a seek is exact: by a table, by bytes, or by FFmpeg's own count of packets.
_SEEKABLE = frozenset({"mov", "matroska", "wav", "w64", "aiff", "flac", "ogg", "mp3"})
# In these, time stamps after a seek are those of a reading from the start.
_INDEXED = frozenset({"mov", "flac", "wav", "w64", "aiff"})
_LONG = 600.0
"""From this declared length on, seeking to the end is quicker than reading; seconds."""
_NEAR_END = 20.0
# In these a seek divides bytes by a rate, which compressed sound has not exactly.
_BY_BYTES = frozenset({"wav", "w64", "aiff"})
# ISO/IEC 14496-3, table 1.18: sampling frequency by its index; hertz.
_ADTS_RATES = (
    *(96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000),
    *(22_050, 16_000, 12_000, 11_025, 8_000, 7_350),
)
# Page headers (RFC 3533, section 6): version 0, then flags, of which 2 marks a first page.
_OGG_FIRST_PAGE = re.compile(rb"OggS\x00[\x02\x06]")
_OGG_LATER_PAGE = re.compile(rb"OggS\x00[\x00\x01\x04\x05]")


class TimedPacket(NamedTuple):
    """A packet, its time in seconds, and what its timestamps are moved by."""

    time: float
    packet: AudioPacket
    offset: float


@dataclass(slots=True)
class PacketReader:
    """Iterate the packets of a track; bad ones are passed over."""

    track: OpenTrack
    end: float = 0.0
    """Where the last packet so far ends; seconds."""
    is_damaged: bool = False
    """Whether the file could not be read to its end."""

    def __iter__(self) -> Iterator[TimedPacket]:
        if self.track.container.format.name == "aac":
            yield from self._counted()
        else:
            yield from self._stamped()

    def _counted(self) -> Iterator[TimedPacket]:
        base, start = self.track.time_base, self.track.start
        for packet in self._packets():
            time = self.end
            self.end += _adts_duration(bytes(packet)[:7])
            yield TimedPacket(time, packet, time - (packet.pts or 0) * base + start)

    def _stamped(self) -> Iterator[TimedPacket]:
        base, start = self.track.time_base, self.track.start
        offset = 0.0
        reached: float | None = None
        for packet in self._packets():
            stamp = packet.pts if packet.pts is not None else packet.dts
            time = (reached or 0.0) if stamp is None else stamp * base - start + offset
            if reached is not None and time < reached - JUMP_BACK:
                offset += reached - time
                time = reached
            reached = time + (packet.duration or 0) * base
            self.end = max(self.end, reached)
            yield TimedPacket(time, packet, offset)

    def _packets(self) -> Iterator[AudioPacket]:
        failures = 0
        while failures < _MAX_FAILURES:
            try:
                for packet in self.track.container.demux(self.track.stream):
                    failures = 0
                    if packet.size:
                        yield packet
                self.is_damaged = self.track.file.has_failed
                return
            except (FFmpegError, OSError) as exc:
                logger.debug("a packet cannot be read: %s", type(exc).__name__)
                failures += 1
                self.is_damaged = True


class SectionFeed:
    """Hand out packets by section; those that the next section needs too are kept for it."""

    def __init__(self, reader: PacketReader) -> None:
        self._source = iter(reader)
        self._kept: deque[TimedPacket] = deque()
        self.is_exhausted = False
        """Whether the last packet was handed out."""

    def skip_to(self, begin: float) -> bool:
        """Drop what comes before the packet in which `begin` lies; tell whether that was found."""
        for timed in self._source:
            self._keep(timed, begin)
            if timed.time > begin:
                break
        return bool(self._kept) and self._kept[0].time <= begin

    def section(self, next_begin: float) -> Generator[TimedPacket, None, None]:
        """Yield the packets from where the section begins; `next_begin` is where the next does."""
        waiting, self._kept = self._kept, deque()
        try:
            while waiting:
                timed = waiting.popleft()
                self._keep(timed, next_begin)
                yield timed
            for timed in self._source:
                self._keep(timed, next_begin)
                yield timed
            self.is_exhausted = True
        finally:
            self._kept.extend(waiting)

    @property
    def latest(self) -> float:
        """Return the time of the last packet that was read; 0 if there was none."""
        return self._kept[-1].time if self._kept else 0.0

    def _keep(self, timed: TimedPacket, begin: float) -> None:
        if timed.time <= begin:
            self._kept.clear()
        self._kept.append(timed)


def seek(track: OpenTrack, time: float) -> bool:
    """Move to a little before a time; False where the format makes that unreliable."""
    names = set(track.container.format.name.split(","))
    stream = track.stream
    if not names & _SEEKABLE or (names == {"ogg"} and _is_chained(track.file.raw)):
        return False
    if names & _BY_BYTES and not stream.codec_context.codec.name.startswith("pcm_"):
        return False
    if "matroska" in names and has_moving_pictures(track.container):
        # Matroska's index lists key frames of the video; for sound alone the file would be read.
        stream = cast(AudioStream, track.container.streams.video[0])
    target = time - _SEEK_MARGIN + track.start
    try:
        track.container.seek(int(target / float(stream.time_base or 1)), stream=stream)
    except (FFmpegError, OSError) as exc:
        logger.debug("cannot seek: %s", type(exc).__name__)
        return False
    return True


def measure_duration(path: Path, track: int) -> float:
    """Return where a track really ends, by reading its packets; seconds since the start.

    Nothing is decoded. Of long recordings in formats with an index only the last packets are read.
    Raises `MediaError` like `probe`.
    """
    with open_track(path, track) as opened:
        if _seek_near_end(opened):
            end = _read_to_end(opened)
            if end is not None and end > _declared_end(opened) - _NEAR_END:
                return end
    with open_track(path, track) as opened:
        return _read_to_end(opened) or 0.0


def _seek_near_end(track: OpenTrack) -> bool:
    """Move to the last packets; False if the whole file must be read, or soon is."""
    names = set(track.container.format.name.split(","))
    is_long = _declared_end(track) > _LONG
    return is_long and bool(names & _INDEXED) and seek(track, _declared_end(track) - _NEAR_END)


def _declared_end(track: OpenTrack) -> float:
    stream = track.stream
    ticks = (stream.start_time or 0) + (stream.duration or 0)
    return ticks * track.time_base - track.start


def _read_to_end(track: OpenTrack) -> float | None:
    """Return where the last packet ends; None if there is none."""
    reader = PacketReader(track)
    last: TimedPacket | None = None
    before: TimedPacket | None = None
    for timed in reader:
        before, last = last, timed
    if last is None:
        return None
    step = before.packet.duration if before is not None else None
    end = reader.end
    if not last.packet.duration:
        end += (step or 0) * track.time_base
    elif last.packet.duration == step:
        # Containers that know it shorten the last packet; MP3 says it apart.
        end -= _padding(last.packet, track.stream.rate or 0)
    return max(0.0, end)


def _padding(packet: AudioPacket, rate: int) -> float:
    """Return how much of the end of a packet is not played (`AV_PKT_DATA_SKIP_SAMPLES`)."""
    if not rate or not packet.has_sidedata("skip_samples"):
        return 0.0
    data = bytes(packet.get_sidedata("skip_samples"))
    return int.from_bytes(data[4:8], "little") / rate


def _adts_duration(header: bytes) -> float:
    """Return how long a raw AAC packet lasts; FFmpeg takes the first packet's rate for all."""
    index = header[2] >> 2 & 0xF if len(header) == 7 else 0xF
    if index >= len(_ADTS_RATES):
        return 0.0
    return 1024 * ((header[6] & 3) + 1) / _ADTS_RATES[index]


def _is_chained(file: BinaryIO) -> bool:
    """Tell whether streams follow each other in an Ogg file: then each counts time anew."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        later = _OGG_LATER_PAGE.search(data)
        # Streams side by side all begin before the first other page.
        return later is not None and _OGG_FIRST_PAGE.search(data, later.start()) is not None
