"""The prompt of a window, and how decoded tokens are cut at timestamps."""

from __future__ import annotations

from pathlib import Path

import pytest
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from hypothesis import given
from hypothesis import strategies as st

from engine.options import ComputeOptions, Task
from engine.recognition.decoding import load_decoder
from engine.recognition.windows import PROMPT_TOKENS, build_prompt, split_at_timestamps

BEGIN = 50_363


@pytest.fixture(name="tokenizer", scope="module")
def fixture_tokenizer(tiny_model: Path) -> Tokenizer:
    decoder = load_decoder(tiny_model, ComputeOptions(device="cpu", replicas=1))
    return decoder.tokenizer("en", Task.TRANSCRIBE)


def test_without_context_the_prompt_is_only_the_start(tokenizer: Tokenizer) -> None:
    assert build_prompt(tokenizer, (), ()) == tokenizer.sot_sequence


def test_hotwords_stand_before_what_was_said(tokenizer: Tokenizer) -> None:
    prompt = build_prompt(tokenizer, [7, 8], [5])
    assert prompt == [tokenizer.sot_prev, 5, 7, 8, *tokenizer.sot_sequence]


def test_a_long_context_never_exceeds_half_of_what_the_model_reads(tokenizer: Tokenizer) -> None:
    prompt = build_prompt(tokenizer, list(range(1000)), list(range(500)))
    context = prompt[1 : -len(tokenizer.sot_sequence)]
    assert len(context) == PROMPT_TOKENS
    assert context[-1] == 999, "the latest words stay"
    assert context[0] == 0, "half of the room is the hotwords'"


def test_pairs_of_timestamps_end_segments() -> None:
    tokens = [BEGIN, 1, 2, BEGIN + 100, BEGIN + 100, 3, BEGIN + 250, BEGIN + 250]
    segments, seek, ends = split_at_timestamps(tokens, BEGIN, 1000, 3000)
    assert [(item.start, item.end) for item in segments] == [(10.0, 12.0), (12.0, 15.0)]
    assert seek == 1000 + 500, "the loop goes on where the last whole segment ended"
    assert not ends


def test_a_single_timestamp_at_the_end_closes_the_window() -> None:
    tokens = [BEGIN, 1, BEGIN + 100, BEGIN + 100, 2, BEGIN + 200]
    segments, seek, ends = split_at_timestamps(tokens, BEGIN, 0, 3000)
    assert [item.tokens for item in segments] == [
        (BEGIN, 1, BEGIN + 100),
        (BEGIN + 100, 2, BEGIN + 200),
    ]
    assert (seek, ends) == (3000, True)


def test_text_without_pairs_is_one_segment() -> None:
    segments, seek, _ = split_at_timestamps([BEGIN, 1, 2, BEGIN + 150], BEGIN, 0, 2000)
    assert [(item.start, item.end) for item in segments] == [(0.0, 3.0)]
    assert seek == 2000
    segments, _, _ = split_at_timestamps([1, 2], BEGIN, 0, 2000)
    assert [(item.start, item.end) for item in segments] == [(0.0, 20.0)]


@given(
    st.lists(st.one_of(st.integers(1, 50), st.integers(BEGIN, BEGIN + 1500)), max_size=40),
    st.integers(0, 10_000),
    st.integers(1, 3000),
)
def test_cutting_equals_the_reference(
    whisper: WhisperModel, tokens: list[int], seek: int, frames: int
) -> None:
    class Begin:
        timestamp_begin = BEGIN

    theirs, their_seek, their_end = whisper._split_segments_by_timestamps(
        Begin(), tokens, seek / 100, frames, frames / 100, seek
    )
    ours, our_seek, our_end = split_at_timestamps(tokens, BEGIN, seek, frames)
    assert [list(item.tokens) for item in ours] == [item["tokens"] for item in theirs]
    assert [item.start for item in ours] == pytest.approx([item["start"] for item in theirs])
    assert (our_seek, our_end) == (their_seek, their_end)


@pytest.fixture(name="whisper", scope="module")
def fixture_whisper(tiny_model: Path) -> WhisperModel:
    return WhisperModel(str(tiny_model), device="cpu", compute_type="int8", cpu_threads=1)
