"""The layers of docs/architecture.md hold, statically and when modules are really imported."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source_files import (
    DESKTOP,
    ENGINE,
    ROOT,
    SYNC_SERVER,
    module_name,
    parse,
    python_files,
)

ML_LIBRARIES = frozenset(
    {"av", "ctranslate2", "faster_whisper", "huggingface_hub", "onnxruntime", "tokenizers", "torch"}
)
SLOW_TO_LOAD = ML_LIBRARIES | {"numpy", "requests", "docx", "pysubs2"}
ML_HALF = ("engine.recognition", "engine.benchmark_reference")
SLOW_FOR_A_WINDOW = ML_LIBRARIES | {"requests", "docx", "sqlalchemy"}
QT_MODULES = {"QtCore", "QtGui", "QtNetwork", "QtPrintSupport", "QtSvg", "QtWidgets", "QtDBus"}
LIGHT_MODULES = [
    name
    for name in map(module_name, python_files(ENGINE))
    if not name.startswith(ML_HALF) and not name.endswith("__main__")
]


def _modules_loaded_by(code: str) -> set[str]:
    code = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in json.loads(result.stdout.splitlines()[-1])}


def test_the_import_contracts_hold() -> None:
    """import-linter reads the contracts from pyproject.toml."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("module", ["engine", "engine.cli", "engine.transcript.transcript"])
def test_importing_it_loads_nothing_slow(module: str) -> None:
    assert not _modules_loaded_by(f"import {module}") & SLOW_TO_LOAD


def test_the_help_loads_nothing_slow() -> None:
    code = """
import contextlib, engine.cli, sys
sys.argv = ["whisper-transcriber", "--help"]
with contextlib.suppress(SystemExit):
    engine.cli.main()
"""
    assert not _modules_loaded_by(code) & SLOW_TO_LOAD


def test_opening_the_window_loads_nothing_slow() -> None:
    """The library comes after the first paint, the engine when the window is idle."""
    assert not _modules_loaded_by("import desktop.app") & SLOW_FOR_A_WINDOW


def test_no_module_of_the_desktop_loads_the_ml_half() -> None:
    names = [module_name(path) for path in python_files(DESKTOP) if path.stem != "__main__"]
    code = "\n".join(f"import {name}" for name in names)
    assert not _modules_loaded_by(code) & ML_LIBRARIES


@pytest.mark.parametrize("path", python_files(DESKTOP), ids=lambda path: path.name)
def test_only_the_parts_of_qt_that_are_installed_are_used(path: Path) -> None:
    """PySide6-Essentials leaves out the add-ons, which are twice as large."""
    imported = {
        node.module
        for node in ast.walk(parse(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6.")
    }
    assert imported <= {f"PySide6.{name}" for name in QT_MODULES}


def test_the_protocol_needs_msgspec_and_nothing_else() -> None:
    """The desktop's sync client imports it."""
    imported: set[str] = set()
    for node in ast.walk(parse(SYNC_SERVER / "protocol.py")):
        if isinstance(node, ast.Import):
            imported |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or ".").partition(".")[0])
    assert imported - sys.stdlib_module_names == {"msgspec"}
    assert not _modules_loaded_by("import sync_server.protocol") & SLOW_TO_LOAD


def test_nothing_outside_the_worker_loads_a_machine_learning_library() -> None:
    code = "\n".join(f"import {module}" for module in LIGHT_MODULES)
    assert not _modules_loaded_by(code) & ML_LIBRARIES
