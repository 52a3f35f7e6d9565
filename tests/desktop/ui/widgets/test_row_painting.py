"""Check drawn rows: heights, buttons under the pointer, names whole in the tool tip."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.row_delegate import RowDelegate
from desktop.ui.widgets.row_painting import are_buttons_shown
from desktop.ui.widgets.row_values import Row, RowButton, Section, button_at, button_rects
from tests.desktop.ui.gallery import use_design_font

PAUSE, CANCEL = RowButton("pause", "pause", "Pause"), RowButton("cancel", "x", "Cancel")
JOB = Row("Council", second_line="47 %", fraction=0.47, buttons=(PAUSE, CANCEL), shows_buttons=True)
ROWS: list[Row | Section] = [
    Section("Running", buttons=(RowButton("all", "circle-pause", "Pause all"),)),
    JOB,
    Row("Interview", "file-text", caption="48:20", buttons=(CANCEL,)),
]


class _Delegate(RowDelegate):
    def row(self, index: QModelIndex | QPersistentModelIndex) -> Row | Section:
        return ROWS[index.row()]


def _view(qtbot: QtBot) -> tuple[QListView, _Delegate]:
    view = QListView()
    qtbot.addWidget(view)
    model = QStandardItemModel(view)
    for row in ROWS:
        model.appendRow(QStandardItem(row.title))
    delegate = _Delegate(view)
    view.setModel(model)
    view.setItemDelegate(delegate)
    view.setMouseTracking(True)
    view.resize(272, 300)
    view.show()
    return view, delegate


def test_a_click_on_a_drawn_button_is_told_with_its_row(dress: Theme, qtbot: QtBot) -> None:
    view, delegate = _view(qtbot)
    index = view.model().index(1, 0)
    place = button_rects(view.visualRect(index), JOB)["cancel"].center()
    with qtbot.waitSignal(delegate.button_clicked) as clicked:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    persistent, key = clicked.args
    assert (persistent.row(), key) == (1, "cancel")


def test_a_click_beside_the_buttons_selects_the_row(dress: Theme, qtbot: QtBot) -> None:
    view, delegate = _view(qtbot)
    place = view.visualRect(view.model().index(1, 0)).topLeft() + QPoint(40, 15)
    with qtbot.assertNotEmitted(delegate.button_clicked):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.currentIndex().row() == 1


def test_rows_are_mirrored_where_one_reads_from_right_to_left(dress: Theme, qtbot: QtBot) -> None:
    view, delegate = _view(qtbot)
    rect = view.visualRect(view.model().index(1, 0))
    before = _bar(view, rect)
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert before != before[::-1] == _bar(view, rect), "the bar is done from the right"
    place = button_rects(rect, JOB)["cancel"].center()
    place.setX(rect.left() + rect.right() - place.x())
    with qtbot.waitSignal(delegate.button_clicked) as clicked:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert clicked.args is not None and clicked.args[1] == "cancel"


def _bar(view: QListView, rect: QRect) -> list[int]:
    """Return the colours of the bar of a row a third from both ends."""
    image = view.viewport().grab().toImage()
    third = rect.width() // 3
    return [image.pixel(x, rect.bottom() - 7) for x in (rect.left() + third, rect.right() - third)]


def test_heights_follow_content_and_font(dress: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    view, delegate = _view(qtbot)
    option = QStyleOptionViewItem()
    heights = [delegate.sizeHint(option, view.model().index(n, 0)).height() for n in range(3)]
    assert heights == [32, 56, 32]
    use_design_font(qapp, 200)
    assert delegate.sizeHint(option, view.model().index(1, 0)).height() == 112


def test_buttons_appear_on_hover_and_on_keyboard_focus(dress: Theme) -> None:
    option = QStyleOptionViewItem()
    assert not are_buttons_shown(option, ROWS[2])
    for state in (QStyle.StateFlag.State_MouseOver, QStyle.StateFlag.State_HasFocus):
        option.state = state
        assert are_buttons_shown(option, ROWS[2])
    assert are_buttons_shown(QStyleOptionViewItem(), JOB)


def test_buttons_are_large_enough_apart_and_inside(dress: Theme) -> None:
    rect = QRect(0, 0, 272, 56)
    pause, cancel = (button_rects(rect, JOB)[key] for key in ("pause", "cancel"))
    assert (pause.width(), pause.height()) == (24, 24)
    assert pause.right() < cancel.left()
    assert rect.adjusted(8, 0, -8, 0).contains(cancel)
    assert button_at(pause.center(), rect, JOB) is PAUSE
    assert button_at(QPoint(40, 10), rect, JOB) is None
