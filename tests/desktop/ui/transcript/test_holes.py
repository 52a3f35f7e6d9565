"""What is missing of an unfinished transcript is named in its place, and leads on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.store.records import SegmentsAdded
from desktop.ui.transcript.hole_lines import GoingOn
from desktop.ui.transcript.holes import Decoded, Hole, holes
from desktop.ui.widgets.buttons import Button
from engine.events import Block
from engine.transcript.editing import Edit
from engine.transcript.transcript import Removed, Segment
from tests.desktop.ui.transcript.conftest import Open, Opened
from tests.desktop.ui.transcript.documents import long_text, spoken, stored

_BLOCKS = (Block(0, 0, 60), Block(1, 60, 120), Block(2, 120, 180), Block(3, 180, 240))
_TEXT = (spoken("Text of the first block.", 1, block=0), spoken("Of the third.", 130, block=2))


def _labels(opened: Opened) -> list[str]:
    found = [one for one in opened.page.findChildren(QLabel) if one.isVisible()]
    return [one.text() for one in sorted(found, key=lambda one: one.mapToGlobal(one.pos()).y())]


def _buttons(opened: Opened) -> list[Button]:
    return [one for one in opened.page.findChildren(Button) if one.isVisible()]


def _holes(
    blocks: tuple[Block, ...], *segments: Segment, completed: tuple[int, ...] = ()
) -> list[Hole]:
    """Return what is missing while nobody has deleted anything."""
    reached = {segment.block: segment.end for segment in segments}
    return holes(Decoded(blocks, completed, reached), segments)


def test_neighbours_are_one_hole_and_what_is_decoded_of_a_block_is_none() -> None:
    third = spoken("Of the third.", 120, block=2)
    assert _holes(_BLOCKS, third, completed=(0,)) == [Hole(60, 120), Hole(third.end, 240)]
    assert _holes(_BLOCKS, completed=(0, 3)) == [Hole(60, 180)]
    assert not _holes(_BLOCKS, third, completed=(0, 1, 2, 3))
    assert not _holes((), third)


def test_a_hole_may_have_no_end_and_silence_at_a_blocks_end_is_none() -> None:
    assert _holes((Block(0, 0, None),), spoken("Word.", 10)) == [Hole(10.3, None)]
    assert not _holes((Block(0, 0, 11),), spoken("Word.", 10))


def test_a_hole_ends_where_the_text_of_the_next_block_begins() -> None:
    text = spoken("Of the first.", 40)
    for start in (53.0, 66.0):  # the border moved to a silence before or behind its place
        following = spoken("Of the second.", start, block=1)
        assert _holes(_BLOCKS[:2], text, following)[0] == Hole(text.end, start)
    late = spoken("Long after a silence.", 90, block=1)
    assert _holes(_BLOCKS[:2], text, late)[0] == Hole(text.end, 60)


def test_borders_of_finished_blocks_are_known() -> None:
    second = Block(1, 53.5, 111.0)
    late = spoken("After a silence.", 70, block=1)
    blocks = (_BLOCKS[0], second, _BLOCKS[2])
    assert _holes(blocks, late, completed=(1,)) == [Hole(0, 53.5), Hole(111, 180)]


def test_a_block_that_reached_beyond_its_planned_end_is_not_missing_there() -> None:
    text = spoken("Across the planned border.", 64)
    assert _holes(_BLOCKS[:2], text) == [Hole(text.end, 120)]
    following = spoken("Of the second.", 70, block=1)
    assert _holes(_BLOCKS[:2], text, following)[0] == Hole(text.end, 70)


def test_each_channel_has_blocks_of_its_own() -> None:
    blocks = (Block(0, 0, 60, 0), Block(1, 0, 60, 1), Block(2, 60, 120, 0), Block(3, 60, 120, 1))
    right = spoken("Right.", 57, block=3)
    assert _holes(blocks, right, completed=(0,)) == [Hole(0, 57), Hole(right.end, 120)]
    assert _holes(blocks, right, completed=(0, 2, 3)) == [Hole(0, 60)]


def test_deleted_text_is_not_missing() -> None:
    kept = spoken("Before a long silence.", 5)
    decoded = Decoded(_BLOCKS[:2], (1,), {0: 48.0})
    assert holes(decoded, [kept]) == [Hole(48, 60)]
    assert holes(decoded, []) == [Hole(48, 60)]


def test_deleting_text_of_an_unfinished_block_names_no_hole(open_view: Open, qtbot: QtBot) -> None:
    opened = open_view(stored(_TEXT[0], blocks=_BLOCKS[:1]))
    added, doubtful = spoken("After a silence.", 40), spoken("You.", 50)
    opened.view.add_segments(SegmentsAdded(1, (added,)))
    opened.view.show_standing(GoingOn())
    opened.session.edit(Edit((added,), ()))
    qtbot.waitUntil(lambda: opened.view.holes.sentences() == ["0:40–1:00 not transcribed yet"])
    assert opened.view.editor.feed.frontier() == added.end
    opened.view.show_running()
    opened.view.add_segments(SegmentsAdded(1, removed=(Removed(doubtful, "stock_phrase"),)))
    opened.view.show_standing(GoingOn())
    assert opened.view.holes.sentences() == ["0:50–1:00 not transcribed yet"]


def test_what_the_library_knows_of_deleted_text_is_not_missing(open_view: Open) -> None:
    opened = open_view(stored(_TEXT[0], blocks=_BLOCKS[:2], completed=(1,), reached=(48.0, 0.0)))
    opened.view.show_standing(GoingOn())
    assert opened.view.holes.sentences() == ["0:48–1:00 not transcribed yet"]


def test_a_block_that_finishes_tells_where_it_lay(open_view: Open) -> None:
    opened = open_view(stored(_TEXT[0], blocks=_BLOCKS[:2]))
    opened.view.finish_block(Block(0, 0, 53.0))
    opened.view.show_standing(GoingOn())
    assert opened.view.holes.sentences() == ["0:53–2:00 not transcribed yet"]


def test_holes_are_named_once_the_job_stands_still(open_view: Open, qtbot: QtBot) -> None:
    opened = open_view(stored(*_TEXT, blocks=_BLOCKS, completed=(0,)))
    assert not _labels(opened)
    opened.view.show_standing(GoingOn("Continue"))
    sentences = ["1:00–2:10 not transcribed yet", "2:10–4:00 not transcribed yet"]
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
