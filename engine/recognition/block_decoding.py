"""Decode one block exactly as Whisper's sequential loop does, with repeatable retries around it.

After faster-whisper's `generate_segments`: a window of 30 s at a time, the text before it as
prompt, going on where the last whole segment ended. Nothing outside the block's own sound plays a
part, so that a block gives the same text whenever and beside whatever it is decoded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic

from faster_whisper.tokenizer import Tokenizer

from engine.events import Block, BlockCompleted, GapFound, SegmentDecoded
from engine.options import TranscriptionOptions
from engine.recognition.decoding import (
    Decoder,
    Encoded,
    Hypothesis,
    Search,
)
from engine.recognition.language import detect_language, places
from engine.recognition.mel import FRAMES_PER_SECOND, HOP, WINDOW_FRAMES, window_mel
from engine.recognition.quality import (
    NO_SPEECH,
    REPETITION,
    find_fault,
    uncovered_speech,
)
from engine.recognition.segment_maker import SegmentMaker
from engine.recognition.sound import AnySound, unpack
from engine.recognition.spelling import Spelling
from engine.recognition.vad import Span, SpeechTrack, overlap, speech_spans, total
from engine.recognition.windows import build_prompt, split_at_timestamps
from engine.transcript.transcript import Gap, seconds

SHORTEST_GAP = 2.0
"""Seconds of speech without a word that are worth another try."""

LONGEST_TAIL = 1.0
"""Seconds of speech after the last word of a block that are not decoded again."""

_GAP_MARGIN = 0.2


@dataclass(frozen=True, slots=True)
class BlockSound:
    """A block together with its sound: shape (n,), 16 kHz mono."""

    block: Block
    audio: AnySound

    @property
    def seconds(self) -> float:
        """Return the length of the sound."""
        return len(self.audio) / (HOP * FRAMES_PER_SECOND)


@dataclass(frozen=True, slots=True)
class Brief(Generic[Encoded]):
    """What is the same for all blocks of a job."""

    decoder: Decoder[Encoded]
    options: TranscriptionOptions
    options_hash: str
    run: str
    language: str
    spelling: Spelling


@dataclass(frozen=True, slots=True)
class Reached:
    """Tell how far a block is: seconds from its start."""

    block: int
    position: float


@dataclass(frozen=True, slots=True)
class _Window:
    seek: int
    """First frame, counted from the start of the block."""
    frames: int
    speech: float
    """Seconds of speech in it."""

    @property
    def start(self) -> float:
        return self.seek / FRAMES_PER_SECOND

    @property
    def end(self) -> float:
        return (self.seek + self.frames) / FRAMES_PER_SECOND


BlockEvent = SegmentDecoded | GapFound | BlockCompleted | Reached


class BlockDecoding(Generic[Encoded]):
    """Decode one block; iterate `events` once."""

    def __init__(self, sound: BlockSound, brief: Brief[Encoded]) -> None:
        self._block = sound.block
        self._audio = sound.audio
        self._length = sound.seconds
        self._brief = brief
        self._speech_track = SpeechTrack(sound.audio)
        language = _spoken_in(sound, brief) if brief.options.language_per_block else brief.language
        self._tokenizer = brief.decoder.tokenizer(language, brief.options.task)
        self._hotwords = _encode_hotwords(self._tokenizer, brief.options)
        self._frames = len(sound.audio) // HOP
        self._segments = SegmentMaker(sound.block, sound.seconds, brief.run, brief.spelling)
        self._last_speech = 0.0

    def events(self) -> Iterator[BlockEvent]:
        """Yield what is found, window by window, and `BlockCompleted` at the end."""
        covered: list[Span] = []
        prompt = self._brief.options.initial_prompt.strip()
        context = self._tokenizer.encode(f" {prompt}") if prompt else []
        for event in self._decode(0, self._frames, context):
            if isinstance(event, SegmentDecoded) and event.removed is None:
                covered.extend(self._word_spans(event))
            yield event
        yield from self._close_gaps(covered)
        speech = self._speech()
        yield Reached(self._block.index, self._length)
        yield BlockCompleted(self._block, seconds(total(speech)), self._brief.options_hash)

    def _close_gaps(self, covered: list[Span]) -> Iterator[SegmentDecoded | GapFound | Reached]:
        """Decode speech that got no text once more, on its own; report what stays without."""
        for start, end in uncovered_speech(self._speech(), covered, SHORTEST_GAP):
            first = max(0, round((start - _GAP_MARGIN) * FRAMES_PER_SECOND))
            last = min(self._frames, round((end + _GAP_MARGIN) * FRAMES_PER_SECOND))
            words: list[Span] = []
            self._last_speech = start
            for event in self._decode(first, last, []):
                if isinstance(event, Reached):
                    yield Reached(self._block.index, self._length)
                    continue
                if event.removed is None:
                    words.extend(self._word_spans(event))
                yield event
            for left in uncovered_speech(((start, end),), words, SHORTEST_GAP):
                offset = self._block.start
                gap = Gap(seconds(offset + left[0]), seconds(offset + left[1]))
                yield GapFound(self._block.index, gap)

    def _decode(
        self, first: int, last: int, context: list[int]
    ) -> Iterator[SegmentDecoded | Reached]:
        """Run the loop over the frames from `first` to `last`."""
        seek = first
        while seek < last:
            frames = min(WINDOW_FRAMES, last - seek)
            window = _Window(seek, frames, self._speech_in(seek, frames))
            if self._brief.options.vad and window.speech == 0:
                seek += frames
            else:
                segments, seek, context = self._decode_window(window, context)
                yield from segments
                if window.seek + frames == last and self._is_tail(seek, last):
                    seek = last
            yield Reached(self._block.index, min(seek, last) / FRAMES_PER_SECOND)

    def _is_tail(self, seek: int, last: int) -> bool:
        """Tell whether so little speech is left that the model, which heard it, has said it.

        Decoded on its own, with what was just said as prompt, such an end only repeats the prompt.
        """
        return seek < last and self._speech_in(seek, last - seek) < LONGEST_TAIL

    def _decode_window(
        self, window: _Window, context: list[int]
    ) -> tuple[list[SegmentDecoded], int, list[int]]:
        """Return the segments of a window, the frame to go on from and the text to go on with."""
        decoder = self._brief.decoder
        mel = window_mel(self._audio, window.seek, window.frames, decoder.mels)
        encoded = decoder.encode(mel)
        hypothesis, fault, is_retry = self._best(encoded, context, window)
        found, seek, speech_ends = split_at_timestamps(
            hypothesis.tokens, self._tokenizer.timestamp_begin, window.seek, window.frames
        )
        decoder.align(
            encoded, self._tokenizer, found, (window.seek, window.frames), self._last_speech
        )
        for segment in found:
            self._segments.mend_words(segment, self._tokenizer)
        spoken = [segment for segment in found if segment.words]
        finished = self._segments.finish(spoken, fault, hypothesis, self._speech(window.end))
        if fault == NO_SPEECH or (fault is not None and not spoken):
            return finished, window.seek + window.frames, context
        end = spoken[-1].words[-1].end if spoken else window.start
        if not speech_ends and end > window.start:
            seek = round(end * FRAMES_PER_SECOND)
        self._last_speech = end if spoken else self._last_speech
        seek = seek if seek > window.seek else window.seek + window.frames
        said = [token for segment in spoken for token in segment.tokens]
        context = [] if fault or is_retry else context + said
        return finished, seek, context

    def _best(
        self, encoded: Encoded, context: Sequence[int], window: _Window
    ) -> tuple[Hypothesis, str | None, bool]:
        """Return the text to keep, its fault if every try has one, and whether it is a retry."""
        tried: list[tuple[Hypothesis, str | None, bool]] = []
        for previous, search in _tries(self._brief.options, context):
            prompt = build_prompt(self._tokenizer, previous, self._hotwords if not tried else ())
            hypothesis = self._brief.decoder.generate(encoded, prompt, self._tokenizer, search)
            fault = find_fault(hypothesis, window.speech, window.frames / FRAMES_PER_SECOND)
            tried.append((hypothesis, fault, bool(tried)))
            if fault in (None, NO_SPEECH):
                return tried[-1]
        unlooped = [attempt for attempt in tried if attempt[1] != REPETITION]
        return max(unlooped or tried, key=lambda attempt: attempt[0].avg_logprob)

    def _speech(self, until: float | None = None) -> tuple[Span, ...]:
        """Return where someone speaks in the block, up to a time or its end."""
        known = self._speech_track.probabilities(until)
        return speech_spans(known, self._brief.options.vad_options)

    def _speech_in(self, seek: int, frames: int) -> float:
        window = (seek / FRAMES_PER_SECOND, (seek + frames) / FRAMES_PER_SECOND)
        return overlap(window, self._speech(window[1]))

    def _word_spans(self, event: SegmentDecoded) -> list[Span]:
        offset = self._block.start
        return [(word.start - offset, word.end - offset) for word in event.segment.words]


def _spoken_in(sound: BlockSound, brief: Brief[Encoded]) -> str:
    size = WINDOW_FRAMES * HOP
    starts = (round(place * HOP * FRAMES_PER_SECOND) for place in places(0.0, sound.seconds))
    heard = (unpack(sound.audio[start : start + size]) for start in starts)
    return detect_language(heard, brief.decoder, brief.options.vad_options)[0]


def _encode_hotwords(tokenizer: Tokenizer, options: TranscriptionOptions) -> list[int]:
    offered = ", ".join((*options.hotwords, *options.glossary))
    return list(tokenizer.encode(f" {offered}")) if offered else []


def _tries(
    options: TranscriptionOptions, context: Sequence[int]
) -> Iterator[tuple[Sequence[int], Search]]:
    """Yield what to try in turn: context and search; sampling only if temperatures are given."""
    beam = options.beam_size
    yield context, Search(beam)
    if options.temperatures:
        for temperature in options.temperatures:
            yield context, Search(beam, temperature=temperature)
        return
    if context:
        yield (), Search(beam)
    yield (), Search(beam, no_repeat_ngram_size=5)
    yield (), Search(beam, repetition_penalty=1.1)
