"""Check what lies above the window: sheets, drawers, toasts and the focus ring."""

from __future__ import annotations

from typing import Literal

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import Button, IconButton
from desktop.ui.widgets.drawer import Drawer
from desktop.ui.widgets.focus_ring import FocusRing
from desktop.ui.widgets.overlays import focus_by_key
from desktop.ui.widgets.sheet import Sheet, SheetSize
from desktop.ui.widgets.toast import ToastHost
from tests.desktop.ui.finding import child, focused


@pytest.fixture
def window(dress: Theme, qtbot: QtBot) -> QWidget:
    """Give a window with two buttons, the first focused."""
    made = QWidget()
    qtbot.addWidget(made)
    layout = QVBoxLayout(made)
    for text in ("First", "Second"):
        layout.addWidget(Button(text, parent=made))
    made.resize(1000, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.findChildren(Button)[0].setFocus()
    return made


@pytest.fixture
def sheet(window: QWidget) -> Sheet:
    """Give an open sheet with a field and a button."""
    made = Sheet(window, "Export", SheetSize(600, 400))
    made.set_content(QLineEdit())
    made.add_footer_button(Button("Export", "primary"))
    made.open_sheet()
    return made


def focus_after_tabs(qtbot: QtBot, number: int, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Press a key some times and list where the focus was after each."""
    seen = []
    for _ in range(number):
        QTest.keyClick(focused(), key)
        seen.append(focused())
    return seen


def test_tab_stays_inside_a_sheet(sheet: Sheet, qtbot: QtBot) -> None:
    assert isinstance(focused(), QLineEdit)
    forward = focus_after_tabs(qtbot, 3)
    assert all(sheet.isAncestorOf(widget) for widget in forward)
    assert len(set(forward)) == 3
    back = focus_after_tabs(qtbot, 3, Qt.Key.Key_Backtab)
    assert all(sheet.isAncestorOf(widget) for widget in back)


def test_escape_closes_a_sheet_and_gives_the_focus_back(
    sheet: Sheet, window: QWidget, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert focused() is window.findChildren(Button)[0]


def test_a_sheet_that_is_deleted_leaves_the_menus_of_the_window(window: QWidget) -> None:
    menu = QMenu(window)
    action = menu.addAction("Rename")
    sheet = Sheet(window, "Export", SheetSize(600, 400))
    sheet.set_content(QLineEdit())
    sheet.open_sheet()
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    sheet.close_sheet()
    sheet.deleteLater()
    del sheet
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert isValid(action) and action.text() == "Rename"


def test_shortcuts_of_the_window_behind_a_sheet_do_not_fire(
    sheet: Sheet, window: QWidget, qtbot: QtBot
) -> None:
    shortcut = QShortcut(QKeySequence("Ctrl+E"), window)
    with qtbot.assertNotEmitted(shortcut.activated):
        QTest.keyClick(focused(), Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    sheet.close_sheet()
    with qtbot.waitSignal(shortcut.activated):
        QTest.keyClick(focused(), Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)


def test_a_sheet_keeps_inside_a_small_window(sheet: Sheet, window: QWidget) -> None:
    window.resize(500, 300)
    assert sheet.size() == window.size()
    assert sheet.panel.width() <= 460
    assert sheet.panel.height() <= 276
    assert sheet.rect().contains(sheet.panel.geometry())


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_the_shadow_of_a_sheet_is_soft_and_the_sheet_is_raised(
    sheet: Sheet, dress: Theme, appearance: Literal["light", "dark"]
) -> None:
    dress.set_appearance(appearance)
    image = sheet.grab().toImage()
    panel = sheet.panel.geometry()
    assert image.pixelColor(panel.center().x(), panel.top() + 4) == dress.color("raised")
    column = [
        image.pixelColor(panel.center().x(), panel.bottom() + n).lightness() for n in range(1, 40)
    ]
    assert column == sorted(column), "it gets lighter and lighter"
    steps = [after - before for before, after in zip(column, column[1:])]
    assert max(steps) <= 4 and max(steps[18:]) <= 1, "it fades out, with no edge in it"
    assert len(set(column[30:])) == 1, "20 dp, 6 dp below"
    if appearance == "light":  # the dark backdrop is nearly black there
        assert 0.78 < column[0] / column[-1] < 0.9, "about black 20 %"


def test_a_click_beside_a_sheet_does_not_reach_the_window(
    sheet: Sheet, window: QWidget, qtbot: QtBot
) -> None:
    first = window.findChildren(Button)[0]
    assert window.childAt(first.geometry().topLeft()) is sheet
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=first.geometry().topLeft())
    assert sheet.isVisible()


def test_a_sheet_without_a_height_is_as_high_as_its_content(window: QWidget) -> None:
    low = Sheet(window, "", SheetSize(600, top=72))
    content = QWidget()
    content.setMinimumHeight(120)
    low.set_content(content)
    low.open_sheet()
    assert (low.panel.y(), low.panel.height()) == (72, 122)


def test_the_close_button_closes_a_sheet(sheet: Sheet, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sheet.closed):
        child(sheet, IconButton).click()


def test_a_drawer_opens_at_its_side_and_closes_on_escape(window: QWidget, qtbot: QtBot) -> None:
    drawer = Drawer(window, "right", 296, "Inspector")
    content = QWidget()
    QVBoxLayout(content).addWidget(Button("Play", parent=content))
    drawer.set_content(content)
    drawer.open_drawer()
    assert drawer.geometry().right() == window.rect().right()
    assert content.width() == 296
    assert content.isAncestorOf(focused())
    with qtbot.waitSignal(drawer.closed):
        QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert focused() is window.findChildren(Button)[0]
    taken = drawer.take_content()
    assert taken is content and taken.parent() is None
    qtbot.addWidget(content)


def test_a_toast_can_be_acted_on_and_is_then_gone(window: QWidget, qtbot: QtBot) -> None:
    host, undone = ToastHost(window), []
    host.set_bottom(56)
    host.show_toast("3 passages were restored.", "Undo", lambda: undone.append(1))
    toast = host.toast
    assert toast is not None
    assert toast.geometry().bottom() == 700 - 56 - 1
    assert abs(toast.geometry().center().x() - 500) <= 1
    QTest.mouseClick(child(toast, Button), Qt.MouseButton.LeftButton)
    assert (undone, host.toast) == ([1], None)


def test_the_newest_toast_replaces_the_last(window: QWidget) -> None:
    host = ToastHost(window)
    host.show_toast("One.")
    host.show_toast("Two.")
    assert host.toast is not None and host.toast.accessibleName() == "Two."


def test_a_toast_is_reached_by_key_and_escape_leads_back(window: QWidget, qtbot: QtBot) -> None:
    host = ToastHost(window)
    host.show_toast("One.")
    assert not host.focus_toast()
    host.show_toast("Two.", "Undo", lambda: None)
    assert host.focus_toast()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert host.toast is None
    assert focused() is window.findChildren(Button)[0]


def test_a_toast_goes_by_itself_but_not_while_it_is_used(
    window: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.widgets.toast.STAY_MS", 1)
    host = ToastHost(window)
    host.show_toast("Two.", "Undo", lambda: None)
    assert host.toast is not None
    with qtbot.waitSignal(host.toast.closed):
        pass
    host.show_toast("Three.", "Undo", lambda: None)
    host.focus_toast()
    kept = host.toast
    assert kept is not None
    qtbot.waitUntil(lambda: kept.times_kept >= 2)
    assert host.toast is kept


def test_a_long_toast_wraps_in_a_narrow_window(window: QWidget) -> None:
    window.resize(300, 500)
    host = ToastHost(window)
    host.show_toast("A long sentence about a file whose name is long, too, was exported.", "Show")
    assert host.toast is not None
    assert host.toast.width() <= 300 - 32
    assert host.toast.height() > 50


def test_the_ring_appears_for_the_keyboard_only(
    window: QWidget, qapp: QApplication, qtbot: QtBot
) -> None:
    ring = FocusRing(qapp)
    first, second = window.findChildren(Button)
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert ring.target is None
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert ring.target is second
    assert _overlays(window)[0].geometry().center() == second.geometry().center()
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert ring.target is None
    ring.deleteLater()


def test_the_ring_follows_its_target_and_goes_with_it(
    window: QWidget, qapp: QApplication, qtbot: QtBot
) -> None:
    ring = FocusRing(qapp)
    second = window.findChildren(Button)[1]
    QTest.keyClick(window.findChildren(Button)[0], Qt.Key.Key_Tab)
    window.resize(600, 900)
    qtbot.waitUntil(lambda: _overlays(window)[0].geometry().center() == second.geometry().center())
    second.hide()
    assert not any(overlay.isVisible() for overlay in _overlays(window))
    with qtbot.waitSignal(second.destroyed):
        second.deleteLater()
    assert ring.target is None
    ring.deleteLater()


def test_the_ring_is_hidden_while_its_target_is_scrolled_away(
    window: QWidget, qapp: QApplication, qtbot: QtBot
) -> None:
    ring = FocusRing(qapp)
    area, inside = QScrollArea(window), QWidget()
    far = Button("Far", parent=inside)
    inside.resize(400, 2000)
    area.setWidget(inside)
    layout = window.layout()
    assert layout is not None
    layout.addWidget(area)
    area.show()
    QTest.keyClick(window.findChildren(Button)[0], Qt.Key.Key_Tab)
    focus_by_key(far)
    assert ring.target is far
    area.verticalScrollBar().setValue(1500)
    assert not _overlays(window)[-1].isVisible()
    area.verticalScrollBar().setValue(0)
    assert _overlays(window)[-1].isVisible()
    ring.deleteLater()


def _overlays(window: QWidget) -> list[QWidget]:
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    children = window.findChildren(QWidget, options=direct)
    return [child for child in children if type(child).__name__ == "_Ring"]
