"""Check every control in every appearance: named, not clipped, not elided."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from tests.desktop.ui.finding import clipped, unnamed_controls
from tests.desktop.ui.gallery import Gallery, use_design_font

APPEARANCES = [
    ("light", "off", 100),
    ("dark", "off", 150),
    ("light", "off", 200),
    ("light", "on", 100),
    ("dark", "on", 100),
]


@pytest.fixture(params=APPEARANCES, ids=lambda p: "-".join(map(str, p)))
def gallery(
    dress: Theme, qapp: QApplication, qtbot: QtBot, request: pytest.FixtureRequest
) -> Gallery:
    """Give the page of all controls in one appearance."""
    appearance, contrast, percent = request.param
    use_design_font(qapp, percent)
    dress.set_appearance(appearance)
    dress.set_high_contrast(contrast)
    made = Gallery()
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    made.show()
    made.settle()
    return made


def test_every_control_has_a_name(gallery: Gallery) -> None:
    assert not unnamed_controls(gallery)


def test_nothing_is_clipped(gallery: Gallery) -> None:
    assert not clipped(gallery)


def test_the_picture_is_not_empty_and_in_the_themes_colour(gallery: Gallery) -> None:
    image = gallery.grab().toImage()
    assert image.pixelColor(2, 2) == gallery.palette().color(gallery.palette().ColorRole.Base)
    colors = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, 400, 7)}
    assert len(colors) > 20


def test_every_pointer_target_is_large_enough(gallery: Gallery) -> None:
    for button in gallery.findChildren(QAbstractButton):
        if button.isVisible() and button.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            assert min(button.width(), button.height()) >= 24, button.text()
