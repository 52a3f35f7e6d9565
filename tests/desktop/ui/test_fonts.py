"""A widget keeps the font of its role, whatever Qt's style sheets remember."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.fonts import font, set_role
from desktop.ui.theme import Theme
from desktop.ui.widgets.cards import InlineCard
from desktop.ui.widgets.labels import Label
from tests.desktop.ui.gallery import use_design_font


@pytest.fixture(name="dress")
def _dress(qapp: QApplication, qtbot: QtBot) -> Iterator[Theme]:
    before = QFont(qapp.font())
    use_design_font(qapp)
    made = Theme(qapp, "light")
    assert qtbot
    yield made
    made.remove()
    qapp.setFont(before)


@pytest.fixture(name="label")
def _label(dress: Theme, qtbot: QtBot) -> Iterator[Label]:
    window = QWidget()
    qtbot.addWidget(window)
    made = Label("text", "body", "text2", window)
    window.show()
    assert dress
    yield made
    window.close()


def test_another_role_outlasts_being_shown(label: Label) -> None:
    other = Label("text", "body", "text2", label.window())
    set_role(other, "caption")
    other.show()
    assert other.font().pointSizeF() == font("caption").pointSizeF()


def test_a_shown_label_follows_the_system_font(label: Label, qapp: QApplication) -> None:
    before = label.fontInfo().pixelSize()
    use_design_font(qapp, 200)
    assert label.fontInfo().pixelSize() == 2 * before
    label.hide()
    label.show()
    assert label.fontInfo().pixelSize() == 2 * before


def test_the_second_sentence_of_a_flat_card_is_a_caption(label: Label) -> None:
    card = InlineCard("info", label.window())
    card.set_message("The base model is not on this computer yet.", "145 MB, once.")
    card.show()
    second = next(one for one in card.findChildren(Label) if one.text() == "145 MB, once.")
    assert second.font().pointSizeF() == font("caption").pointSizeF()
