"""The sequential loop with repeatable retries: nothing dropped, loops marked, gaps closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from faster_whisper.audio import decode_audio
from faster_whisper.tokenizer import Tokenizer
from numpy.typing import NDArray

from engine.events import Block, BlockCompleted, GapFound, SegmentDecoded
from engine.options import Task, TranscriptionOptions
from engine.recognition.block_decoding import BlockDecoding, BlockEvent, BlockSound, Brief, Reached
from engine.recognition.decoding import Hypothesis, Mel, Search
from engine.recognition.spelling import Spelling
from tests.engine.recognition.fake_decoder import Answer, FakeDecoder

Sound = NDArray[np.float32]
Said = tuple[float, str, float]


@pytest.fixture(name="speech", scope="module")
def fixture_speech(sample_recording: Path) -> Sound:
    sound: Sound = decode_audio(str(sample_recording))
    return sound


@pytest.fixture(name="tokenizer", scope="module")
def fixture_tokenizer(tiny_model: Path) -> Tokenizer:
    return FakeDecoder(tiny_model, lambda *_: RuntimeError()).tokenizer("en", Task.TRANSCRIBE)


@pytest.fixture(name="say")
def fixture_say(tokenizer: Tokenizer) -> Callable[..., Hypothesis]:
    def say(*parts: Said, logprob: float = -0.2, no_speech: float = 0.0) -> Hypothesis:
        tokens: list[int] = []
        for start, text, end in parts:
            begin = tokenizer.timestamp_begin
            tokens += [begin + round(start * 50), *tokenizer.encode(text), begin + round(end * 50)]
        return Hypothesis(tuple(tokens), tokenizer.decode(tokens).strip(), logprob, no_speech, 0.0)

    return say


def decode(
    decoder: FakeDecoder,
    sound: Sound,
    options: TranscriptionOptions | None = None,
    start: float = 0,
) -> list[BlockEvent]:
    options = options or TranscriptionOptions(language="en")
    brief: Brief[Mel] = Brief(decoder, options, "hash", "run", "en", Spelling(options.glossary))
    block = Block(3, start, start + len(sound) / 16_000)
    return list(BlockDecoding(BlockSound(block, sound), brief).events())


def segments(events: Sequence[BlockEvent], removed: str | None = None) -> list[str]:
    return [
        event.segment.text
        for event in events
        if isinstance(event, SegmentDecoded) and event.removed == removed
    ]


def always(hypothesis: Hypothesis) -> Callable[[Sequence[int], Search], Answer]:
    return lambda prompt, search: hypothesis


def in_turn(*answers: Answer) -> Callable[[Sequence[int], Search], Answer]:
    waiting = list(answers)
    return lambda prompt, search: waiting.pop(0)


def test_words_get_ids_times_and_the_offset_of_the_block(
    tiny_model: Path, speech: Sound, say: Callable[..., Hypothesis]
) -> None:
    decoder = FakeDecoder(tiny_model, always(say((0.0, " Hello world", 11.0))))
    events = decode(decoder, speech, start=100.0)
    decoded = [event for event in events if isinstance(event, SegmentDecoded)]
    words = decoded[0].segment.words
    assert [word.id for word in words] == ["run.3.0", "run.3.1"]
    assert decoded[0].segment.id == "run.3.0"
    assert [(word.start, word.end) for word in words] == [(100.0, 105.5), (105.5, 111.0)]
    assert decoded[0].segment.text == " Hello world"
    assert isinstance(events[-1], BlockCompleted) and events[-1].speech > 5
    assert isinstance(events[-2], Reached) and events[-2].position == pytest.approx(11.0)


def test_what_was_said_is_the_prompt_of_the_next_window(
    tiny_model: Path, speech: Sound, say: Callable[..., Hypothesis], tokenizer: Tokenizer
) -> None:
    answers = in_turn(
        say((0.0, " First part", 29.0), (29.0, " cut", 30.0)), say((0.0, " Second", 14.0))
    )
    decoder = FakeDecoder(tiny_model, answers)
    options = TranscriptionOptions(
        language="en", initial_prompt="Topic", hotwords=("alpha",), glossary=("beta",)
    )
    decode(decoder, np.tile(speech, 4), options)
    first, second = (tokenizer.decode(prompt) for prompt in decoder.prompts[:2])
    assert first == " alpha, beta Topic"
    assert second.startswith(" alpha, beta Topic First part")


def test_a_window_without_speech_is_passed_over(
    tiny_model: Path, say: Callable[..., Hypothesis]
) -> None:
    decoder = FakeDecoder(tiny_model, always(say((0.0, " You", 2.0))))
    silence = np.zeros(40 * 16_000, np.float32)
    assert segments(decode(decoder, silence)) == []
    assert not decoder.searches


def test_without_speech_detection_inventions_are_kept_apart(
    tiny_model: Path, say: Callable[..., Hypothesis]
) -> None:
    decoder = FakeDecoder(tiny_model, always(say((0.0, " You", 2.0), no_speech=0.9)))
    silence = np.zeros(20 * 16_000, np.float32)
    events = decode(decoder, silence, TranscriptionOptions(language="en", vad=False))
    assert segments(events) == []
    assert segments(events, "stock_phrase")


def test_a_failed_window_is_decoded_again_without_sampling(
    tiny_model: Path, speech: Sound, say: Callable[..., Hypothesis]
) -> None:
    loop = say((0.0, " on and on" * 30, 11.0), logprob=-0.1)
    good = say((0.0, " Clear words now", 11.0), logprob=-0.3)
    decoder = FakeDecoder(tiny_model, in_turn(loop, loop, good))
    options = TranscriptionOptions(language="en", initial_prompt="Topic")
    assert segments(decode(decoder, speech, options)) == [" Clear words now"]
    assert [search.temperature for search in decoder.searches] == [0, 0, 0]
    assert decoder.searches[2].no_repeat_ngram_size > 0
    assert len(decoder.prompts[0]) > len(decoder.prompts[1]), "the second try has no prompt"


def test_of_all_failed_tries_the_most_probable_stays_and_is_marked(
    tiny_model: Path, speech: Sound, say: Callable[..., Hypothesis]
) -> None:
    tries = [say((0.0, f" try {number}", 11.0), logprob=-1.1 - number) for number in (2, 1, 3)]
    decoder = FakeDecoder(tiny_model, in_turn(*tries, *tries))
    events = decode(decoder, speech)
    assert segments(events, "improbable") == [" try 1", " try 1"], "in the second look as well"
    assert [event for event in events if isinstance(event, GapFound)]


def test_a_loop_that_no_retry_mends_is_marked_and_its_first_sentence_kept(
    tiny_model: Path, speech: Sound, say: Callable[..., Hypothesis]
) -> None:
    loop = say(*((index * 0.5, " Here we go again", index * 0.5 + 0.5) for index in range(20)))
    decoder = FakeDecoder(tiny_model, always(loop))
    events = decode(decoder, speech)
    assert segments(events)[0] == " Here we go again"
    assert len(segments(events, "repetition")) >= 19


def test_the_last_moment_of_a_block_is_not_decoded_on_its_own(
    tiny_model: Path, speech: Sound, say: Callable[..., Hypothesis]
) -> None:
    heard = say((0.0, " All of it", 10.2), (10.2, "", 10.2))
    decoder = FakeDecoder(tiny_model, in_turn(heard))
    assert segments(decode(decoder, speech)) == [" All of it"]


def test_a_loop_never_wins_by_being_sure_of_itself(
    tiny_model: Path, speech: Sound, say: Callable[..., Hypothesis]
) -> None:
    loop = say((0.0, " on and on" * 30, 11.0), logprob=-0.1)
    unsure = say((0.0, " Something else", 11.0), logprob=-1.2)
    decoder = FakeDecoder(tiny_model, in_turn(loop, loop, unsure, *[unsure] * 9))
    events = decode(decoder, speech)
    assert segments(events, "improbable")[0] == " Something else"
    assert not segments(events, "repetition")


def test_temperatures_replace_the_repeatable_retries(
    tiny_model: Path, speech: Sound, say: Callable[..., Hypothesis]
) -> None:
    bad = say((0.0, " hm", 11.0), logprob=-1.5)
    decoder = FakeDecoder(tiny_model, in_turn(bad, say((0.0, " Clear", 11.0))))
    options = TranscriptionOptions(language="en", temperatures=(0.4, 0.8))
    assert segments(decode(decoder, speech, options)) == [" Clear"]
    assert [search.temperature for search in decoder.searches] == [0.0, 0.4]


def test_speech_that_the_model_takes_for_silence_is_kept_as_removed_and_tried_again(
    tiny_model: Path, speech: Sound, say: Callable[..., Hypothesis]
) -> None:
    silent = say((0.0, " Mumble", 11.0), logprob=-1.5, no_speech=0.9)
    decoder = FakeDecoder(tiny_model, in_turn(silent, say((0.0, " Ask not", 11.0))))
    events = decode(decoder, speech)
    assert segments(events, "no_speech") == [" Mumble"]
    assert segments(events) == [" Ask not"], "speech without text is decoded once more"
    assert not [event for event in events if isinstance(event, GapFound)]


def test_speech_that_stays_without_text_becomes_a_gap(
    tiny_model: Path, speech: Sound, say: Callable[..., Hypothesis]
) -> None:
    decoder = FakeDecoder(tiny_model, always(say((0.0, " Start", 1.0))))
    events = decode(decoder, np.tile(speech, 2), start=50.0)
    gaps = [event.gap for event in events if isinstance(event, GapFound)]
    assert gaps and all(50.0 <= gap.start < gap.end <= 72.1 for gap in gaps)
    assert all(event.block == 3 for event in events if isinstance(event, GapFound))


def test_text_that_cannot_be_aligned_becomes_one_word(
    tiny_model: Path, speech: Sound, say: Callable[..., Hypothesis]
) -> None:
    decoder = FakeDecoder(tiny_model, always(say((1.0, " Hello world", 10.0))), aligned=False)
    decoded = [event for event in decode(decoder, speech) if isinstance(event, SegmentDecoded)]
    assert [word.text for word in decoded[0].segment.words] == [" Hello world"]
    assert (decoded[0].segment.start, decoded[0].segment.end) == (0.0, 10.0)


def test_words_never_leave_the_block(
    tiny_model: Path, speech: Sound, say: Callable[..., Hypothesis]
) -> None:
    decoder = FakeDecoder(tiny_model, always(say((8.0, " Far out there", 29.0))))
    decoded = [event for event in decode(decoder, speech) if isinstance(event, SegmentDecoded)]
    assert all(word.end <= 11.0 for event in decoded for word in event.segment.words)


def test_a_window_without_text_is_no_segment(
    tiny_model: Path, speech: Sound, say: Callable[..., Hypothesis]
) -> None:
    decoder = FakeDecoder(tiny_model, always(say((0.0, "", 11.0))))
    events = decode(decoder, speech)
    assert segments(events) == []
    assert [event for event in events if isinstance(event, GapFound)]


def test_a_glossary_mends_the_spelling(
    tiny_model: Path, speech: Sound, say: Callable[..., Hypothesis]
) -> None:
    decoder = FakeDecoder(tiny_model, always(say((0.0, " mister kowalski spoke", 11.0))))
    options = TranscriptionOptions(language="en", glossary=("Kowalski",))
    assert segments(decode(decoder, speech, options)) == [" mister Kowalski spoke"]


def test_a_channel_is_a_speaker(
    tiny_model: Path, speech: Sound, say: Callable[..., Hypothesis]
) -> None:
    decoder = FakeDecoder(tiny_model, always(say((0.0, " Hello", 11.0))))
    brief: Brief[Mel] = Brief(decoder, TranscriptionOptions(), "h", "run", "en", Spelling(()))
    sound = BlockSound(Block(1, 0.0, 11.0, channel=1), speech)
    decoded = [e for e in BlockDecoding(sound, brief).events() if isinstance(e, SegmentDecoded)]
    assert decoded[0].segment.speaker == "channel-2"


def test_the_language_of_each_block_can_be_detected(
    base_model: Path, speech: Sound, say: Callable[..., Hypothesis]
) -> None:
    decoder = FakeDecoder(
        base_model, always(say((0.0, " Hallo", 11.0))), is_multilingual=True, spoken=[{"de": 0.9}]
    )
    options = TranscriptionOptions(language_per_block=True)
    decode(decoder, speech, options)
    german = decoder.tokenizer("de", Task.TRANSCRIBE)
    assert decoder.prompts[0] == german.sot_sequence
