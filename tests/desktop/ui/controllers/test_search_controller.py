"""Searching shows titles above places, and leads to either."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.item_models.library_model import LibraryModel
from desktop.services.background import Background
from desktop.services.services import Services
from desktop.store.library import Library
from desktop.ui.controllers.search_controller import SearchController
from desktop.ui.main_window import MainWindow
from desktop.ui.search.search_sheet import SearchSheet
from tests.desktop.store.material import begun, segment

_Key = Qt.Key


class Search:
    """A window with a library that can be searched."""

    def __init__(self, qtbot: QtBot, library: Library) -> None:
        self.model = LibraryModel()
        self.window = MainWindow(self.model)
        qtbot.addWidget(self.window)
        self.background = Background()
        services = cast(Services, SimpleNamespace(background=self.background, library=library))
        self.controller = SearchController(self.window, self.model, services)
        self.window.show()
        self.controller.open()
        sheet = self.window.findChild(SearchSheet)
        assert isinstance(sheet, SearchSheet)
        self.sheet = sheet
        field = sheet.findChild(QLineEdit)
        assert isinstance(field, QLineEdit)
        self.field = field

    def shown(self) -> list[str]:
        """Return headings and hits from top to bottom."""
        rows = range(self.sheet.model.rowCount())
        return [str(self.sheet.model.index(row).data()) for row in rows]


@pytest.fixture(name="search")
def _search(qtbot: QtBot, tmp_path: Path) -> Iterator[Search]:
    library = Library(tmp_path / "library.sqlite3")
    first = begun(library, segment("the old shipyard"))
    library.rename(first, "Kowalski").result()
    second = begun(library, segment("nothing of it"))
    library.rename(second, "The Shipyárd").result()
    search = Search(qtbot, library)
    search.model.show_library(library.summaries(), library.trash(), [], [])
    yield search
    search.background.close()
    library.close()


def test_titles_come_first_and_lead_to_their_transcript(search: Search, qtbot: QtBot) -> None:
    search.field.setText("shipyard")
    expected = ["Titles", "The Shipyárd", "Kowalski", "the old shipyard"]
    qtbot.waitUntil(lambda: search.shown() == expected)

    with qtbot.waitSignal(search.controller.hit_chosen) as chosen:
        QTest.keyClick(search.field, _Key.Key_Return)

    assert chosen.args == [2, ""]


def test_a_place_leads_to_its_segment(search: Search, qtbot: QtBot) -> None:
    search.field.setText("old shipyard")
    qtbot.waitUntil(lambda: search.shown() == ["Kowalski", "the old shipyard"])

    with qtbot.waitSignal(search.controller.hit_chosen) as chosen:
        QTest.keyClick(search.field, _Key.Key_Return)

    assert chosen.args == [1, "run.0.0"]


def test_emptying_the_field_takes_titles_away_too(search: Search, qtbot: QtBot) -> None:
    search.field.setText("shipyard")
    qtbot.waitUntil(lambda: len(search.shown()) == 4)

    search.field.clear()

    qtbot.waitUntil(lambda: not search.shown())
    assert search.sheet.isVisible()
