"""Give tests of the export sheet a window, an exporter and a library of two transcripts."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.services.background import Background
from desktop.services.export_presets import ExportChoices
from desktop.services.exporting import Exporter
from desktop.services.garbage import GarbageCollector
from desktop.store.records import TranscriptSummary
from desktop.ui.export.export_sheet import ExportSheet
from tests.fakes.export_shelf import ExportShelf


@dataclass
class Stage:
    """What a sheet needs, and a way to open one."""

    window: QWidget
    exporter: Exporter
    shelf: ExportShelf
    folder: Path
    qtbot: QtBot

    def open(self, *summaries: TranscriptSummary) -> ExportSheet:
        """Open the sheet for transcripts, without any for the first; wait for its preview."""
        chosen = summaries or (self.shelf.stored[1].summary,)
        sheet = ExportSheet(self.window, self.exporter, chosen, {1: "Thesis"})
        with self.qtbot.waitSignals([self.exporter.choices_loaded, self.exporter.previewed]):
            sheet.open_sheet()
        return sheet

    def keep(self, choices: ExportChoices) -> None:
        """Set up what people chose before."""
        self.exporter.save_choices(choices)
        path = self.folder.parent / "presets.toml"
        self.qtbot.waitUntil(path.exists)

    def after(self, action: Callable[[], object]) -> str:
        """Do something and return the text of the preview that follows."""
        with self.qtbot.waitSignal(self.exporter.previewed):
            action()
        sheet = self.window.findChild(ExportSheet)
        assert isinstance(sheet, ExportSheet)
        return sheet.pages.shown_text()


@pytest.fixture(name="stage")
def _stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    # As in the program: threads must not collect the widgets of the test before.
    collector = GarbageCollector()
    folder = tmp_path / "recordings"
    folder.mkdir()
    shelf = ExportShelf(folder)
    shelf.add("A talk")
    shelf.add("Another talk")
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    background = Background()
    exporter = Exporter(shelf, background, tmp_path / "presets.toml", tmp_path / "written.json")
    yield Stage(window, exporter, shelf, folder, qtbot)
    background.close()
    exporter.deleteLater()
    background.deleteLater()
    gc.collect()
    collector.close()
    collector.deleteLater()
