"""The strip changes how the rest of a job is transcribed, and only that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.store.records import JobOptions
from desktop.ui.job.model_strip import ModelStrip, StripState
from desktop.ui.widgets.buttons import Button, IconButton
from desktop.ui.widgets.value_button import ValueButton
from engine.options import Channels, Task, TranscriptionOptions

OPTIONS = JobOptions("base", TranscriptionOptions(glossary=("Motława",)), profile="Interviews")
STATE = StripState(OPTIONS, ("base", "large-v3-turbo"), "en", 2, 1_731.0)


@pytest.fixture(name="strip")
def strip_fixture(qtbot: QtBot) -> Iterator[ModelStrip]:
    made = ModelStrip()
    qtbot.addWidget(made)
    made.resize(1_008, 48)
    made.show()
    made.show_state(STATE)
    yield made


def _values(strip: ModelStrip) -> dict[str, ValueButton]:
    buttons = strip.findChildren(ValueButton)
    return {button.accessibleName().partition(":")[0]: button for button in buttons}


def _choose(button: ValueButton, key: str) -> None:
    button.set_value(key)
    button.chosen.emit(key)


def test_it_shows_what_is_used_and_what_was_detected(strip: ModelStrip) -> None:
    texts = [button.shown_text() for button in strip.findChildren(ValueButton)]

    assert texts == ["base", "English (detected)", "As spoken", "Channels mixed"]
    notes = [label.text() for label in strip.findChildren(QLabel)]
    assert "Changes apply from 28:51 on." in notes


@pytest.mark.parametrize(
    ("name", "key", "wanted"),
    [
        ("Speech model", "large-v3-turbo", replace(OPTIONS, model="large-v3-turbo")),
        (
            "Language",
            "pl",
            replace(OPTIONS, transcription=replace(OPTIONS.transcription, language="pl")),
        ),
        (
            "Text",
            "translate",
            replace(OPTIONS, transcription=replace(OPTIONS.transcription, task=Task.TRANSLATE)),
        ),
        (
            "Channels",
            "speakers",
            replace(
                OPTIONS,
                transcription=replace(OPTIONS.transcription, channels=Channels.SPEAKERS),
            ),
        ),
    ],
)
def test_a_choice_changes_one_option_and_keeps_the_others(
    strip: ModelStrip, qtbot: QtBot, name: str, key: str, wanted: JobOptions
) -> None:
    with qtbot.waitSignal(strip.options_changed) as changed:
        _choose(_values(strip)[name], key)

    assert changed.args == [wanted]


def test_a_fixed_language_ends_detection_per_block(strip: ModelStrip, qtbot: QtBot) -> None:
    mixed = replace(OPTIONS, transcription=TranscriptionOptions(language_per_block=True))
    strip.show_state(replace(STATE, options=mixed))

    with qtbot.waitSignal(strip.options_changed) as changed:
        _choose(_values(strip)["Language"], "de")

    assert changed.args is not None
    assert changed.args[0].transcription == TranscriptionOptions(language="de")


def test_one_channel_leaves_nothing_to_choose(strip: ModelStrip) -> None:
    strip.show_state(replace(STATE, channels=1))

    assert not _values(strip)["Channels"].isVisible()


def test_before_anything_is_decoded_changes_count_for_all(strip: ModelStrip) -> None:
    strip.show_state(replace(STATE, applies_from=None, language=""))

    notes = [label.text() for label in strip.findChildren(QLabel)]
    assert "Changes apply to the whole recording." in notes
    assert _values(strip)["Language"].shown_text() == "Detect the language"


def test_start_again_and_hide(strip: ModelStrip, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.start_again_requested):
        QTest.mouseClick(strip.findChildren(Button)[0], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(strip.hidden):
        QTest.mouseClick(strip.findChildren(IconButton)[0], Qt.MouseButton.LeftButton)
    assert not strip.isVisible()


def test_a_narrow_strip_cuts_no_button(strip: ModelStrip, qtbot: QtBot) -> None:
    strip.resize(560, 48)

    qtbot.waitUntil(lambda: not _values(strip)["Text"].isVisible())
    again = strip.findChildren(Button)[0]
    assert again.width() >= again.sizeHint().width()
    assert strip.width() == 560
