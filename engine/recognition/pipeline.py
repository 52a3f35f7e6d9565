"""From a recording to events: the one entry to the recognition."""

from __future__ import annotations

import hashlib
import itertools
import secrets
import string
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from engine.errors import MediaError, ModelError, OptionsError
from engine.events import (
    Block,
    BlockCompleted,
    Completed,
    Event,
    Notice,
    Progress,
    ResumePoint,
    Started,
)
from engine.languages import LANGUAGES
from engine.options import Channels, Task, TranscriptionOptions
from engine.recognition import media
from engine.recognition.block_decoding import BlockSound, Brief, Reached
from engine.recognition.blocks import CuttingPlan, Stretch, cut, plan_cuts
from engine.recognition.crew import Crew
from engine.recognition.decoding import Decoder, Encoded
from engine.recognition.language import WINDOW, Sound, detect_language, places
from engine.recognition.sound import PackedSound
from engine.recognition.spelling import Spelling
from engine.recognition.vad import spoken_seconds
from engine.transcript.transcript import TranscriptionInfo, seconds


@dataclass(frozen=True, slots=True)
class _Source:
    """What is read: a track of a file, between two times."""

    path: Path
    track: int
    channels: int
    """How many are decoded each on its own; 1 if they are mixed."""
    start: float
    end: float
    duration: float
    fingerprint: str

    @property
    def plan(self) -> CuttingPlan:
        return plan_cuts(self.start, self.end)

    @property
    def total(self) -> float:
        return (self.end - self.start) * self.channels


def transcribe(
    path: Path,
    options: TranscriptionOptions,
    decoder: Decoder[Encoded],
    *,
    run: str | None = None,
    resume_from: ResumePoint | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Event]:
    """Yield the events of a transcription, from `Started` to `Completed`.

    `run` names the decoding, else a random name is drawn. With `resume_from` only unfinished blocks
    are decoded, under the same run; a recording that changed starts over under a new one, after a
    `Notice`. Raises `MediaError`, `ModelError`, `DeviceError`, and `Cancelled` within a window
    after a cancellation.
    """
    _check_model(options, decoder)
    source = _open(path, options, resume_from)
    if resume_from is not None and (changed := _changed(resume_from, source)):
        yield Notice(changed, path.name)
        resume_from = None
    info = resume_from.info if resume_from else _describe(source, options, decoder)
    info = replace(info, model=decoder.model, device=decoder.device)
    info = replace(info, compute_type=decoder.compute_type, speech_duration=0.0)
    _check_language(info.language, options, decoder)
    name = resume_from.run if resume_from else run or new_run()
    known = resume_from.blocks if resume_from else _planned(source)
    yield Started(name, source.fingerprint, known, info)
    brief = Brief(
        decoder=decoder,
        options=options,
        options_hash=_hash(options, decoder),
        run=name,
        language=info.language,
        spelling=Spelling(options.glossary),
    )
    speech = yield from _decode(source, brief, resume_from, is_cancelled)
    yield Completed(replace(info, speech_duration=speech))


def new_run() -> str:
    """Draw a short random name for a decoding; two computers never draw the same in practice."""
    alphabet = string.ascii_lowercase + string.digits
    return "".join(secrets.choice(alphabet) for _ in range(8))


def _check_model(options: TranscriptionOptions, decoder: Decoder[Encoded]) -> None:
    if decoder.is_multilingual:
        return
    if options.language not in (None, "en") or options.task is Task.TRANSLATE:
        raise ModelError("model.english_only", decoder.model)


def _check_language(
    language: str, options: TranscriptionOptions, decoder: Decoder[Encoded]
) -> None:
    """Refuse a language that the model has no sign for: it would lose text without a word."""
    if decoder.is_multilingual and decoder.tokenizer(language, options.task).language is None:
        detail = f"the speech model {decoder.model} does not know {LANGUAGES[language]}"
        raise OptionsError("options.invalid", detail)


def _changed(earlier: ResumePoint, source: _Source) -> str | None:
    """Return the code of what keeps an earlier run from being continued."""
    recording, _, cuts = source.fingerprint.partition("-")
    was, _, were_cut = earlier.fingerprint.partition("-")
    if was != recording:
        return "media.changed"
    return None if were_cut == cuts else "options.changed"


def _open(path: Path, options: TranscriptionOptions, resume_from: ResumePoint | None) -> _Source:
    found = media.probe(path)
    track = options.track
    if track is None and resume_from is not None:
        track = min(resume_from.info.track, len(found.tracks) - 1)
    if track is None:
        track = media.choose_track(path, lambda sound: spoken_seconds(sound, options.vad_options))
    if track >= len(found.tracks):
        raise OptionsError("options.invalid", _no_track(track, len(found.tracks)))
    duration = seconds(media.measure_duration(path, track))
    if options.start and options.start >= duration:
        raise OptionsError("options.invalid", f"the recording ends at {duration:.1f} s already")
    end = duration if options.end is None else min(options.end, duration)
    is_split = options.channels is Channels.SPEAKERS
    return _Source(
        path=path,
        track=track,
        channels=found.tracks[track].channels if is_split else 1,
        start=min(options.start, end),
        end=end,
        duration=duration,
        fingerprint=f"{media.fingerprint(path)}-{_cuts(options, track)}",
    )


def _cuts(options: TranscriptionOptions, track: int) -> str:
    """Name what the cuts depend on beside the recording: blocks of other cuts do not fit."""
    return f"{track}.{options.channels}.{options.start}.{options.end}"


def _no_track(track: int, count: int) -> str:
    last = "only track 0" if count == 1 else f"tracks 0 to {count - 1}"
    return f"there is no track {track}, {last}"


def _describe(
    source: _Source, options: TranscriptionOptions, decoder: Decoder[Encoded]
) -> TranscriptionInfo:
    language, probability = options.language or "", 1.0
    if not language:
        heard = (_listen(source, place) for place in places(source.start, source.end))
        language, probability = detect_language(heard, decoder, options.vad_options)
    return TranscriptionInfo(
        language=language,
        language_probability=probability,
        duration=source.duration,
        speech_duration=0.0,
        model=decoder.model,
        compute_type=decoder.compute_type,
        device=decoder.device,
        track=source.track,
    )


def _listen(source: _Source, start: float) -> Sound:
    chunks = media.stream(
        source.path, source.track, start=start, end=min(start + WINDOW, source.end)
    )
    pieces = [chunk.samples for chunk in _Readable(chunks)]
    return np.concatenate(pieces) if pieces else np.zeros(0, np.float32)


class _Readable:
    """Iterate what can be read of a stream; `damage` says afterwards whether it ended too early."""

    def __init__(self, chunks: Iterator[media.Chunk]) -> None:
        self._chunks = chunks
        self.damage: MediaError | None = None

    def __iter__(self) -> Iterator[media.Chunk]:
        try:
            yield from self._chunks
        except MediaError as error:
            if error.code != "media.truncated":
                raise
            self.damage = error


def _planned(source: _Source) -> tuple[Block, ...]:
    edges = (source.start, *source.plan.borders, source.end)
    return tuple(
        Block(index * source.channels + channel, start, end, _channel(source, channel))
        for index, (start, end) in enumerate(itertools.pairwise(edges))
        for channel in range(source.channels)
    )


def _channel(source: _Source, channel: int) -> int | None:
    return channel if source.channels > 1 else None


def _decode(
    source: _Source,
    brief: Brief[Encoded],
    resume_from: ResumePoint | None,
    is_cancelled: Callable[[], bool],
) -> Generator[Event, None, float]:
    """Decode what is not finished yet; returns the seconds of speech in the whole."""
    completed = frozenset(resume_from.completed if resume_from else ())
    finished = [
        block for block in (resume_from.blocks if resume_from else ()) if block.index in completed
    ]
    done = {block.index: (block.end or block.start) - block.start for block in finished}
    speech = resume_from.speech if resume_from else 0.0
    sounds = _sounds(source, brief, finished)
    for event in Crew(sounds, brief, is_cancelled).events():
        if isinstance(event, Reached):
            done[event.block] = event.position
            yield Progress(seconds(min(sum(done.values()), source.total)), seconds(source.total))
            continue
        if isinstance(event, BlockCompleted):
            speech += event.speech
        yield event
    return seconds(speech)


def _sounds(source: _Source, brief: Brief[Encoded], finished: list[Block]) -> Iterator[BlockSound]:
    """Yield the sound of each block that is not finished; reading begins at the first of them.

    Raises `media.truncated` after everything that can be read.
    """
    indices = {block.index for block in finished}
    first = _first_missing(indices) // source.channels
    before = [block for block in finished if block.index == first * source.channels - 1]
    start = before[0].end if before and before[0].end is not None else source.start
    chunks = media.stream(
        source.path,
        source.track,
        start=start,
        end=brief.options.end,
        channels=brief.options.channels,
    )
    readable = _Readable(chunks)
    for stretch in cut(readable, source.plan, first):
        sounds = [
            BlockSound(_block(source, stretch, channel), _audio(stretch, channel))
            for channel in range(source.channels)
            if stretch.index * source.channels + channel not in indices
        ]
        del stretch  # while this waits, nothing here may keep the sound in memory
        while sounds:
            yield sounds.pop(0)
    if readable.damage is not None:
        raise readable.damage


def _block(source: _Source, stretch: Stretch, channel: int) -> Block:
    index = stretch.index * source.channels + channel
    return Block(index, stretch.start, stretch.end, _channel(source, channel))


def _first_missing(indices: set[int]) -> int:
    return min(set(range(len(indices) + 1)) - indices)


def _audio(stretch: Stretch, channel: int) -> PackedSound:
    audio = stretch.audio
    return audio if audio.ndim == 1 else np.ascontiguousarray(audio[:, channel])


def _hash(options: TranscriptionOptions, decoder: Decoder[Encoded]) -> str:
    described = f"{options!r} {decoder.model} {decoder.compute_type}"
    return hashlib.sha256(described.encode()).hexdigest()[:16]
