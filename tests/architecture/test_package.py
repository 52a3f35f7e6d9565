"""What is installed is complete."""

from __future__ import annotations

import shutil
import subprocess
import sys
from zipfile import ZipFile

import pytest

from engine.resources import SAMPLE_RECORDING, SAMPLE_WORDS
from tests.architecture.source_files import DESKTOP, ENGINE, ROOT, SYNC_SERVER, program_files

BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"


@pytest.fixture(scope="module", name="wheel_contents")
def _wheel_contents(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    source = tmp_path_factory.mktemp("source")
    for folder in (ENGINE, DESKTOP, SYNC_SERVER):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(folder, source / folder.name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    subprocess.run(
        [sys.executable, "-c", BUILD, str(source)], cwd=source, capture_output=True, check=True
    )
    with ZipFile(next(source.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def test_the_wheel_holds_every_module(wheel_contents: set[str]) -> None:
    modules = {str(path.relative_to(ROOT)) for path in program_files()}
    assert modules - wheel_contents == set()


def test_the_wheel_holds_the_sample_with_its_words_and_licence(wheel_contents: set[str]) -> None:
    files = [SAMPLE_RECORDING, SAMPLE_WORDS, SAMPLE_RECORDING.with_name("LICENSE.md")]
    assert {str(path.relative_to(ROOT)) for path in files} <= wheel_contents
    assert "engine/py.typed" in wheel_contents


def test_the_wheel_holds_what_the_window_shows(wheel_contents: set[str]) -> None:
    resources = [path for path in (DESKTOP / "resources").rglob("*") if path.is_file()]
    kinds = {path.suffix for path in resources}
    assert {".svg", ".qm"} <= kinds
    assert {str(path.relative_to(ROOT)) for path in resources} <= wheel_contents


def test_the_wheel_holds_what_the_pages_show(wheel_contents: set[str]) -> None:
    folders = [SYNC_SERVER / "web" / name for name in ("icons", "static", "templates")]
    shown = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert {".html", ".css", ".js", ".svg"} <= {path.suffix for path in shown}
    assert {str(path.relative_to(ROOT)) for path in shown} <= wheel_contents
    assert "sync_server/py.typed" in wheel_contents


def test_all_programs_can_be_started(wheel_contents: set[str]) -> None:
    programs = {"engine/cli.py", "desktop/__main__.py", "sync_server/cli.py"}
    assert programs <= wheel_contents
