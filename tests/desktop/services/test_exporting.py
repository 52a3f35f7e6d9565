"""Exports are written whole, one after the other, and touch only what is theirs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services import export_writing
from desktop.services.background import Background
from desktop.services.export_presets import Destination, ExportChoices, Preset, usual_preset
from desktop.services.export_preview import Preview
from desktop.services.export_targets import target_of
from desktop.services.export_writing import ExportRequest, ExportResult, IfTaken, Outcome
from desktop.services.exporting import Exporter, ExportReport
from engine.errors import ExportError
from engine.transcript.formats import FORMATS, WriteOptions
from engine.transcript.transcript import Transcript
from tests.engine.transcript.sample import INFO, segment, transcript
from tests.fakes.export_shelf import ExportShelf

OTHER = Transcript(INFO, (segment("Another text.", 0, 1),))
SRT = ExportRequest(1, usual_preset("srt"))


@dataclass
class Desk:
    """An exporter, and what it needs."""

    exporter: Exporter
    shelf: ExportShelf
    folder: Path
    qtbot: QtBot

    def export(self, *requests: ExportRequest) -> ExportReport:
        """Export and wait for the answer."""
        with self.qtbot.waitSignal(self.exporter.finished) as blocker:
            self.exporter.export(requests)
        assert isinstance(report := blocker.args[0], ExportReport)
        return report

    def export_one(self, request: ExportRequest) -> ExportResult:
        """Export one file and wait for the answer."""
        (result,) = self.export(request).results
        return result

    def names(self) -> list[str]:
        """Return the files in the folder, without recordings."""
        return sorted(path.name for path in self.folder.iterdir() if path.suffix != ".mp3")


@pytest.fixture(name="desk")
def _desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "recordings"
    folder.mkdir()
    shelf = ExportShelf(folder)
    shelf.add("A talk")
    background = Background()
    paths = (tmp_path / "presets.toml", tmp_path / "written.json")
    exporter = Exporter(shelf, background, *paths)
    yield Desk(exporter, shelf, folder, qtbot)
    background.close()
    exporter.deleteLater()
    background.deleteLater()


def test_the_file_is_what_the_writer_makes(desk: Desk) -> None:
    result = desk.export_one(SRT)
    assert (result.outcome, result.path) == (Outcome.WRITTEN, desk.folder / "A talk.srt")
    expected = FORMATS["srt"].write(transcript(), WriteOptions(title="A talk"))
    assert result.path.read_bytes() == expected


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_up_to_date_is_not_written_again(desk: Desk, name: str) -> None:
    request = ExportRequest(1, usual_preset(name))
    path = desk.export_one(request).path
    before = path.stat()
    assert desk.export_one(request).outcome is Outcome.UP_TO_DATE
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_its_own_file_is_replaced_after_an_edit(desk: Desk) -> None:
    path = desk.export_one(SRT).path
    desk.shelf.change(1, OTHER)
    assert desk.export_one(SRT).outcome is Outcome.WRITTEN
    assert "Another text." in path.read_text("utf-8")
    assert desk.names() == ["A talk.srt"]


def test_a_file_of_somebody_else_is_asked_about(desk: Desk) -> None:
    path = desk.folder / "A talk.srt"
    path.write_text("mine")
    result = desk.export_one(SRT)
    assert (result.outcome, result.path) == (Outcome.TAKEN, path)
    assert path.read_text() == "mine"
    assert desk.export_one(replace(SRT, if_taken=IfTaken.REPLACE)).outcome is Outcome.WRITTEN
    assert path.read_text() != "mine"


def test_its_own_file_that_somebody_changed_is_asked_about(desk: Desk) -> None:
    path = desk.export_one(SRT).path
    path.write_text("corrected by hand")
    desk.shelf.change(1, OTHER)
    assert desk.export_one(SRT).outcome is Outcome.TAKEN


def test_both_files_are_kept_if_wanted_and_the_second_is_used_again(desk: Desk) -> None:
    (desk.folder / "A talk.srt").write_text("mine")
    request = replace(SRT, if_taken=IfTaken.KEEP_BOTH)
    assert desk.export_one(request).path.name == "A talk (2).srt"
    desk.shelf.change(1, OTHER)
    assert desk.export_one(request).path.name == "A talk (2).srt"
    assert desk.names() == ["A talk (2).srt", "A talk.srt"]


def test_two_transcripts_of_one_name_do_not_replace_each_other(desk: Desk) -> None:
    desk.shelf.add("A talk", OTHER)
    report = desk.export(SRT, replace(SRT, transcript=2))
    assert [result.outcome for result in report.results] == [Outcome.WRITTEN, Outcome.TAKEN]


def test_the_recording_itself_is_never_replaced(desk: Desk) -> None:
    stored = desk.shelf.stored[1]
    recording = desk.folder / "A talk.sub"
    recording.write_text("a film")
    source = replace(stored.summary.source, path=recording)
    desk.shelf.stored[1] = replace(stored, summary=replace(stored.summary, source=source))
    request = ExportRequest(1, usual_preset("sub"), if_taken=IfTaken.REPLACE)
    assert desk.export_one(request).outcome is Outcome.TAKEN
    assert recording.read_text() == "a film"


def test_a_recording_that_is_missing_keeps_its_name_free(desk: Desk) -> None:
    stored = desk.shelf.stored[1]
    source = replace(stored.summary.source, path=desk.folder / "A talk.sub")
    desk.shelf.stored[1] = replace(stored, summary=replace(stored.summary, source=source))
    request = ExportRequest(1, usual_preset("sub"), if_taken=IfTaken.KEEP_BOTH)
    assert desk.export_one(request).path.name == "A talk (2).sub"


def test_a_folder_in_the_way_is_left_alone(desk: Desk) -> None:
    (desk.folder / "A talk.srt").mkdir()
    assert desk.export_one(replace(SRT, if_taken=IfTaken.REPLACE)).outcome is Outcome.TAKEN


def test_a_pattern_makes_folders_in_a_folder_that_is_there(desk: Desk, tmp_path: Path) -> None:
    destination = Destination(str(tmp_path), "{folder}/{title} {language}")
    result = desk.export_one(replace(SRT, destination=destination))
    assert result.path == tmp_path / "Thesis" / "A talk en.srt"
    assert result.path.is_file()


def test_a_pattern_makes_folders_beside_the_recording_too(desk: Desk) -> None:
    result = desk.export_one(replace(SRT, destination=Destination("", "{folder}/{title}")))
    assert result.path == desk.folder / "Thesis" / "A talk.srt"
    assert result.path.is_file()


@pytest.mark.parametrize("pattern", ["{title}", "{folder}/{title}"])
def test_a_disk_that_is_not_there_is_not_made_up(desk: Desk, tmp_path: Path, pattern: str) -> None:
    destination = Destination(str(tmp_path / "stick"), pattern)
    result = desk.export_one(replace(SRT, destination=destination))
    assert (result.outcome, result.code) == (Outcome.FAILED, "export.not_writable")
    assert not (tmp_path / "stick").exists()


def test_a_file_where_a_folder_should_be_is_told(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "Thesis").touch()
    destination = Destination(str(tmp_path), "{folder}/{title}")
    assert desk.export_one(replace(SRT, destination=destination)).code == "export.not_writable"


def test_a_failed_export_leaves_the_old_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.export_one(SRT).path
    old = path.read_bytes()
    desk.shelf.change(1, OTHER)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = desk.export_one(SRT)
    assert (result.outcome, result.code) == (Outcome.FAILED, "export.disk_full")
    assert result.path == path
    assert path.read_bytes() == old
    assert desk.names() == ["A talk.srt"]


def test_one_that_fails_does_not_stop_the_others(desk: Desk) -> None:
    results = desk.export(replace(SRT, transcript=99), SRT).results
    assert [result.code for result in results] == ["library.not_found", ""]


def test_a_mistake_of_the_program_does_not_stop_the_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    desk.shelf.add("Broken")

    def broken(summary: object, *others: object) -> object:
        if getattr(summary, "title") == "Broken":
            raise RuntimeError("a bug")
        return target_of(summary, *others)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr("desktop.services.export_writing.target_of", broken)
    results = desk.export(replace(SRT, transcript=2), SRT).results
    assert [result.code for result in results] == ["engine.internal", ""]
    assert "a bug" in caplog.text


def test_progress_is_told_and_the_rest_can_be_cancelled(desk: Desk) -> None:
    seen: list[tuple[int, int]] = []
    desk.exporter.progressed.connect(lambda done, total: seen.append((done, total)))
    desk.exporter.exported.connect(lambda _result: desk.exporter.cancel())
    requests = [ExportRequest(1, usual_preset(name)) for name in ("srt", "txt", "md")]
    assert len(desk.export(*requests).results) == 1
    assert seen == [(1, 3)]
    assert desk.names() == ["A talk.srt"]


@dataclass(frozen=True)
class _Profile:
    outputs: tuple[str, ...]
    output_folder: str = ""


@pytest.mark.parametrize("is_first", [True, False])
def test_cancelling_leaves_what_profiles_want(desk: Desk, is_first: bool) -> None:
    profile = _Profile(("txt", "md", "json"))
    seen: list[tuple[int, int]] = []
    reports: list[ExportReport] = []
    desk.exporter.progressed.connect(lambda done, total: seen.append((done, total)))
    desk.exporter.finished.connect(reports.append)
    if is_first:
        desk.exporter.export_automatically(1, profile)
    desk.exporter.export([SRT, replace(SRT, preset=usual_preset("vtt"))])
    if not is_first:
        desk.exporter.export_automatically(1, profile)
    desk.exporter.cancel()
    desk.qtbot.waitUntil(lambda: len(reports) == 2)
    written = {report.is_automatic: len(report.results) for report in reports}
    assert written == {True: 3, False: 0 if is_first else 1}
    assert len(seen) == written[False], "the sheet tells nothing of what it did not ask for"


def test_a_profile_exports_by_itself_and_keeps_the_files_of_others(desk: Desk) -> None:
    (desk.folder / "A talk.srt").write_text("mine")
    with desk.qtbot.waitSignal(desk.exporter.finished) as blocker:
        desk.exporter.export_automatically(1, _Profile(("srt", "unknown", "txt")))
    assert blocker.args[0].is_automatic
    assert desk.names() == ["A talk (2).srt", "A talk.srt", "A talk.txt"]


def test_a_profile_without_outputs_exports_nothing(desk: Desk) -> None:
    with desk.qtbot.assertNotEmitted(desk.exporter.finished):
        desk.exporter.export_automatically(1, _Profile(()))
    assert desk.names() == []


def test_what_was_written_is_known_after_a_restart(desk: Desk, tmp_path: Path) -> None:
    desk.export(SRT)
    desk.shelf.change(1, OTHER)
    again = export_writing.ExportWriter(desk.shelf, tmp_path / "written.json")
    assert again.write(SRT).outcome is Outcome.WRITTEN


def test_what_was_written_is_known_after_an_end_in_the_middle(desk: Desk, tmp_path: Path) -> None:
    writers = [export_writing.ExportWriter(desk.shelf, tmp_path / "w.json") for _ in range(2)]
    assert writers[0].write(SRT).outcome is Outcome.WRITTEN
    desk.shelf.change(1, OTHER)
    result = writers[1].write(replace(SRT, if_taken=IfTaken.KEEP_BOTH))
    assert (result.outcome, result.path.name) == (Outcome.WRITTEN, "A talk.srt")


def test_the_preview_is_made_from_one_reading(desk: Desk) -> None:
    for name in ("srt", "docx"):
        with desk.qtbot.waitSignal(desk.exporter.previewed) as blocker:
            desk.exporter.preview(1, usual_preset(name))
        assert isinstance(preview := blocker.args[0], Preview)
        assert preview.preset == usual_preset(name)
    assert desk.shelf.loads == [1]
    desk.exporter.forget_preview()
    with desk.qtbot.waitSignal(desk.exporter.previewed):
        desk.exporter.preview(1, usual_preset("srt"))
    assert desk.shelf.loads == [1, 1]


def test_only_the_latest_preview_is_shown(desk: Desk) -> None:
    seen: list[str] = []
    desk.exporter.previewed.connect(lambda preview: seen.append(preview.preset.format))
    with desk.qtbot.waitSignal(desk.exporter.previewed):
        for name in ("srt", "vtt", "txt"):
            desk.exporter.preview(1, usual_preset(name))
    desk.export(SRT)
    assert seen == ["txt"]


def test_another_transcript_has_its_own_preview(desk: Desk) -> None:
    desk.shelf.add("Second", OTHER)
    texts = []
    for number in (1, 2):
        with desk.qtbot.waitSignal(desk.exporter.previewed) as blocker:
            desk.exporter.preview(number, usual_preset("txt"))
        texts.append(blocker.args[0].text)
    assert texts[0] != texts[1] == "Another text."


def test_a_transcript_that_is_gone_has_no_preview(desk: Desk) -> None:
    with desk.qtbot.waitSignal(desk.exporter.preview_failed) as blocker:
        desk.exporter.preview(99, usual_preset("srt"))
    assert blocker.args == ["library.not_found", "99"]


def test_a_broken_preview_is_logged(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("desktop.services.exporting.make_preview", lambda *_: 1 / 0)
    with desk.qtbot.waitSignal(desk.exporter.preview_failed) as blocker:
        desk.exporter.preview(1, usual_preset("srt"))
    assert blocker.args[0] == "engine.internal"
    assert "ZeroDivisionError" in caplog.text


def test_presets_are_kept_and_read_again(desk: Desk, tmp_path: Path) -> None:
    choices = ExportChoices((Preset("srt", "Mine"),), Preset("md"))
    desk.exporter.save_choices(choices)
    desk.qtbot.waitUntil((tmp_path / "presets.toml").exists)
    with desk.qtbot.waitSignal(desk.exporter.choices_loaded) as blocker:
        desk.exporter.load_choices()
    assert blocker.args[0] == desk.exporter.choices == choices


def test_presets_that_cannot_be_kept_are_logged(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_choices: ExportChoices, _path: Path) -> None:
        raise ExportError("export.not_writable")

    monkeypatch.setattr("desktop.services.exporting.save_choices", refuse)
    desk.exporter.save_choices(ExportChoices())
    desk.qtbot.waitUntil(lambda: "not kept" in caplog.text)
