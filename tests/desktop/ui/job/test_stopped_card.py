"""The card says what happened, offers the way out, and keeps the details for those who ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.ui.job.stopped_card import StoppedCard
from desktop.ui.messages import Circumstances, Messages, Way
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.cards import InlineCard
from desktop.ui.widgets.labels import ElidedLabel

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(name="card")
def card_fixture(qtbot: QtBot) -> Iterator[StoppedCard]:
    made = StoppedCard()
    qtbot.addWidget(made)
    made.resize(960, 300)
    made.show()
    message = Messages(made).stopped("library.disk_full", Circumstances(at=1_744.0, paragraphs=64))
    made.show_message(message, detail="OSError: [Errno 28]")
    yield made


def _buttons(card: StoppedCard) -> dict[str, Button]:
    return {button.text(): button for button in card.findChildren(Button) if button.isVisible()}


def test_it_says_what_happened_with_its_code(card: StoppedCard) -> None:
    texts = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]

    assert "The disk is full, so transcription stopped at 29:04." in texts
    assert "library.disk_full" in texts


def test_the_first_way_is_the_main_button(card: StoppedCard, qtbot: QtBot) -> None:
    buttons = _buttons(card)
    assert list(buttons) == ["Continue", "Open the folder", "Details"]
    assert [button.kind for button in buttons.values()] == ["primary", "normal", "quiet"]

    with qtbot.waitSignal(card.way_chosen) as chosen:
        QTest.mouseClick(buttons["Continue"], LEFT)
    assert chosen.args == [Way.CONTINUE]


def test_details_open_close_and_are_copied(card: StoppedCard) -> None:
    details = card.findChild(QPlainTextEdit)
    assert isinstance(details, QPlainTextEdit) and not details.isVisible()

    QTest.mouseClick(_buttons(card)["Details"], LEFT)
    assert details.isVisible()
    QTest.mouseClick(_buttons(card)["Copy details"], LEFT)
    assert QGuiApplication.clipboard().text() == "library.disk_full\nOSError: [Errno 28]"
    QTest.mouseClick(_buttons(card)["Details"], LEFT)
    assert not details.isVisible()


def test_it_names_the_file_it_is_about(card: StoppedCard, qtbot: QtBot) -> None:
    name = f"Rats- und {'Ausschuss' * 40}sitzung.mp3"
    card.show_message(Messages(card).stopped("media.not_found"), about=name)

    (label,) = [one for one in card.findChildren(ElidedLabel) if one.isVisible()]
    assert label.is_elided and label.toolTip() == name and label.accessibleName() == name
    assert card.findChild(InlineCard).accessibleName().startswith(name)  # type: ignore[union-attr]
    card.show_message(Messages(card).stopped("media.not_found"), detail="trace", about="a.mp3")
    qtbot.waitUntil(lambda: "Details" in _buttons(card))
    QTest.mouseClick(_buttons(card)["Details"], LEFT)
    QTest.mouseClick(_buttons(card)["Copy details"], LEFT)
    assert QGuiApplication.clipboard().text() == "media.not_found\na.mp3\ntrace"
    card.show_message(Messages(card).stopped("media.not_found"))
    assert not [one for one in card.findChildren(ElidedLabel) if one.isVisible()]


def test_another_message_replaces_buttons_and_details(card: StoppedCard, qtbot: QtBot) -> None:
    card.show_message(Messages(card).stopped("media.not_found"), "warn")

    qtbot.waitUntil(lambda: set(_buttons(card)) == {"Find it…", "Try again"})
    assert card.message.code == "media.not_found"
    card.show_message(Messages(card).notice("engine.restarted"), "warn")
    card.focus_first()
    assert not _buttons(card)
