"""Live text comes in at the right place, and moves neither what is read nor what is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.store.records import SegmentsAdded
from engine.events import Block
from engine.transcript.transcript import Segment
from tests.desktop.ui.transcript.conftest import Open, Opened
from tests.desktop.ui.transcript.documents import interview, long_text, spoken, stored

_BLOCKS = (Block(0, 0, 60), Block(1, 60, 120), Block(2, 120, 180), Block(3, 180, 240))


def _add(opened: Opened, *segments: Segment) -> None:
    opened.view.add_segments(SegmentsAdded(1, segments))


def test_segments_come_in_where_their_time_says(open_view: Open) -> None:
    opened = open_view(stored(blocks=_BLOCKS))
    _add(opened, spoken("third", 130, block=2))
    _add(opened, spoken("first", 1, block=0))
    _add(opened, spoken("second", 61, block=1), spoken("and more", 61.5, block=1))
    assert opened.paragraphs == ["first", "second and more", "third"]
    opened.check()
    assert not opened.page.isReadOnly()


def test_segments_of_another_transcript_are_passed_over(open_view: Open) -> None:
    opened = open_view(stored())
    opened.view.add_segments(SegmentsAdded(2, (spoken("x", 0),)))
    assert opened.paragraphs == [""]


def test_what_is_read_does_not_move(open_view: Open) -> None:
    opened = open_view(stored(*long_text(3000)))
    page = opened.page
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum() // 2)
    index, _ = next(page.visible_rows())
    row, top = page.rows[index], page.block_rect(index).top()
    early = [spoken(f"Something new came in at {at}.", at + 4.0, block=7) for at in range(3, 90, 9)]
    _add(opened, *early)
    assert abs(page.block_rect(page.rows.index(row)).top() - top) <= 1
    opened.check()


def test_the_end_is_followed_only_from_the_end(open_view: Open, qtbot: QtBot) -> None:
    opened = open_view(stored(*long_text(600)))
    page, scroll = opened.page, opened.page.verticalScrollBar()
    scroll.setValue(0)
    with qtbot.waitSignal(opened.view.editor.feed.newest_arrived):
        _add(opened, spoken("New at the end.", 5000))
    assert scroll.value() == 0
    opened.view.go_to_newest()
    assert page.is_at_end()
    _add(opened, spoken("Newer.", 5100), spoken("Newest.", 5200))
    assert page.is_at_end()


def test_caret_and_selection_stay(open_view: Open) -> None:
    opened = open_view(interview())
    opened.select((1, 2), (3, 5))
    before = opened.page.textCursor().selectedText()
    _add(opened, spoken("A late one.", 9.5, speaker="s1", block=5))
    _add(opened, spoken("Zero.", 0.0, speaker="s2", block=4))
    after = opened.page.textCursor().selectedText()
    assert after.replace("A late one. ", "") == before
    opened.put_caret(1, 4)
    text = opened.paragraphs[1]
    _add(opened, spoken("An early one.", 0.1, speaker="s2", block=6))
    index, offset = opened.page.caret()
    assert text.startswith(opened.paragraphs[index]) and offset == 4
    opened.check()
    opened.check()


def test_a_caret_in_a_paragraph_that_live_text_parts_stays_at_its_word(open_view: Open) -> None:
    opened = open_view(interview())
    opened.put_caret(0, len("Let us go back to the winter of eighty-nine. You were"))
    _add(opened, spoken("No.", 2.8, speaker="s2", block=6))
    assert opened.paragraphs[2] == "You were twenty then."
    assert opened.page.caret() == (2, len("You were"))
    opened.check()


def test_half_typed_words_survive_live_text(open_view: Open) -> None:
    opened = open_view(interview())
    opened.put_caret(2, 13)
    QTest.keyClicks(opened.page, " Lou")
    _add(opened, spoken("Then", 13.2, speaker="s1", block=9))
    QTest.keyClicks(opened.page, "d")
    opened.view.commit()
    assert opened.paragraphs[2] == "And he cried. Loud Then"
    opened.check()


def test_live_text_waits_for_a_composition(open_view: Open, qtbot: QtBot) -> None:
    opened = open_view(interview())
    opened.put_caret(2, 3)
    opened.compose("に")
    opened.compose("にほ")
    assert opened.page.is_composing
    _add(opened, spoken("Then", 13.2, speaker="s1", block=9))
    opened.view.finish_block(_BLOCKS[0])
    block = opened.page.document().findBlockByNumber(2)
    assert block.layout().preeditAreaText() == "にほ"
    assert "Then" not in opened.page.toPlainText()
    opened.compose("", "日本")
    qtbot.waitUntil(lambda: opened.paragraphs[2] == "And日本 he cried. Then")
    opened.view.commit()
    assert opened.texts[3] == " And日本 he cried."
    assert opened.page.caret() == (2, 5)
    opened.check()


def test_a_cancelled_composition_lets_the_text_in(open_view: Open, qtbot: QtBot) -> None:
    opened = open_view(interview())
    opened.put_caret(0, 0)
    opened.compose("ni")
    _add(opened, spoken("Last.", 90, block=9))
    opened.view.undo()
    opened.compose("")
    qtbot.waitUntil(lambda: opened.paragraphs[-1] == "Last.")
    opened.check()


def test_a_composition_over_a_selection_of_paragraphs_merges_them(
    open_view: Open, qtbot: QtBot
) -> None:
    opened = open_view(interview())
    opened.select((1, 2), (2, 4))
    opened.compose("に")
    assert opened.paragraphs[1].startswith("I he cried.")
    _add(opened, spoken("Then", 13.2, speaker="s2", block=9))
    opened.compose("", "日")
    qtbot.waitUntil(lambda: opened.paragraphs[1].startswith("I 日he cried. Then"))
    opened.view.commit()
    opened.check()
    while opened.session.can_undo:
        opened.view.undo()
    assert [text for text in opened.texts if text != " Then"] == [
        segment.text for segment in interview().transcript.segments
    ]
    opened.check()


def test_a_composition_may_not_replace_a_paragraphs_border(open_view: Open) -> None:
    opened = open_view(interview())
    opened.put_caret(2, 0)
    event = QInputMethodEvent("", [])
    event.setCommitString("x", -2, 2)
    QApplication.sendEvent(opened.page, event)
    assert len(opened.paragraphs) == 4
    assert opened.paragraphs[2] == "xAnd he cried."


def test_what_was_typed_before_a_composition_outlasts_leaving(open_view: Open) -> None:
    opened = open_view(interview())
    opened.put_caret(0, 0)
    QTest.keyClicks(opened.page, "Oh ")
    opened.compose("かな")
    opened.view.clear()
    assert opened.texts[0].startswith(" Oh Let us go")
    assert not opened.page.is_composing
    assert not opened.page.document().firstBlock().layout().preeditAreaText()


def test_a_composition_in_an_emptied_paragraph_does_not_delete_it(open_view: Open) -> None:
    opened = open_view(interview())
    opened.select((2, 0), (2, 13))
    opened.compose("かな")
    opened.view.clear()
    assert opened.texts[3] == " And he cried."


def test_typing_is_stored_around_a_composition_that_goes_on(open_view: Open, qtbot: QtBot) -> None:
    opened = open_view(interview())
    opened.put_caret(2, 13)
    QTest.keyClicks(opened.page, " Oh ")
    opened.compose("かな")
    qtbot.waitUntil(lambda: opened.texts[3] == " And he cried. Oh ", timeout=8000)
    _add(opened, spoken("Last.", 90, block=9))
    block = opened.page.document().findBlockByNumber(2)
    assert opened.page.is_composing and block.layout().preeditAreaText() == "かな"
    opened.compose("", "仮名")
    qtbot.waitUntil(lambda: opened.paragraphs[-1] == "Last.")
    opened.view.commit()
    assert opened.texts[3] == " And he cried. Oh 仮名"
    opened.check()
    opened.view.undo()
    assert opened.session.segments[3] == interview().transcript.segments[3]
    opened.check()


def test_dots_stand_where_text_is_still_to_come(open_view: Open) -> None:
    opened = open_view(stored(blocks=_BLOCKS, completed=()))
    assert opened.page.decoration.above == (0.0,)
    _add(opened, spoken("first", 1, block=0), spoken("third", 130, block=2))
    first, third = opened.page.rows
    assert opened.page.decoration.growing == {id(first), id(third)}
    assert not opened.page.decoration.below and not opened.page.decoration.above
    opened.view.finish_block(_BLOCKS[0])
    opened.view.finish_block(_BLOCKS[2])
    assert not opened.page.decoration.growing
    assert opened.page.decoration.below == {id(first): (60,), id(third): (180,)}
    opened.view.show_blocks((), ())
    assert not opened.page.decoration.below


def test_growing_text_is_paler_until_it_is_whole(open_view: Open) -> None:
    opened = open_view(stored(spoken("first", 1, block=0), blocks=_BLOCKS[:1]))
    block = opened.page.document().findBlockByNumber(0)
    fragment = block.begin().fragment()
    assert fragment.charFormat().hasProperty(fragment.charFormat().Property.ForegroundBrush)
    opened.view.finish_block(_BLOCKS[0])
    fragment = opened.page.document().findBlockByNumber(0).begin().fragment()
    assert not fragment.charFormat().hasProperty(fragment.charFormat().Property.ForegroundBrush)


def test_the_frontier_is_the_first_moment_without_text(open_view: Open) -> None:
    opened = open_view(stored(blocks=_BLOCKS))
    feed = opened.view.editor.feed
    _add(opened, spoken("third", 130, block=2))
    assert feed.frontier() == 0
    _add(opened, spoken("first", 1, block=0))
    assert feed.frontier() == opened.session.segments[0].end
    opened.view.finish_block(_BLOCKS[0])
    assert feed.frontier() == 60
    opened.view.show_blocks((), ())
    assert feed.frontier() is None


def test_no_text_stays_pale_however_the_blocks_came(open_view: Open) -> None:
    opened = open_view(stored(blocks=_BLOCKS))
    for at in range(0, 60, 5):
        for number in (0, 2, 1, 3):
            start = 60 * number + at
            _add(opened, spoken(f"Said at {start} and so on.", start, block=number))
    for block in _BLOCKS:
        opened.view.finish_block(block)
    assert not pale_text(opened)


def pale_text(opened: Opened) -> list[str]:
    """Return the stretches of text that have a colour of their own."""
    found = []
    block = opened.page.document().begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            fragment = fragments.fragment()
            if fragment.charFormat().hasProperty(QTextCharFormat.Property.ForegroundBrush):
                found.append(fragment.text())
            fragments += 1
        block = block.next()
    return found


def test_ten_hours_are_filled_in_slices_from_the_place_that_is_shown(
    open_view: Open, qtbot: QtBot
) -> None:
    segments = long_text(90_000)
    opened = open_view(stored())
    editor = opened.view.editor
    opened.session.add_segments(segments[:1])
    view, session = opened.view, opened.session
    session.add_segments(segments[1:])
    editor.filling.start(editor.rows, 500)
    assert 0 < len(opened.page.rows) < 100
    assert opened.page.rows[opened.page.caret()[0]] is editor.rows[500]
    top = opened.page.cursorRect().top()
    _add(
        opened, spoken("In front.", 0, block=8, speaker="s9"), spoken("Behind.", 90_000.0, block=9)
    )
    qtbot.waitUntil(lambda: editor.filling.is_filled, timeout=20_000)
    assert abs(opened.page.cursorRect().top() - top) <= 1
    opened.check()
    view.go_to(segments[-1].id)
    assert opened.page.row_at_caret() is editor.rows[len(editor.rows) - 2]


def test_typing_while_the_page_is_still_being_filled(open_view: Open, qtbot: QtBot) -> None:
    segments = long_text(20_000)
    opened = open_view(stored(*segments))
    editor = opened.view.editor
    editor.filling.start(editor.rows, len(editor.rows) // 2)
    assert not editor.filling.is_filled
    QTest.keyClicks(opened.page, "Here ")
    QTest.keyClick(opened.page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.filling.is_filled, timeout=20_000)
    opened.view.commit()
    opened.check()
    assert opened.texts.count(" Here") == 1
