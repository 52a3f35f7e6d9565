"""A decoder that says what a test tells it to, with a real tokenizer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import tokenizers
from faster_whisper.tokenizer import Tokenizer

from engine.options import Task
from engine.recognition.decoding import Hypothesis, Mel, Search, TimedSegment, TimedWord

Answer = Hypothesis | Exception


@dataclass
class FakeDecoder:
    """Answer each window through `answer`, which gets the prompt and the search."""

    folder: Path
    answer: Callable[[Sequence[int], Search], Answer]
    model: str = "fake"
    device: str = "cpu"
    compute_type: str = "int8"
    replicas: int = 1
    is_multilingual: bool = False
    mels: int = 80
    aligned: bool = True
    spoken: list[dict[str, float]] = field(default_factory=list)
    searches: list[Search] = field(default_factory=list)
    prompts: list[list[int]] = field(default_factory=list)

    def tokenizer(self, language: str, task: Task) -> Tokenizer:
        loaded = tokenizers.Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        return Tokenizer(loaded, self.is_multilingual, task=str(task), language=language)

    def encode(self, mel: Mel) -> Mel:
        return mel

    def languages(self, encoded: Mel) -> dict[str, float]:
        return self.spoken.pop(0)

    def generate(
        self, encoded: Mel, prompt: Sequence[int], tokenizer: Tokenizer, search: Search
    ) -> Hypothesis:
        self.searches.append(search)
        self.prompts.append(list(prompt))
        answer = self.answer(prompt, search)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def align(
        self,
        encoded: Mel,
        tokenizer: Tokenizer,
        segments: list[TimedSegment],
        window: tuple[int, int],
        last_speech: float,
    ) -> None:
        if not self.aligned:
            return
        for segment in segments:
            texts = tokenizer.decode(list(segment.tokens)).split()
            length = (segment.end - segment.start) / max(len(texts), 1)
            segment.words = [
                TimedWord(
                    f" {text}",
                    segment.start + index * length,
                    segment.start + (index + 1) * length,
                    0.9,
                )
                for index, text in enumerate(texts)
            ]

    def close(self) -> None:
        """Nothing to give back."""
