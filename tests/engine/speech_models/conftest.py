"""Offer a small model and a models folder that is nobody's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.speech_models.installed import FOLDERS_VARIABLE
from tests.engine.speech_models.small_models import make_model


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty models folder, the only one that is looked into."""
    folder = tmp_path / "models"
    monkeypatch.setenv(FOLDERS_VARIABLE, str(folder))
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return the folder of a whole small model, outside the models folder."""
    return make_model(tmp_path / "stick" / "small")
