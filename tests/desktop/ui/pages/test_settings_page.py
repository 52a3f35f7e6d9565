"""Settings are rows that are searched, changed at once, and set back."""

from __future__ import annotations

from dataclasses import fields

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QScrollArea, QWidget

from desktop.settings import DEFAULTS, Control, Profile, Settings, WatchedFolder, setting_of
from desktop.ui.pages.controls import text
from desktop.ui.pages.group_list import GroupList
from desktop.ui.pages.profile_section import FolderRow, ProfileRow
from desktop.ui.pages.rows import Row
from desktop.ui.pages.settings_page import SettingsPage
from desktop.ui.pages.texts import MarkedLabel
from desktop.ui.widgets.segmented import SegmentedControl
from desktop.ui.widgets.switch import Switch
from desktop.ui.widgets.value_button import ValueButton
from engine import network
from engine.network import NetworkUse
from tests.desktop.ui.pages.conftest import Bench, child
from tests.desktop.ui.pages.test_hardware_section import BROKEN, CPU


def _rows(page: SettingsPage) -> list[Row]:
    return [row for section in page.sections.values() for row in section.rows]


def _row(bench: Bench, title: str) -> Row:
    return next(
        row
        for row in _rows(bench.area.settings_page)
        if row.title.plain == title and row.isVisible()
    )


def _trigger(row: Row, name: str) -> None:
    next(action for action in row.actions_offered() if action.text() == name).trigger()


def test_every_setting_has_a_row(bench: Bench) -> None:
    titles = {row.title.plain for row in _rows(bench.area.settings_page)}
    special = (Control.PROFILES,)  # a row for each profile instead
    for field in fields(Settings):
        setting = setting_of(field)
        if setting.control not in special:
            assert text(setting.title) in titles


def test_a_switch_applies_at_once_and_goes_back_to_its_default(bench: Bench) -> None:
    row = _row(bench, "Quiet on battery")
    switch = child(row, Switch)
    assert switch.isChecked()
    bench.click(switch)
    assert bench.settings.current.quiet_on_battery is False
    _trigger(row, "Back to default")
    assert bench.settings.current == DEFAULTS
    assert switch.isChecked()


def test_segments_and_menus_show_changes_from_elsewhere(bench: Bench) -> None:
    bench.settings.change(appearance="dark", reading_scale=1.37, trash_days=12)
    control = child(_row(bench, "Appearance"), SegmentedControl)
    assert control.value == "dark"
    assert child(_row(bench, "Reading size"), ValueButton).shown_text()
    assert child(_row(bench, "Keep deleted transcripts"), ValueButton).shown_text() == "12"
    control.chosen.emit("light")
    assert bench.settings.current.appearance == "light"


def test_a_search_marks_counts_and_hides(bench: Bench) -> None:
    page = bench.area.settings_page
    counts = page.search("battery")
    assert counts["hardware"] == 1 and sum(counts.values()) == 1
    visible = [row for row in _rows(page) if row.isVisibleTo(page)]
    assert [row.title.plain for row in visible] == ["Quiet on battery"]
    assert "background-color" in visible[0].title.text()
    assert not page.sections["general"].isVisibleTo(page)
    page.search("")
    assert page.sections["general"].isVisibleTo(page)
    assert "background-color" not in visible[0].title.text()


def test_a_search_finds_the_values_and_whole_groups(bench: Bench) -> None:
    assert bench.area.settings_page.search("DARK")["general"] == 1
    everything = bench.area.settings_page.search("shortcuts")["shortcuts"]
    assert everything == len(bench.area.settings_page.sections["shortcuts"].rows)


def test_the_field_searches_and_nothing_found_is_said(bench: Bench) -> None:
    bench.area.show_group("models")
    bench.type(bench.area.search_field, "zz<b>")
    assert "zz<b>" in _subtitle(bench)
    assert bench.area.settings_page.isVisible()
    bench.key(bench.area.search_field, Qt.Key.Key_Escape)
    assert bench.area.search_field.text() == ""


def _subtitle(bench: Bench) -> str:
    labels = bench.area.settings_page.findChildren(MarkedLabel)
    assert labels
    return str(bench.area.settings_page._subtitle.text())  # pylint: disable=protected-access


def test_marks_take_nothing_for_markup(bench: Bench) -> None:
    label = MarkedLabel("a <b> & c", parent=bench.area)
    assert label.mark("<B>")
    assert "&lt;b&gt;" in label.text() and "&amp;" in label.text()
    assert not label.mark("x") and label.text() == "a <b> & c"


def test_escape_and_the_button_lead_back(bench: Bench) -> None:
    with bench.qtbot.waitSignal(bench.area.back_requested):
        bench.key(bench.area.settings_page, Qt.Key.Key_Escape)


@pytest.mark.parametrize("group", ["profiles", "hardware", "privacy", "shortcuts", "about"])
def test_a_group_is_scrolled_to(bench: Bench, group: str) -> None:
    bench.area.show_group(group)
    section = bench.area.settings_page.sections[group]
    top = section.mapTo(bench.area, section.rect().topLeft()).y()
    assert 0 <= top < 800


def test_profiles_are_added_edited_duplicated_and_removed(bench: Bench) -> None:
    section = bench.area.settings_page.profiles
    section.set_models(("base", "small.en"))
    bench.click(child(_row(bench, "New profile"), QAbstractButton))
    names = [profile.name for profile in bench.settings.current.profiles]
    assert names == ["Standard", "New profile"]
    row = section.findChildren(ProfileRow)[-1]
    name = next(edit for edit in row.findChildren(QLineEdit) if edit.accessibleName() == "Name")
    name.setText("Standard")
    name.editingFinished.emit()
    assert "Choose another one" in name.accessibleDescription()
    name.setText("Interviews")
    name.editingFinished.emit()
    _chooser(row, "Speech model").chosen.emit("small.en")
    _chooser(row, "Spoken language").chosen.emit("de")
    glossary = next(e for e in row.findChildren(QLineEdit) if e.accessibleName() == "Glossary")
    glossary.setText("Łódź, , Anna, Łódź")
    glossary.editingFinished.emit()
    wanted = Profile("Interviews", model="small.en", language="de", glossary=("Łódź", "Anna"))
    assert bench.settings.current.profiles[-1] == wanted
    menu = {action.text(): action for action in row.menu().actions()}
    menu["Duplicate"].trigger()
    menu["Use for new recordings"].trigger()
    assert bench.settings.current.profiles[-1].name == "Interviews copy"
    assert bench.settings.current.profile == wanted
    menu["Remove"].trigger()
    assert [p.name for p in bench.settings.current.profiles] == ["Standard", "Interviews copy"]
    shown = [each.name for each in section.findChildren(ProfileRow) if each.isVisible()]
    assert shown == ["Standard", "Interviews copy"]


def _chooser(row: QWidget, name: str) -> ValueButton:
    found = row.findChildren(ValueButton)
    return next(each for each in found if each.accessibleName().startswith(name))


def test_the_last_profile_cannot_be_removed(bench: Bench) -> None:
    row = child(bench.area.settings_page.profiles, ProfileRow)
    assert "Remove" not in [action.text() for action in row.menu().actions()]


def test_folders_are_watched_and_no_longer(bench: Bench) -> None:
    section = bench.area.settings_page.profiles
    section.watch("/a b/ü")
    section.watch("/a b/ü")
    assert bench.settings.current.watched_folders == (WatchedFolder("/a b/ü"),)
    row = child(section, FolderRow)
    _chooser(row, "Profile").chosen.emit("Standard")
    assert bench.settings.current.watched_folders == (WatchedFolder("/a b/ü", "Standard"),)
    row = next(each for each in section.findChildren(FolderRow) if each.isVisible())
    buttons = [b for b in row.findChildren(QAbstractButton) if "Stop" in b.accessibleName()]
    bench.click(buttons[0])
    assert not bench.settings.current.watched_folders


def test_connections_are_listed_and_cleared(bench: Bench) -> None:
    row = _row(bench, "Connections")
    assert row.sentence.plain == "The program has made no connection."
    use = NetworkUse(1, 1.7e9, "models.example", 443, "model.download", "base", 484_000_000)
    network.report(use)
    bench.qtbot.waitUntil(lambda: bool(bench.ledger.entries))
    network.report(NetworkUse(2, 1.8e9, "other.example", 9, "", is_refused=True))
    bench.qtbot.waitUntil(lambda: len(bench.ledger.entries) == 2)
    labels = [child.text() for child in row.findChildren(QWidget) if hasattr(child, "text")]
    for shown in ("models.example", "484\u00a0MB", "Speech model base", "refused"):
        assert shown in labels
    clear = next(b for b in row.findChildren(QAbstractButton) if b.text() == "Clear the list")
    bench.click(clear)
    assert bench.ledger.entries == ()
    assert row.sentence.plain == "The program has made no connection."


@pytest.mark.parametrize("width", [640, 1280])
def test_every_control_has_a_name_and_room(bench: Bench, width: int) -> None:
    bench.area.set_devices((CPU, BROKEN))
    child(bench.area.settings_page.profiles, ProfileRow).open_editor()
    bench.area.resize(width, 700)
    visible = [each for each in bench.area.findChildren(QWidget) if each.isVisible()]
    for each in visible:
        if isinstance(each, (QAbstractButton, QLineEdit)):
            assert each.accessibleName() or each.property("text"), each
    buttons = [each for each in visible if isinstance(each, QAbstractButton)]
    bench.qtbot.waitUntil(lambda: not [each.text() for each in buttons if _is_cut(each)])


def _is_cut(button: QAbstractButton) -> bool:
    least = button.minimumSizeHint()
    return button.isVisible() and (
        button.width() < least.width() or button.height() < least.height()
    )


@pytest.mark.parametrize("group", ["hardware", "shortcuts", "about"])
def test_a_group_is_scrolled_to_even_if_it_was_asked_for_before_the_page_was_seen(
    unseen: Bench, group: str
) -> None:
    page = unseen.area.settings_page
    unseen.area.show_group(group)
    unseen.area.show()
    section = page.sections[group]

    def is_in_sight() -> bool:
        top = section.mapTo(page, QPoint(0, 0)).y()
        return 0 <= top <= page.height() // 2

    unseen.qtbot.waitUntil(is_in_sight)
    chosen = child(unseen.area, GroupList).selectedItems()
    assert [item.text().lower() for item in chosen] == [group]


def test_nothing_found_leaves_nothing_to_scroll_and_no_group_chosen(bench: Bench) -> None:
    bench.area.search_field.setText("xyz")
    scroll = child(bench.area.settings_page, QScrollArea).verticalScrollBar()
    bench.qtbot.waitUntil(lambda: scroll.maximum() == 0)
    assert not child(bench.area, GroupList).selectedItems()
    bench.area.search_field.clear()
    bench.qtbot.waitUntil(lambda: scroll.maximum() > 0)
    assert child(bench.area, GroupList).selectedItems()
