"""The command line is understood, and refused where it makes no sense."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from engine.command_line.argument_types import FORMAT_NAMES, language_code, time
from engine.command_line.arguments import build_parser
from engine.command_line.transcription_arguments import (
    CUE_PRESETS,
    compute_options,
    transcription_options,
)
from engine.errors import OptionsError
from engine.options import Channels, ComputeOptions, Task, TranscriptionOptions, VadOptions
from engine.transcript.cue_rules import PRESETS
from engine.transcript.formats import FORMATS


def _parse(*words: str) -> argparse.Namespace:
    return build_parser().parse_args(["transcribe", "a.wav", *words])


def test_without_options_everything_is_as_usual() -> None:
    arguments = _parse()
    assert transcription_options(arguments) == TranscriptionOptions()
    assert compute_options(arguments) == ComputeOptions()
    assert arguments.formats == ("srt", "txt", "json")
    assert arguments.output is None and arguments.words is None and not arguments.json


def test_every_option_arrives(tmp_path: Path) -> None:
    glossary = tmp_path / "glossary.txt"
    glossary.write_text("\ufeffÅngström\n\n  Kubernetes \n", encoding="utf-8")
    words = (
        "--task translate --beam-size 2 --track 1 --channels speakers --start 1:30 --end 1:00:00"
    )
    words += (
        " --hotwords a,b,,a --no-vad --vad-threshold 0.4 --vad-min-speech 1 --temperature 0.2,1"
    )
    words += " --vad-min-silence 2 --vad-padding 3 -l German"
    options = transcription_options(
        _parse(*words.split(), "--prompt", "On trees.", "--glossary", str(glossary))
    )
    assert options == TranscriptionOptions(
        language="de",
        task=Task.TRANSLATE,
        beam_size=2,
        track=1,
        channels=Channels.SPEAKERS,
        start=90.0,
        end=3600.0,
        initial_prompt="On trees.",
        hotwords=("a", "b"),
        glossary=("Ångström", "Kubernetes"),
        vad=False,
        vad_options=VadOptions(0.4, 1, 2, 3),
        temperatures=(0.2, 1.0),
    )
    assert transcription_options(_parse("--language-per-block")).language_per_block


def test_where_the_work_is_done_arrives() -> None:
    arguments = _parse("--device", "cuda:1", "--compute-type", "float16", "--replicas", "2")
    assert compute_options(arguments) == ComputeOptions("cuda:1", "float16", 2)


def test_the_names_in_the_help_are_those_that_exist() -> None:
    assert FORMAT_NAMES == tuple(FORMATS)
    assert CUE_PRESETS == tuple(PRESETS)


def test_formats_are_named_in_any_way() -> None:
    assert _parse("-f", "SRT, .vtt,srt").formats == ("srt", "vtt")


@pytest.mark.parametrize(
    ("text", "seconds"), [("90", 90.0), ("1:30", 90.0), ("0:01:30.25", 90.25), ("0.0004", 0.0)]
)
def test_times_are_seconds_or_clock_times(text: str, seconds: float) -> None:
    assert time(text) == seconds


@pytest.mark.parametrize("text", ["de", "DE", "german", " German "])
def test_a_language_is_a_code_or_a_name(text: str) -> None:
    assert language_code(text) == "de"


def test_a_language_may_be_left_to_detection() -> None:
    assert language_code("auto") is None


@pytest.mark.parametrize(
    "words",
    [
        ["-l", "klingon"],
        ["-f", "pdf"],
        ["-f", ","],
        ["--start", "soon"],
        ["--start", "-1"],
        ["--temperature", "warm"],
        ["--beam-size", "many"],
        ["--cues", "tiny"],
        ["--task", "sing"],
    ],
)
def test_nonsense_is_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        _parse(*words)
    assert caught.value.code == 2
    assert "error: " in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["--beam-size", "0"], ["--end", "0"], ["--track", "-1"], ["--temperature", "2"]]
)
def test_values_out_of_range_are_refused(words: list[str]) -> None:
    with pytest.raises(OptionsError):
        transcription_options(_parse(*words))


def test_a_glossary_that_is_missing_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionsError):
        transcription_options(_parse("--glossary", str(tmp_path / "no.txt")))
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(OptionsError):
        transcription_options(_parse("--glossary", str(tmp_path / "bad.txt")))


@pytest.mark.parametrize("words", [[], ["fly"], ["models"], ["models", "eat"], ["transcribe"]])
def test_a_command_is_needed(words: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        build_parser().parse_args(words)
    assert caught.value.code == 2
