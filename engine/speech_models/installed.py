"""Find the speech models on this computer, check them, import and remove them."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from engine.errors import ModelError, OptionsError
from engine.speech_models.catalogue import CATALOGUE, CatalogueEntry, ModelFile, canonical_name
from engine.speech_models.importing import stage_import
from engine.speech_models.manifest import (
    MANIFEST_NAME,
    check_files,
    check_hash,
    hash_file,
    read_manifest,
)
from engine.speech_models.placing import place, temporary_folder, writing_to
from engine.speech_models.structure import (
    REQUIRED_NAMES,
    VOCABULARY_NAMES,
    check_structure,
    present_names,
)

APP_NAME = "WhisperTranscriber"
FOLDERS_VARIABLE = "WHISPER_TRANSCRIBER_MODELS"
"""Environment variable: folders of models, separated as in PATH; overrides all others."""
DEFAULT_NAME = "base"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """Describe a model on this computer."""

    name: str
    folder: Path
    size_bytes: int
    entry: CatalogueEntry | None
    """Its place in the catalogue, if it is one of those."""
    damage: str = ""
    """What is wrong with it as far as the quick check sees; empty if nothing."""


def models_folders(data_dir: Path | None = None) -> tuple[Path, ...]:
    """Return where models are looked for, first to last; new ones go into the first.

    `data_dir` is a portable data directory, whose `models` comes before the user's own.
    """
    if chosen := os.environ.get(FOLDERS_VARIABLE):
        return tuple(Path(part).expanduser() for part in chosen.split(os.pathsep) if part)
    own = Path(platformdirs.user_data_dir(APP_NAME, appauthor=False)) / "models"
    with_program = Path(__file__).resolve().parents[1] / "resources" / "models"
    portable = () if data_dir is None else (data_dir / "models",)
    return (*portable, own, with_program)


def find_model(name: str, folders: Sequence[Path] | None = None) -> Path:
    """Return the folder of a model, given its name or its folder.

    A name of the catalogue never means a folder that happens to lie in the current one.
    Files and sizes are checked. Raises ModelError: model.not_installed; model.corrupt, naming the
    file, if no whole copy is found.
    """
    damage: ModelError | None = None
    for folder in _candidates(name, folders):
        try:
            check_quickly(folder)
            return folder
        except ModelError as exc:
            damage = damage or exc
    if damage is not None:
        raise damage
    raise ModelError("model.not_installed", name)


def list_installed(folders: Sequence[Path] | None = None) -> tuple[InstalledModel, ...]:
    """Return all models, damaged ones too, from the smallest to the most accurate, others last."""
    found: dict[str, InstalledModel] = {}
    for parent in models_folders() if folders is None else folders:
        for folder in sorted(parent.iterdir()) if parent.is_dir() else ():
            if _NAME.fullmatch(folder.name) and _holds_model(folder):
                found.setdefault(folder.name, describe(folder))
    order = list(CATALOGUE)
    rank = {name: order.index(name) if name in order else len(order) for name in found}
    return tuple(sorted(found.values(), key=lambda model: (rank[model.name], model.name)))


def default_model(folders: Sequence[Path] | None = None) -> str:
    """Return the name of the model to use when none is asked for.

    That is base, even if it is damaged, so that the damage is told; without it the most accurate
    multilingual one. An English-only model is never chosen unasked: it writes nonsense for other
    languages. Raises ModelError("model.not_installed") if there is none to choose.
    """
    models = list_installed(folders)
    if any(model.name == DEFAULT_NAME for model in models):
        return DEFAULT_NAME
    whole = [model for model in models if not model.damage]
    known = [model for model in whole if model.entry is not None]
    multilingual = [model for model in known if model.entry and not model.entry.is_english_only]
    unknown = [model for model in whole if model.entry is None]
    if chosen := multilingual or unknown:
        return chosen[-1].name
    if known:
        names = ", ".join(model.name for model in known)
        raise ModelError("model.not_installed", f"base; for English only, name one: {names}")
    raise ModelError("model.not_installed", "no speech model is installed")


def import_model(
    folder: Path, name: str | None = None, folders: Sequence[Path] | None = None
) -> InstalledModel:
    """Copy a model from a folder or a USB stick, check it and install it.

    `name` chooses one of several models in the folder, or what a single one is to be called.
    Raises ModelError (not_installed: no model there; corrupt; no_space), OptionsError, ExportError.
    """
    if name is not None:
        check_name(name)
    target_parent = (models_folders() if folders is None else tuple(folders))[0]
    with temporary_folder(target_parent) as staged:
        manifest = stage_import(folder, canonical_name(name) if name else None, staged)
        check_name(manifest.name)
        place(staged, target_parent / manifest.name)
    return describe(target_parent / manifest.name)


def remove_model(name: str, folders: Sequence[Path] | None = None) -> None:
    """Delete an installed model; ModelError("model.not_installed") if there is none."""
    searched = models_folders() if folders is None else tuple(folders)
    for folder in _candidates(name, searched):
        if folder.parent in searched:
            with writing_to(folder.parent):
                shutil.rmtree(folder)
            return
    raise ModelError("model.not_installed", name)


def verify_model(name: str, folders: Sequence[Path] | None = None) -> None:
    """Read every file and compare it; ModelError("model.corrupt") names the first fault.

    Compared are the hashes written when the model was installed; without those the structure,
    and the catalogue's hashes where the sizes are the catalogue's.
    """
    folder = next(iter(_candidates(name, folders)), None)
    if folder is None:
        raise ModelError("model.not_installed", name)
    manifest = read_manifest(folder)
    if manifest is None:
        check_structure(folder)
        expected = _catalogue_files(folder)
    else:
        check_files(folder, manifest.files)
        expected = manifest.files
    for file in expected:
        check_hash(hash_file(folder / file.name), file)


def describe(folder: Path) -> InstalledModel:
    """Return what is known about the model in a folder."""
    try:
        check_quickly(folder)
        damage = ""
    except ModelError as exc:
        damage = exc.detail
    size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    return InstalledModel(folder.name, folder, size, CATALOGUE.get(folder.name), damage)


def check_quickly(folder: Path) -> None:
    """Check files and sizes, or the structure if sizes were never written down."""
    manifest = read_manifest(folder)
    if manifest is None:
        check_structure(folder)
    else:
        present_names(folder)
        check_files(folder, manifest.files)


def check_name(name: str) -> None:
    """Raise OptionsError unless the text can be the name of a model and of its folder."""
    if not _NAME.fullmatch(name):
        raise OptionsError("options.invalid", f"{name!r} cannot be the name of a speech model")


def _candidates(name: str, folders: Sequence[Path] | None) -> tuple[Path, ...]:
    found: list[Path] = []
    if _NAME.fullmatch(name):
        places = models_folders() if folders is None else folders
        found = [parent / canonical_name(name) for parent in places]
    if canonical_name(name) not in CATALOGUE:
        found.append(Path(name).expanduser())
    return tuple(folder for folder in found if folder.is_dir() and _holds_model(folder))


def _holds_model(folder: Path) -> bool:
    names = (*REQUIRED_NAMES, *VOCABULARY_NAMES, MANIFEST_NAME)
    return any((folder / name).is_file() for name in names)


def _catalogue_files(folder: Path) -> tuple[ModelFile, ...]:
    """Return the entries of the catalogue that this folder's files have the sizes of."""
    entry = CATALOGUE.get(folder.name)
    if entry is None:
        return ()
    known = [*entry.files, *([entry.int8_weights] if entry.int8_weights else [])]
    sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
    return tuple(file for file in known if sizes.get(file.name) == file.size_bytes)
