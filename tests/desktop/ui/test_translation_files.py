"""Every string of the desktop is translated, and nothing else is kept."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from desktop.ui.translation import FOLDER, LANGUAGES
from tests.desktop.ui import translation_files
from tests.desktop.ui.translation_files import (
    Message,
    calls,
    collect,
    compile_file,
    inherited_plurals,
    read,
)

_PLACEHOLDER = re.compile(r"\{[^{}]*\}|%n|%L?\d")

CODE = '''
from PySide6.QtCore import QObject, QT_TRANSLATE_NOOP, QCoreApplication
class Shown(QObject):
    def say(self, n):
        """self.tr("never")"""
        self.tr("in one "
                "piece with “quotes”, \\u00a0 and {name}")
        self.tr("%n thing(s)", "", n)
        self.tr("with a note", "note")
        return lambda: self.tr("in a lambda")
def module():
    return QCoreApplication.translate("Words", "of the module")
TABLE = (QT_TRANSLATE_NOOP("Table", "of the table"),)
'''


def _up_to_date(language: str, folder: Path) -> tuple[Message, ...]:
    target = folder / f"{language}.ts"
    shutil.copy(FOLDER / target.name, target)
    collect(target, plurals_only=language == "en")
    return read(target)


def test_lupdate_finds_what_is_said_in_python(tmp_path: Path) -> None:
    (tmp_path / "shown.py").write_text(CODE, encoding="utf-8")
    collect(tmp_path / "de.ts", tmp_path)
    found = {
        (item.context, item.source, item.comment, item.is_plural)
        for item in read(tmp_path / "de.ts")
    }
    assert found == {
        ("Shown", "in one piece with “quotes”, \u00a0 and {name}", "", False),
        ("Shown", "%n thing(s)", "", True),
        ("Shown", "with a note", "note", False),
        ("Shown", "in a lambda", "", False),
        ("Words", "of the module", "", False),
        ("Table", "of the table", "", False),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_of_the_code_is_translated(language: str, tmp_path: Path) -> None:
    missing = [
        f"{item.context}: {item.source}"
        for item in _up_to_date(language, tmp_path)
        if item.state == "unfinished" or not all(item.forms)
    ]
    assert not missing, "run scripts/translations.sh and translate what is unfinished"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_string_is_kept_that_the_code_has_no_more(language: str, tmp_path: Path) -> None:
    gone = [
        f"{item.context}: {item.source}"
        for item in _up_to_date(language, tmp_path)
        if item.state in ("vanished", "obsolete")
    ]
    assert not gone, "run scripts/translations.sh"


def test_every_call_is_one_that_lupdate_understands(tmp_path: Path) -> None:
    """It passes over calls within f-strings, and takes the name before `.tr` for the class."""
    known = {item.source for item in _up_to_date("de", tmp_path) if item.state != "vanished"}
    strange = [
        f"{call.place}: {call.text}"
        for call in calls()
        if call.text not in known or call.owner not in ("self", "")
    ]
    assert not strange, "write self.tr with one plain string"


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_what_is_put_in_later(language: str) -> None:
    different = [
        f"{item.context}: {item.source} → {form}"
        for item in read(FOLDER / f"{language}.ts")
        for form in item.forms
        if not _placeholders(form) <= _placeholders(item.source)
        or _placeholders(item.source) - _placeholders(form) - ({"%n"} if item.is_plural else set())
    ]
    assert not different


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def test_translations_ask_for_more_exactly_where_the_original_does() -> None:
    """The three dots say that a question follows."""
    different = [
        f"{item.context}: {item.source} → {form}"
        for item in read(FOLDER / "de.ts")
        for form in item.forms
        if item.source.endswith("…") != form.endswith("…")
    ]
    assert not different


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_belongs_to_the_text(language: str, tmp_path: Path) -> None:
    target = tmp_path / f"{language}.qm"
    compile_file(FOLDER / f"{language}.ts", target)
    assert target.read_bytes() == (FOLDER / target.name).read_bytes(), "run scripts/translations.sh"


def test_the_check_of_the_calls_sees_what_lupdate_does_not(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text(
        "def f(self, w):\n  w.tr('other')\n  self.tr(w)\n  return f\"{self.tr('in')}\"\n",
        encoding="utf-8",
    )
    found = {(call.text, call.owner) for call in translation_files.calls(tmp_path)}
    assert found == {("other", "w"), (None, "self"), ("in", "self")}


def test_no_class_leaves_its_plurals_to_its_heirs() -> None:
    assert not list(inherited_plurals()), "say QCoreApplication.translate with the class's name"


def test_the_check_of_the_plurals_finds_them(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text(
        "class A:\n def f(self, n):\n  return self.tr('%n', '', n)\nclass B(x.A):\n pass\n"
        "class C(B):\n def f(self, n):\n  return self.tr('%n', '', n)\n",
        encoding="utf-8",
    )
    assert list(inherited_plurals(tmp_path)) == ["x.py: A"]
