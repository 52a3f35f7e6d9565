"""What a file says of itself, which track is meant, and how a changed file is noticed."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from engine.errors import MediaError
from engine.recognition.media import choose_track, fingerprint, probe, stream
from engine.recognition.media.tracks import loud_seconds
from tests.engine.recognition.media.media_files import (
    Sound,
    clicks,
    cut,
    found_clicks,
    noise,
    write,
)

LENGTH = 4.0
SILENCE = np.zeros((2, round(LENGTH * 44_100)), np.float32)


def test_a_probe_tells_container_length_and_tracks(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.mkv",
        Sound(SILENCE, "aac"),
        Sound(SILENCE[:1], "flac", layout="mono", is_default=True),
        video=LENGTH,
    )

    info = probe(path)

    assert "matroska" in info.container
    assert info.duration == pytest.approx(LENGTH, abs=0.1)
    assert info.has_video
    assert info.size_bytes == path.stat().st_size
    assert [(track.index, track.codec) for track in info.tracks] == [(0, "aac"), (1, "flac")]
    assert [track.channels for track in info.tracks] == [2, 1]
    assert [track.sample_rate for track in info.tracks] == [44_100, 44_100]
    assert [track.is_default for track in info.tracks] == [False, True]


def test_sound_of_no_length_is_a_recording_without_chunks(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with wave.open(str(path), "wb") as empty:
        empty.setnchannels(1)
        empty.setsampwidth(2)
        empty.setframerate(16_000)

    assert len(probe(path).tracks) == 1
    assert not list(stream(path, 0))


def test_the_only_track_is_chosen_unheard(tmp_path: Path) -> None:
    assert choose_track(write(tmp_path / "a.wav", Sound(SILENCE))) == 0


@pytest.mark.parametrize("default", [0, 1])
def test_the_default_track_is_chosen(default: int, tmp_path: Path) -> None:
    sounds = [
        Sound(noise(LENGTH, seed=number), "aac", is_default=number == default)
        for number in range(2)
    ]

    assert choose_track(write(tmp_path / "a.mkv", *sounds)) == default


def test_a_silent_default_track_is_passed_over(tmp_path: Path) -> None:
    talk = clicks([n / 4 for n in range(12)], LENGTH)
    path = write(
        tmp_path / "a.mkv",
        Sound(SILENCE, "aac", is_default=True),
        Sound(clicks([1.0], LENGTH), "aac"),
        Sound(talk, "aac"),
    )

    assert choose_track(path) == 2
    assert len(found_clicks(stream(path, 2))) == 12


def test_the_default_track_stays_if_all_are_silent(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mkv", Sound(SILENCE, "aac"), Sound(SILENCE, "aac", is_default=True))

    assert choose_track(path) == 1


def test_a_long_track_is_listened_to_in_places(tmp_path: Path) -> None:
    silence = np.zeros((1, 8_000 * 90), np.float32)
    late = clicks([30 + n / 4 for n in range(200)], 90, 8_000, (1.0,))
    path = write(
        tmp_path / "a.mkv",
        Sound(silence, "flac", 8_000, "mono", is_default=True),
        Sound(late, "flac", 8_000, "mono"),
    )

    assert choose_track(path) == 1


def test_a_damaged_track_can_be_judged(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mkv", Sound(SILENCE, "aac"), Sound(noise(LENGTH), "aac"))
    cut(path, 0.5)

    assert choose_track(path) == 1


def test_the_measure_of_speech_can_be_replaced(tmp_path: Path) -> None:
    quiet = clicks([1.0], LENGTH, gains=(0.2, 0.2))
    path = write(tmp_path / "a.mkv", Sound(noise(LENGTH), "aac"), Sound(quiet, "aac"))

    assert choose_track(path) == 0
    assert choose_track(path, lambda samples: float(abs(samples).max() < 0.12)) == 1


def test_loud_seconds_are_counted() -> None:
    samples = np.zeros(16_000 * 3, np.float32)
    samples[16_000:24_000] = 0.1

    assert loud_seconds(samples) == pytest.approx(0.5)


@pytest.mark.parametrize("track", [-1, 1])
def test_a_track_that_is_not_there_is_named(track: int, tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", Sound(SILENCE))

    with pytest.raises(MediaError) as caught:
        next(stream(path, track))

    assert caught.value.code == "media.no_audio"


def test_a_fingerprint_knows_the_bytes_and_not_the_name(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(b"sound" * 1000)
    second.write_bytes(b"sound" * 1000)

    assert fingerprint(first) == fingerprint(second)
    assert len(fingerprint(first)) == 64
    second.write_bytes(b"sound" * 999 + b"sOund")
    assert fingerprint(first) != fingerprint(second)


@pytest.mark.parametrize("change", ["first", "last", "size"])
def test_a_large_file_is_sampled(change: str, tmp_path: Path) -> None:
    path = tmp_path / "a"
    data = bytearray(20 << 20)
    path.write_bytes(data)
    before = fingerprint(path)

    if change == "size":
        data += b"\0"
    else:
        data[0 if change == "first" else -1] = 1
    path.write_bytes(data)

    assert fingerprint(path) != before


def test_a_large_file_is_not_read_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "a"
    data = bytearray(40 << 20)
    path.write_bytes(data)
    before = fingerprint(path)
    data[2 << 20] = 1
    path.write_bytes(data)

    assert fingerprint(path) == before
