"""The start page invites to drop, offers the sample, and says when a model is missing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.ui.start.start_page import StartPage
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.progress import ProgressBar

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(name="page")
def page_fixture(qtbot: QtBot) -> Iterator[StartPage]:
    made = StartPage()
    qtbot.addWidget(made)
    made.resize(1_008, 800)
    made.show()
    yield made


def _buttons(page: StartPage) -> dict[str, Button]:
    return {button.text(): button for button in page.findChildren(Button) if button.isVisible()}


def _texts(page: StartPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_files_and_the_sample_are_one_click_away(page: StartPage, qtbot: QtBot) -> None:
    assert set(_buttons(page)) == {"Choose files…", "Try the sample"}
    with qtbot.waitSignal(page.files_requested):
        QTest.mouseClick(_buttons(page)["Choose files…"], LEFT)
    with qtbot.waitSignal(page.sample_requested):
        QTest.mouseClick(_buttons(page)["Try the sample"], LEFT)


def test_dragging_says_what_letting_go_does(page: StartPage) -> None:
    page.set_dragging(True)
    assert "Drop to start" in _texts(page)

    page.set_dragging(False)
    assert "Drop a recording here" in _texts(page)
    assert not page.grab().isNull()


def test_a_missing_model_is_one_sentence_and_one_button(page: StartPage, qtbot: QtBot) -> None:
    page.set_model_note("base", "The base model is not on this computer yet.", "145 MB, once.")

    assert "not on this computer yet" in _texts(page)
    with qtbot.waitSignal(page.download_requested) as asked:
        QTest.mouseClick(_buttons(page)["Download"], LEFT)
    assert asked.args == ["base"]
    page.set_model_note("", "", "")
    assert not page.note.isVisible()


def test_a_download_shows_bar_and_words_in_place_of_the_button(page: StartPage) -> None:
    page.set_model_note("base", "The base model is not on this computer yet.", "145 MB, once.")

    page.note.set_progress(0.3, "30 % · about 1 min left")

    progress = page.findChild(ProgressBar)
    assert isinstance(progress, ProgressBar) and progress.isVisible()
    assert "30 %" in _texts(page) and "Download" not in _buttons(page)
    page.note.set_progress(None, "Connecting")
    assert not progress.isVisible()


def test_nothing_that_does_not_exist_is_promised(page: StartPage) -> None:
    texts = f"{_texts(page)} {' '.join(_buttons(page))}".lower()

    assert "record" not in texts.replace("drop a recording here", "")
    assert "speakers" not in texts


def test_the_card_stays_within_narrow_windows(page: StartPage) -> None:
    page.resize(560, 520)

    for button in page.findChildren(Button):
        if button.isVisible():
            right = button.mapTo(page, button.rect().bottomRight())
            assert page.rect().contains(right)
            assert button.width() >= button.sizeHint().width()
