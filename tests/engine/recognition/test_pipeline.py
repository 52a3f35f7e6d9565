"""From a recording to a transcript, with the real small models."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim

from engine.assembly import TranscriptAssembly
from engine.errors import Cancelled, DeviceError, ModelError, OptionsError
from engine.events import (
    BlockCompleted,
    Completed,
    Event,
    Notice,
    Progress,
    ResumePoint,
    SegmentDecoded,
    Started,
)
from engine.options import Channels, ComputeOptions, Task, TranscriptionOptions
from engine.recognition import block_decoding
from engine.recognition.decoding import Decoder, Mel, WhisperDecoder, load_decoder
from engine.recognition.pipeline import transcribe
from engine.transcript.transcript import Transcript
from tests.engine.recognition.fake_decoder import FakeDecoder
from tests.engine.recognition.sounds import Sound, load, noise, save, silence, tones

ENGLISH = TranscriptionOptions(language="en", beam_size=1)


@pytest.fixture(name="tiny", scope="module")
def fixture_tiny(tiny_model: Path) -> WhisperDecoder:
    return load_decoder(tiny_model, ComputeOptions(device="cpu", replicas=2))


@pytest.fixture(name="speech", scope="module")
def fixture_speech(sample_recording: Path) -> Sound:
    return load(sample_recording)


@pytest.fixture(name="minute", scope="module")
def fixture_minute(speech: Sound, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a recording of 66 s, which is decoded in two blocks."""
    return save(tmp_path_factory.mktemp("minute") / "minute.wav", np.tile(speech, 6))


def assemble(events: Iterable[Event]) -> Transcript:
    assembly = TranscriptAssembly()
    for event in events:
        assembly.add(event)
    assert assembly.is_complete
    return assembly.transcript()


def plain(text: str) -> str:
    return " ".join(re.findall(r"[\w']+", text.lower()))


def said(transcript: Transcript) -> str:
    return plain("".join(segment.text for segment in transcript.segments))


def test_the_sample_gives_its_sentence(
    base_model: Path, sample_recording: Path, sample_words: str
) -> None:
    decoder = load_decoder(base_model, ComputeOptions(device="cpu", replicas=2))
    transcript = assemble(transcribe(sample_recording, TranscriptionOptions(), decoder))
    assert said(transcript) == plain(sample_words)
    info = transcript.info
    assert (info.language, info.track) == ("en", 0)
    assert info.duration == pytest.approx(11.0, abs=0.05)
    assert 8 < info.speech_duration <= 11.05
    words = [word for segment in transcript.segments for word in segment.words]
    assert all(word.start <= word.end for word in words)
    assert len({word.id for word in words}) == len(words)
    assert all(round(word.start, 3) == word.start for word in words)


def test_events_come_in_their_order(minute: Path, tiny: WhisperDecoder) -> None:
    events = list(transcribe(minute, ENGLISH, tiny, run="myrun"))
    assert isinstance(events[0], Started) and events[0].run == "myrun"
    assert [block.index for block in events[0].blocks] == [0, 1]
    assert isinstance(events[-1], Completed)
    progress = [event for event in events if isinstance(event, Progress)]
    assert [event.done for event in progress] == sorted(event.done for event in progress)
    assert progress[-1].done == progress[-1].total == pytest.approx(66.0, abs=0.05)
    ended: set[int] = set()
    for event in events:
        if isinstance(event, SegmentDecoded):
            assert event.block not in ended, "nothing comes for a completed block"
        if isinstance(event, BlockCompleted):
            ended.add(event.block.index)
    assert ended == {0, 1}


@pytest.mark.parametrize("replicas", [1, 3])
def test_the_number_of_replicas_changes_nothing(
    minute: Path, tiny: WhisperDecoder, tiny_model: Path, replicas: int
) -> None:
    other = load_decoder(tiny_model, ComputeOptions(device="cpu", replicas=replicas))
    expected = assemble(transcribe(minute, ENGLISH, tiny, run="r"))
    assert assemble(transcribe(minute, ENGLISH, other, run="r")) == expected


def test_one_block_equals_the_sequential_loop_of_the_reference(
    tiny: WhisperDecoder,
    tiny_model: Path,
    speech: Sound,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = save(tmp_path / "a.wav", np.tile(speech, 3))
    whisper = WhisperModel(str(tiny_model), device="cpu", compute_type="int8", cpu_threads=1)
    theirs, _ = whisper.transcribe(
        str(path), language="en", beam_size=5, temperature=[0.0], word_timestamps=True
    )
    expected = [word for segment in theirs for word in segment.words or []]
    features = whisper.feature_extractor(load(path))

    def same_features(_: Sound, first: int, count: int, __: int) -> Sound:
        """Stand in for our spectrogram: a difference of a ten-millionth flips beams."""
        window: Sound = pad_or_trim(features[:, first : first + count])
        return window

    monkeypatch.setattr(block_decoding, "window_mel", same_features)
    transcript = assemble(transcribe(path, TranscriptionOptions(language="en"), tiny))
    ours = [word for segment in transcript.segments for word in segment.words]
    assert [word.text for word in ours] == [word.word for word in expected]
    times = [time for word in ours for time in (word.start, word.end)]
    assert times == pytest.approx([time for word in expected for time in (word.start, word.end)])


def until_first_block(events: Iterator[Event]) -> ResumePoint:
    assembly = TranscriptAssembly()
    for event in events:
        assembly.add(event)
        if isinstance(event, BlockCompleted):
            break
    point = assembly.resume_point()
    assert point is not None and len(point.completed) == 1
    return point


def test_a_resumed_job_gives_the_same_transcript(minute: Path, tiny: WhisperDecoder) -> None:
    expected = assemble(transcribe(minute, ENGLISH, tiny, run="r"))
    first: list[Event] = []

    def recorded() -> Iterator[Event]:
        for event in transcribe(minute, ENGLISH, tiny, run="r"):
            first.append(event)
            yield event

    point = until_first_block(recorded())
    rest = list(transcribe(minute, ENGLISH, tiny, resume_from=point))
    decoded = {event.block for event in rest if isinstance(event, SegmentDecoded)}
    assert decoded.isdisjoint(point.completed)
    assert assemble([*first, *rest]) == expected


def test_blocks_finished_out_of_order_are_not_decoded_again(
    minute: Path, tiny: WhisperDecoder
) -> None:
    events = list(transcribe(minute, ENGLISH, tiny, run="r"))
    assembly = TranscriptAssembly()
    for event in events:
        if not isinstance(event, (BlockCompleted, Completed)):
            assembly.add(event)
        elif isinstance(event, BlockCompleted) and event.block.index == 1:
            assembly.add(event)
    point = assembly.resume_point()
    assert point is not None and point.completed == (1,)
    rest = list(transcribe(minute, ENGLISH, tiny, resume_from=point))
    assert {event.block for event in rest if isinstance(event, SegmentDecoded)} == {0}
    assert [event for event in rest if isinstance(event, SegmentDecoded)] == [
        event for event in events if isinstance(event, SegmentDecoded) and event.block == 0
    ]


def test_a_changed_recording_starts_over_and_says_so(
    minute: Path, tiny: WhisperDecoder, speech: Sound, tmp_path: Path
) -> None:
    point = until_first_block(transcribe(minute, ENGLISH, tiny, run="r"))
    other = save(tmp_path / "other.wav", speech)
    events = list(transcribe(other, ENGLISH, tiny, resume_from=point))
    assert isinstance(events[0], Notice) and events[0].code == "media.changed"
    assert isinstance(events[1], Started) and events[1].run != "r"


def test_other_cuts_start_over_and_say_so(minute: Path, tiny: WhisperDecoder) -> None:
    point = until_first_block(transcribe(minute, ENGLISH, tiny, run="r"))
    later = TranscriptionOptions(language="en", beam_size=1, start=40.0)
    events = list(transcribe(minute, later, tiny, resume_from=point))
    assert isinstance(events[0], Notice) and events[0].code == "options.changed"
    assert isinstance(events[1], Started) and events[1].run != "r"


def test_a_language_that_the_model_does_not_know_is_refused(
    base_model: Path, sample_recording: Path
) -> None:
    decoder = load_decoder(base_model, ComputeOptions(device="cpu", replicas=1))
    with pytest.raises(OptionsError) as caught:
        list(transcribe(sample_recording, TranscriptionOptions(language="yue"), decoder))
    assert "Cantonese" in caught.value.detail


def test_no_thread_works_on_after_a_job_was_left(minute: Path, tiny: WhisperDecoder) -> None:
    before = threading.active_count()
    with pytest.raises(Cancelled):
        list(transcribe(minute, ENGLISH, tiny, is_cancelled=lambda: True))
    assert threading.active_count() == before


def test_a_cancelled_job_unwinds(minute: Path, tiny: WhisperDecoder) -> None:
    seen: list[Event] = []
    with pytest.raises(Cancelled):
        for event in transcribe(minute, ENGLISH, tiny, is_cancelled=lambda: len(seen) > 2):
            seen.append(event)
    assert not [event for event in seen if isinstance(event, Completed)]


def test_each_channel_can_be_a_speaker(tiny: WhisperDecoder, speech: Sound, tmp_path: Path) -> None:
    pause = silence(11)
    path = save(
        tmp_path / "call.wav", np.concatenate([speech, pause]), np.concatenate([pause, speech])
    )
    options = TranscriptionOptions(language="en", channels=Channels.SPEAKERS, beam_size=1)
    transcript = assemble(transcribe(path, options, tiny))
    speakers = [segment.speaker for segment in transcript.segments]
    assert speakers[0] == "channel-1" and speakers[-1] == "channel-2"
    assert [speaker.id for speaker in transcript.speakers] == ["channel-1", "channel-2"]
    assert all(
        segment.end < 11.5 for segment in transcript.segments if segment.speaker == "channel-1"
    )


def test_a_range_keeps_the_times_of_the_recording(
    tiny: WhisperDecoder, speech: Sound, tmp_path: Path
) -> None:
    path = save(tmp_path / "a.wav", np.concatenate([silence(20), speech, silence(20)]))
    options = TranscriptionOptions(language="en", start=15.0, end=40.0)
    transcript = assemble(transcribe(path, options, tiny))
    assert 19.5 < transcript.segments[0].start < 21
    assert transcript.segments[-1].end < 31.5


@pytest.mark.parametrize("vad", [True, False])
@pytest.mark.parametrize(
    "sound", [silence(35), noise(35), tones(35)], ids=["silence", "noise", "tones"]
)
def test_nothing_is_invented_where_nobody_speaks(
    tiny: WhisperDecoder, tmp_path: Path, sound: Sound, vad: bool
) -> None:
    path = save(tmp_path / "a.wav", sound)
    options = TranscriptionOptions(language="en", vad=vad)
    assert not assemble(transcribe(path, options, tiny)).segments


def test_english_only_models_refuse_other_languages(
    tiny: WhisperDecoder, sample_recording: Path
) -> None:
    for options in (
        TranscriptionOptions(language="de"),
        TranscriptionOptions(task=Task.TRANSLATE),
    ):
        with pytest.raises(ModelError) as caught:
            next(iter(transcribe(sample_recording, options, tiny)))
        assert caught.value.code == "model.english_only"


def test_a_track_that_is_not_there_is_named(tiny: WhisperDecoder, sample_recording: Path) -> None:
    with pytest.raises(OptionsError) as caught:
        next(iter(transcribe(sample_recording, TranscriptionOptions(track=3), tiny)))
    assert caught.value.detail == "there is no track 3, only track 0"


def test_a_start_behind_the_end_is_refused(tiny: WhisperDecoder, sample_recording: Path) -> None:
    with pytest.raises(OptionsError) as caught:
        next(iter(transcribe(sample_recording, TranscriptionOptions(start=20.0), tiny)))
    assert caught.value.detail == "the recording ends at 11.0 s already"


def test_a_failure_in_a_replica_ends_the_job_with_its_error(tiny_model: Path, minute: Path) -> None:
    decoder: Decoder[Mel] = FakeDecoder(
        tiny_model, lambda *_: DeviceError("device.out_of_memory"), replicas=2
    )
    with pytest.raises(DeviceError):
        list(transcribe(minute, ENGLISH, decoder))


def test_closing_the_events_early_ends_the_threads(minute: Path, tiny: WhisperDecoder) -> None:
    events = transcribe(minute, ENGLISH, tiny)
    for event in events:
        if isinstance(event, Progress):
            break
    events.close()  # type: ignore[attr-defined]  # a generator
    again = list(transcribe(minute, ENGLISH, tiny))
    assert isinstance(again[-1], Completed)


def test_a_truncated_recording_keeps_what_could_be_read(
    tiny: WhisperDecoder, speech: Sound, tmp_path: Path
) -> None:
    whole = save(tmp_path / "whole.wav", np.tile(speech, 2)).read_bytes()
    path = tmp_path / "half.wav"
    path.write_bytes(whole[: len(whole) * 2 // 3])
    events = list(transcribe(path, ENGLISH, tiny))
    assert "country" in said(assemble(events))
    assert [event.code for event in events if isinstance(event, Notice)] == ["media.truncated"]
    assert isinstance(events[-1], Completed)
