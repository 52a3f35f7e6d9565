"""Every failure that the code can report has a sentence for the user."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import errors
from engine.errors import ADVICE, TranscriberError
from tests.architecture.source_files import ENGINE, parse, program_files

CLASSES = {
    name: item
    for name, item in vars(errors).items()
    if isinstance(item, type) and issubclass(item, TranscriberError)
}
PREFIXES = {item.prefix for item in CLASSES.values() if item.prefix}


def _raised_codes(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(parse(path)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = ast.unparse(node.func).rpartition(".")[2]
        first = node.args[0]
        if name in CLASSES and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield name, first.value


def _strings(path: Path) -> set[str]:
    return {
        node.value
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@pytest.mark.parametrize("path", program_files(), ids=lambda path: path.name)
def test_every_code_that_is_raised_has_advice(path: Path) -> None:
    for class_name, code in _raised_codes(path):
        assert code in ADVICE
        assert code.startswith(CLASSES[class_name].prefix)


@pytest.mark.parametrize("code", ADVICE)
def test_every_code_belongs_to_one_class_and_has_two_sentences(code: str) -> None:
    assert [prefix for prefix in PREFIXES if code.startswith(prefix)] == [
        code.partition(".")[0] + "."
    ]
    for sentence in (ADVICE[code].sentence, ADVICE[code].action):
        assert sentence[0].isupper() and sentence.endswith(".")


def test_every_code_is_used_somewhere() -> None:
    files = [path for path in program_files() if path != ENGINE / "errors.py"]
    used = {text for path in files for text in _strings(path)} | {"engine.internal"}
    assert sorted(set(ADVICE) - used) == []
