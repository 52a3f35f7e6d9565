"""Put the program into the language of the settings or the system: its words, Qt's, and numbers.

Use: `Translation(application).apply(settings.language)` before the first window. Numbers and dates
follow by `QLocale()`. Plurals (`%n`) need a translation file in every language, English included.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

logger = logging.getLogger(__name__)

FOLDER: Final = Path(__file__).parents[1] / "resources" / "translations"
LANGUAGES: Final = {"en": "English", "de": "Deutsch"}
"""Code → its own name."""
SYSTEM: Final = "system"
"""The setting that follows the system."""

_LOCALES: Final = {"en": "en_GB", "de": "de_DE"}
"""Number and date formats where the system speaks another language; they need a territory."""


class Translation(QObject):
    """Hold the translations that are installed, and exchange them. GUI thread."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._application = application
        self._installed: list[QTranslator] = []
        self._language = "en"

    @property
    def language(self) -> str:
        """Return the code of the language in use."""
        return self._language

    def apply(self, setting: str, system: QLocale | None = None) -> None:
        """Install a language: a key of `LANGUAGES`, or `SYSTEM`.

        Widgets get a LanguageChange event; what they have already fetched stays as it is.
        """
        system = QLocale.system() if system is None else system
        self._language = choose_language(setting, system.uiLanguages())
        for translator in self._installed:
            self._application.removeTranslator(translator)
            translator.deleteLater()
        self._installed = []
        QLocale.setDefault(_locale(self._language, system))
        for path in _files_of(self._language):
            self._install(path)

    def _install(self, path: Path) -> None:
        translator = QTranslator(self)
        if translator.load(str(path)):
            self._application.installTranslator(translator)
            self._installed.append(translator)
        else:
            logger.warning("no translation file %s", path.stem)


def files() -> list[Path]:
    """Return the translation files of all languages, which are to be there."""
    return [path for language in LANGUAGES for path in _files_of(language)]


def _files_of(language: str) -> tuple[Path, Path]:
    """Return the words of Qt and those of the program, in the order in which they are installed."""
    qt_folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return qt_folder / f"qtbase_{language}.qm", FOLDER / f"{language}.qm"


def choose_language(setting: str, wanted: Sequence[str]) -> str:
    """Return the language to use; `wanted` are BCP 47 tags, the most wanted first."""
    if setting in LANGUAGES:
        return setting
    codes = (tag.replace("_", "-").partition("-")[0].lower() for tag in wanted)
    return next((code for code in codes if code in LANGUAGES), "en")


def _locale(language: str, system: QLocale) -> QLocale:
    """Return the system's formats if they belong to the language, else the usual ones."""
    is_same = QLocale.languageToCode(system.language()) == language
    return system if is_same else QLocale(_LOCALES[language])
