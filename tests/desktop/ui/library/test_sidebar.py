"""The sidebar passes on what people do with pointer, keys, menus and drags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QStyleOptionViewItem, QToolTip
from pytestqt.qtbot import QtBot

from desktop.item_models.library_drops import (
    MoveInQueue,
    PutIntoFolder,
    PutIntoTrash,
    PutTagOn,
)
from desktop.item_models.library_filter import LibraryFilter
from desktop.item_models.library_model import LibraryModel
from desktop.item_models.library_rows import (
    RUNNING,
    TAGS,
    TRASH,
    UNFILED,
    WATCHED,
    Row,
    RowKind,
    Section,
    SectionKind,
)
from desktop.store.records import Folder, JobStatus, Tag
from desktop.ui.library.row_actions import RowAction
from desktop.ui.library.sidebar import Sidebar
from tests.desktop.item_models.values import StubProgress, job, summary

THESIS = Section(SectionKind.FOLDER, 1)
LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key
TOGGLE = QItemSelectionModel.SelectionFlag.Toggle
INBOX = Path("/in/Inbox")


@pytest.fixture(name="model")
def model_fixture(qtbot: QtBot) -> LibraryModel:
    assert qtbot
    made = LibraryModel()
    made.show_library(
        [
            job(1, JobStatus.RUNNING, "Council meeting"),
            job(2, JobStatus.QUEUED, "Radio feature"),
            job(3, JobStatus.QUEUED, "Lecture"),
            job(4, JobStatus.FAILED, "Broken", code="library.disk_full", done=3.0),
            summary(5, "Interview Nowak", folder=1),
            summary(6, "Interview Kowalski", folder=1, tags=(9,)),
            summary(7, "Loose"),
        ],
        [summary(8, "Gone", deleted=1.0)],
        [Folder(1, "Thesis")],
        [Tag(9, "archive")],
    )
    made.set_watched([INBOX])
    return made


@pytest.fixture(name="sidebar")
def sidebar_fixture(qtbot: QtBot, model: LibraryModel) -> Iterator[Sidebar]:
    made = Sidebar(model)
    qtbot.addWidget(made)
    made.resize(272, 1_000)
    made.restore_state([])
    with qtbot.waitExposed(made):
        made.show()
    yield made
    model.deleteLater()


def _point(sidebar: Sidebar, index: QModelIndex) -> QPoint:
    return sidebar.tree.visualRect(index).center()


def _click(
    sidebar: Sidebar,
    index: QModelIndex,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    point = QPoint(60, _point(sidebar, index).y())
    QTest.mouseClick(sidebar.tree.viewport(), LEFT, modifier, point)


def _button(sidebar: Sidebar, index: QModelIndex, action: RowAction) -> QPoint:
    """Return a point of a button that is drawn in a row."""
    option = QStyleOptionViewItem()
    option.rect = sidebar.tree.visualRect(index)
    option.state |= option.state.State_MouseOver
    middle = option.rect.center().y()
    high = option.rect.height() > 40 and index.parent().isValid()
    line = option.rect.top() + 17 if high else middle
    for x in range(option.rect.right(), 0, -2):
        for y in (line, middle, option.rect.bottom() - 16):
            if sidebar.tree.rows.action_at(QPoint(x, y), option, index) is action:
                return QPoint(x, y)
    raise AssertionError(f"no button {action}")


def _lines(menu: QMenu) -> dict[str, QAction]:
    return {line.text(): line for line in menu.actions() if not line.isSeparator()}


def test_a_click_and_enter_open_a_transcript(
    sidebar: Sidebar, model: LibraryModel, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(sidebar.opened) as opened:
        _click(sidebar, model.index_of(5))
    assert opened.args == [5]

    QTest.keyClick(sidebar.tree, KEY.Key_Up)
    with qtbot.waitSignal(sidebar.opened) as opened:
        QTest.keyClick(sidebar.tree, KEY.Key_Return)
    assert opened.args == [6]


def test_selecting_several_opens_none(sidebar: Sidebar, model: LibraryModel, qtbot: QtBot) -> None:
    _click(sidebar, model.index_of(5))

    with qtbot.assertNotEmitted(sidebar.opened):
        _click(sidebar, model.index_of(7), Qt.KeyboardModifier.ControlModifier)

    assert [one.id for one in sidebar.tree.chosen()] == [5, 7]


def test_a_click_closes_a_section_and_the_state_is_kept(
    sidebar: Sidebar, model: LibraryModel
) -> None:
    header = model.section_index(THESIS)

    _click(sidebar, header)
    assert not sidebar.tree.isExpanded(header)
    assert sidebar.save_state() == [THESIS.key]

    model.set_filter(LibraryFilter("nowak"))
    assert sidebar.tree.isExpanded(model.section_index(THESIS))
    model.set_filter(LibraryFilter())
    assert not sidebar.tree.isExpanded(model.section_index(THESIS))
    sidebar.restore_state("nonsense")
    assert sidebar.save_state() == [THESIS.key]


def test_sections_open_and_close_by_keys(sidebar: Sidebar, model: LibraryModel) -> None:
    header = model.section_index(THESIS)
    sidebar.tree.setCurrentIndex(header)

    QTest.keyClick(sidebar.tree, KEY.Key_Left)
    assert not sidebar.tree.isExpanded(header)
    QTest.keyClick(sidebar.tree, KEY.Key_Right)
    assert sidebar.tree.isExpanded(header)
    QTest.keyClick(sidebar.tree, KEY.Key_Space)
    assert not sidebar.tree.isExpanded(header)


def test_trash_and_watched_folders_are_closed_at_first(qtbot: QtBot, model: LibraryModel) -> None:
    fresh = Sidebar(model)
    qtbot.addWidget(fresh)

    assert set(fresh.save_state()) == {TRASH.key, WATCHED.key}
    assert not fresh.tree.isExpanded(model.section_index(TRASH))


@pytest.mark.parametrize(
    ("transcript", "action", "signal"),
    [
        (1, RowAction.PAUSE, "pause_requested"),
        (1, RowAction.CANCEL, "cancel_requested"),
        (2, RowAction.CANCEL, "cancel_requested"),
        (4, RowAction.RETRY, "retry_requested"),
    ],
)
def test_drawn_buttons_work(
    sidebar: Sidebar, qtbot: QtBot, transcript: int, action: RowAction, signal: str
) -> None:
    model = sidebar.tree.model()
    assert isinstance(model, LibraryModel)
    point = _button(sidebar, model.index_of(transcript), action)

    with (
        qtbot.waitSignal(getattr(sidebar, signal)) as asked,
        qtbot.assertNotEmitted(sidebar.opened),
    ):
        QTest.mouseClick(sidebar.tree.viewport(), LEFT, pos=point)

    assert asked.args == [transcript]


def test_all_jobs_are_paused_and_resumed_from_the_header(
    sidebar: Sidebar, model: LibraryModel, qtbot: QtBot
) -> None:
    header = model.section_index(RUNNING)
    viewport = sidebar.tree.viewport()
    with qtbot.waitSignal(sidebar.pause_all_requested):
        QTest.mouseClick(viewport, LEFT, pos=_button(sidebar, header, RowAction.PAUSE_ALL))

    sidebar.set_all_paused(True)

    with qtbot.waitSignal(sidebar.resume_all_requested):
        QTest.mouseClick(viewport, LEFT, pos=_button(sidebar, header, RowAction.RESUME_ALL))


def test_delete_means_the_trash_and_in_the_trash_for_good(
    sidebar: Sidebar, model: LibraryModel, qtbot: QtBot
) -> None:
    _click(sidebar, model.index_of(5))
    sidebar.tree.selectionModel().select(model.index_of(7), TOGGLE)
    with qtbot.waitSignal(sidebar.trash_requested) as asked:
        QTest.keyClick(sidebar.tree, KEY.Key_Delete)
    assert asked.args == [[5, 7]]

    sidebar.tree.setCurrentIndex(model.index_of(8))
    with qtbot.waitSignal(sidebar.delete_requested) as asked:
        QTest.keyClick(sidebar.tree, KEY.Key_Delete)
    assert asked.args == [[8]]


def test_f2_renames_in_place(sidebar: Sidebar, model: LibraryModel, qtbot: QtBot) -> None:
    sidebar.tree.setCurrentIndex(model.index_of(5))
    sidebar.tree.setFocus()
    QTest.keyClick(sidebar.tree, KEY.Key_F2)
    field = sidebar.tree.viewport().findChild(QLineEdit)
    assert isinstance(field, QLineEdit) and field.text() == "Interview Nowak"

    field.setText("Rozmowa 🎙")
    with qtbot.waitSignal(sidebar.renamed) as renamed:
        QTest.keyClick(field, KEY.Key_Return)

    assert renamed.args == [5, "Rozmowa 🎙"]


def test_jobs_change_places_by_keys(sidebar: Sidebar, model: LibraryModel, qtbot: QtBot) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    sidebar.tree.setCurrentIndex(model.index_of(3))
    with qtbot.waitSignal(sidebar.moved) as moved:
        QTest.keyClick(sidebar.tree, KEY.Key_Up, alt)
    assert moved.args == [3, 2]

    sidebar.tree.setCurrentIndex(model.index_of(2))
    with qtbot.waitSignal(sidebar.moved) as moved:
        QTest.keyClick(sidebar.tree, KEY.Key_Down, alt)
    assert moved.args == [2, None]
    sidebar.tree.setCurrentIndex(model.index_of(3))
    with qtbot.assertNotEmitted(sidebar.moved):
        QTest.keyClick(sidebar.tree, KEY.Key_Down, alt)


@pytest.mark.parametrize(
    ("drop", "signal", "wanted"),
    [
        (MoveInQueue((3,), 2), "moved", [3, 2]),
        (PutIntoFolder((5, 7), 1), "folder_chosen", [[5, 7], 1]),
        (PutIntoTrash((5,)), "trash_requested", [[5]]),
        (PutTagOn((5,), 9), "tag_set", [[5], 9, True]),
    ],
)
def test_drops_are_passed_on(
    sidebar: Sidebar, model: LibraryModel, qtbot: QtBot, drop: object, signal: str, wanted: object
) -> None:
    with qtbot.waitSignal(getattr(sidebar, signal)) as asked:
        model.dropped.emit(drop)

    assert asked.args == wanted


def test_everything_that_is_drawn_on_hover_is_in_the_menu(
    sidebar: Sidebar, model: LibraryModel
) -> None:
    names = {
        1: {"Open", "Rename", "Pause", "Stop", "Delete"},
        2: {"Stop", "Move up", "Move down"},
        4: {"Try again", "Export…", "Find recording…"},
        8: {"Restore", "Delete for good…"},
    }
    for transcript, wanted in names.items():
        menu = sidebar.make_menu(model.row(model.index_of(transcript)))
        assert wanted <= _lines(menu).keys()
    watched = model.row(model.index(0, 0, model.section_index(WATCHED)))
    assert {"Open folder", "Watch no longer"} == _lines(sidebar.make_menu(watched)).keys()


def test_menu_lines_act_on_the_whole_selection(
    sidebar: Sidebar, model: LibraryModel, qtbot: QtBot
) -> None:
    sidebar.tree.setCurrentIndex(model.index_of(5))
    sidebar.tree.selectionModel().select(model.index_of(6), TOGGLE)
    menu = sidebar.make_menu(model.row(model.index_of(6)))

    with qtbot.waitSignal(sidebar.export_requested) as asked:
        _lines(menu)["Export…"].trigger()
    assert asked.args == [[6, 5]]
    folders = _lines(menu)["Move to folder"].menu()
    assert isinstance(folders, QMenu) and _lines(folders)["Thesis"].isChecked()
    with qtbot.waitSignal(sidebar.folder_chosen) as asked:
        _lines(folders)["No folder"].trigger()
    assert asked.args == [[6, 5], None]
    tags = _lines(menu)["Tags"].menu()
    assert isinstance(tags, QMenu) and not _lines(tags)["archive"].isChecked()
    with qtbot.waitSignal(sidebar.tag_set) as asked:
        _lines(tags)["archive"].trigger()
    assert asked.args == [[6, 5], 9, True]


def test_a_menu_outside_the_selection_is_about_its_row(
    sidebar: Sidebar, model: LibraryModel, qtbot: QtBot
) -> None:
    sidebar.tree.setCurrentIndex(model.index_of(5))
    menu = sidebar.make_menu(model.row(model.index_of(7)))

    with qtbot.waitSignal(sidebar.trash_requested) as asked:
        _lines(menu)["Delete"].trigger()

    assert asked.args == [[7]]


def test_pausing_a_mixed_selection_asks_only_for_jobs_that_can_pause(
    sidebar: Sidebar, model: LibraryModel
) -> None:
    asked: list[int] = []
    sidebar.pause_requested.connect(asked.append)
    sidebar.tree.setCurrentIndex(model.index_of(2))
    for number in (3, 7):
        sidebar.tree.selectionModel().select(model.index_of(number), TOGGLE)

    _lines(sidebar.make_menu(model.row(model.index_of(2))))["Pause"].trigger()

    assert asked == [2, 3]


def test_a_new_folder_takes_the_selection_and_waits_for_its_name(
    sidebar: Sidebar, model: LibraryModel, qtbot: QtBot
) -> None:
    menu = sidebar.make_menu(model.row(model.index_of(7)))
    folders = _lines(menu)["Move to folder"].menu()
    assert isinstance(folders, QMenu)
    with qtbot.waitSignal(sidebar.folder_add_requested) as asked:
        _lines(folders)["New folder"].trigger()
    assert asked.args == ["New folder", [7]]

    model.set_shelves([Folder(1, "Thesis"), Folder(2, "New folder")], [Tag(9, "archive")])

    field = sidebar.tree.viewport().findChild(QLineEdit)
    assert isinstance(field, QLineEdit) and field.text() == "New folder"
    field.setText("Podcast")
    with qtbot.waitSignal(sidebar.folder_renamed) as renamed:
        QTest.keyClick(field, KEY.Key_Return)
    assert renamed.args == [2, "Podcast"]


def test_folders_tags_and_watched_folders_are_managed_from_their_menus(
    sidebar: Sidebar, model: LibraryModel, qtbot: QtBot
) -> None:
    thesis = sidebar.make_menu(Row(RowKind.SECTION, THESIS))
    with qtbot.waitSignal(sidebar.folder_removed) as asked:
        _lines(thesis)["Remove folder, keep transcripts"].trigger()
    assert asked.args == [1]
    tag = sidebar.make_menu(Row(RowKind.TAG, TAGS, 9))
    with qtbot.waitSignal(sidebar.tag_removed) as asked:
        _lines(tag)["Remove tag"].trigger()
    assert asked.args == [9]
    watched = sidebar.make_menu(model.row(model.index(0, 0, model.section_index(WATCHED))))
    with qtbot.waitSignal(sidebar.watch_ended) as asked:
        _lines(watched)["Watch no longer"].trigger()
    assert asked.args == [INBOX]
    with qtbot.waitSignal(sidebar.empty_trash_requested):
        _lines(sidebar.make_menu(Row(RowKind.SECTION, TRASH)))["Delete all for good…"].trigger()
    with qtbot.waitSignal(sidebar.watch_requested):
        _lines(sidebar.make_menu(None))["Watch a folder…"].trigger()


def test_a_tag_filters_and_a_second_click_ends_it(sidebar: Sidebar, model: LibraryModel) -> None:
    _click(sidebar, model.index(0, 0, model.section_index(TAGS)))
    assert model.contents.filter.tags == {9}
    assert not model.index_of(5).isValid() and model.index_of(6).isValid()
    assert sidebar.filter_bar.isVisible()

    _click(sidebar, model.index(0, 0, model.section_index(TAGS)))

    assert not model.contents.filter.is_on
    assert not sidebar.filter_bar.isVisible()


def test_typing_into_the_filter_narrows_and_esc_ends_it(
    sidebar: Sidebar, model: LibraryModel
) -> None:
    _lines(sidebar.make_menu(None))["Filter titles"].trigger()
    field = sidebar.filter_bar.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)

    QTest.keyClicks(field, "kowal")
    assert model.index_of(6).isValid() and not model.index_of(5).isValid()
    QTest.keyClick(field, KEY.Key_Escape)
    assert model.index_of(5).isValid()
    QTest.keyClick(field, KEY.Key_Escape)
    assert not sidebar.filter_bar.isVisible()


def test_the_open_transcript_stays_selected_when_it_moves(
    sidebar: Sidebar, model: LibraryModel
) -> None:
    sidebar.set_open(1)
    moved = model.contents.summary(1)
    assert moved is not None

    model.upsert(replace(moved, status=JobStatus.DONE))

    assert [one.id for one in sidebar.tree.chosen()] == [1]
    assert model.index_of(1).parent() == model.section_index(UNFILED)


def test_what_is_selected_stays_so_wherever_it_moves(sidebar: Sidebar, model: LibraryModel) -> None:
    sidebar.set_open(5)
    sidebar.tree.setCurrentIndex(model.index_of(7))
    for number in (1, 2):
        sidebar.tree.selectionModel().select(model.index_of(number), TOGGLE)
    moved = model.contents.summary(1)
    assert moved is not None

    model.upsert(replace(moved, status=JobStatus.DONE))
    model.set_shelves([Folder(1, "Thesis"), Folder(2, "Another")], [Tag(9, "archive")])

    assert {one.id for one in sidebar.tree.chosen()} == {1, 2, 7}
    assert sidebar.tree.currentIndex() == model.index_of(7)


def test_what_is_deleted_is_not_followed_into_the_trash(
    sidebar: Sidebar, model: LibraryModel
) -> None:
    sidebar.tree.setCurrentIndex(model.index_of(5))

    model.upsert(summary(5, "Interview Nowak", folder=1, deleted=2.0))

    assert not sidebar.tree.chosen()
    assert sidebar.tree.currentIndex() == model.index_of(6)


def test_an_empty_library_says_so(qtbot: QtBot) -> None:
    empty = LibraryModel()
    made = Sidebar(empty)
    qtbot.addWidget(made)
    made.show()
    assert not made.tree.isVisible()

    empty.upsert(summary(1))

    assert made.tree.isVisible()


def test_long_names_are_whole_in_the_tool_tip(
    sidebar: Sidebar, model: LibraryModel, qtbot: QtBot
) -> None:
    name = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
    model.upsert(summary(5, name, folder=1))
    point = QPoint(60, _point(sidebar, model.index_of(5)).y())
    viewport = sidebar.tree.viewport()

    event = QHelpEvent(QEvent.Type.ToolTip, point, viewport.mapToGlobal(point))
    sidebar.tree.viewportEvent(event)

    qtbot.waitUntil(lambda: QToolTip.text() == name)
    QToolTip.hideText()


def test_every_state_is_painted_in_both_directions(sidebar: Sidebar, model: LibraryModel) -> None:
    model.set_progress(StubProgress(1, 47.0, 100.0, 170.0))
    model.upsert(job(10, JobStatus.PAUSED, "مقابلة طويلة", done=100.0))
    model.upsert(job(11, JobStatus.INTERRUPTED, "🎙🎧", done=100.0))
    sidebar.set_open(1)
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        sidebar.setLayoutDirection(direction)
        assert not sidebar.grab().isNull()


def test_without_a_library_nothing_is_promised(qtbot: QtBot) -> None:
    sidebar = Sidebar(LibraryModel())
    qtbot.addWidget(sidebar)
    sidebar.show()

    def texts() -> str:
        return " ".join(one.text() for one in sidebar.findChildren(QLabel) if one.isVisible())

    assert "Finished transcripts" in texts()
    sidebar.setEnabled(False)
    assert "Finished transcripts" not in texts()
