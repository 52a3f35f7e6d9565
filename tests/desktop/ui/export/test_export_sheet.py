"""The export sheet shows what will be written, writes it, and asks before it replaces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit, QWidget

from desktop.services.export_presets import (
    Destination,
    ExportChoices,
    Option,
    Preset,
    options_of,
    usual_preset,
)
from desktop.services.export_writing import Outcome
from desktop.services.exporting import ExportReport
from desktop.store.records import JobStatus
from desktop.ui.export.export_sheet import ExportSheet
from desktop.ui.export.words import ExportWords, first_folder
from desktop.ui.theme import Theme
from engine.transcript.formats import FORMATS
from tests.desktop.ui.export.conftest import Stage
from tests.engine.transcript.sample import transcript

_CLICK = Qt.MouseButton.LeftButton


def _click(button: QWidget) -> None:
    QTest.mouseClick(button, _CLICK)


def _exported(stage: Stage, sheet: ExportSheet, action: Callable[[], object]) -> ExportReport:
    with stage.qtbot.waitSignal(sheet.exported) as blocker:
        action()
    assert isinstance(report := blocker.args[0], ExportReport)
    return report


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_shows_its_own_options_only(stage: Stage, name: str) -> None:
    stage.keep(ExportChoices(last=usual_preset(name)))
    sheet = stage.open()
    assert sheet.options.offered() == options_of(name)
    assert sheet.place_row.name.text() == f"A talk.{name}"


def test_that_a_transcript_is_not_finished_is_said_before(stage: Stage) -> None:
    finished = stage.shelf.stored[1].summary
    begun = replace(finished, status=JobStatus.PAUSED, done=720.0, duration=1_200.0)
    sheet = stage.open(begun)
    sentence = sheet.unfinished.card.accessibleName()
    assert sheet.unfinished.isVisible()
    assert sentence.startswith("Only 12:00 of 20:00 are transcribed so far")
    report = _exported(stage, sheet, lambda: _click(sheet.export))
    assert [result.outcome for result in report.results] == [Outcome.WRITTEN]


def test_that_some_of_many_are_not_finished_is_said(stage: Stage) -> None:
    one, other = (item.summary for item in stage.shelf.stored.values())
    sheet = stage.open(one, replace(other, status=JobStatus.RUNNING))
    assert sheet.unfinished.card.accessibleName().startswith("Not all of these")
    sheet.close_sheet()
    assert not stage.open(one, other).unfinished.isVisible()


def test_a_click_writes_what_the_preview_shows(stage: Stage) -> None:
    sheet = stage.open()
    text = stage.after(lambda: _click(sheet.presets.button("subtitles")))
    report = _exported(stage, sheet, lambda: _click(sheet.export))
    path = stage.folder / "A talk.srt"
    assert [result.path for result in report.results] == [path]
    assert path.read_text("utf-8").strip() == text
    assert not sheet.isVisible()


def test_what_is_chosen_before_the_last_choices_are_read_stays_chosen(stage: Stage) -> None:
    there = Destination(str(stage.folder))
    sheet = ExportSheet(stage.window, stage.exporter, [stage.shelf.stored[1].summary], {})
    sheet.open_sheet()
    _click(sheet.presets.button("subtitles"))
    stage.exporter.choices_loaded.emit(ExportChoices(last=usual_preset("txt"), destination=there))
    assert (sheet.preset.format, sheet.place_row.destination) == ("srt", there)
    assert sheet.presets.chosen_button() is sheet.presets.button("subtitles")


def test_options_change_the_preview_and_the_file(stage: Stage) -> None:
    sheet = stage.open()
    before = stage.after(lambda: _click(sheet.presets.button("text")))
    after = stage.after(lambda: _click(sheet.options.switches[Option.SPEAKERS]))
    assert before != after
    after = stage.after(lambda: sheet.options.times.chosen.emit("shown"))
    _exported(stage, sheet, lambda: _click(sheet.export))
    assert (stage.folder / "A talk.txt").read_text("utf-8").strip() == after
    assert "Anna" not in after
    assert after.startswith("[0:00:00] ")


def test_all_switches_and_rules_reach_the_preset(stage: Stage) -> None:
    sheet = stage.open()
    for option in (Option.DOUBTFUL, Option.LINE_NUMBERS):
        _click(sheet.options.switches[option])
    assert sheet.preset == Preset("docx", doubtful=True, line_numbers=True)
    sheet.options.format.chosen.emit("html")
    assert sheet.preset == Preset("html", doubtful=True, line_numbers=True)
    _click(sheet.presets.button("data"))
    _click(sheet.options.switches[Option.WORDS])
    assert sheet.preset == replace(usual_preset("json"), words=False)
    _click(sheet.presets.button("subtitles"))
    sheet.options.cues.chosen.emit("reading")
    assert sheet.preset == Preset("srt", cues="reading")
    _click(sheet.presets.button("document"))
    assert sheet.preset == Preset("html", doubtful=True, line_numbers=True)


def test_many_transcripts_are_written_at_once(stage: Stage) -> None:
    summaries = [stored.summary for stored in stage.shelf.stored.values()]
    sheet = stage.open(*summaries)
    assert "2" in sheet.accessibleName()
    assert "2" in sheet.place_row.name.text()
    report = _exported(stage, sheet, lambda: _click(sheet.export))
    assert len(report.results) == 2
    assert (stage.folder / "Another talk.docx").is_file()


def test_a_file_of_somebody_else_is_asked_about_inline(stage: Stage) -> None:
    path = stage.folder / "A talk.docx"
    path.write_text("mine")
    sheet = stage.open()
    with stage.qtbot.waitSignal(stage.exporter.finished):
        _click(sheet.export)
    assert sheet.outcome.isVisible()
    assert "A talk.docx" in sheet.outcome.card.accessibleName()
    assert path.read_text() == "mine"
    report = _exported(stage, sheet, lambda: _click(sheet.outcome.card.button(1)))
    assert [result.path.name for result in report.results] == ["A talk (2).docx"]
    assert path.read_text() == "mine"


def test_a_file_is_replaced_if_a_person_says_so(stage: Stage) -> None:
    path = stage.folder / "A talk.docx"
    path.write_text("mine")
    sheet = stage.open()
    with stage.qtbot.waitSignal(stage.exporter.finished):
        _click(sheet.export)
    _exported(stage, sheet, lambda: _click(sheet.outcome.card.button(0)))
    assert path.read_bytes().startswith(b"PK")


def test_files_that_were_written_before_the_question_are_reported_too(stage: Stage) -> None:
    (stage.folder / "A talk.docx").write_text("mine")
    sheet = stage.open(*(stored.summary for stored in stage.shelf.stored.values()))
    with stage.qtbot.waitSignal(stage.exporter.finished):
        _click(sheet.export)
    report = _exported(stage, sheet, lambda: _click(sheet.outcome.card.button(0)))
    assert [result.outcome for result in report.results] == [Outcome.WRITTEN] * 2


def test_a_failure_is_told_inline_and_the_sheet_stays(stage: Stage, tmp_path: Path) -> None:
    sheet = stage.open()
    sheet.place_row.use_folder(str(tmp_path / "Archive"))
    with stage.qtbot.waitSignal(stage.exporter.finished):
        _click(sheet.export)
    assert "Archive" in sheet.outcome.card.accessibleName()
    assert sheet.isVisible()
    assert sheet.export.isEnabled()
    (tmp_path / "Archive").mkdir()
    sheet.place_row.use_folder(str(tmp_path / "Archive"))
    assert not sheet.outcome.isVisible()
    _exported(stage, sheet, lambda: _click(sheet.export))
    assert (tmp_path / "Archive" / "A talk.docx").is_file()


def test_another_folder_is_asked_for_with_a_dialog_that_nobody_waits_for(
    stage: Stage, tmp_path: Path
) -> None:
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    sheet = stage.open()
    sheet.place_row.button.chosen.emit("choose")
    dialog = sheet.panel.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path))
    dialog.reject()
    assert sheet.place_row.destination == Destination(str(tmp_path))
    assert sheet.place_row.button.shown_text() == tmp_path.name
    sheet.place_row.button.chosen.emit("beside")
    assert sheet.place_row.destination == Destination()


def test_a_pattern_is_typed_inline_and_shows_what_it_makes(stage: Stage) -> None:
    sheet = stage.open()
    assert not sheet.place_row.pattern_row.isVisible()
    sheet.place_row.button.chosen.emit("pattern")
    edit = sheet.place_row.pattern.edit
    assert edit.isVisible()
    edit.selectAll()
    QTest.keyClicks(edit, "{folder}/{title} {language}")
    assert sheet.place_row.name.text() == "Thesis/A talk en.docx"
    _exported(stage, sheet, lambda: _click(sheet.export))
    assert (stage.folder / "Thesis" / "A talk en.docx").is_file()


def test_what_was_used_last_is_shown_again(stage: Stage) -> None:
    sheet = stage.open()
    _click(sheet.presets.button("subtitles"))
    _click(sheet.options.switches[Option.SPEAKERS])
    _exported(stage, sheet, lambda: _click(sheet.export))
    again = stage.open()
    assert again.preset == Preset("srt", speakers=False)
    assert again.presets.chosen_button() is again.presets.button("subtitles")


def test_a_preset_is_named_inline_used_and_removed(stage: Stage) -> None:
    sheet = stage.open()
    _click(sheet.options.switches[Option.LINE_NUMBERS])
    _click(sheet.naming.button)
    _click(sheet.naming.save)
    assert sheet.naming.name.edit.accessibleDescription()
    QTest.keyClicks(sheet.naming.name.edit, "For Anna")
    assert not sheet.naming.name.edit.accessibleDescription()
    QTest.keyClick(sheet.naming.name.edit, Qt.Key.Key_Return)
    assert sheet.preset == Preset("docx", "For Anna", line_numbers=True)
    _click(sheet.presets.button("text"))
    _click(sheet.presets.button("For Anna"))
    assert sheet.preset == Preset("docx", "For Anna", line_numbers=True)
    sheet.presets.button("For Anna").actions()[0].trigger()
    assert stage.exporter.choices.presets == ()
    assert sheet.preset == Preset("docx", line_numbers=True)


def test_a_changed_preset_is_no_longer_the_named_one(stage: Stage) -> None:
    mine = Preset("txt", "Mine", times=False)
    stage.keep(ExportChoices((mine,), mine))
    sheet = stage.open()
    assert sheet.presets.chosen_button() is sheet.presets.button("Mine")
    _click(sheet.options.switches[Option.SPEAKERS])
    assert sheet.presets.chosen_button() is sheet.presets.button("text")
    assert stage.exporter.choices.presets == (mine,)


def test_esc_leaves_the_field_first_then_the_sheet(stage: Stage) -> None:
    sheet = stage.open()
    _click(sheet.naming.button)
    QTest.keyClick(sheet.naming.name.edit, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    assert sheet.naming.button.isVisible()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_closing_stops_after_the_file_at_hand(stage: Stage) -> None:
    sheet = stage.open(*(stored.summary for stored in stage.shelf.stored.values()))
    with stage.qtbot.waitSignal(stage.exporter.finished) as blocker:
        _click(sheet.export)
        _click(sheet.cancel)
    assert len(blocker.args[0].results) == 1
    assert not sheet.isVisible()


def test_an_automatic_export_does_not_close_the_sheet(stage: Stage) -> None:
    sheet = stage.open()

    class _Profile:
        outputs = ("txt",)
        output_folder = ""

    with stage.qtbot.waitSignal(stage.exporter.finished):
        stage.exporter.export_automatically(2, _Profile())
    assert sheet.isVisible()


def test_a_transcript_that_is_gone_is_told_on_the_page(stage: Stage) -> None:
    summary = replace(stage.shelf.stored[1].summary, id=99)
    sheet = ExportSheet(stage.window, stage.exporter, [summary], {})
    with stage.qtbot.waitSignal(stage.exporter.preview_failed):
        sheet.open_sheet()
    assert sheet.pages.shown_text()


def test_arrows_choose_and_tab_stays_inside(stage: Stage) -> None:
    sheet = stage.open()
    first = sheet.presets.chosen_button()
    assert first.hasFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert sheet.presets.button("text").isChecked()
    assert sheet.preset.format == "txt"
    for _ in range(30):
        QTest.keyClick(QApplication.focusWidget() or sheet, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None and sheet.isAncestorOf(focus)


def test_every_control_has_a_name(stage: Stage) -> None:
    sheet = stage.open()
    controls = [*sheet.findChildren(QAbstractButton), *sheet.findChildren(QLineEdit)]
    assert [item for item in controls if not (item.accessibleName() or _text(item))] == []
    assert sheet.pages.accessibleName()
    assert sheet.pages.accessibleDescription()


def _text(item: QWidget) -> str:
    return item.text() if isinstance(item, QAbstractButton) else ""


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_paper_is_white_in_both_themes(
    stage: Stage, qapp: QApplication, appearance: Literal["light", "dark"]
) -> None:
    theme = Theme(qapp, appearance)
    sheet = stage.open()
    image: QImage = sheet.pages.pages[0].grab().toImage()
    assert image.pixelColor(image.width() // 2, 12) == QColor("white")
    darkest = min(
        image.pixelColor(x, y).lightness()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height() // 2)
    )
    assert darkest < 80
    qapp.setProperty("whisper_transcriber_theme", None)
    theme.deleteLater()


@pytest.mark.parametrize(("width", "is_below"), [(1280, False), (720, False), (600, True)])
def test_the_preview_goes_below_where_there_is_no_room(
    stage: Stage, width: int, is_below: bool
) -> None:
    stage.window.resize(width, 640)
    sheet = stage.open()
    QApplication.processEvents()
    options = sheet.options.mapTo(sheet, sheet.options.rect().topLeft())
    pages = sheet.pages.mapTo(sheet, sheet.pages.rect().topLeft())
    assert (pages.x() < options.x() + 100) == is_below


def test_lines_of_documents_are_numbered_by_the_page(stage: Stage) -> None:
    stage.keep(ExportChoices(last=Preset("docx", line_numbers=True)))
    sheet = stage.open()
    page = sheet.pages.pages[0]
    with_numbers = page.grab().toImage()
    stage.after(lambda: _click(sheet.options.switches[Option.LINE_NUMBERS]))
    assert page.grab().toImage() != with_numbers


def test_an_empty_transcript_says_so(stage: Stage) -> None:
    stage.keep(ExportChoices(last=usual_preset("txt")))
    stage.shelf.change(1, replace(transcript(), segments=()))
    assert stage.open().pages.shown_text()


def test_reports_are_put_into_words(stage: Stage) -> None:
    words = ExportWords()
    sheet = stage.open()
    report = _exported(stage, sheet, lambda: _click(sheet.export))
    assert "A talk.docx" in words.done(report)
    assert first_folder(report) == stage.folder
    unchanged = replace(report.results[0], outcome=Outcome.UP_TO_DATE)
    assert "A talk.docx" in words.done(ExportReport((unchanged,)))
    assert words.done(ExportReport((unchanged, unchanged)))
    assert "2" in words.done(ExportReport(report.results * 2))
    assert "2" in words.taken(list(report.results * 2))[0]
    assert first_folder(ExportReport(())) is None
