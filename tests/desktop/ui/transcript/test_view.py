"""The view finds and replaces, names speakers, and is usable by ear and by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMenu, QTextEdit
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.transcript.text_search import TextSearch
from engine.transcript.transcript import Speaker
from tests.desktop.ui.transcript.conftest import Open, Opened
from tests.desktop.ui.transcript.documents import interview, long_text, spoken, stored

_Key = Qt.Key
_CONTROL = Qt.KeyboardModifier.ControlModifier
_LEFT = Qt.MouseButton.LeftButton


def _gutter(opened: Opened, index: int, part: str) -> QPoint:
    block = opened.page.document().findBlockByNumber(index)
    box = getattr(opened.page.gutter(index, block), part)
    return box.center().toPoint()  # type: ignore[no-any-return]


def _click(opened: Opened, index: int, part: str) -> None:
    point = _gutter(opened, index, part)
    QTest.mouseClick(opened.page.viewport(), _LEFT, Qt.KeyboardModifier.NoModifier, point)


def test_finding_goes_round_and_counts(open_view: Open) -> None:
    opened = open_view(interview())
    QTest.keyClick(opened.page, _Key.Key_F, _CONTROL)
    finder = opened.view.find_bar
    assert finder.isVisible() and finder.field.hasFocus()
    QTest.keyClicks(finder.field, "cr")
    assert finder.count_text == "1 of 2"
    assert opened.page.textCursor().selectedText() == "cr"
    QTest.keyClick(finder.field, _Key.Key_Return)
    assert (finder.count_text, opened.page.caret()[0]) == ("2 of 2", 3)
    QTest.keyClick(finder.field, _Key.Key_Return)
    assert (finder.count_text, opened.page.caret()[0]) == ("1 of 2", 2)
    QTest.keyClick(finder.field, _Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert opened.page.caret()[0] == 3
    QTest.keyClicks(finder.field, "zz")
    assert finder.count_text == "No places"
    QTest.keyClick(finder.field, _Key.Key_Escape)
    QTest.keyClick(finder.field, _Key.Key_Escape)
    assert not finder.isVisible() and opened.page.hasFocus()


def test_what_is_selected_is_looked_for(open_view: Open) -> None:
    opened = open_view(interview())
    opened.select((0, 0), (0, 3))
    opened.view.find_text()
    assert opened.view.find_bar.field.text() == "Let"


def test_replacing_one_and_all_can_be_undone(open_view: Open) -> None:
    opened = open_view(interview())
    opened.view.replace()
    finder = opened.view.find_bar
    finder.field.setText("the")
    finder.replacement.setText("this")
    finder.replacement.setFocus()
    QTest.keyClick(finder.replacement, _Key.Key_Return)
    assert opened.paragraphs[0].startswith("Let us go back to this winter")
    assert opened.page.textCursor().selectedText() == "the"
    finder.replace_all_requested.emit("a")
    assert "the" not in opened.page.toPlainText().split()
    assert opened.paragraphs[1] == "I walked around a shipyard every evening."
    assert finder.count_text == "No places" and "an." in opened.paragraphs[0]
    opened.check()
    opened.view.undo()
    opened.view.undo()
    assert opened.session.segments == interview().transcript.segments
    opened.check()


def test_search_reads_white_space_and_capitals_loosely() -> None:
    search = TextSearch("THE  cat")
    assert search.replaced("The cat, the\u00a0cat, the dog", "\\1") == "\\1, \\1, the dog"
    assert TextSearch("  ").replaced("a b", "x") == "a b"
    assert not TextSearch("").in_rows([])


def test_a_place_that_is_not_on_the_page_yet_is_found(open_view: Open) -> None:
    segments = long_text(20_000)
    opened = open_view(stored(*segments))
    editor = opened.view.editor
    editor.filling.start(editor.rows)
    opened.view.find_text("Sentence 1990 ")
    opened.view.find_next()
    assert opened.page.textCursor().selectedText() == "Sentence 1990"


def test_a_click_on_the_time_gives_it_away(open_view: Open, qtbot: QtBot) -> None:
    opened = open_view(interview())
    with qtbot.waitSignal(opened.view.time_clicked) as told:
        _click(opened, 2, "time")
    assert told.args == [12.0]


def test_a_name_is_changed_in_the_gutter(open_view: Open, qtbot: QtBot) -> None:
    opened = open_view(interview())
    _click(opened, 1, "name")
    field = opened.page.viewport().findChild(QLineEdit)
    assert isinstance(field, QLineEdit) and field.text() == "Jan"
    QTest.keyClicks(field, "  Jan  Kowalski ")
    with qtbot.waitSignal(opened.view.speaker_renamed) as told:
        QTest.keyClick(field, _Key.Key_Return)
    assert told.args == ["s2", "Jan Kowalski"]
    assert opened.session.speakers[1] == Speaker("s2", "Jan Kowalski")
    assert opened.page.decoration.speakers["s2"] == (2, "Jan Kowalski")
    assert opened.page.hasFocus() and not field.isVisible()


def test_escape_keeps_the_old_name(open_view: Open) -> None:
    opened = open_view(interview())
    _click(opened, 1, "name")
    field = opened.page.viewport().findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "Nobody")
    QTest.keyClick(field, _Key.Key_Escape)
    assert opened.session.speakers[1].name == "Jan"


def _action(opened: Opened, text: str) -> QAction:
    menu = opened.view.make_menu()
    actions = menu.actions()
    for submenu in menu.findChildren(QMenu):
        actions += submenu.actions()
    return next(action for action in actions if text in action.text())


def test_the_menu_assigns_speakers_to_paragraph_and_selection(open_view: Open) -> None:
    opened = open_view(interview())
    opened.put_caret(2, 3)
    assert _action(opened, "Anna").isChecked()
    _action(opened, "Jan").trigger()
    assert opened.session.segments[3].speaker == "s2"
    opened.check()
    opened.view.undo()
    opened.select((0, 1), (1, 2))
    _action(opened, "Not known").trigger()
    assert [item.speaker for item in opened.session.segments[:4]] == [None, None, None, "s1"]
    opened.check()


def test_a_new_speaker_is_named_and_assigned(open_view: Open) -> None:
    opened = open_view(stored(spoken("Hello there.", 0), spoken("Hi.", 9)))
    opened.put_caret(1, 0)
    _action(opened, "New speaker").trigger()
    field = opened.page.viewport().findChild(QLineEdit)
    assert isinstance(field, QLineEdit) and field.isVisible()
    QTest.keyClicks(field, "Marta")
    QTest.keyClick(field, _Key.Key_Return)
    assert [speaker.name for speaker in opened.session.speakers] == ["Marta"]
    assert opened.session.segments[1].speaker == opened.session.speakers[0].id
    assert opened.page.geometry_of_page.has_chips
    opened.check()


def test_menu_commands_fit_the_state(open_view: Open) -> None:
    opened = open_view(interview())
    assert not _action(opened, "Undo").isEnabled() and not _action(opened, "Cut").isEnabled()
    opened.select((0, 0), (0, 3))
    _action(opened, "Delete").trigger()
    opened.view.commit()
    assert opened.paragraphs[0].startswith("us go back")
    _action(opened, "Undo").trigger()
    assert opened.session.segments == interview().transcript.segments
    _action(opened, "Select all").trigger()
    assert opened.page.selected() is not None


def test_everything_has_a_name_and_the_text_is_a_document(open_view: Open) -> None:
    opened = open_view(interview())
    opened.view.replace()
    for kind in (QAbstractButton, QLineEdit, QTextEdit):
        for widget in opened.view.findChildren(kind):
            if widget.isVisible() and not widget.objectName().startswith("qt_"):
                assert widget.accessibleName() or getattr(widget, "text", str)(), widget
    spoken_page = QAccessible.queryAccessibleInterface(opened.page)
    text = spoken_page.textInterface()
    assert text is not None
    assert "I walked around the shipyard" in text.text(0, text.characterCount())


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_the_page_follows_theme_font_and_width(
    open_view: Open, look_the_same: object, appearance: str
) -> None:
    theme = Theme(look_the_same, appearance)  # type: ignore[arg-type]
    opened = open_view(interview())
    height = opened.page.block_rect(0).height()
    theme.set_reading(2.0, serif=False)
    assert opened.page.block_rect(0).height() > height
    opened.view.resize(400, 400)
    assert opened.page.geometry_of_page.has_chips and not opened.page.geometry_of_page.has_names
    assert opened.page.geometry_of_page.width == opened.page.viewport().width()
    assert not opened.view.grab().isNull()
    assert opened.page.verticalScrollBar().value() == 0
    theme.set_reading(1.0, serif=False)
    opened.check()
