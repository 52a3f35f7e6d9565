"""The field for a speaker's name has room for the name, and stays on the page."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QMenu

from desktop.ui.sizes import dp
from desktop.ui.transcript.name_editor import NameEditor
from desktop.ui.transcript.transcript_menu import TranscriptMenu
from engine.transcript.transcript import Speaker
from tests.desktop.ui.finding import child
from tests.desktop.ui.transcript.conftest import Open
from tests.desktop.ui.transcript.documents import interview

_LONG = "Prof. Dr. Marianne von Weizsäcker-Hohenstein"


@pytest.mark.parametrize("name", ["", _LONG])
def test_a_name_fits_into_the_field(open_view: Open, name: str) -> None:
    opened = open_view(interview())
    editor = child(opened.page, NameEditor)
    editor.open("s1", name, opened.page.gutter(0, opened.page.document().firstBlock()).name)
    text = QFontMetrics(editor.font()).horizontalAdvance(name or "Magdalena Kowalska")
    assert editor.width() >= text + dp(16)
    assert opened.page.viewport().rect().contains(editor.geometry())


def test_the_field_stays_inside_a_narrow_page(open_view: Open) -> None:
    opened = open_view(interview())
    opened.view.resize(220, 400)
    editor = child(opened.page, NameEditor)
    editor.open("s1", _LONG, opened.page.gutter(0, opened.page.document().firstBlock()).chip)
    assert opened.page.viewport().rect().contains(editor.geometry())


def test_a_long_name_is_elided_in_the_menu_and_whole_in_its_tool_tip(open_view: Open) -> None:
    opened = open_view(interview())
    menu = TranscriptMenu(opened.page)
    speakers: QMenu = menu.add_speakers(
        [Speaker("s1", "Anna & Ole"), Speaker("s2", _LONG * 3)], None, print, print
    )
    short, long = speakers.actions()[:2]
    assert short.text() == "1  Anna && Ole"
    assert long.text().endswith("…") and long.toolTip() == _LONG * 3
    assert speakers.sizeHint().width() < dp(400)
