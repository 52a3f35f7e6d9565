"""Tell whether a recording ends before it should: only where the file itself proves it."""

from __future__ import annotations

import os
import re
from typing import BinaryIO

from engine.recognition.media.files import OpenTrack
from engine.recognition.media.packets import PacketReader

TOLERANCE = 1.0
"""A declared length may be wrong by this much; seconds."""

# Formats that declare the length of a track; others only guess it from the bit rate.
_DECLARING = frozenset({"mov", "w64", "aiff", "caf", "flac", "tta", "wv", "ape"})
_HEAD_BYTES = 4096
_UNKNOWN_LENGTH = 0x7FFF0000
_DATA_TOLERANCE = 4096
_MATROSKA_SEGMENT = b"\x18\x53\x80\x67"


def is_cut_short(track: OpenTrack, reader: PacketReader) -> bool:
    """Compare where reading ended with where the file says that it ends."""
    if reader.is_damaged:
        return True
    names = set(track.container.format.name.split(","))
    if "wav" in names:
        return _ends_inside_data(track.file.raw)
    if "matroska" in names:
        return _ends_inside_segment(track.file.raw)
    if names & _DECLARING or ("mp3" in names and _counts_its_frames(track.file.raw)):
        stream = track.stream
        ticks = (stream.start_time or 0) + (stream.duration or 0)
        return reader.end < ticks * track.time_base - track.start - TOLERANCE
    return False


def _counts_its_frames(file: BinaryIO) -> bool:
    """Tell whether an MP3 file begins with a Xing, Info or VBRI header."""
    file.seek(0)
    head = file.read(10)
    begin = 0
    if head[:3] == b"ID3" and len(head) == 10:
        # Seven bits a byte: ID3v2.4, section 6.2.
        begin = 10 + sum(byte << shift for byte, shift in zip(head[6:], (21, 14, 7, 0)))
    file.seek(begin)
    return re.search(rb"Xing|Info|VBRI", file.read(_HEAD_BYTES)) is not None


def _ends_inside_data(file: BinaryIO) -> bool:
    """Tell whether a WAV file is shorter than its data chunk says."""
    size = os.fstat(file.fileno()).st_size
    place = 12
    while place + 8 <= size:
        file.seek(place)
        head = file.read(8)
        length = int.from_bytes(head[4:], "little")
        if head[:4] == b"data":
            # Recorders that could not go back left 0 or the largest number.
            return length < _UNKNOWN_LENGTH and place + 8 + length > size + _DATA_TOLERANCE
        place += 8 + length + length % 2
    return False


def _ends_inside_segment(file: BinaryIO) -> bool:
    """Tell whether a Matroska file is shorter than its segment says (RFC 8794, section 4)."""
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    place = head.find(_MATROSKA_SEGMENT) + len(_MATROSKA_SEGMENT)
    if place < len(_MATROSKA_SEGMENT) or place >= len(head) or not head[place]:
        return False
    length = 9 - head[place].bit_length()
    mask = (1 << 7 * length) - 1
    size = int.from_bytes(head[place : place + length], "big") & mask
    is_unknown = size == mask
    return not is_unknown and place + length + size > os.fstat(file.fileno()).st_size
