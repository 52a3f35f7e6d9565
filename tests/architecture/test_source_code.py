"""Every file keeps the conventions that no linter checks."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source_files import ROOT, functions, parse, program_files, python_files

LONGEST_FILE = 400
TABLES = {
    "catalogue.py",
    "languages.py",
    "message_files.py",
    "message_jobs.py",
    "protocol.py",
    "stock_phrases.py",
}
LONGEST_FUNCTION = 50

Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def _own_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count a function's lines, less those of the functions in it: routes are made so."""
    inner = [node for node in functions(function) if node is not function]
    return _lines(function) - sum(
        _lines(node) + node.lineno - node.decorator_list[0].lineno
        for node in inner
        if node.decorator_list and node in function.body
    )


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def _relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _public_nodes(node: Documented) -> Iterator[Documented]:
    yield node
    if not isinstance(node, ast.Module | ast.ClassDef):
        return
    for child in node.body:
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if not (child.name.startswith("_") or _repeats_another(child) or _is_stub(child)):
                yield from _public_nodes(child)


def _repeats_another(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    names = [ast.unparse(decorator) for decorator in node.decorator_list]
    return any(name in {"overload", "override"} or name.endswith(".setter") for name in names)


def _is_stub(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether it only names, in a protocol, what is described where it is done."""
    return ast.unparse(node.body[-1]) == "..." and len(node.body) == 1


@pytest.mark.parametrize("path", program_files(), ids=_relative)
def test_every_public_thing_has_a_docstring(path: Path) -> None:
    missing = [
        getattr(node, "name", "the module")
        for node in _public_nodes(parse(path))
        if not ast.get_docstring(node)
    ]
    assert not missing


@pytest.mark.parametrize("path", python_files(ROOT / "tests"), ids=_relative)
def test_every_test_module_says_what_it_tests(path: Path) -> None:
    assert ast.get_docstring(parse(path)) or not path.read_bytes()


@pytest.mark.parametrize("path", program_files(), ids=_relative)
def test_files_and_functions_stay_short(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST_FILE or path.name in TABLES
    too_long = [
        function.name
        for function in functions(parse(path))
        if _own_lines(function) > LONGEST_FUNCTION
    ]
    assert not too_long or path.name in TABLES


@pytest.mark.parametrize("path", program_files(), ids=_relative)
def test_print_is_left_to_the_command_line(path: Path) -> None:
    if "command_line" in path.parts or path.stem.startswith(
        ("cli", "benchmark", "starter", "__main__")
    ):
        return
    calls = [
        node.lineno
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert not calls
