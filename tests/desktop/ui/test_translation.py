"""The program speaks the language of the settings or the system, Qt's own buttons included."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.ui import translation
from desktop.ui.language_names import NAMES, language_name, languages_by_name
from desktop.ui.translation import SYSTEM, Translation, choose_language
from engine.languages import LANGUAGES
from tests.desktop.ui.translation_files import compile_file

TS = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context><name>Parent</name>
<message><source>Choose a file …</source><translation>Datei auswählen …</translation></message>
<message numerus="yes"><source>%n file(s)</source><translation>
<numerusform>%n Datei</numerusform><numerusform>%n Dateien</numerusform></translation></message>
</context></TS>
"""


class Parent(QObject):
    """Say something that is translated."""

    def choose(self) -> str:
        """Return a sentence."""
        return self.tr("Choose a file …")

    def count(self, number: int) -> str:
        """Return a sentence with a plural."""
        return self.tr("%n file(s)", "", number)


class _Child(Parent):
    """Inherit what is said."""


@pytest.fixture(name="spoken")
def _spoken(qapp: QApplication) -> Iterator[Translation]:
    spoken = Translation(qapp)
    yield spoken
    spoken.apply("en")
    for translator in spoken.findChildren(QTranslator):
        qapp.removeTranslator(translator)
    spoken.deleteLater()
    QLocale.setDefault(QLocale.c())


@pytest.fixture(name="small_file")
def _small_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "de.ts").write_text(TS, encoding="utf-8")
    (tmp_path / "en.ts").write_text(TS.replace("Datei", "File"), encoding="utf-8")
    for name in ("de", "en"):
        compile_file(tmp_path / f"{name}.ts", tmp_path / f"{name}.qm")
    monkeypatch.setattr(translation, "FOLDER", tmp_path)


@pytest.mark.parametrize(
    ("setting", "wanted", "chosen"),
    [
        ("de", ["en-GB"], "de"),
        ("en", ["de-DE"], "en"),
        (SYSTEM, ["de-AT", "de", "en"], "de"),
        (SYSTEM, ["pl-PL", "pl", "de_CH"], "de"),
        (SYSTEM, ["pl-PL", "pl"], "en"),
        (SYSTEM, [], "en"),
        ("xx", ["de"], "de"),
    ],
)
def test_the_setting_goes_before_the_system(setting: str, wanted: list[str], chosen: str) -> None:
    assert choose_language(setting, wanted) == chosen


@pytest.mark.usefixtures("small_file")
def test_strings_are_translated_also_where_they_are_inherited(spoken: Translation) -> None:
    spoken.apply("de")
    assert spoken.language == "de"
    assert _Child().choose() == "Datei auswählen …"


@pytest.mark.usefixtures("small_file")
def test_plurals_have_the_form_of_their_number(spoken: Translation) -> None:
    spoken.apply("de")
    parent = Parent()
    assert [parent.count(number) for number in (1, 2)] == ["1 Datei", "2 Dateien"]


@pytest.mark.usefixtures("small_file")
def test_another_language_takes_the_place_of_the_first(spoken: Translation) -> None:
    spoken.apply("de")
    spoken.apply("en")
    assert Parent().count(2) == "2 Fileen"


def test_what_qt_itself_says_is_translated(spoken: Translation) -> None:
    spoken.apply("de")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    spoken.apply("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_numbers_follow_the_language_in_the_formats_of_the_system(spoken: Translation) -> None:
    spoken.apply("de", QLocale("pl_PL"))
    assert QLocale().toString(1234567.5, "f", 1) == "1.234.567,5"
    spoken.apply("en", QLocale("pl_PL"))
    assert QLocale().toString(1234567.5, "f", 1) == "1,234,567.5"
    spoken.apply("de", QLocale("de_CH"))
    assert QLocale().name() == "de_CH"


@pytest.mark.parametrize("language", translation.LANGUAGES)
def test_every_language_that_can_be_chosen_has_its_files(
    language: str, spoken: Translation
) -> None:
    spoken.apply(language)
    assert len(spoken.findChildren(QTranslator)) == 2


def test_languages_are_named_in_the_language_of_the_program(spoken: Translation) -> None:
    assert set(NAMES) == set(LANGUAGES.values())
    spoken.apply("de")
    assert language_name("en") == "Englisch"
    assert languages_by_name()[0] == ("af", "Afrikaans")
