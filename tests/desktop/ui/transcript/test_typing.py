"""Typing, splitting, joining, deleting, pasting and undoing reach the session, and nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.store.records import SegmentsAdded
from engine.transcript.paragraphs import grouped, line
from tests.desktop.ui.transcript.conftest import Open
from tests.desktop.ui.transcript.documents import interview, spoken, stored

_Key = Qt.Key
_CONTROL = Qt.KeyboardModifier.ControlModifier


def test_typing_is_stored_when_it_pauses(open_view: Open, qtbot: QtBot) -> None:
    opened = open_view(interview())
    opened.put_caret(0, 6)
    with qtbot.waitSignal(opened.session.changed, timeout=5000):
        QTest.keyClicks(opened.page, " all")
        assert opened.paragraphs[0].startswith("Let us all go back")
    assert opened.texts[0].startswith(" Let us all go back")
    opened.check()


def test_typing_is_stored_when_the_caret_leaves_the_paragraph(
    open_view: Open, qtbot: QtBot
) -> None:
    opened = open_view(interview())
    opened.put_caret(1, 0)
    QTest.keyClicks(opened.page, "Well, ")
    with qtbot.waitSignal(opened.session.changed):
        QTest.keyClick(opened.page, _Key.Key_Up)
    assert opened.texts[2].startswith(" Well, I walked")
    opened.check()


def test_typing_is_stored_when_the_focus_goes_elsewhere(open_view: Open) -> None:
    opened = open_view(interview())
    opened.put_caret(1, 0)
    QTest.keyClicks(opened.page, "Well, ")
    opened.view.find_text()
    assert opened.texts[2].startswith(" Well, I walked")
    opened.check()


def test_typing_is_stored_when_the_view_is_cleared(open_view: Open) -> None:
    opened = open_view(interview())
    opened.put_caret(2, 13)
    QTest.keyClicks(opened.page, " Loud.")
    opened.view.clear()
    assert opened.texts[3] == " And he cried. Loud."
    assert opened.page.toPlainText() == "" and opened.page.isReadOnly()


def test_steady_typing_is_stored_without_a_pause(open_view: Open, qtbot: QtBot) -> None:
    opened = open_view(interview())
    opened.put_caret(1, 0)

    def goes_on() -> bool:
        QTest.keyClicks(opened.page, "x")
        return opened.texts[2].startswith(" x")

    qtbot.waitUntil(goes_on, timeout=8000)
    opened.view.commit()
    opened.check()


def test_a_speaker_chosen_right_after_typing_is_taken_over(open_view: Open) -> None:
    opened = open_view(interview())
    opened.put_caret(0, 0)
    QTest.keyClicks(opened.page, "Oh ")
    opened.view.editor.paragraphs.assign("s2")
    assert opened.texts[0].startswith(" Oh Let us")
    assert [item.speaker for item in opened.session.segments[:2]] == ["s2", "s2"]
    opened.check()


def test_words_that_stay_keep_their_ids_through_the_view(open_view: Open) -> None:
    opened = open_view(interview())
    before = opened.session.segments[2]
    opened.put_caret(1, 2)
    QTest.keyClicks(opened.page, "once ")
    opened.view.commit()
    words = opened.session.segments[2].words
    assert [word.id for word in words if word.id.startswith("run")] == [w.id for w in before.words]


def test_enter_splits_and_backspace_merges(open_view: Open) -> None:
    opened = open_view(interview())
    opened.put_caret(1, 8)
    QTest.keyClick(opened.page, _Key.Key_Return)
    assert opened.paragraphs[1:3] == ["I walked", "around the shipyard every evening."]
    assert opened.page.caret() == (2, 0)
    opened.check()
    QTest.keyClick(opened.page, _Key.Key_Backspace)
    assert opened.paragraphs[1] == "I walked around the shipyard every evening."
    assert opened.page.caret() == (1, 9)
    opened.check()
    assert opened.session.segments[3].paragraph is False


def test_enter_leaves_the_start_of_the_next_paragraph_alone(open_view: Open) -> None:
    opened = open_view(stored(*(spoken(f"It goes on {at}.", at) for at in range(0, 130, 2))))
    before = opened.paragraphs
    assert len(before) == 3
    opened.put_caret(0, len(before[0]) - 20)
    QTest.keyClick(opened.page, _Key.Key_Return)
    assert len(opened.paragraphs) == 4
    assert opened.paragraphs[2:] == before[1:]
    opened.check()
    QTest.keyClick(opened.page, _Key.Key_Z, _CONTROL)
    assert opened.paragraphs == before


def test_what_is_deleted_inside_does_not_part_a_paragraph(open_view: Open) -> None:
    opened = open_view(stored(*(spoken(f"It goes on {at}.", at) for at in range(0, 20, 2))))
    cursor = opened.page.textCursor()
    cursor.setPosition(len("It goes on 0. "))
    cursor.setPosition(
        len("It goes on 0. It goes on 2. It goes on 4. "), cursor.MoveMode.KeepAnchor
    )
    opened.page.setTextCursor(cursor)
    QTest.keyClick(opened.page, _Key.Key_Delete)
    opened.view.commit()
    shown = opened.paragraphs
    assert len(shown) == 1
    assert [line(group).text for group in grouped(opened.session.segments)] == shown


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [(_Key.Key_Y, _CONTROL), (_Key.Key_Z, _CONTROL | Qt.KeyboardModifier.ShiftModifier)],
)
def test_every_key_for_redo_makes_it_again(
    open_view: Open, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    opened = open_view(interview())
    opened.put_caret(0, 0)
    QTest.keyClicks(opened.page, "Well ")
    QTest.keyClick(opened.page, _Key.Key_Z, _CONTROL)
    assert not opened.paragraphs[0].startswith("Well")
    QTest.keyClick(opened.page, key, modifiers)
    assert opened.paragraphs[0].startswith("Well")


def test_delete_at_the_end_merges_with_the_next_speaker(open_view: Open) -> None:
    opened = open_view(interview())
    opened.put_caret(1, len(opened.paragraphs[1]))
    QTest.keyClick(opened.page, _Key.Key_Delete)
    assert opened.paragraphs[1] == "I walked around the shipyard every evening. And he cried."
    assert opened.session.segments[3].speaker == "s2"
    opened.check()


def test_enter_between_two_segments_parts_no_word(open_view: Open) -> None:
    opened = open_view(interview())
    opened.put_caret(0, len("Let us go back to the winter of eighty-nine. "))
    QTest.keyClick(opened.page, _Key.Key_Return)
    assert opened.paragraphs[1] == "You were twenty then."
    assert [item.id for item in opened.session.segments] == [
        item.id for item in interview().transcript.segments
    ]
    opened.check()


@pytest.mark.parametrize(
    ("caret", "then"), [((0, 0), (0, 0)), ((2, 0), (2, 0)), ((2, 13), (3, 0)), ((3, 48), (3, 48))]
)
def test_enter_at_the_edges_of_a_paragraph_makes_no_empty_one_but_goes_on_to_the_next(
    open_view: Open, caret: tuple[int, int], then: tuple[int, int]
) -> None:
    opened = open_view(interview())
    opened.put_caret(*caret)
    QTest.keyClick(opened.page, _Key.Key_Return)
    assert opened.session.segments == interview().transcript.segments
    assert opened.page.caret() == then
    opened.check()


def test_deleting_and_typing_across_paragraphs(open_view: Open) -> None:
    opened = open_view(interview())
    opened.select((0, 7), (2, 4))
    QTest.keyClicks(opened.page, "x")
    assert opened.paragraphs[0] == "Let us xhe cried."
    assert opened.page.caret() == (0, 8)
    opened.check()
    opened.view.undo()
    assert opened.session.segments == interview().transcript.segments
    opened.check()
    opened.select((0, 7), (2, 4))
    QTest.keyClick(opened.page, _Key.Key_Delete)
    assert opened.paragraphs[0] == "Let us he cried."
    opened.check()


def test_deleting_whole_paragraphs_and_everything(open_view: Open) -> None:
    opened = open_view(interview())
    opened.select((1, 0), (2, 13))
    QTest.keyClick(opened.page, _Key.Key_Backspace)
    assert len(opened.paragraphs) == 2
    opened.check()
    QTest.keySequence(opened.page, QKeySequence(QKeySequence.StandardKey.SelectAll))
    QTest.keyClick(opened.page, _Key.Key_Backspace)
    assert opened.session.segments == ()
    opened.check()
    opened.view.undo()
    opened.view.undo()
    assert opened.session.segments == interview().transcript.segments
    opened.check()


def test_an_emptied_paragraph_waits_to_be_filled_again(open_view: Open, qtbot: QtBot) -> None:
    opened = open_view(interview())
    opened.select((2, 0), (2, 13))
    QTest.keyClick(opened.page, _Key.Key_Delete)
    assert not opened.view.editor.typing.commit()
    QTest.keyClicks(opened.page, "And she cried.")
    opened.view.commit()
    assert opened.texts[3] == " And she cried."
    assert opened.session.segments[3].id == interview().transcript.segments[3].id
    opened.select((2, 0), (2, 14))
    QTest.keyClick(opened.page, _Key.Key_Delete)
    QTest.keyClick(opened.page, _Key.Key_Down)
    qtbot.waitUntil(lambda: len(opened.session.segments) == 4)
    opened.check()


def test_an_emptied_paragraph_is_deleted_when_nothing_comes(open_view: Open, qtbot: QtBot) -> None:
    opened = open_view(interview())
    opened.select((2, 0), (2, 13))
    QTest.keyClick(opened.page, _Key.Key_Delete)
    opened.view.add_segments(SegmentsAdded(1, (spoken("Late.", 90, block=9),)))
    assert opened.paragraphs[2] == ""
    qtbot.waitUntil(lambda: opened.paragraphs[-1] == "Late.", timeout=15_000)
    assert " And he cried." not in opened.texts
    opened.check()
    opened.view.undo()
    assert opened.texts[3] == " And he cried."
    opened.check()


def test_word_deletion_over_a_border_merges(open_view: Open) -> None:
    opened = open_view(interview())
    opened.put_caret(2, 0)
    QTest.keyClick(opened.page, _Key.Key_Backspace, _CONTROL)
    assert len(opened.paragraphs) == 3
    opened.check()


def test_undo_goes_through_typing_and_structure(open_view: Open) -> None:
    opened = open_view(interview())
    opened.put_caret(1, 0)
    QTest.keyClicks(opened.page, "So ")
    QTest.keyClick(opened.page, _Key.Key_End)
    opened.put_caret(1, 4)
    QTest.keyClick(opened.page, _Key.Key_Return)
    QTest.keyClick(opened.page, _Key.Key_Z, _CONTROL)
    assert opened.paragraphs[1].startswith("So I walked")
    QTest.keyClick(opened.page, _Key.Key_Z, _CONTROL)
    assert opened.session.segments == interview().transcript.segments
    opened.check()
    QTest.keySequence(opened.page, QKeySequence(QKeySequence.StandardKey.Redo))
    assert opened.paragraphs[1].startswith("So I walked")
    assert opened.page.caret() == (1, 3)
    opened.check()


def test_paste_is_plain_text_in_one_line(open_view: Open) -> None:
    opened = open_view(interview())
    data = QMimeData()
    data.setHtml("<b>loud</b><p>and long</p>")
    data.setText("loud\nand\u2029long")
    QGuiApplication.clipboard().setMimeData(data, QClipboard.Mode.Clipboard)
    opened.put_caret(2, 12)
    QTest.keySequence(opened.page, QKeySequence(QKeySequence.StandardKey.Paste))
    assert opened.paragraphs[2] == "And he criedloud and long."
    opened.select((2, 0), (3, 0))
    QTest.keySequence(opened.page, QKeySequence(QKeySequence.StandardKey.Paste))
    assert opened.paragraphs[2].startswith("loud and longI did not cry")
    opened.check()


def test_copy_is_plain_text_and_cut_takes_it_away(open_view: Open) -> None:
    opened = open_view(interview())
    opened.select((2, 4), (3, 5))
    QTest.keySequence(opened.page, QKeySequence(QKeySequence.StandardKey.Cut))
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "he cried.\nI did" and not data.hasHtml()
    assert opened.paragraphs[2].startswith("And  not cry")
    opened.check()


def test_marks_of_doubtful_words_follow_the_typing(open_view: Open) -> None:
    opened = open_view(interview())
    row = opened.page.rows[1]
    assert [row.text[start:end] for start, end in row.marks] == ["shipyard"]
    opened.put_caret(1, 0)
    opened.compose("", "👍")
    QTest.keyClicks(opened.page, " well ")
    row = opened.page.rows[1]
    assert [row.text[start:end] for start, end in row.marks] == ["shipyard"]
    opened.put_caret(1, row.text.index("shipyard") + 4)
    QTest.keyClicks(opened.page, "p")
    opened.view.commit()
    assert not opened.page.rows[1].marks
    opened.check()


def test_a_text_that_a_program_changed_behind_the_view_is_shown_again(
    open_view: Open, qtbot: QtBot
) -> None:
    opened = open_view(interview())
    cursor = opened.page.textCursor()
    cursor.select(cursor.SelectionType.Document)
    cursor.removeSelectedText()
    qtbot.waitUntil(lambda: len(opened.paragraphs) == 4)
    opened.check()


def test_an_empty_transcript_takes_no_typing(open_view: Open) -> None:
    opened = open_view(stored())
    QTest.keyClicks(opened.page, "abc")
    QTest.keyClick(opened.page, _Key.Key_Return)
    assert opened.paragraphs == [""]


def test_dropped_files_are_left_to_the_window(open_view: Open) -> None:
    opened = open_view(interview())
    assert not opened.page.acceptDrops() and not opened.page.viewport().acceptDrops()


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("قال إنه سيعود غدا", " إلى البيت"),
        ("הוא אמר שהוא יחזור מחר", " הביתה"),
        ("今日は 良い天気ですね。", "本当に"),
        ("สวัสดี ครับ", "ผม"),
        ("👩‍👩‍👧 said 𝒳", " 𝒴 👍🏽"),
    ],
)
def test_every_script_is_typed_split_and_joined(open_view: Open, text: str, typed: str) -> None:
    opened = open_view(stored(spoken("Before.", 0), spoken(text, 9), spoken("After.", 30)))
    opened.put_caret(1, len(text))
    opened.compose("", typed)
    opened.view.commit()
    assert opened.paragraphs[1] == text + typed
    opened.check()
    at = text.index(" ")
    opened.put_caret(1, at)
    QTest.keyClick(opened.page, _Key.Key_Return)
    assert opened.paragraphs[1] == text[:at]
    opened.check()
    QTest.keyClick(opened.page, _Key.Key_Backspace)
    assert opened.paragraphs[1] == text + typed
    opened.check()


def test_paragraphs_take_the_direction_of_their_text(open_view: Open) -> None:
    opened = open_view(stored(spoken("Left", 0), spoken("… قال إنه", 9), spoken("123 שלום", 20)))
    blocks = [opened.page.document().findBlockByNumber(number) for number in range(3)]
    directions = [block.blockFormat().layoutDirection() for block in blocks]
    left, right = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
    assert directions == [left, right, right]
    times = [opened.page.gutter(number, block).time for number, block in enumerate(blocks)]
    assert (
        times[0].right()
        < opened.page.block_rect(0).left() + blocks[0].layout().lineAt(0).x() + 1000
    )
    assert times[1].left() > times[0].right()
