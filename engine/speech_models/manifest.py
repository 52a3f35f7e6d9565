"""Keep what was installed in `model.json` beside a model's files: sizes and hashes of each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.errors import ModelError
from engine.speech_models.catalogue import ModelFile

MANIFEST_NAME = "model.json"
_FORMAT = 1
_CHUNK_BYTES = 1 << 20
_SMALL_BYTES = 8 << 20
"""Configuration, tokenizer and vocabulary are at most 2.5 MB."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Describe an installed model."""

    name: str
    number_type: str
    """Type of its weights: `int8`, `float16`, `float32` or `other`."""
    source: str
    """Where its files came from, for people."""
    files: tuple[ModelFile, ...]


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write `model.json` into the folder."""
    files = {file.name: {"size": file.size_bytes, "sha256": file.sha256} for file in manifest.files}
    content = {
        "format": _FORMAT,
        "name": manifest.name,
        "number_type": manifest.number_type,
        "source": manifest.source,
        "files": files,
    }
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    (folder / MANIFEST_NAME).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> Manifest | None:
    """Return what `model.json` says, None if there is none; raises ModelError if it is damaged."""
    try:
        content = json.loads((folder / MANIFEST_NAME).read_text(encoding="utf-8"))
        files = tuple(
            ModelFile(_file_name(name), int(file["size"]), str(file["sha256"]))
            for name, file in content["files"].items()
        )
        return Manifest(
            str(content["name"]), str(content["number_type"]), str(content["source"]), files
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
        raise ModelError("model.corrupt", f"{MANIFEST_NAME}: {type(exc).__name__}") from exc


def hash_file(path: Path) -> ModelFile:
    """Return name, size and SHA-256 of a file; ModelError("model.corrupt") if it can't be read."""
    digest = hashlib.sha256()
    size = 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                digest.update(chunk)
                size += len(chunk)
    except OSError as exc:
        raise ModelError("model.corrupt", f"{path.name}: {exc.strerror}") from exc
    return ModelFile(path.name, size, digest.hexdigest())


def check_files(folder: Path, files: Iterable[ModelFile]) -> None:
    """Compare presence and size of each file; ModelError("model.corrupt") names the first fault."""
    for file in files:
        size = file_size(folder / file.name)
        if size != file.size_bytes:
            raise ModelError(
                "model.corrupt", f"{file.name} has {size} bytes instead of {file.size_bytes}"
            )


def check_small_files(folder: Path) -> None:
    """Compare the contents of all but the weights with what was installed, in milliseconds.

    Raises ModelError("model.corrupt"); does nothing where no manifest says what was installed.
    """
    manifest = read_manifest(folder)
    for file in () if manifest is None else manifest.files:
        if file.size_bytes <= _SMALL_BYTES:
            check_hash(hash_file(folder / file.name), file)


def check_hash(found: ModelFile, expected: ModelFile) -> None:
    """Compare size and, where known, SHA-256; ModelError("model.corrupt") names the file."""
    if found.size_bytes != expected.size_bytes:
        raise ModelError(
            "model.corrupt",
            f"{expected.name} has {found.size_bytes} bytes instead of {expected.size_bytes}",
        )
    if expected.sha256 is not None and found.sha256 != expected.sha256:
        raise ModelError("model.corrupt", f"{expected.name} has other contents than it should have")


def file_size(path: Path) -> int:
    """Return the size in bytes; ModelError("model.corrupt") if the file is missing."""
    try:
        return path.stat().st_size
    except OSError as exc:
        raise ModelError("model.corrupt", f"{path.name} is missing") from exc


def _file_name(name: str) -> str:
    # A manifest may come from a foreign folder: it must not point out of it.
    if Path(name).name != name or name.startswith("."):
        raise ValueError(name)
    return name
