"""The time line, the mix and the outline, on sound made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from engine.recognition.media import Chunk, PeaksBuilder, waveform_peaks
from engine.recognition.media.chunks import Canvas, Piece, cleaned, mix, mixed_channels

RATE = 16_000


def _piece(position: int, count: int, value: float = 0.5, channels: int = 1) -> Piece:
    samples = np.full((channels, count), value, np.float32)
    return Piece(position, samples, tuple(range(channels)))


def _painted(canvas: Canvas, *pieces: Piece) -> list[Piece]:
    done = [part for piece in pieces for part in canvas.add(piece)]
    return done + list(canvas.finish())


def _extent(piece: Piece) -> tuple[int, int]:
    return piece.position, piece.position + piece.samples.shape[1]


def test_pieces_are_cut_at_whole_tens_of_seconds() -> None:
    pieces = _painted(Canvas(0, 60 * RATE), _piece(5 * RATE, 20 * RATE))

    assert [_extent(piece) for piece in pieces] == [
        (5 * RATE, 10 * RATE),
        (10 * RATE, 20 * RATE),
        (20 * RATE, 25 * RATE),
    ]


def test_what_lies_outside_is_dropped() -> None:
    pieces = _painted(Canvas(100, 200), _piece(0, 50), _piece(50, 400))

    assert [_extent(piece) for piece in pieces] == [(100, 200)]


def test_a_small_hole_is_filled_and_a_large_one_kept() -> None:
    pieces = _painted(Canvas(0, 60 * RATE), _piece(0, 10), _piece(20, 10), _piece(RATE + 30, 10))

    assert [_extent(piece) for piece in pieces] == [(0, 30), (RATE + 30, RATE + 40)]
    assert not pieces[0].samples[0, 10:20].any()


def test_an_overlap_is_not_doubled() -> None:
    pieces = _painted(Canvas(0, 1000), _piece(0, 100, 0.1), _piece(50, 40), _piece(60, 60, 0.9))

    assert [_extent(piece) for piece in pieces] == [(0, 120)]
    assert pieces[0].samples[0, 99] == pytest.approx(0.1)
    assert pieces[0].samples[0, 100] == pytest.approx(0.9)


def test_another_number_of_channels_begins_another_piece() -> None:
    pieces = _painted(Canvas(0, 1000), _piece(0, 100), _piece(100, 100, channels=2))

    assert [piece.samples.shape for piece in pieces] == [(1, 100), (2, 100)]


def test_equal_channels_are_averaged() -> None:
    samples = np.array([[0.2, 0.4], [0.4, 0.8]], np.float32)

    assert mix(Piece(0, samples, (0, 1))) == pytest.approx([0.3, 0.6])


def test_a_mix_that_cancels_out_is_one_channel() -> None:
    wave = np.sin(np.arange(1000)).astype(np.float32)

    assert np.array_equal(mix(Piece(0, np.stack([wave, -wave * 1.1]), (0, 1))), wave)


def test_a_silent_channel_is_not_chosen() -> None:
    wave = np.sin(np.arange(1000)).astype(np.float32)
    channels = np.stack([wave * 0.01, wave, -wave])

    assert np.array_equal(mix(Piece(0, channels, (0, 1, 2))), wave)


def test_the_low_frequency_channel_is_left_out() -> None:
    assert mixed_channels(["FL", "FR", "FC", "LFE", "BL", "BR"]) == (0, 1, 2, 4, 5)
    assert mixed_channels(["LFE"]) == (0,)


def test_samples_are_made_finite_and_in_range() -> None:
    samples = np.array([[np.nan, np.inf, -np.inf, 2.0, 0.5]], np.float32)

    assert cleaned(samples).tolist() == [[0.0, 1.0, -1.0, 1.0, 0.5]]


def test_peaks_are_the_extremes_of_each_stretch() -> None:
    samples = np.zeros(RATE, np.float32)
    samples[100], samples[5000], samples[15_999] = 1.0, -0.5, 0.25

    peaks = waveform_peaks([Chunk(0.0, samples)], 10)

    assert peaks.dtype == np.int8
    assert peaks.shape == (10, 2)
    assert peaks[0].tolist() == [0, 127]
    assert peaks[3].tolist() == [-64, 0]
    assert peaks[9].tolist() == [0, 32]
    assert not peaks[4:9].any()


@pytest.mark.parametrize("per_second", [1, 7, 50, 300, RATE])
def test_peaks_do_not_depend_on_the_chunks(per_second: int) -> None:
    samples = np.random.default_rng(1).uniform(-1, 1, 3 * RATE).astype(np.float32)
    whole = waveform_peaks([Chunk(0.5, samples)], per_second)
    cuts = [0, 17, 5000, 5001, 30_000, samples.size]
    parts = [Chunk(0.5 + begin / RATE, samples[begin:end]) for begin, end in zip(cuts, cuts[1:])]

    assert np.array_equal(waveform_peaks(parts, per_second), whole)
    assert len(whole) == -(-7 * per_second // 2)


def test_peaks_keep_holes_and_join_channels() -> None:
    builder = PeaksBuilder(10)
    builder.add(Chunk(0.0, np.full((1600, 2), [0.5, -0.5], np.float32)))
    builder.add(Chunk(0.3, np.full(1600, 0.1, np.float32)))

    peaks = builder.peaks()

    assert peaks[:, 1].tolist() == [64, 0, 0, 13]
    assert peaks[:, 0].tolist() == [-64, 0, 0, 0]


@pytest.mark.parametrize("per_second", [0, RATE + 1])
def test_peaks_refuse_an_impossible_number(per_second: int) -> None:
    with pytest.raises(ValueError):
        PeaksBuilder(per_second)
