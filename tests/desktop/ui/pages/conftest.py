"""Offer the settings area with services that work in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.services.background import Background
from desktop.services.model_downloads import ModelDownloads
from desktop.services.network_ledger import NetworkLedger
from desktop.services.settings_service import SettingsService
from desktop.settings import DEFAULTS, Loaded
from desktop.ui.pages.about_section import Place
from desktop.ui.pages.settings_area import SettingsArea


@dataclass
class Bench:
    """Hold what a test works with."""

    area: SettingsArea
    settings: SettingsService
    downloads: ModelDownloads
    ledger: NetworkLedger
    models: Path
    qtbot: QtBot

    def click(self, widget: QWidget) -> None:
        """Click with the left button."""
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)  # type: ignore[no-untyped-call]

    def key(self, widget: QWidget, key: Qt.Key) -> None:
        """Press a key."""
        self.qtbot.keyClick(widget, key)  # type: ignore[no-untyped-call]  # pytest-qt has no types

    def type(self, widget: QWidget, text: str) -> None:
        """Type a text."""
        self.qtbot.keyClicks(widget, text)  # type: ignore[no-untyped-call]


Child = TypeVar("Child", bound=QWidget)


def child(parent: QWidget, kind: type[Child]) -> Child:
    """Return the first child of a kind."""
    found = parent.findChild(kind)
    assert isinstance(found, kind)
    return found


@pytest.fixture
def bench(unseen: Bench) -> Bench:
    """Return the settings area, shown at 1280 × 800."""
    unseen.area.show()
    unseen.qtbot.waitUntil(lambda: bool(unseen.downloads.current.models))
    return unseen


@pytest.fixture
def unseen(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    """Return the settings area before it is shown."""
    background = Background()
    settings = SettingsService(Loaded(DEFAULTS), tmp_path / "settings.toml")
    ledger = NetworkLedger(tmp_path / "network.jsonl")
    models = tmp_path / "models"
    downloads = ModelDownloads((models,), background, settings)
    area = SettingsArea(
        settings, downloads, ledger, (Place("Library", "Your transcripts.", tmp_path),)
    )
    qtbot.addWidget(area)
    area.resize(1280, 800)
    yield Bench(area, settings, downloads, ledger, models, qtbot)
    downloads.close()
    ledger.close()
    settings.close()
    background.close()
