"""A stretch of sound is the same bit for bit, however it was reached."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from engine.options import Channels
from engine.recognition.media import measure_duration, packets, stream
from tests.engine.recognition.media.media_files import Sound, joined, noise, write, write_unseekable

LENGTH = 130.0
RATE = 16_000

WAVE = noise(LENGTH, 16_000, 1)
STRICT = {"strict": "-2"}


def _mono(codec: str, bit_rate: int = 0, **options: str) -> Sound:
    return Sound(WAVE, codec, 16_000, "mono", bit_rate=bit_rate, codec_options=options)


SOUNDS: dict[str, tuple[str, str | None, Sound]] = {
    "mp3": ("a.mp3", None, _mono("libmp3lame")),
    "mp3 without Xing": ("b.mp3", None, _mono("libmp3lame")),
    "m4a": ("a.m4a", "ipod", _mono("aac")),
    "m4a at a low bit rate": ("a.m4a", "ipod", _mono("aac", 12_000)),
    "mkv": ("a.mkv", None, Sound(noise(LENGTH, 22_050, 1), "aac", 22_050, "mono")),
    "adts": ("a.aac", "adts", _mono("aac")),
    "ts": ("a.ts", "mpegts", _mono("aac")),
    "opus": ("a.opus", None, _mono("libopus")),
    "vorbis": ("a.ogg", None, Sound(WAVE.repeat(2, 0), "vorbis", 16_000, codec_options=STRICT)),
    "flac": ("a.flac", None, Sound(noise(LENGTH, 22_050, 1), "flac", 22_050, "mono")),
    "wav": ("a.wav", None, Sound(noise(LENGTH, 22_050, 1), "pcm_s16le", 22_050, "mono")),
    "wav 24 bit": ("a.wav", None, Sound(noise(LENGTH, 8_000), "pcm_s24le", 8_000)),
    "wav double": ("a.wav", None, _mono("pcm_f64le")),
    "adpcm": ("a.wav", None, _mono("adpcm_ms")),
    "wma": ("a.wma", "asf", _mono("wmav2", 32_000)),
}


@pytest.mark.parametrize("name", ["m4a", "flac", "wav", "wav 24 bit", "mp3", "opus"])
@pytest.mark.parametrize("kept", [1.0, 0.95, 0.5], ids=["whole", "nearly whole", "half"])
def test_the_length_from_the_last_packets_is_that_from_all(
    name: str, kept: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_name, container, sound = SOUNDS[name]
    options = {"movflags": "faststart"} if name == "m4a" else {}
    path = write(tmp_path / file_name, sound, container=container, options=options)
    content = path.read_bytes()
    path.write_bytes(content[: round(len(content) * kept)])
    monkeypatch.setattr(packets, "_LONG", 1e9)
    all_read = measure_duration(path, 0)
    monkeypatch.setattr(packets, "_LONG", 60.0)
    assert measure_duration(path, 0) == pytest.approx(all_read, abs=0.001)


@pytest.mark.parametrize("name", SOUNDS)
def test_a_stretch_reached_by_seeking_is_identical(name: str, tmp_path: Path) -> None:
    file_name, container, sound = SOUNDS[name]
    options = {"write_xing": "0"} if file_name == "b.mp3" else {}
    path = write(tmp_path / file_name, sound, container=container, options=options)
    first, whole = joined(stream(path, 0))
    base = round(first * RATE)

    for start, end in ((61.3, 63.0), (58.9, 121.2), (126.0, None)):
        begin, samples = joined(stream(path, 0, start=start, end=end))
        place = round(begin * RATE) - base
        assert begin == pytest.approx(start, abs=1e-4)
        assert end is None or samples.size == round(end * RATE) - round(start * RATE)
        assert end is not None or place + samples.size == whole.size
        assert np.array_equal(samples, whole[place : place + samples.size])


def test_video_with_sound_seeks_by_its_pictures(tmp_path: Path) -> None:
    sound = Sound(noise(LENGTH, 22_050, 1), "aac", 22_050, "mono")
    path = write(tmp_path / "a.mkv", sound, video=LENGTH)
    _first, whole = joined(stream(path, 0))

    _begin, samples = joined(stream(path, 0, start=100.0, end=101.0))

    assert np.array_equal(samples, whole[100 * RATE : 101 * RATE])


def test_a_recording_without_an_index_can_be_entered_anywhere(tmp_path: Path) -> None:
    sound = Sound(noise(LENGTH, 16_000, 1), "libopus", 16_000, "mono")
    path = write_unseekable(tmp_path / "a.webm", sound, "webm")
    _first, whole = joined(stream(path, 0))

    _begin, samples = joined(stream(path, 0, start=100.0, end=101.0))

    assert np.array_equal(samples, whole[100 * RATE : 101 * RATE])


def test_chained_ogg_is_read_from_its_beginning(tmp_path: Path) -> None:
    sound = Sound(noise(50, 16_000, 1), "libopus", 16_000, "mono")
    path = write(tmp_path / "a.opus", sound)
    path.write_bytes(path.read_bytes() * 2)
    _first, whole = joined(stream(path, 0))

    _begin, samples = joined(stream(path, 0, start=70.0, end=72.0))

    assert whole.size / RATE == pytest.approx(100, abs=0.05)
    assert np.array_equal(samples, whole[70 * RATE : 72 * RATE])


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    path = write(tmp_path / "a.m4a", Sound(noise(20), "aac"), container="ipod")

    assert np.array_equal(joined(stream(path, 0))[1], joined(stream(path, 0))[1])


def test_sound_after_the_end_is_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp3", Sound(noise(5), "libmp3lame"))

    assert not list(stream(path, 0, start=4000.0))
    assert not list(stream(path, 0, start=6.0, end=7.0))


def test_chunks_are_short_and_in_order(tmp_path: Path) -> None:
    path = write(tmp_path / "a.flac", Sound(noise(65, 8_000, 1), "flac", 8_000, "mono"))

    chunks = list(stream(path, 0))

    assert all(0 < chunk.samples.size <= 10 * RATE for chunk in chunks)
    assert [chunk.start for chunk in chunks] == sorted(chunk.start for chunk in chunks)
    assert all(chunk.samples.dtype == np.float32 for chunk in chunks)


@pytest.mark.parametrize("channels", list(Channels))
def test_memory_does_not_grow_with_the_length(channels: Channels, tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", Sound(noise(600, 8_000), rate=8_000))
    next(stream(path, 0, channels=channels))
    tracemalloc.start()
    try:
        for _chunk in stream(path, 0, channels=channels):
            pass
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    chunk_bytes = 10 * RATE * 2 * 4
    assert peak < 6 * chunk_bytes
