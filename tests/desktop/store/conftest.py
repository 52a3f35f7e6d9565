"""Offer an empty library, and what it told its listener."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.library import Library
from desktop.store.records import Change


@pytest.fixture
def changes() -> list[Change]:
    """Return the list that fills with what the library tells."""
    return []


@pytest.fixture
def library(tmp_path: Path, changes: list[Change]) -> Iterator[Library]:
    """Return an empty library that tells its changes to `changes`."""
    opened = Library(tmp_path / "library.sqlite3", changes.append)
    yield opened
    opened.close()
