"""Read recordings: probe them, and stream their sound as 16 kHz float32 with times on one clock.

Every time is the presentation time minus the container's start, what a player shows. This is the
front of the package; everything else imports from here.
"""

from __future__ import annotations

from engine.recognition.media.chunks import SAMPLE_RATE, Chunk
from engine.recognition.media.packets import measure_duration
from engine.recognition.media.peaks import PeaksBuilder, waveform_peaks
from engine.recognition.media.probe import probe
from engine.recognition.media.stream import stream
from engine.recognition.media.tracks import choose_track
from engine.recording_file import fingerprint

__all__ = [
    "SAMPLE_RATE",
    "Chunk",
    "PeaksBuilder",
    "choose_track",
    "fingerprint",
    "measure_duration",
    "probe",
    "stream",
    "waveform_peaks",
]
