"""Give every test of the desktop the same look, and keep it off the user's own folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from tests.conftest import ROOT

FONTS = sorted((ROOT / "tests" / "data" / "fonts").glob("*.otf"))
_POINTS = 9.75
"""13 px, as on the pictures of the design."""


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Return the arguments of the application of all tests."""
    return ["whisper-transcriber-desktop", "-style", "Fusion"]


@pytest.fixture(scope="session", name="look_the_same")
def _look_the_same(qapp: QApplication) -> QApplication:
    """Return the application with the bundled font, so that sizes differ nowhere."""
    for path in FONTS:
        QFontDatabase.addApplicationFont(str(path))
    font = QFont("Inter")
    font.setPointSizeF(_POINTS)
    qapp.setFont(font)
    return qapp


@pytest.fixture(autouse=True)
def _isolate(look_the_same: QApplication, isolated_home: Path) -> Iterator[None]:
    """Let no test see the user's settings, nor another test's; put back font and style sheet."""
    font, sheet, palette = (
        look_the_same.font(),
        look_the_same.styleSheet(),
        look_the_same.palette(),
    )
    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, str(isolated_home / "qt"))
    yield
    # No event loop runs between tests, and so nothing would be deleted: thousands of widgets would
    # be dressed anew with every change of font or theme.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if look_the_same.styleSheet() != sheet:
        look_the_same.setStyleSheet(sheet)
    if look_the_same.palette() != palette:
        look_the_same.setPalette(palette)
    if look_the_same.font() != font:
        look_the_same.setFont(font)
