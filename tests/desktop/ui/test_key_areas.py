"""F6 leads from area to area, and wherever it leads the focus can be seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QListWidget, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.key_areas import mark_area, step_area
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.focus_ring import FocusRing
from desktop.ui.widgets.row_delegate import RowDelegate
from tests.desktop.ui.finding import focused

Areas = tuple[QListWidget, QWidget, QTextEdit]


@pytest.fixture(name="areas", params=["off", "on"])
def _areas(request: pytest.FixtureRequest, qapp: QApplication, qtbot: QtBot) -> Iterator[Areas]:
    dress = Theme(qapp, "light")
    dress.set_high_contrast(request.param)
    ring = FocusRing(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    rows, panel, text = QListWidget(window), QWidget(window), QTextEdit(window)
    rows.addItems([f"Row {number}" for number in range(40)])
    rows.setItemDelegate(RowDelegate(rows))
    layout = QHBoxLayout(panel)
    layout.addWidget(Button("Export", parent=panel))
    outer = QHBoxLayout(window)
    for area in (rows, panel, text):
        outer.addWidget(area)
    mark_area(text, panel, rows)
    window.resize(700, 300)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield rows, panel, text
    ring.deleteLater()
    dress.remove()


def _has_accent_edge(widget: QWidget) -> bool:
    """Tell whether a line of accent goes along somewhere in a widget, ring included."""
    window = widget.window()
    image = window.grab().toImage()
    place = widget.geometry().adjusted(-5, -5, 5, 5).intersected(window.rect())
    accent = QColor(theme.color("accent")).rgb()
    across = place.width() // 3
    return any(
        all(
            image.pixel(x, y) == accent
            for x in range(place.left() + across, place.right() - across)
        )
        for y in range(place.top(), place.bottom())
    )


def test_areas_are_gone_round_in_reading_order(areas: Areas) -> None:
    rows, panel, text = areas
    rows.setFocus()
    root = rows.window()
    seen = []
    for step in (1, 1, 1, -1, -1, -1):
        step_area(root, step)
        seen.append(focused())
    button = panel.findChildren(Button)[0]
    assert seen == [button, text, rows, text, button, rows]


def test_the_area_that_has_the_keyboard_is_marked(areas: Areas) -> None:
    rows, panel, text = areas
    text.setFocus()
    marks = []
    for _ in (rows, panel, text):
        step_area(rows.window(), 1)
        marks.append([_has_accent_edge(one) for one in areas])
    assert marks == [[True, False, False], [False, True, False], [False, False, True]]


def test_a_row_that_was_scrolled_away_comes_into_sight(areas: Areas) -> None:
    rows, _, text = areas
    rows.setCurrentRow(0)
    rows.scrollToBottom()
    text.setFocus()
    step_area(rows.window(), 1)
    assert rows.visualItemRect(rows.item(0)).top() == 0


def test_an_empty_list_is_ringed_itself(areas: Areas) -> None:
    rows, _, text = areas
    rows.clear()
    text.setFocus()
    step_area(rows.window(), 1)
    assert focused() is rows and _has_accent_edge(rows)


def test_a_click_takes_the_ring_away(areas: Areas) -> None:
    _, _, text = areas
    step_area(text.window(), -1)
    assert focused() is text and _has_accent_edge(text)
    QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton)
    assert focused() is text and not _has_accent_edge(text)


def test_what_is_hidden_or_off_is_passed_over(areas: Areas) -> None:
    rows, panel, text = areas
    rows.setFocus()
    panel.hide()
    step_area(rows.window(), 1)
    assert focused() is text
    text.setEnabled(False)
    step_area(rows.window(), 1)
    assert focused() is rows
