"""Describe a speech model: its files, languages and sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.languages import LANGUAGES

Vocabulary = Literal["english", "multilingual", "multilingual-v3"]


@dataclass(frozen=True, slots=True)
class ModelFile:
    """Describe one file of a speech model."""

    name: str
    size_bytes: int
    sha256: str | None
    """Lower-case hex digest; None where nobody published it."""


@dataclass(frozen=True, slots=True)
class HubSource:
    """Name a repository on the Hugging Face hub and the commit whose files are meant."""

    repository: str
    revision: str


@dataclass(frozen=True, slots=True)
class CatalogueEntry:  # pylint: disable=too-many-instance-attributes
    """Describe one speech model and where it can be had."""

    name: str
    vocabulary: Vocabulary
    files: tuple[ModelFile, ...]
    """What the hub publishes: weights as float16."""
    sources: tuple[HubSource, ...]
    """In the order in which they are tried; all hold the same files."""
    relative_speed: float | None = None
    """Times the speed of large (openai/whisper, README) or large-v3 (distil-whisper), on a GPU."""
    int8_weights: ModelFile | None = None
    """What `quantize.rewrite_as_int8` makes of model.bin."""
    tensor_digest: str | None = None
    """`ct2_file.tensor_digest` of the published model.bin, whatever the file's layout."""
    licence: str = "MIT"

    @property
    def size_bytes(self) -> int:
        """Return the size of all files together."""
        return sum(file.size_bytes for file in self.files)

    @property
    def is_english_only(self) -> bool:
        """Return whether the model understands nothing but English."""
        return self.vocabulary == "english"

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the codes of the languages it was trained on (`engine.languages`)."""
        if self.is_english_only:
            return ("en",)
        # Cantonese came with large-v3 (openai/whisper, tokenizer.py: num_languages).
        new = () if self.vocabulary == "multilingual-v3" else ("yue",)
        return tuple(code for code in LANGUAGES if code not in new)
