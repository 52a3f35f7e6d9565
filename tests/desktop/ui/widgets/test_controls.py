"""Check what controls do: choose, switch, say what is wrong, cut long names, follow actions."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QMenu, QRadioButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import Button, IconButton
from desktop.ui.widgets.cards import CardButton, InlineCard
from desktop.ui.widgets.inputs import Input, SearchButton, SearchField
from desktop.ui.widgets.labels import ElidedLabel, Label, SpeakerChip
from desktop.ui.widgets.progress import Dots, ProgressBar, RingProgress
from desktop.ui.widgets.segmented import Segment, SegmentedControl
from desktop.ui.widgets.switch import Switch
from desktop.ui.widgets.value_button import Choice, ValueButton
from tests.desktop.ui.finding import child

MODELS = [Choice("base", "base"), Choice("turbo", "turbo & more", starts_group=True)]


def spoken(widget: QWidget) -> tuple[QAccessible.Role, str]:
    """Give role and name as a screen reader gets them."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.role(), interface.text(QAccessible.Text.Name)


def test_a_value_button_speaks_name_and_value_and_tells_what_was_chosen(
    dress: Theme, qtbot: QtBot
) -> None:
    button = ValueButton("Speech model", MODELS, "base")
    qtbot.addWidget(button)
    assert spoken(button)[1] == "Speech model: base"
    menu = child(button, QMenu)
    menu.aboutToShow.emit()
    ticked = [action.text() for action in menu.actions() if action.isChecked()]
    assert ticked == ["base"]
    with qtbot.waitSignal(button.chosen) as chosen:
        menu.triggered.emit(menu.actions()[-1])
    assert chosen.args == ["turbo"]
    assert button.shown_text() == "turbo & more"


def test_choosing_the_same_value_again_is_no_change(dress: Theme, qtbot: QtBot) -> None:
    button = ValueButton("Speech model", MODELS, "base")
    qtbot.addWidget(button)
    before = button.shown_text()
    menu = child(button, QMenu)
    menu.aboutToShow.emit()
    with qtbot.assertNotEmitted(button.chosen):
        menu.triggered.emit(menu.actions()[0])
    assert button.shown_text() == before


def test_segments_are_one_stop_and_arrows_choose(dress: Theme, qtbot: QtBot) -> None:
    views = SegmentedControl("View", [Segment("a", "Document"), Segment("b", "Cues")])
    qtbot.addWidget(views)
    with qtbot.waitActive(views):
        views.show()
        views.activateWindow()
    first, second = views.findChildren(QRadioButton)
    first.setFocus()
    with qtbot.waitSignal(views.chosen) as chosen:
        QTest.keyClick(first, Qt.Key.Key_Right)
    assert chosen.args == ["b"]
    assert (views.value, second.isChecked()) == ("b", True)
    assert spoken(second) == (QAccessible.Role.RadioButton, "Cues")


def test_a_view_set_by_the_program_is_not_told_as_a_choice(dress: Theme, qtbot: QtBot) -> None:
    views = SegmentedControl("View", [Segment("a", "Document"), Segment("b", "Cues")])
    qtbot.addWidget(views)
    with qtbot.assertNotEmitted(views.chosen):
        views.set_value("b")
    assert views.value == "b"
    with pytest.raises(ValueError, match="none"):
        views.set_value("none")


def test_compact_segments_are_narrower_and_keep_their_names(dress: Theme, qtbot: QtBot) -> None:
    views = SegmentedControl("View", [Segment("a", "Document", "file-text")])
    qtbot.addWidget(views)
    wide = views.sizeHint().width()
    views.set_compact(True)
    button = child(views, QRadioButton)
    assert button.sizeHint().width() < wide
    assert (button.toolTip(), spoken(button)[1]) == ("Document", "Document")


def test_a_switch_is_a_check_box_to_those_who_listen(dress: Theme, qtbot: QtBot) -> None:
    switch = Switch("", accessible_name="Line numbers")
    qtbot.addWidget(switch)
    switch.show()
    assert spoken(switch) == (QAccessible.Role.CheckBox, "Line numbers")
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(30, 12))
    assert switch.isChecked()


def test_an_error_is_said_beside_the_field_and_the_text_stays(dress: Theme, qtbot: QtBot) -> None:
    field = Input("Start")
    qtbot.addWidget(field)
    field.show()
    field.edit.setText("12:3x")
    low = field.sizeHint().height()
    field.set_error("Write minutes:seconds.")
    assert field.sizeHint().height() > low
    assert field.edit.text() == "12:3x"
    assert field.edit.accessibleDescription() == "Write minutes:seconds."
    field.set_error("")
    assert field.sizeHint().height() == low


def test_escape_clears_a_search_before_it_closes_anything(dress: Theme, qtbot: QtBot) -> None:
    field = SearchField("Search settings", keys="Ctrl F")
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field, "mic")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    clear = child(field, IconButton)
    QTest.keyClicks(field, "mic")
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert (field.text(), clear.isVisible()) == ("", False)


def test_a_long_name_is_cut_and_whole_in_the_tool_tip(dress: Theme, qtbot: QtBot) -> None:
    label = ElidedLabel("interview with a very long name.flac", mode=Qt.TextElideMode.ElideMiddle)
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.is_elided
    assert label.toolTip() == spoken(label)[1] == "interview with a very long name.flac"
    label.resize(600, 20)
    assert label.toolTip() == ""


def test_markup_in_a_name_is_shown_as_it_is(dress: Theme, qtbot: QtBot) -> None:
    label = Label("<b>a</b>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_progress_speaks_its_value_and_is_absent_while_unknown(dress: Theme, qtbot: QtBot) -> None:
    bar = ProgressBar("Transcribing")
    qtbot.addWidget(bar)
    bar.resize(100, 4)
    bar.set_fraction(0.5)
    assert spoken(bar) == (QAccessible.Role.ProgressBar, "Transcribing")
    assert bar.value() == bar.maximum() // 2
    drawn = bar.grab().toImage()
    bar.set_fraction(None)
    assert bar.grab().toImage() != drawn


def test_measures_say_their_number(dress: Theme, qtbot: QtBot) -> None:
    dots, ring, chip = Dots(4, "Speed"), RingProgress("Council meeting"), SpeakerChip(12)
    for widget in (dots, ring, chip):
        qtbot.addWidget(widget)
    ring.set_fraction(0.47)
    assert (dots.accessibleName(), ring.value()) == ("Speed: 4 of 5", 47)
    assert chip.accessibleName() == "Speaker 12"
    chip.set_number(None)
    assert chip.accessibleName() == "Speaker unknown"


def test_a_button_mirrors_its_action(dress: Theme, qtbot: QtBot) -> None:
    action = QAction("&Inspector")
    action.setCheckable(True)
    action.setShortcut("F9")
    button = IconButton("panel-right", "Inspector")
    qtbot.addWidget(button)
    button.follow(action)
    assert button.toolTip() == "Inspector   F9"
    with qtbot.waitSignal(action.triggered):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert action.isChecked() and button.isChecked()
    action.setEnabled(False)
    assert not button.isEnabled()


def test_an_action_outlives_its_button(dress: Theme, qtbot: QtBot) -> None:
    action = QAction("Export")
    button = Button("Export")
    button.follow(action)
    button.deleteLater()
    qtbot.waitUntil(lambda: not isValid(button))
    action.setEnabled(False)


def test_a_key_and_an_icon_widen_a_button(dress: Theme, qtbot: QtBot) -> None:
    button = Button("Review 9")
    qtbot.addWidget(button)
    plain = button.sizeHint().width()
    button.set_key("F8")
    keyed = button.sizeHint().width()
    button.set_icon_name("list-checks")
    assert plain < keyed < button.sizeHint().width()
    button.set_small()
    assert button.sizeHint().height() == 24


def test_a_card_tells_which_button_and_grows_with_its_text(dress: Theme, qtbot: QtBot) -> None:
    card = InlineCard("danger")
    qtbot.addWidget(card)
    card.resize(400, 60)
    card.set_message(
        "The disk is full.", "Free about 200 MB and continue. " * 6, "library.disk_full"
    )
    card.set_buttons([CardButton("old", "Old")])
    card.set_buttons([CardButton("continue", "Continue", "primary"), CardButton("d", "Details")])
    card.show()
    with qtbot.waitSignal(card.button_clicked) as clicked:
        QTest.mouseClick(card.button(0), Qt.MouseButton.LeftButton)
    assert clicked.args == ["continue"]
    assert card.heightForWidth(300) > card.heightForWidth(900)
    card.set_stacked(True)
    assert card.heightForWidth(900) > 90
    assert card.accessibleName().startswith("The disk is full. Free about")


def test_a_search_button_shrinks_with_its_column(dress: Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    row = QHBoxLayout(holder)
    button = SearchButton("Alles durchsuchen", "Strg K", holder)
    row.addWidget(button)
    holder.resize(110, 50)
    holder.show()
    assert button.width() < button.sizeHint().width()
    assert not button.grab().isNull()
