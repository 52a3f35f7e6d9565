"""A later start says what it waits for, but only if it has to wait."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop.ui.waiting_note import WaitingNote


@pytest.mark.parametrize(
    ("has_files", "words"), [(True, "your recordings"), (False, "to the front")]
)
def test_it_comes_after_a_while_and_says_what_will_happen(
    qtbot: QtBot, has_files: bool, words: str
) -> None:
    note = WaitingNote("Whisper Transcriber", has_files=has_files, patience_ms=1)
    qtbot.addWidget(note)
    assert not note.isVisible()
    qtbot.waitUntil(note.isVisible)
    assert "busy" in note.text() and words in note.informativeText()
    with qtbot.waitSignal(note.rejected):
        note.button(QMessageBox.StandardButton.Cancel).click()
