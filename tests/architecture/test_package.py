"""What is installed is complete."""

from __future__ import annotations

import shutil
import subprocess
import sys
from zipfile import ZipFile

import pytest

from engine.resources import SAMPLE_RECORDING, SAMPLE_WORDS
from tests.architecture.source_files import ENGINE, ROOT, python_files

BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"


@pytest.fixture(scope="module", name="wheel_contents")
def _wheel_contents(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    source = tmp_path_factory.mktemp("source")
    shutil.copytree(ENGINE, source / "engine", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    subprocess.run(
        [sys.executable, "-c", BUILD, str(source)], cwd=source, capture_output=True, check=True
    )
    with ZipFile(next(source.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def test_the_wheel_holds_every_module(wheel_contents: set[str]) -> None:
    modules = {str(path.relative_to(ROOT)) for path in python_files(ENGINE)}
    assert modules - wheel_contents == set()


def test_the_wheel_holds_the_sample_with_its_words_and_licence(wheel_contents: set[str]) -> None:
    files = [SAMPLE_RECORDING, SAMPLE_WORDS, SAMPLE_RECORDING.with_name("LICENSE.md")]
    assert {str(path.relative_to(ROOT)) for path in files} <= wheel_contents
    assert "engine/py.typed" in wheel_contents
