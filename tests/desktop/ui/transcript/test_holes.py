"""What is missing of an unfinished transcript is named in its place, and leads on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.ui.transcript.hole_lines import GoingOn
from desktop.ui.transcript.holes import Hole, holes
from desktop.ui.widgets.buttons import Button
from engine.events import Block
from tests.desktop.ui.transcript.conftest import Open, Opened
from tests.desktop.ui.transcript.documents import long_text, spoken, stored

_BLOCKS = (Block(0, 0, 60), Block(1, 60, 120), Block(2, 120, 180), Block(3, 180, 240))
_TEXT = (spoken("Text of the first block.", 1, block=0), spoken("Of the third.", 130, block=2))


def _labels(opened: Opened) -> list[str]:
    found = [one for one in opened.page.findChildren(QLabel) if one.isVisible()]
    return [one.text() for one in sorted(found, key=lambda one: one.mapToGlobal(one.pos()).y())]


def _buttons(opened: Opened) -> list[Button]:
    return [one for one in opened.page.findChildren(Button) if one.isVisible()]


def test_neighbours_are_one_hole_and_what_is_decoded_of_a_block_is_none() -> None:
    third = spoken("Of the third.", 130, block=2)
    assert holes(_BLOCKS[1:], [third]) == [Hole(60, 120), Hole(third.end, 240)]
    assert holes(_BLOCKS[1:3], []) == [Hole(60, 180)]
    assert not holes((), [third])


def test_a_hole_may_have_no_end_and_silence_at_a_blocks_end_is_none() -> None:
    assert holes([Block(0, 0, None)], [spoken("Word.", 10)]) == [Hole(10.3, None)]
    assert not holes([Block(0, 0, 11)], [spoken("Word.", 10)])


def test_holes_are_named_once_the_job_stands_still(open_view: Open, qtbot: QtBot) -> None:
    opened = open_view(stored(*_TEXT, blocks=_BLOCKS, completed=(0,)))
    assert not _labels(opened)
    opened.view.show_standing(GoingOn("Continue"))
    sentences = ["1:00–2:00 not transcribed yet", "2:10–4:00 not transcribed yet"]
    qtbot.waitUntil(lambda: _labels(opened) == sentences)
    assert opened.view.holes.sentences() == sentences
    lines = [
        label.mapTo(opened.page.viewport(), label.rect().center()).y()
        for label in opened.page.findChildren(QLabel)
    ]
    rows = [opened.page.block_rect(index) for index in range(2)]
    # Each has a line of its own below the paragraph it follows.
    assert rows[0].top() < min(lines) < rows[1].top() < max(lines)
    opened.view.show_running()
    qtbot.waitUntil(lambda: not _labels(opened))
    assert opened.page.decoration.below == {id(opened.page.rows[0]): (60,)}


def test_the_way_on_is_beside_what_is_missing(open_view: Open, qtbot: QtBot) -> None:
    opened = open_view(stored(*_TEXT, blocks=_BLOCKS, completed=(0, 2, 3)))
    opened.view.show_standing(GoingOn("Continue"))
    qtbot.waitUntil(lambda: len(_buttons(opened)) == 1)
    (button,) = _buttons(opened)
    assert button.accessibleName() == "Continue, 1:00–2:00 not transcribed yet"
    with qtbot.waitSignal(opened.view.continue_requested):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    opened.view.show_standing(GoingOn(is_final=True))
    assert _labels(opened) == ["1:00–2:00 was not transcribed"]
    assert not _buttons(opened)


def test_what_is_missing_before_the_first_word_stands_above_it(
    open_view: Open, qtbot: QtBot
) -> None:
    opened = open_view(stored(_TEXT[1], blocks=_BLOCKS, completed=(1, 2, 3)))
    before = opened.page.block_rect(0).top()
    opened.view.show_standing(GoingOn())
    qtbot.waitUntil(lambda: _labels(opened) == ["0:00–1:00 not transcribed yet"])
    assert opened.page.block_rect(0).top() == before, "it stands where the dots stood"
    assert opened.view.editor.feed.frontier() == 0


def test_a_hole_at_the_end_can_be_scrolled_to(open_view: Open, qtbot: QtBot) -> None:
    text = long_text(1500)
    end = text[-1].end
    blocks = (Block(0, 0, end + 60), Block(1, end + 60, end + 120))
    opened = open_view(stored(*text, blocks=blocks))
    opened.view.show_standing(GoingOn("Continue"))
    opened.view.go_to_newest()
    qtbot.waitUntil(lambda: len(_buttons(opened)) == 1)
    line = _buttons(opened)[0].parentWidget()
    assert line is not None
    assert opened.page.viewport().rect().contains(line.geometry())


def test_without_any_text_no_hole_is_named(open_view: Open) -> None:
    opened = open_view(stored(blocks=_BLOCKS))
    opened.view.show_standing(GoingOn("Continue"))
    assert not opened.view.holes.sentences()
