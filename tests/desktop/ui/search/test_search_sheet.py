"""The search sheet asks once people stop typing, shows hits as they come, and leads there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from desktop.item_models.search_model import TitleHit, TitleHits
from desktop.ui.fonts import font
from desktop.ui.search.hit_delegate import extract
from desktop.ui.search.search_sheet import SearchSheet
from tests.desktop.item_models.values import hit

FIRST = hit(1, 12.0, "I walked around the shipyard.", "shipyard", speaker="Jan")
SECOND = hit(1, 90.0, "At the shipyard again.", "shipyard")
OTHER = hit(2, 3_767.0, "كنا نعمل في shipyard القديم", "shipyard")
TITLE = TitleHit(3, "The shipyard", 600.0)
KEY = Qt.Key


@pytest.fixture(name="sheet")
def sheet_fixture(qtbot: QtBot) -> Iterator[SearchSheet]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1_280, 800)
    with qtbot.waitExposed(window):
        window.show()
    made = SearchSheet(window)
    made.open_search()
    yield made


def _field(sheet: SearchSheet) -> QLineEdit:
    field = sheet.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    return field


def _texts(sheet: SearchSheet) -> str:
    return " | ".join(label.text() for label in sheet.findChildren(QLabel) if label.isVisible())


def _found(sheet: SearchSheet, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sheet.query_changed):
        _field(sheet).setText("shipyard")
    sheet.set_hits([FIRST, SECOND, OTHER], True)


def test_it_asks_once_for_what_was_typed(sheet: SearchSheet, qtbot: QtBot) -> None:
    asked: list[str] = []
    sheet.query_changed.connect(asked.append)

    with qtbot.waitSignal(sheet.query_changed):
        QTest.keyClicks(_field(sheet), "  shipyard ")

    assert asked == ["shipyard"]
    assert "Searching…" in _texts(sheet)


def test_hits_are_counted_as_they_come(sheet: SearchSheet, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sheet.query_changed):
        _field(sheet).setText("shipyard")

    sheet.set_hits([FIRST], False)
    assert "1 place" in _texts(sheet) and "so far" in _texts(sheet)
    sheet.set_hits([FIRST, SECOND, OTHER], True)
    assert "3 place" in _texts(sheet) and "2 transcript" in _texts(sheet)


def test_arrows_choose_and_enter_leads_there(sheet: SearchSheet, qtbot: QtBot) -> None:
    _found(sheet, qtbot)

    QTest.keyClick(_field(sheet), KEY.Key_Down)
    QTest.keyClick(_field(sheet), KEY.Key_Down)
    with qtbot.waitSignal(sheet.hit_chosen) as chosen:
        QTest.keyClick(_field(sheet), KEY.Key_Return)

    assert chosen.args == [OTHER]
    assert not sheet.isVisible()


def test_arrows_pass_over_headings_and_stop_at_the_ends(sheet: SearchSheet, qtbot: QtBot) -> None:
    _found(sheet, qtbot)
    for _ in range(9):
        QTest.keyClick(_field(sheet), KEY.Key_Up)

    with qtbot.waitSignal(sheet.hit_chosen) as chosen:
        QTest.keyClick(_field(sheet), KEY.Key_Return)

    assert chosen.args == [FIRST]


def test_more_hits_keep_what_is_chosen(sheet: SearchSheet, qtbot: QtBot) -> None:
    _found(sheet, qtbot)
    QTest.keyClick(_field(sheet), KEY.Key_Down)

    sheet.set_hits([OTHER, FIRST, SECOND], True)

    with qtbot.waitSignal(sheet.hit_chosen) as chosen:
        QTest.keyClick(_field(sheet), KEY.Key_Return)
    assert chosen.args is not None and chosen.args[0] in (FIRST, SECOND)


def test_a_click_leads_there(sheet: SearchSheet, qtbot: QtBot) -> None:
    _found(sheet, qtbot)
    view = sheet.findChild(QListView)
    assert isinstance(view, QListView)
    row = view.visualRect(sheet.model.index(2)).center()

    with qtbot.waitSignal(sheet.hit_chosen) as chosen:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=row)

    assert chosen.args == [SECOND]


def test_nothing_found_says_so_with_the_words(sheet: SearchSheet, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sheet.query_changed):
        _field(sheet).setText("Motława")

    sheet.set_hits([], True)

    assert "No transcript has “Motława”." in _texts(sheet)
    with qtbot.assertNotEmitted(sheet.hit_chosen):
        QTest.keyClick(_field(sheet), KEY.Key_Return)


def test_titles_stand_above_the_places_and_lead_to_the_transcript(
    sheet: SearchSheet, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(sheet.query_changed):
        _field(sheet).setText("shipyard")

    sheet.set_titles(TitleHits((TITLE,), 1))
    assert "No transcript has" not in _texts(sheet) and sheet.model.rowCount() == 2
    height = sheet.panel.height()
    sheet.set_hits([FIRST, SECOND], True)

    assert sheet.panel.height() > height
    assert [sheet.model.index(row).data() for row in range(3)] == [
        "Titles",
        TITLE.title,
        "Interview 1",
    ]
    assert "2 place" in _texts(sheet) and "1 transcript" in _texts(sheet)
    assert not sheet.grab().isNull()
    with qtbot.waitSignal(sheet.hit_chosen) as chosen:
        QTest.keyClick(_field(sheet), KEY.Key_Return)
    assert chosen.args == [TITLE]


def test_the_chip_of_the_speaker_stands_before_the_sentence(
    sheet: SearchSheet, qtbot: QtBot
) -> None:
    view = sheet.findChild(QListView)
    assert isinstance(view, QListView)
    _found(sheet, qtbot)
    bare = view.grab().toImage()

    sheet.set_hits([replace(FIRST, speaker_number=2), SECOND, OTHER], True)

    rect = view.visualRect(sheet.model.index(1))
    numbered = view.grab().toImage()
    text = rect.left() + 45
    changed = {
        x
        for x in range(rect.left(), rect.right())
        for y in range(rect.top(), rect.bottom())
        if bare.pixel(x, y) != numbered.pixel(x, y)
    }
    assert changed and max(changed) < text


def test_esc_leaves_and_the_words_stay_for_the_next_time(sheet: SearchSheet, qtbot: QtBot) -> None:
    _found(sheet, qtbot)

    QTest.keyClick(_field(sheet), KEY.Key_Escape)
    assert not sheet.isVisible()

    sheet.open_search()
    assert _field(sheet).text() == "shipyard" and _field(sheet).hasSelectedText()


def test_emptying_the_field_clears_the_hits(sheet: SearchSheet, qtbot: QtBot) -> None:
    _found(sheet, qtbot)

    with qtbot.waitSignal(sheet.query_changed) as asked:
        _field(sheet).clear()

    assert asked.args == [""]
    assert sheet.model.rowCount() == 0


def test_many_hits_stay_within_the_window(sheet: SearchSheet, qtbot: QtBot) -> None:
    _found(sheet, qtbot)

    sheet.set_hits([hit(n, 1.0, "a shipyard", "shipyard") for n in range(40)], True)

    assert sheet.panel.height() <= 0.7 * sheet.height() + 1
    assert not sheet.grab().isNull()


def test_the_heading_of_the_first_hit_is_in_sight(sheet: SearchSheet, qtbot: QtBot) -> None:
    _found(sheet, qtbot)

    sheet.set_hits([hit(n, 1.0, "a shipyard", "shipyard") for n in range(40)], True)

    places = sheet.findChild(QListView)
    assert isinstance(places, QListView)
    qtbot.waitUntil(lambda: places.visualRect(places.model().index(0, 0)).top() >= 0)
    assert places.verticalScrollBar().value() == 0


@pytest.mark.parametrize("width", [80.0, 200.0, 600.0])
def test_an_extract_fits_and_has_its_hit(qtbot: QtBot, width: float) -> None:
    assert qtbot
    long = hit(1, 1.0, "word " * 60 + "shipyard and more " * 20, "shipyard")
    body = font("body")

    shown = extract(long, body, width)

    assert shown.marks
    begin, end = shown.marks[0]
    assert "shipyard".startswith(shown.text[begin:end])
    assert QFontMetricsF(body).horizontalAdvance(shown.text) <= width
