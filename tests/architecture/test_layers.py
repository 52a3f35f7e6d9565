"""The layers of docs/architecture.md hold, statically and when modules are really imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source_files import ENGINE, ROOT, module_name, python_files

ML_LIBRARIES = frozenset(
    {"av", "ctranslate2", "faster_whisper", "huggingface_hub", "onnxruntime", "tokenizers", "torch"}
)
SLOW_TO_LOAD = ML_LIBRARIES | {"numpy", "requests", "docx", "pysubs2"}
ML_HALF = ("engine.recognition", "engine.benchmark_reference")
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


def test_nothing_outside_the_worker_loads_a_machine_learning_library() -> None:
    code = "\n".join(f"import {module}" for module in LIGHT_MODULES)
    assert not _modules_loaded_by(code) & ML_LIBRARIES
