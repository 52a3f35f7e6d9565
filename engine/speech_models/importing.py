"""Copy a speech model from a foreign folder, a USB stick or the hub's cache, and check it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from engine.errors import ModelError, OptionsError
from engine.speech_models.catalogue import CATALOGUE, CatalogueEntry, ModelFile, canonical_name
from engine.speech_models.manifest import (
    Manifest,
    check_files,
    check_hash,
    file_size,
    read_manifest,
    write_manifest,
)
from engine.speech_models.placing import check_free_space, writing_to
from engine.speech_models.quantize import number_type
from engine.speech_models.structure import WEIGHTS_NAME, check_structure, present_names

_PATTERNS = (
    WEIGHTS_NAME,
    f"*/{WEIGHTS_NAME}",
    f"*/*/{WEIGHTS_NAME}",
    f"snapshots/*/{WEIGHTS_NAME}",
    f"*/snapshots/*/{WEIGHTS_NAME}",
)
"""The folder itself, folders in it, folders in those; the cache of the Hugging Face hub."""
_PREFIXES = ("models--", "Systran--", "faster-whisper-", "faster-", "whisper-")
_CHUNK_BYTES = 1 << 20


def stage_import(folder: Path, name: str | None, staged: Path) -> Manifest:
    """Copy the model found in `folder` into `staged`, check it, and write its manifest.

    Raises ModelError: not_installed if there is none, corrupt, no_space; OptionsError if there are
    several and `name` is none of them.
    """
    source = _choose(_find_models(folder), folder, name)
    said = read_manifest(source)
    names = present_names(source) if said is None else tuple(file.name for file in said.files)
    if said is not None:
        check_files(source, said.files)
    check_free_space(staged, sum(file_size(source / each) for each in names))
    copied = tuple(_copy(source / each, staged) for each in names)
    layout = check_structure(staged)
    if said is not None:
        _compare(copied, said.files)
    entry = _entry_of(copied, name or canonical_name(_plain_name(source)))
    _compare_weights(copied, entry)
    chosen = name or (entry.name if entry else said.name if said else _plain_name(source))
    manifest = Manifest(chosen, number_type(layout), "imported from a folder", copied)
    with writing_to(staged):
        write_manifest(staged, manifest)
    return manifest


def _find_models(folder: Path) -> list[Path]:
    """Return the folders with weights; of the nearest depth that has any."""
    for pattern in _PATTERNS:
        found = sorted(path.parent for path in folder.glob(pattern) if _is_visible(path, folder))
        if found:
            return found
    raise ModelError("model.not_installed", f"{folder} holds no {WEIGHTS_NAME}")


def _is_visible(path: Path, folder: Path) -> bool:
    return not any(part.startswith(".") for part in path.relative_to(folder).parts)


def _choose(found: list[Path], folder: Path, name: str | None) -> Path:
    if len(found) == 1:
        return found[0]
    by_name = {canonical_name(_plain_name(path)): path for path in found}
    if name in by_name:
        return by_name[name]
    raise OptionsError("options.invalid", f"{folder} holds several models: {', '.join(by_name)}")


def _plain_name(source: Path) -> str:
    name = source.parents[1].name if source.parent.name == "snapshots" else source.name
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return name or source.name


def _copy(source: Path, staged: Path) -> ModelFile:
    digest = hashlib.sha256()
    size = 0
    with writing_to(staged), (staged / source.name).open("wb") as target:
        for chunk in _chunks(source):
            target.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return ModelFile(source.name, size, digest.hexdigest())


def _chunks(source: Path) -> Iterable[bytes]:
    try:
        with source.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                yield chunk
    except OSError as exc:
        raise ModelError("model.corrupt", f"{source.name}: {exc.strerror}") from exc


def _compare(copied: Iterable[ModelFile], said: Iterable[ModelFile]) -> None:
    for found, expected in zip(copied, said, strict=True):
        check_hash(found, expected)


def _compare_weights(copied: Iterable[ModelFile], entry: CatalogueEntry | None) -> None:
    """Compare with the catalogue's hash what has the catalogue's size; other sizes are others."""
    known = {} if entry is None else {file.size_bytes: file for file in _weights_of(entry)}
    for file in copied:
        if file.name == WEIGHTS_NAME and file.size_bytes in known:
            check_hash(file, known[file.size_bytes])


def _entry_of(copied: Iterable[ModelFile], name: str) -> CatalogueEntry | None:
    hashes = {file.sha256 for file in copied if file.name == WEIGHTS_NAME}
    for entry in CATALOGUE.values():
        if any(file.sha256 in hashes for file in _weights_of(entry)):
            return entry
    return CATALOGUE.get(name)


def _weights_of(entry: CatalogueEntry) -> tuple[ModelFile, ...]:
    published = tuple(file for file in entry.files if file.name == WEIGHTS_NAME)
    return (*published, *((entry.int8_weights,) if entry.int8_weights else ()))
