"""Undoing puts caret and selection where they were before, redoing where they were after."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.store.records import StoredTranscript
from desktop.ui.transcript.page import Page
from engine.transcript.transcript import Speaker
from tests.desktop.ui.transcript.conftest import Open, Opened
from tests.desktop.ui.transcript.documents import interview, spoken, stored

_Key = Qt.Key
_CONTROL = Qt.KeyboardModifier.ControlModifier
_Place = tuple[int, int]


def _press(key: Qt.Key) -> Callable[[Opened], None]:
    return lambda opened: QTest.keyClick(opened.page, key)


def _keys(text: str) -> Callable[[Opened], None]:
    return lambda opened: QTest.keyClicks(opened.page, text)


def _paste(opened: Opened) -> None:
    data = QMimeData()
    data.setText("loud\nand long\nlines")
    QGuiApplication.clipboard().setMimeData(data, QClipboard.Mode.Clipboard)
    QTest.keySequence(opened.page, QKeySequence(QKeySequence.StandardKey.Paste))


def _commit_composed(opened: Opened) -> None:
    opened.compose("かな")
    opened.compose("", "仮名")


def _cut(opened: Opened) -> None:
    opened.page.cut_selection()


def _places(page: Page) -> tuple[_Place, _Place]:
    cursor = page.textCursor()
    return page.place(cursor.anchor()), page.place(cursor.position())


_EDITS: list[tuple[Callable[[Opened], None], _Place, _Place]] = [
    (_press(_Key.Key_Return), (1, 8), (1, 8)),
    (_press(_Key.Key_Return), (0, 45), (0, 45)),
    (_press(_Key.Key_Backspace), (1, 0), (1, 0)),
    (_press(_Key.Key_Delete), (0, 66), (0, 66)),
    (_press(_Key.Key_Delete), (0, 7), (2, 4)),
    (_press(_Key.Key_Backspace), (1, 0), (2, 13)),
    (_press(_Key.Key_Delete), (1, 2), (1, 8)),
    (_press(_Key.Key_Delete), (1, 8), (1, 2)),
    (_press(_Key.Key_Backspace), (1, 8), (1, 8)),
    (_keys("once more "), (1, 2), (1, 2)),
    (_keys("x"), (0, 7), (2, 4)),
    (_keys("ran"), (1, 2), (1, 8)),
    (_paste, (2, 3), (2, 3)),
    (_paste, (2, 0), (3, 5)),
    (_paste, (3, 2), (3, 5)),
    (_commit_composed, (2, 3), (2, 3)),
    (_commit_composed, (1, 2), (1, 8)),
    (_commit_composed, (1, 2), (2, 4)),
    (_cut, (1, 2), (2, 4)),
    (_cut, (3, 5), (3, 2)),
]


@pytest.mark.parametrize(("edit", "anchor", "caret"), _EDITS)
def test_every_edit(
    open_view: Open, edit: Callable[[Opened], None], anchor: _Place, caret: _Place
) -> None:
    opened = open_view(interview())
    opened.select(anchor, caret)
    before, shown = _places(opened.page), opened.paragraphs
    edit(opened)
    opened.view.commit()
    after, then = _places(opened.page), opened.paragraphs
    assert then != shown
    opened.put_caret(3, 1)
    QTest.keyClick(opened.page, _Key.Key_Z, _CONTROL)
    while opened.paragraphs != shown:
        QTest.keyClick(opened.page, _Key.Key_Z, _CONTROL)
    assert _places(opened.page) == before
    opened.check()
    opened.put_caret(0, 1)
    while opened.session.can_redo:
        QTest.keyClick(opened.page, _Key.Key_Y, _CONTROL)
    assert opened.paragraphs == then
    assert _places(opened.page) == after
    opened.check()


def test_an_emptied_paragraph_that_was_deleted_is_selected_again(open_view: Open) -> None:
    opened = open_view(interview())
    opened.select((2, 0), (2, 13))
    before = _places(opened.page)
    QTest.keyClick(opened.page, _Key.Key_Delete)
    opened.view.commit()
    assert len(opened.paragraphs) == 3
    opened.view.undo()
    assert _places(opened.page) == before


def test_typing_after_a_move_within_the_paragraph_is_undone_where_it_was(open_view: Open) -> None:
    opened = open_view(interview())
    opened.put_caret(1, 2)
    QTest.keyClicks(opened.page, "also ")
    QTest.keyClick(opened.page, _Key.Key_End)
    opened.view.undo()
    assert opened.page.caret() == (1, 2)
    opened.view.redo()
    assert opened.page.caret() == (1, 7)


def test_deleting_forward_is_redone_where_it_was(open_view: Open) -> None:
    opened = open_view(interview())
    opened.put_caret(1, 2)
    QTest.keyClick(opened.page, _Key.Key_Delete)
    QTest.keyClick(opened.page, _Key.Key_End)
    opened.view.undo()
    assert opened.page.caret() == (1, 2)
    opened.view.redo()
    assert opened.page.caret() == (1, 2)


def _field(opened: Opened, row: int) -> QLineEdit:
    opened.page.name_clicked.emit(row)
    (field,) = opened.page.viewport().findChildren(QLineEdit)
    assert isinstance(field, QLineEdit)
    return field


def test_a_name_is_undone_and_made_again_from_the_page(open_view: Open) -> None:
    opened = open_view(interview())
    opened.put_caret(1, 3)
    QTest.keyClicks(opened.page, "so ")
    field = _field(opened, 1)
    field.setText("Jan Kowalski")
    QTest.keyClick(field, _Key.Key_Return)
    assert opened.page.decoration.speakers["s2"] == (2, "Jan Kowalski")
    QTest.keyClick(opened.page, _Key.Key_Z, _CONTROL)
    assert opened.page.decoration.speakers["s2"] == (2, "Jan")
    assert "so " in opened.paragraphs[1]
    QTest.keyClick(opened.page, _Key.Key_Z, _CONTROL)
    assert "so " not in opened.paragraphs[1] and not opened.session.can_undo
    QTest.keyClick(opened.page, _Key.Key_Y, _CONTROL)
    QTest.keyClick(opened.page, _Key.Key_Y, _CONTROL)
    assert opened.page.decoration.speakers["s2"] == (2, "Jan Kowalski")


def test_a_number_that_stands_for_a_name_is_not_taken_for_one(open_view: Open) -> None:
    opened = open_view(_named("", ""))
    assert opened.page.decoration.speakers == {"s1": (1, "Speaker 1"), "s2": (2, "Speaker 2")}
    field = _field(opened, 1)
    assert field.text() == "Speaker 2"
    QTest.keyClick(field, _Key.Key_Return)
    assert not opened.session.can_undo
    field = _field(opened, 0)
    field.setText("Anna")
    QTest.keyClick(field, _Key.Key_Return)
    assert opened.session.speakers == (Speaker("s1", "Anna"), Speaker("s2", ""))


def _named(*names: str) -> StoredTranscript:
    people = tuple(Speaker(f"s{number}", name) for number, name in enumerate(names, 1))
    return stored(*interview().transcript.segments, speakers=people)


def test_a_new_speaker_and_the_assignment_are_one_step(open_view: Open) -> None:
    opened = open_view(stored(spoken("Hello there.", 0), spoken("Hi.", 9)))
    opened.put_caret(1, 2)
    opened.view.editor.paragraphs.assign_new("Marta")
    assert [one.name for one in opened.session.speakers] == ["Marta"]
    opened.view.undo()
    assert not opened.session.speakers and opened.session.segments[1].speaker is None
    assert opened.page.caret() == (1, 2) and not opened.session.can_undo
    opened.view.redo()
    assert opened.session.segments[1].speaker == opened.session.speakers[0].id
    opened.check()
