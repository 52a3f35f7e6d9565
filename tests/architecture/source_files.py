"""Find the project's own files for the tests of this folder."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "engine"
DESKTOP = ROOT / "desktop"
SYNC_SERVER = ROOT / "sync_server"


def python_files(folder: Path) -> list[Path]:
    """Return all Python files under `folder`, sorted."""
    return sorted(folder.rglob("*.py"))


def program_files() -> list[Path]:
    """Return all Python files that people install."""
    return [*python_files(ENGINE), *python_files(DESKTOP), *python_files(SYNC_SERVER)]


def module_name(path: Path) -> str:
    """Return the dotted name under which the file at `path` is imported."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def parse(path: Path) -> ast.Module:
    """Return the syntax tree of the file at `path`."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Iterate over all functions and methods of a syntax tree, nested ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def documents() -> list[Path]:
    """Return all documents in Markdown but the change log, which tells of the past."""
    folders = [ROOT.glob("*.md"), (ROOT / "docs").rglob("*.md"), (ROOT / ".github").rglob("*.md")]
    return sorted(path for files in folders for path in files if path.name != "CHANGELOG.md")
