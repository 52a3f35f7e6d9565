"""Look what speech models there are, installed or to download; plain values, for any thread."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from desktop.services.speeds import Estimate, Speeds
from engine.errors import ModelError
from engine.speech_models.catalogue import CATALOGUE, CatalogueEntry, ModelFile
from engine.speech_models.installed import InstalledModel, default_model, list_installed
from engine.speech_models.manifest import read_manifest
from engine.speech_models.partial import has_partial_download, partial_bytes, partial_folder


class ModelState(StrEnum):
    """What a speech model is doing."""

    INSTALLED = "installed"
    DAMAGED = "damaged"
    AVAILABLE = "available"
    """In the catalogue, not on this computer."""
    WAITING = "waiting"
    """Another download comes first."""
    DOWNLOADING = "downloading"
    PAUSED = "paused"
    """A part of it is there."""
    CHECKING = "checking"


@dataclass(frozen=True, slots=True)
class ListedModel:  # pylint: disable=too-many-instance-attributes
    """One speech model, as the page shows it."""

    name: str
    state: ModelState
    size_bytes: int
    """On the disk if it is installed, else what is to be downloaded."""
    languages: int | None = None
    """How many it understands; None for a model that is in no catalogue."""
    damage: str = ""
    done_bytes: int = 0
    """Of a download that waits, runs or is paused."""
    is_catalogued: bool = True
    """Whether it can be downloaded, and repaired."""
    speed: Estimate | None = None
    """How fast it is here; None while nothing was measured."""


@dataclass(frozen=True, slots=True)
class ModelList:
    """All speech models, and the room for them."""

    models: tuple[ListedModel, ...] = ()
    """From the smallest to the most accurate, unknown ones last."""
    used_bytes: int = 0
    free_bytes: int = 0
    default: str = ""
    """What a profile without a model uses; empty if there is none to choose."""


def look(
    folders: Sequence[Path], damage: Mapping[str, str], speeds: Speeds | None = None
) -> ModelList:
    """Read the disk; `damage` are faults that were found by reading whole files."""
    installed = {model.name: model for model in list_installed(folders)}
    listed = [_listed(name, installed.get(name), folders, damage) for name in CATALOGUE]
    others = [model for name, model in installed.items() if name not in CATALOGUE]
    listed += [_installed(model, damage) for model in others]
    default = ""
    with contextlib.suppress(ModelError):
        default = default_model(folders)
    if speeds is not None:
        listed = [replace(model, speed=speeds.estimate(model.name)) for model in listed]
    used = sum(model.size_bytes for model in installed.values())
    return ModelList(tuple(listed), used, _free(folders[0]), default)


def prepare_repair(name: str, folders: Sequence[Path]) -> str:
    """Keep what is whole of a damaged model for its next download, and remove the rest.

    Only files whose hash the catalogue knows are kept, for the download compares those. Returns
    the number type the model had.
    """
    entry = CATALOGUE[name]
    model = next(each for each in list_installed(folders) if each.name == name)
    number_type = ""
    with contextlib.suppress(ModelError):
        manifest = read_manifest(model.folder)
        number_type = manifest.number_type if manifest is not None else ""
    staged = partial_folder(name, folders)
    staged.mkdir(parents=True, exist_ok=True)
    for file in _provable(entry):
        there = model.folder / file.name
        with contextlib.suppress(OSError):
            if there.stat().st_size == file.size_bytes:
                os.replace(there, staged / file.name)
    shutil.rmtree(model.folder, ignore_errors=True)
    return number_type


def _provable(entry: CatalogueEntry) -> tuple[ModelFile, ...]:
    return tuple(file for file in entry.files if file.sha256 is not None)


def _listed(
    name: str, model: InstalledModel | None, folders: Sequence[Path], damage: Mapping[str, str]
) -> ListedModel:
    if model is not None:
        return _installed(model, damage)
    entry = CATALOGUE[name]
    is_paused = has_partial_download(name, folders)
    return ListedModel(
        name,
        ModelState.PAUSED if is_paused else ModelState.AVAILABLE,
        entry.size_bytes,
        len(entry.languages),
        done_bytes=partial_bytes(name, folders),
    )


def _installed(model: InstalledModel, damage: Mapping[str, str]) -> ListedModel:
    fault = model.damage or damage.get(model.name, "")
    return ListedModel(
        model.name,
        ModelState.DAMAGED if fault else ModelState.INSTALLED,
        model.size_bytes,
        len(model.entry.languages) if model.entry else None,
        damage=fault,
        is_catalogued=model.entry is not None,
    )


def _free(folder: Path) -> int:
    existing = next(path for path in (folder, *folder.absolute().parents) if path.is_dir())
    return shutil.disk_usage(existing).free
