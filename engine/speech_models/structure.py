"""Check that a folder holds a whole Whisper model in CTranslate2's format, without loading it."""

from __future__ import annotations

import json
from pathlib import Path

from engine.errors import ModelError
from engine.speech_models.ct2_file import Layout, read_layout
from engine.speech_models.manifest import file_size

WEIGHTS_NAME = "model.bin"
VOCABULARY_NAMES = ("vocabulary.json", "vocabulary.txt")
REQUIRED_NAMES = (WEIGHTS_NAME, "config.json", "tokenizer.json")
"""faster-whisper asks the hub for a tokenizer if the folder has none: so it is required."""
OPTIONAL_NAMES = ("preprocessor_config.json",)
_EMBEDDINGS = "decoder/embeddings/weight"


def present_names(folder: Path) -> tuple[str, ...]:
    """Return the names of a model's files; ModelError("model.corrupt") names a missing one."""
    for name in REQUIRED_NAMES:
        file_size(folder / name)
    vocabularies = tuple(name for name in VOCABULARY_NAMES if (folder / name).is_file())
    if not vocabularies:
        raise ModelError("model.corrupt", "vocabulary.txt or vocabulary.json is missing")
    optional = tuple(name for name in OPTIONAL_NAMES if (folder / name).is_file())
    return (*REQUIRED_NAMES, *vocabularies[:1], *optional)


def check_structure(folder: Path) -> Layout:
    """Check every file as far as its format allows; ModelError("model.corrupt") names the fault."""
    names = present_names(folder)
    layout = read_layout(folder / WEIGHTS_NAME)
    embeddings = layout.find(_EMBEDDINGS)
    if layout.specification != "WhisperSpec" or embeddings is None:
        raise ModelError("model.corrupt", f"{WEIGHTS_NAME} holds no Whisper model")
    tokens = 0
    for name in names:
        if name.endswith(".json"):
            content = _read_json(folder / name)
            tokens = len(content) if name in VOCABULARY_NAMES else tokens
        elif name in VOCABULARY_NAMES:
            tokens = len((folder / name).read_bytes().splitlines())
    if tokens != embeddings.shape[0]:
        raise ModelError(
            "model.corrupt", f"the vocabulary has {tokens} entries, not {embeddings.shape[0]}"
        )
    return layout


def _read_json(path: Path) -> list[object] | dict[str, object]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise ModelError("model.corrupt", f"{path.name} cannot be read") from exc
    if not isinstance(content, (list, dict)):
        raise ModelError("model.corrupt", f"{path.name} cannot be read")
    return content
