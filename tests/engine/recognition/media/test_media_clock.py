"""Every click is where a player has it, and reading goes to the real end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.options import Channels
from engine.recognition.media import measure_duration, stream
from tests.engine.recognition.media.media_files import (
    Sound,
    clicks,
    cut,
    end_of,
    found_clicks,
    joined,
    noise,
    write,
    write_unseekable,
)

TIMES = (1.0, 4.5, 11.2, 13.0)
LENGTH = 14.0
CLOSE = 0.06
DELAY_AAC = 1024 / 44_100
DELAY_MP3 = 1105 / 44_100

WAVE = clicks(TIMES, LENGTH)
WAVE_48 = clicks(TIMES, LENGTH, 48_000)

Maker = Callable[[Path], Path]


def _simple(name: str, sound: Sound, container: str | None = None, **options: str) -> Maker:
    def make(folder: Path) -> Path:
        return write(folder / name, sound, container=container, options=options)

    return make


def _webm_without_length(folder: Path) -> Path:
    return write_unseekable(folder / "a.webm", Sound(WAVE_48, "libopus", 48_000), "webm")


# Files without a place for the encoder's delay play it: that much later is right there.
FORMATS: dict[str, tuple[Maker, float]] = {
    "mp3": (_simple("a.mp3", Sound(WAVE, "libmp3lame")), 0.0),
    "mp3 without Xing header": (
        _simple("a.mp3", Sound(WAVE, "libmp3lame"), write_xing="0"),
        DELAY_MP3,
    ),
    "voice memo m4a": (_simple("a.m4a", Sound(WAVE, "aac"), "ipod"), 0.0),
    "alac": (_simple("a.m4a", Sound(WAVE, "alac"), "ipod"), 0.0),
    "adts": (_simple("a.aac", Sound(WAVE, "aac"), "adts"), DELAY_AAC),
    "whatsapp opus": (
        _simple("a.opus", Sound(clicks(TIMES, LENGTH, 48_000, (1.0,)), "libopus", 48_000, "mono")),
        0.0,
    ),
    "webm without length": (_webm_without_length, 0.0),
    "ts from 10,000 s": (
        _simple("a.ts", Sound(WAVE, "aac"), "mpegts", output_ts_offset="10000"),
        DELAY_AAC,
    ),
    "mp3 in ts": (_simple("a.ts", Sound(WAVE, "libmp3lame"), "mpegts"), DELAY_MP3),
    "8-bit wav": (_simple("a.wav", Sound(WAVE, "pcm_u8")), 0.0),
    "adpcm wav": (_simple("a.wav", Sound(WAVE, "adpcm_ms")), 0.0),
    "96 kHz flac": (_simple("a.flac", Sound(clicks(TIMES, LENGTH, 96_000), "flac", 96_000)), 0.0),
    "16 kHz mono float wav": (
        _simple("a.wav", Sound(clicks(TIMES, LENGTH, 16_000, (1.0,)), "pcm_f32le", 16_000, "mono")),
        0.0,
    ),
    "5.1, voice in the centre": (
        _simple(
            "a.wav",
            Sound(clicks(TIMES, LENGTH, 48_000, (0, 0, 1, 0, 0, 0)), "pcm_s16le", 48_000, "5.1"),
        ),
        0.0,
    ),
    "5.1 ac3": (
        _simple(
            "a.ac3", Sound(clicks(TIMES, LENGTH, 48_000, (1, 1, 1, 0, 1, 1)), "ac3", 48_000, "5.1")
        ),
        0.005,
    ),
    "wma": (
        _simple("a.wma", Sound(WAVE, "wmav2", bit_rate=128_000), "asf"),
        0.046,
    ),
    "inverted stereo": (_simple("a.wav", Sound(clicks(TIMES, LENGTH, gains=(1, -1)))), 0.0),
    "voice on the right": (_simple("a.wav", Sound(clicks(TIMES, LENGTH, gains=(0, 1)))), 0.0),
}


@pytest.mark.parametrize("name", FORMATS)
def test_clicks_and_end_are_where_a_player_has_them(name: str, tmp_path: Path) -> None:
    make, delay = FORMATS[name]
    path = make(tmp_path)

    chunks = list(stream(path, 0))
    found = found_clicks(chunks)
    end = end_of(chunks)

    assert found == pytest.approx([time + delay for time in TIMES], abs=0.004)
    assert found == pytest.approx(TIMES, abs=CLOSE)
    assert end == pytest.approx(LENGTH, abs=0.08)
    assert measure_duration(path, 0) == pytest.approx(end, abs=CLOSE)


@pytest.mark.parametrize("name", ["a.mkv", "a.mp4"])
def test_sound_that_begins_late_keeps_its_place(name: str, tmp_path: Path) -> None:
    path = write(tmp_path / name, Sound(WAVE, "aac", late=2.0), video=LENGTH)

    chunks = list(stream(path, 0))

    assert chunks[0].start == pytest.approx(2.0, abs=0.03)
    assert found_clicks(chunks) == pytest.approx([time + 2 for time in TIMES], abs=0.005)
    assert measure_duration(path, 0) == pytest.approx(LENGTH + 2, abs=CLOSE)


@pytest.mark.parametrize("name", ["a.mkv", "a.mp4"])
def test_a_long_hole_begins_a_later_chunk(name: str, tmp_path: Path) -> None:
    path = write(tmp_path / name, Sound(WAVE, "aac", hole=(6.0, 9.0)), video=LENGTH)

    chunks = list(stream(path, 0))

    assert found_clicks(chunks) == pytest.approx(TIMES, abs=0.005)
    assert end_of(chunks[:1]) == pytest.approx(6.0, abs=0.05)
    assert chunks[1].start == pytest.approx(9.0, abs=0.05)


@pytest.mark.parametrize("name", ["a.mkv", "a.mp4"])
def test_a_short_hole_becomes_silence(name: str, tmp_path: Path) -> None:
    path = write(tmp_path / name, Sound(noise(LENGTH), "aac", hole=(6.0, 6.5)), video=LENGTH)

    start, samples = joined(stream(path, 0))

    assert start == pytest.approx(0.0, abs=0.001)
    assert samples.size / 16_000 == pytest.approx(LENGTH, abs=CLOSE)
    assert abs(samples[int(6.1 * 16_000) : int(6.4 * 16_000)]).max() == 0
    assert abs(samples[int(5.5 * 16_000) : int(5.9 * 16_000)]).max() > 0.05


def test_a_hole_over_the_border_of_a_section_is_the_same_for_both(tmp_path: Path) -> None:
    wave = noise(70, 8_000, 1)
    path = write(tmp_path / "a.mkv", Sound(wave, "aac", 8_000, "mono", hole=(59.5, 60.3)))

    _start, samples = joined(stream(path, 0))

    assert samples.size / 16_000 == pytest.approx(70, abs=0.2)


def test_a_hole_of_several_sections_is_passed_over(tmp_path: Path) -> None:
    wave = clicks((10.0, 305.0), 310, 8_000, (1.0,))
    path = write(tmp_path / "a.mkv", Sound(wave, "aac", 8_000, "mono", hole=(20.0, 300.0)))

    assert found_clicks(stream(path, 0)) == pytest.approx([10.0, 305.0], abs=0.01)
    assert found_clicks(stream(path, 0, start=200)) == pytest.approx([305.0], abs=0.01)
    assert not list(stream(path, 0, start=70, end=80))


def test_the_sample_rate_may_change_in_raw_aac(tmp_path: Path) -> None:
    first = write(tmp_path / "a", Sound(WAVE, "aac"), container="adts")
    second = write(tmp_path / "b", Sound(WAVE_48, "aac", 48_000), container="adts")
    path = tmp_path / "c.aac"
    path.write_bytes(first.read_bytes() + second.read_bytes())
    length = measure_duration(first, 0)

    found = found_clicks(stream(path, 0))

    assert found == pytest.approx([*TIMES, *(length + time for time in TIMES)], abs=CLOSE)
    assert measure_duration(path, 0) == pytest.approx(end_of(stream(path, 0)), abs=CLOSE)


@pytest.mark.parametrize("later", [14.1, 20.0])
def test_the_sample_rate_may_change_in_a_transport_stream(later: float, tmp_path: Path) -> None:
    first = write(tmp_path / "a", Sound(WAVE, "aac"), container="mpegts")
    options = {"output_ts_offset": str(later)}
    mono = clicks(TIMES, LENGTH, 48_000, (1.0,))
    sound = Sound(mono, "aac", 48_000, "mono")
    second = write(tmp_path / "b", sound, container="mpegts", options=options)
    path = tmp_path / "c.ts"
    path.write_bytes(first.read_bytes() + second.read_bytes())

    found = found_clicks(stream(path, 0))

    assert found == pytest.approx([*TIMES, *(later + time for time in TIMES)], abs=CLOSE)


def test_timestamps_that_start_over_lose_and_double_nothing(tmp_path: Path) -> None:
    first = write(tmp_path / "a", Sound(WAVE, "aac"), container="mpegts")
    path = tmp_path / "c.ts"
    path.write_bytes(first.read_bytes() * 2)
    length = measure_duration(first, 0)

    found = found_clicks(stream(path, 0))

    assert found == pytest.approx([*TIMES, *(length + time for time in TIMES)], abs=CLOSE)
    assert measure_duration(path, 0) == pytest.approx(2 * length, abs=CLOSE)


def test_timestamps_that_overlap_a_little_double_nothing(tmp_path: Path) -> None:
    first = write(tmp_path / "a", Sound(noise(5), "aac"), container="mpegts")
    options = {"output_ts_offset": "4.5"}
    second = write(tmp_path / "b", Sound(noise(5), "aac"), container="mpegts", options=options)
    path = tmp_path / "c.ts"
    path.write_bytes(first.read_bytes() + second.read_bytes())

    _start, samples = joined(stream(path, 0))

    assert samples.size / 16_000 == pytest.approx(9.5, abs=CLOSE)


def test_rounded_timestamps_neither_drift_nor_tear(tmp_path: Path) -> None:
    times = [float(time) for time in range(5, 200, 10)]
    wave = clicks(times, 200, 22_050, (1.0,))
    path = write(tmp_path / "a.mkv", Sound(wave, "aac", 22_050, "mono"))

    start, samples = joined(stream(path, 0))

    assert start == pytest.approx(0.0, abs=0.001)
    assert samples.size / 16_000 == pytest.approx(200, abs=CLOSE)
    assert found_clicks(stream(path, 0)) == pytest.approx(times, abs=0.005)


def test_channels_stay_apart_for_speakers(tmp_path: Path) -> None:
    path = write(tmp_path / "a.flac", Sound(clicks(TIMES, LENGTH, gains=(1, 0)), "flac"))

    chunks = list(stream(path, 0, channels=Channels.SPEAKERS))

    assert all(chunk.samples.shape[1] == 2 for chunk in chunks)
    assert max(abs(chunk.samples[:, 0]).max() for chunk in chunks) > 0.4
    assert max(abs(chunk.samples[:, 1]).max() for chunk in chunks) < 0.01


def test_speakers_keep_their_number_when_the_layout_changes(tmp_path: Path) -> None:
    first = write(tmp_path / "a", Sound(noise(3), "aac"), container="adts")
    mono = Sound(noise(3, channels=1), "aac", layout="mono")
    second = write(tmp_path / "b", mono, container="adts")
    path = tmp_path / "c.aac"
    path.write_bytes(first.read_bytes() + second.read_bytes())

    shapes = {chunk.samples.shape[1] for chunk in stream(path, 0, channels=Channels.SPEAKERS)}

    assert shapes == {2}
    assert end_of(stream(path, 0)) == pytest.approx(6.05, abs=CLOSE)


def test_a_recording_in_progress_is_read_to_its_present_end(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ts", Sound(noise(40), "aac"), container="mpegts")
    whole = path.read_bytes()
    cut(path, 0.5)

    chunks = stream(path, 0)
    next(chunks)
    path.write_bytes(whole)

    assert end_of(chunks) == pytest.approx(40, abs=CLOSE)


def test_a_file_deleted_while_it_is_read_is_read_to_its_end(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp3", Sound(noise(40), "libmp3lame"))

    chunks = stream(path, 0)
    next(chunks)
    path.unlink()

    assert end_of(chunks) == pytest.approx(40, abs=CLOSE)
