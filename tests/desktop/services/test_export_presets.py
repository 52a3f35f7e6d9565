"""Presets say what a file shows, and are kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.services.export_presets import (
    FORMATS_FOR,
    Destination,
    ExportChoices,
    Option,
    Preset,
    Purpose,
    load_choices,
    options_of,
    save_choices,
    usual_preset,
)
from engine.command_line.checkpoint_header import JobSettings
from engine.command_line.results import write_options, write_results
from engine.command_line.targets import Target
from engine.errors import ExportError
from engine.transcript.formats import FORMATS
from tests.engine.transcript.formats.golden import comparable
from tests.engine.transcript.sample import transcript


def test_every_format_belongs_to_one_purpose() -> None:
    names = [name for group in FORMATS_FOR.values() for name in group]
    assert sorted(names) == sorted(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("cues", [None, "broadcast", "reading"])
def test_a_file_equals_the_command_lines_for_the_same_options(
    name: str, cues: str | None, tmp_path: Path
) -> None:
    settings = JobSettings(model="", formats=(name,), cues=cues)
    path = write_results(transcript(), Target(tmp_path, "Talk"), settings)[0]
    preset = replace(usual_preset(name), cues=cues or "web_video")
    content = FORMATS[name].write(transcript(), preset.write_options("Talk"))
    assert comparable(path.name, content) == comparable(path.name, path.read_bytes())


@pytest.mark.parametrize("name", ["vtt", "json"])
@pytest.mark.parametrize("words", [True, False])
def test_times_of_words_equal_the_command_lines(name: str, words: bool) -> None:
    options = write_options(JobSettings(model="", formats=(name,), words=words), "Talk")
    preset = replace(usual_preset(name), words=words)
    write = FORMATS[name].write
    assert write(transcript(), preset.write_options("Talk")) == write(transcript(), options)


def test_only_options_that_a_format_has_are_offered() -> None:
    assert options_of("srt") == {Option.SPEAKERS, Option.CUES}
    assert options_of("vtt") == {Option.SPEAKERS, Option.CUES, Option.WORDS}
    assert options_of("json") == {Option.WORDS}
    assert options_of("docx") == {
        Option.TIMES,
        Option.SPEAKERS,
        Option.DOUBTFUL,
        Option.LINE_NUMBERS,
    }


def test_another_format_for_the_same_purpose_keeps_the_options() -> None:
    preset = Preset("docx", speakers=False, line_numbers=True)
    assert preset.with_format("html") == replace(preset, format="html")
    assert preset.with_format("txt") == usual_preset("txt")
    assert preset.purpose is Purpose.DOCUMENT


def test_a_preset_of_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError):
        Preset("xyz")
    with pytest.raises(ValueError):
        Preset("srt", cues="xyz")


CHOICES = ExportChoices(
    (Preset("srt", 'Für „Łódź“ "TV" \\ 1', cues="broadcast"), Preset("txt", "Two", times=False)),
    Preset("html", doubtful=True),
    Destination("/media/stick", "{folder}/{date} {title}"),
)


def test_what_people_set_up_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "new" / "export_presets.toml"
    assert load_choices(path) == ExportChoices()
    save_choices(CHOICES, path)
    assert load_choices(path) == CHOICES


def test_a_broken_file_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "export_presets.toml"
    path.write_bytes(b"presets = [\xff")
    assert load_choices(path) == ExportChoices()
    assert [item.name for item in tmp_path.iterdir()] == ["export_presets.damaged.toml"]


def test_rows_that_make_no_sense_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "export_presets.toml"
    path.write_text(
        '[last]\nformat = "xyz"\n[destination]\nfolder = 3\n'
        '[[presets]]\nname = "good"\nformat = "vtt"\nlater = 1\n'
        '[[presets]]\nname = "bad"\ntimes = 1\n[[presets]]\nformat = "vtt"\n',
        encoding="utf-8",
    )
    assert load_choices(path) == ExportChoices((Preset("vtt", "good"),))
    path.write_text('presets = ["x"]\nlast = 1\n', encoding="utf-8")
    assert load_choices(path) == ExportChoices()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExportError) as caught:
        save_choices(CHOICES, tmp_path / "file" / "export_presets.toml")
    assert caught.value.code == "export.not_writable"
