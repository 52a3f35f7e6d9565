"""The locks fit pyproject.toml and pin every package by hash, wherever it is fetched from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source_files import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]
DESKTOP = [*RUNTIME, *PROJECT["project"]["optional-dependencies"]["desktop"]]
EXTRAS = PROJECT["project"]["optional-dependencies"]
SERVER = PROJECT["build-system"]["requires"] + EXTRAS["server"]
DEVELOPMENT = [*DESKTOP, *SERVER, *EXTRAS["telemetry"], *EXTRAS["dev"]]


def _entries(lock: Path) -> list[str]:
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    return [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]


def _versions(lock: Path) -> dict[str, str]:
    pins = [entry.split()[0].partition("==") for entry in _entries(lock)]
    return {canonicalize_name(name): version for name, _, version in pins}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_has_an_exact_version_and_a_hash(lock: Path) -> None:
    for entry in _entries(lock):
        assert re.match(r"[\w.-]+==\S+( ;.*?)?\s+--hash=sha256:[0-9a-f]{64}", entry), entry


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_lock_names_an_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text and "find-links" not in text


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("base.txt", RUNTIME),
        ("desktop.txt", DESKTOP),
        ("server.txt", SERVER),
        ("dev.txt", DEVELOPMENT),
    ],
)
def test_the_lock_satisfies_the_project(lock: str, wanted: list[str]) -> None:
    versions = _versions(ROOT / "requirements" / lock)
    unmet = [
        text
        for text in wanted
        if not (need := Requirement(text)).specifier.contains(
            versions.get(canonicalize_name(need.name), "0"), prereleases=True
        )
    ]
    assert not unmet, "repeat scripts/lock.sh"


def test_development_uses_the_very_versions_that_users_get() -> None:
    names = ("base.txt", "desktop.txt", "server.txt", "dev.txt")
    base, desktop, server, development = (_versions(ROOT / "requirements" / name) for name in names)
    assert base.items() <= desktop.items() <= development.items()
    assert server.items() <= development.items()


def test_the_server_brings_neither_window_nor_engine() -> None:
    server = _versions(ROOT / "requirements" / "server.txt")
    assert not server.keys() & {"pyside6-essentials", "faster-whisper", "ctranslate2", "numpy"}


def test_the_command_line_brings_no_window() -> None:
    base = _versions(ROOT / "requirements" / "base.txt")
    assert not [name for name in base if name.startswith(("pyside", "shiboken", "sqlalchemy"))]


def test_torch_is_no_dependency() -> None:
    for lock in LOCKS:
        assert not _versions(lock).keys() & {"torch", "tensorflow", "jax"}
