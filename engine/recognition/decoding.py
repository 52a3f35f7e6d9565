"""The seam behind which speech models run: encode, generate, align; and CTranslate2 behind it.

A second engine is one more class with the methods of `Decoder`. All of them may be called from
several threads at once, one per replica.
"""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NotRequired, Protocol, TypedDict, TypeVar

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens
from numpy.typing import NDArray

from engine.errors import ModelError
from engine.options import ComputeOptions, Task
from engine.recognition.devices import device_error, resolve
from engine.speech_models.manifest import check_small_files

Mel = NDArray[np.float32]
Encoded = TypeVar("Encoded")


@dataclass(frozen=True, slots=True)
class Search:
    """Say how to look for the text of one window."""

    beam_size: int
    no_repeat_ngram_size: int = 0
    repetition_penalty: float = 1.0
    temperature: float = 0.0


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """The text found for one window, with timestamp tokens, and how sure the model is of it."""

    tokens: tuple[int, ...]
    text: str
    avg_logprob: float
    no_speech_prob: float
    temperature: float

    @property
    def compression_ratio(self) -> float:
        """Return how well the text can be compressed; above 2.4 it repeats itself."""
        raw = self.text.encode()
        return len(raw) / len(zlib.compress(raw))


@dataclass(slots=True)
class TimedWord:
    """A word with times in seconds from the start of the block, as the alignment found them."""

    text: str
    start: float
    end: float
    probability: float


@dataclass(slots=True)
class TimedSegment:
    """Tokens between two timestamps; times in seconds from the start of the block."""

    start: float
    end: float
    tokens: tuple[int, ...]
    words: list[TimedWord]


class Decoder(Protocol[Encoded]):
    """Run a speech model; the one thing that knows how."""

    model: str
    device: str
    compute_type: str
    replicas: int
    is_multilingual: bool
    mels: int

    def tokenizer(self, language: str, task: Task) -> Tokenizer:
        """Return the tokenizer for a language and task."""
        ...

    def encode(self, mel: Mel) -> Encoded:
        """Encode one window; float32, shape (mels, 3000)."""
        ...

    def languages(self, encoded: Encoded) -> dict[str, float]:
        """Return the probability of each language; empty for English-only models."""
        ...

    def generate(
        self, encoded: Encoded, prompt: Sequence[int], tokenizer: Tokenizer, search: Search
    ) -> Hypothesis:
        """Find the text of a window."""
        ...

    def align(
        self,
        encoded: Encoded,
        tokenizer: Tokenizer,
        segments: list[TimedSegment],
        window: tuple[int, int],
        last_speech: float,
    ) -> None:
        """Fill in the words; `window` is seek and number of frames, `last_speech` in seconds."""
        ...

    def close(self) -> None:
        """Give the memory back."""
        ...


class WhisperDecoder:
    """Run a Whisper model with CTranslate2, by faster-whisper's own functions."""

    def __init__(self, whisper: WhisperModel, folder: Path, compute: ComputeOptions) -> None:
        self.model = folder.name
        self.device = compute.device
        self.compute_type = compute.compute_type
        self.replicas = compute.replicas or 1
        self.is_multilingual = bool(whisper.model.is_multilingual)
        self.mels = int(whisper.model.n_mels)
        self._whisper = whisper
        # Encoding needs by far the most memory: the attention between all frames of a window.
        self._encoding = threading.Semaphore(max(1, self.replicas // 2))

    def tokenizer(self, language: str, task: Task) -> Tokenizer:
        """Return the tokenizer for a language and task."""
        return Tokenizer(
            self._whisper.hf_tokenizer, self.is_multilingual, task=str(task), language=language
        )

    def encode(self, mel: Mel) -> ctranslate2.StorageView:
        """Encode one window; float32, shape (mels, 3000)."""
        with self._encoding, device_error():
            return self._whisper.encode(mel)

    def languages(self, encoded: ctranslate2.StorageView) -> dict[str, float]:
        """Return the probability of each language; empty for English-only models."""
        if not self.is_multilingual:
            return {}
        with device_error():
            found = self._whisper.model.detect_language(encoded)[0]
        return {token[2:-2]: probability for token, probability in found}

    def generate(
        self,
        encoded: ctranslate2.StorageView,
        prompt: Sequence[int],
        tokenizer: Tokenizer,
        search: Search,
    ) -> Hypothesis:
        """Find the text of a window."""
        sampling = (
            {"sampling_topk": 0, "sampling_temperature": search.temperature, "beam_size": 1}
            if search.temperature
            else {"beam_size": search.beam_size}
        )
        with device_error():
            result = self._whisper.model.generate(
                encoded,
                [list(prompt)],
                max_length=self._whisper.max_length,
                return_scores=True,
                return_no_speech_prob=True,
                suppress_tokens=get_suppressed_tokens(tokenizer, [-1]),
                max_initial_timestamp_index=50,
                no_repeat_ngram_size=search.no_repeat_ngram_size,
                repetition_penalty=search.repetition_penalty,
                **sampling,
            )[0]
        tokens = tuple(result.sequences_ids[0])
        return Hypothesis(
            tokens=tokens,
            text=tokenizer.decode(list(tokens)).strip(),
            avg_logprob=result.scores[0] * len(tokens) / (len(tokens) + 1),
            no_speech_prob=result.no_speech_prob,
            temperature=search.temperature,
        )

    def align(
        self,
        encoded: ctranslate2.StorageView,
        tokenizer: Tokenizer,
        segments: list[TimedSegment],
        window: tuple[int, int],
        last_speech: float,
    ) -> None:
        """Fill in the words; `window` is seek and number of frames, `last_speech` in seconds."""
        seek, frames = window
        raw: list[_RawSegment] = [
            {"start": item.start, "end": item.end, "tokens": list(item.tokens), "seek": seek}
            for item in segments
        ]
        with device_error():
            self._whisper.add_word_timestamps(
                [raw], tokenizer, encoded, frames, _PREPENDED, _APPENDED, last_speech
            )
        for segment, item in zip(segments, raw, strict=True):
            segment.start, segment.end = float(item["start"]), float(item["end"])
            segment.words = [_timed(word) for word in item.get("words", [])]

    def close(self) -> None:
        """Give the memory back."""
        self._whisper.model.unload_model()


class _RawWord(TypedDict):
    word: str
    start: float
    end: float
    probability: float


class _RawSegment(TypedDict):
    """What faster-whisper's alignment reads and fills in."""

    seek: int
    start: float
    end: float
    tokens: list[int]
    words: NotRequired[list[_RawWord]]


def _timed(word: _RawWord) -> TimedWord:
    """Turn NumPy's numbers into Python's."""
    start, end = float(word["start"]), float(word["end"])
    return TimedWord(word["word"], start, end, float(word["probability"]))


_PREPENDED = "\"'“¿([{-"
_APPENDED = "\"'.。,，!！?？:：”)]}、"
_NEEDED_KEYS = {"config.json": None, "tokenizer.json": "model"}
_NEEDED_FILES = ("config.json", "model.bin", "tokenizer.json")


def load_decoder(folder: Path, compute: ComputeOptions) -> WhisperDecoder:
    """Load a speech model; raises `ModelError` if damaged, `DeviceError` if it can't run here."""
    _check_files(folder)
    check_small_files(folder)
    resolved = resolve(compute)
    device, _, index = resolved.device.partition(":")
    with device_error(during="load"):
        whisper = WhisperModel(
            str(folder),
            device=device,
            device_index=int(index or 0),
            compute_type=resolved.compute_type,
            cpu_threads=1,
            num_workers=resolved.replicas or 1,
            local_files_only=True,
        )
    return WhisperDecoder(whisper, folder, resolved)


def _check_files(folder: Path) -> None:
    """Refuse a folder that faster-whisper would complete over the network or stumble over later."""
    if not folder.is_dir():
        raise ModelError("model.not_installed", folder.name)
    vocabularies = [folder / "vocabulary.txt", folder / "vocabulary.json"]
    missing = [name for name in _NEEDED_FILES if not (folder / name).is_file()]
    if not any(path.is_file() for path in vocabularies):
        missing.append("vocabulary.txt")
    if missing:
        raise ModelError("model.corrupt", f"{folder.name}: {', '.join(missing)}")
    for name, key in _NEEDED_KEYS.items():
        _check_object(folder / name, key)
    if (folder / "preprocessor_config.json").exists():
        _check_object(folder / "preprocessor_config.json", None)


def _check_object(path: Path, key: str | None) -> None:
    """Demand a JSON object; the libraries meet anything else with bare exceptions."""
    damage = f"{path.parent.name}: {path.name}"
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ModelError("model.corrupt", damage) from error
    if not isinstance(content, dict) or (key is not None and key not in content):
        raise ModelError("model.corrupt", damage)
