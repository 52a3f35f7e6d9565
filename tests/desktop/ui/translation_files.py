"""Run Qt's tools for translation files, and read what they write."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[3]
DESKTOP = ROOT / "desktop"


@dataclass(frozen=True, slots=True)
class Message:
    """One string, and how it is said in the other language."""

    context: str
    source: str
    comment: str
    is_plural: bool
    forms: tuple[str, ...]
    state: str
    """Empty if it is finished."""


def compile_file(source: Path, target: Path) -> None:
    """Make a .qm from a .ts."""
    _run("lrelease", str(source), "-qm", str(target))


def collect(target: Path, code: Path = DESKTOP, *, plurals_only: bool = False) -> None:
    """Bring a .ts up to date with the code, as scripts/translations.sh does."""
    _run(
        *("lupdate", "-extensions", "py", "-locations", "none", "-source-language", "en"),
        *("-target-language", target.stem, str(code), "-ts", str(target)),
        *(("-pluralonly",) if plurals_only else ()),
    )


def _run(tool: str, *options: str) -> None:
    program = Path(sys.executable).with_name(f"pyside6-{tool}")
    done = subprocess.run(
        [str(program), *options], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def read(path: Path) -> tuple[Message, ...]:
    """Return what stands in a .ts."""
    root = ElementTree.parse(path).getroot()
    return tuple(
        _message(context.findtext("name", ""), item)
        for context in root.iter("context")
        for item in context.iter("message")
    )


def _message(context: str, item: ElementTree.Element) -> Message:
    translation = item.find("translation")
    assert translation is not None
    forms = translation.findall("numerusform") or [translation]
    return Message(
        context,
        item.findtext("source", ""),
        item.findtext("comment", ""),
        item.get("numerus") == "yes",
        tuple(form.text or "" for form in forms),
        translation.get("type", ""),
    )


@dataclass(frozen=True, slots=True)
class Call:
    """A place in the code that asks for a translation."""

    place: str
    text: str | None
    """None if it is no plain string."""
    owner: str
    """What `tr` is called on."""


def calls(code: Path = DESKTOP) -> Iterator[Call]:
    """Find them with Python's own parser, as a check of what lupdate finds."""
    for path in sorted(code.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                found = _call(node, f"{path.relative_to(code)}:{node.lineno}")
                if found is not None:
                    yield found


def _call(node: ast.Call, place: str) -> Call | None:
    name = ast.unparse(node.func)
    if name.endswith(".tr"):
        return Call(place, _text(node.args[0]), name.removesuffix(".tr"))
    if name.endswith("QT_TRANSLATE_NOOP"):
        return Call(place, _text(node.args[1]), "")
    if name.endswith("Application.translate") and _text(node.args[1]) is not None:
        return Call(place, _text(node.args[1]), "")
    return None


def _text(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def inherited_plurals(code: Path = DESKTOP) -> Iterator[str]:
    """Find classes that say `self.tr` with a number and have heirs.

    PySide looks for an heir's strings in the classes above it only until a text differs from the
    original, and an untranslated plural differs already by its number (seen in 6.11.3).
    """
    speakers: dict[str, str] = {}
    parents: set[str] = set()
    for path in sorted(code.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                parents.update(ast.unparse(base).rpartition(".")[2] for base in node.bases)
                if any(map(_is_plural, ast.walk(node))):
                    speakers[node.name] = str(path.relative_to(code))
    yield from (f"{speakers[name]}: {name}" for name in speakers.keys() & parents)


def _is_plural(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call) and ast.unparse(node.func) == "self.tr" and len(node.args) == 3
    )
