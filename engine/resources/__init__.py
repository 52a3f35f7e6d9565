"""Carry what the program brings along: one short recording with known words."""

from __future__ import annotations

from pathlib import Path

SAMPLE_RECORDING = Path(__file__).parent / "sample" / "jfk.flac"
"""Eleven seconds of English speech, 16 kHz mono FLAC."""

SAMPLE_WORDS = Path(__file__).parent / "sample" / "jfk.words.txt"
"""What is said in `SAMPLE_RECORDING`; UTF-8."""
