"""Dress the application for tests of controls, and undress it afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from tests.desktop.ui.gallery import use_design_font


@pytest.fixture
def dress(qapp: QApplication, qtbot: QtBot) -> Iterator[Theme]:
    """Give a light theme with the design's font at 100 % and nothing moving."""
    before = QFont(qapp.font())
    made = Theme(qapp, "light")
    made.set_high_contrast("off")
    made.set_reduced_motion("on")
    use_design_font(qapp)
    yield made
    made.remove()
    qapp.setFont(before)
