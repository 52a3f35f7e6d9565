"""Download speech models from the Hugging Face hub."""

from __future__ import annotations

import contextlib
import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.errors import ModelError, OptionsError
from engine.file_lock import is_locked_for_us
from engine.speech_models.catalogue import (
    CATALOGUE,
    CatalogueEntry,
    HubSource,
    ModelFile,
    canonical_name,
)
from engine.speech_models.http_file import FileFetcher, HttpSettings, Watcher, make_session
from engine.speech_models.installed import (
    InstalledModel,
    describe,
    find_model,
    models_folders,
)
from engine.speech_models.manifest import Manifest, read_manifest, write_manifest
from engine.speech_models.partial import partial_folder
from engine.speech_models.placing import (
    check_free_space,
    place,
    temporary_folder,
    writing_to,
)
from engine.speech_models.quantize import number_type, replace_weights
from engine.speech_models.structure import check_structure

logger = logging.getLogger(__name__)

NumberType = Literal["published", "int8"]


@dataclass(frozen=True, slots=True)
class DownloadProgress:
    """Say how much of a model is there."""

    model: str
    file: str
    """The file that is being fetched."""
    done_bytes: int
    """Of all files together."""
    total_bytes: int


@dataclass(frozen=True, slots=True)
class DownloadOptions:
    """Say how and where to a model is downloaded."""

    folders: Sequence[Path] | None = None
    """Where models are looked for; the first receives the new one; None is the usual places."""
    number_type: NumberType = "published"
    """`int8` rewrites the weights afterwards: half the size, loads faster, for processors."""
    http: HttpSettings = HttpSettings()


def _ignore(_progress: DownloadProgress) -> None:
    pass


def download_model(
    name: str,
    *,
    on_progress: Callable[[DownloadProgress], None] = _ignore,
    is_cancelled: Callable[[], bool] = lambda: False,
    options: DownloadOptions = DownloadOptions(),
) -> InstalledModel:
    """Install a model of the catalogue; returns at once if a whole one is there.

    What was fetched before a failure or a cancel is kept and continued by the next call.
    Raises Cancelled; OptionsError for an unknown name; ModelError: download_failed, no_space;
    ExportError if the folder cannot be written.
    """
    entry = CATALOGUE.get(canonical_name(name))
    if entry is None:
        raise OptionsError("options.invalid", f"no model {name!r}; known: {', '.join(CATALOGUE)}")
    folders = models_folders() if options.folders is None else tuple(options.folders)
    with contextlib.suppress(ModelError):
        return _as_wanted(find_model(entry.name, folders), entry, folders[0], options.number_type)
    with _alone(folders[0], entry.name):
        staged = partial_folder(entry.name, folders)
        with writing_to(folders[0]):
            staged.mkdir(parents=True, exist_ok=True)
        _check_space(entry, staged, options.number_type)
        run = _Download(entry, staged, on_progress, is_cancelled)
        source, files = run.fetch_all(options.http)
        _finish(entry, staged, (source, files), options.number_type)
        place(staged, folders[0] / entry.name)
    logger.info("speech model %s installed", entry.name)
    return describe(folders[0] / entry.name)


@contextmanager
def _alone(models_folder: Path, name: str) -> Iterator[None]:
    """Keep two downloads of one model from writing the same files."""
    with writing_to(models_folder):
        models_folder.mkdir(parents=True, exist_ok=True)
        lock = (models_folder / f".{name}.lock").open("ab", buffering=0)
    with lock:
        if not is_locked_for_us(lock):
            raise ModelError("model.busy", name)
        yield


def _as_wanted(
    folder: Path, entry: CatalogueEntry, models_folder: Path, wanted: NumberType
) -> InstalledModel:
    """Return an installed model, rewritten as int8 if that is wished and not yet so."""
    manifest = read_manifest(folder)
    if wanted != "int8" or manifest is None or manifest.number_type == "int8":
        return describe(folder)
    check_free_space(models_folder, 2 * entry.size_bytes)
    with _alone(models_folder, entry.name), temporary_folder(models_folder) as staged:
        with writing_to(staged):
            for file in manifest.files:
                shutil.copyfile(folder / file.name, staged / file.name)
        files = replace_weights(entry, staged, manifest.files)
        with writing_to(staged):
            write_manifest(staged, Manifest(entry.name, "int8", manifest.source, files))
        place(staged, models_folder / entry.name)
    return describe(models_folder / entry.name)


class _Download:
    def __init__(
        self,
        entry: CatalogueEntry,
        staged: Path,
        on_progress: Callable[[DownloadProgress], None],
        is_cancelled: Callable[[], bool],
    ) -> None:
        self._entry = entry
        self._staged = staged
        self._on_progress = on_progress
        self._is_cancelled = is_cancelled
        self._before = 0

    def fetch_all(self, http: HttpSettings) -> tuple[HubSource, tuple[ModelFile, ...]]:
        """Fetch every file from the first source that has them all."""
        failures = []
        with make_session() as session:
            fetcher = FileFetcher(session, http)
            for source in self._entry.sources:
                try:
                    return source, self._fetch_from(source, http.hub_url, fetcher)
                except ModelError as exc:
                    if exc.code != "model.download_failed":
                        raise
                    failures.append(exc)
                    logger.warning("%s: %s", source.repository, exc.detail)
        raise failures[0]

    def _fetch_from(
        self, source: HubSource, hub_url: str, fetcher: FileFetcher
    ) -> tuple[ModelFile, ...]:
        self._before = 0
        found = []
        # Small files first: a wrong address shows before gigabytes are fetched.
        for file in sorted(self._entry.files, key=lambda file: file.size_bytes):
            url = f"{hub_url}/{source.repository}/resolve/{source.revision}/{file.name}"
            watcher = Watcher(self._progress_of(file), self._is_cancelled)
            found.append(fetcher.fetch(url, file, self._staged, watcher))
            self._before += file.size_bytes
        return tuple(found)

    def _progress_of(self, file: ModelFile) -> Callable[[int], None]:
        def tell(done_bytes: int) -> None:
            entry = self._entry
            done = self._before + done_bytes
            self._on_progress(DownloadProgress(entry.name, file.name, done, entry.size_bytes))

        return tell


def _check_space(entry: CatalogueEntry, staged: Path, number_type_wanted: NumberType) -> None:
    there = sum(path.stat().st_size for path in staged.iterdir())
    needed = entry.size_bytes - there
    if number_type_wanted == "int8":
        needed += entry.size_bytes // 2
    check_free_space(staged, needed)


def _finish(
    entry: CatalogueEntry,
    staged: Path,
    fetched: tuple[HubSource, tuple[ModelFile, ...]],
    number_type_wanted: NumberType,
) -> None:
    """Check the whole, rewrite the weights if wished, and write the manifest."""
    source, files = fetched
    try:
        check_structure(staged)
        if number_type_wanted == "int8":
            files = replace_weights(entry, staged, files)
        layout = check_structure(staged)
    except ModelError as exc:
        # Sizes and hashes are right, so only files without a known hash can be meant.
        if exc.code == "model.corrupt":
            shutil.rmtree(staged, ignore_errors=True)
            raise ModelError("model.download_failed", exc.detail) from exc
        raise
    with writing_to(staged):
        names = {file.name for file in files}
        for path in staged.iterdir():
            if path.name not in names:
                path.unlink()
        text = f"{source.repository} at {source.revision}"
        write_manifest(staged, Manifest(entry.name, number_type(layout), text, files))
