"""Make whole Whisper models of a few kilobytes: right in form, senseless in content."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from engine.speech_models.catalogue import CatalogueEntry, HubSource
from engine.speech_models.ct2_file import FLOAT16, INT8, Layout, Tensor, write_model
from engine.speech_models.manifest import hash_file

TOKENS = 24
SOURCE = HubSource("somebody/small", "abc123")


def tensors(seed: int = 0, *, width: int = 8) -> list[Tensor]:
    """Return an embedding, a projection, a convolution, a bias and a flag, sorted by name."""
    random = np.random.default_rng(seed)

    def floats(name: str, *shape: int) -> Tensor:
        values = random.standard_normal(shape).astype("<f2")
        return Tensor(name, shape, FLOAT16, values.tobytes())

    return [
        floats("decoder/embeddings/weight", TOKENS, width),
        floats("decoder/layer_0/linear_0/bias", width),
        floats("decoder/layer_0/linear_0/weight", 2 * width, width),
        Tensor("decoder/pre_norm", (), INT8, b"\1"),
        floats("encoder/conv1/weight", width, 4, 3),
    ]


def layout(specification: str = "WhisperSpec") -> Layout:
    """Return the head of a model.bin with one alias."""
    alias = ("decoder/projection/weight", "decoder/embeddings/weight")
    return Layout(6, specification, 3, (), (alias,))


def write_weights(path: Path, parts: list[Tensor], specification: str = "WhisperSpec") -> None:
    """Write tensors as a model.bin."""
    write_model(path, layout(specification), parts, len(parts))


def make_model(folder: Path, seed: int = 0, *, width: int = 8) -> Path:
    """Write a whole model into the folder, without a manifest."""
    folder.mkdir(parents=True)
    write_weights(folder / "model.bin", tensors(seed, width=width))
    (folder / "config.json").write_text('{"alignment_heads": []}', encoding="utf-8")
    (folder / "tokenizer.json").write_text('{"version": "1.0"}', encoding="utf-8")
    lines = "".join(f"token{number}\n" for number in range(TOKENS))
    (folder / "vocabulary.txt").write_text(lines, encoding="utf-8")
    return folder


def use_json_vocabulary(folder: Path) -> None:
    """Replace the vocabulary by one in the newer format."""
    (folder / "vocabulary.txt").unlink()
    words = [f"token{number}" for number in range(TOKENS)]
    (folder / "vocabulary.json").write_text(json.dumps(words), encoding="utf-8")


def entry_of(folder: Path, name: str) -> CatalogueEntry:
    """Return the catalogue's entry that the files in the folder would have."""
    files = tuple(hash_file(path) for path in sorted(folder.iterdir()))
    return CatalogueEntry(name, "english", files, (SOURCE,))
