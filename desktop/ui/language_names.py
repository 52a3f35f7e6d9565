"""Name languages in the language of the program."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from engine.languages import LANGUAGES


def language_name(code: str) -> str:
    """Return the name of a language; an unknown code is its own name.

    The names are `engine.languages`; translations stand in the context `Languages`.
    """
    return QCoreApplication.translate("Languages", LANGUAGES.get(code, code))


def languages_by_name() -> list[tuple[str, str]]:
    """Return code and name of all languages, sorted by name."""
    named = [(code, language_name(code)) for code in LANGUAGES]
    return sorted(named, key=lambda pair: pair[1].casefold())
