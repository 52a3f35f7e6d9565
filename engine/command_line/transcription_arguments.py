"""Say on the command line how recordings are to be transcribed, and read that back as options."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.command_line.argument_types import (
    FORMAT_NAMES,
    comma_list,
    format_list,
    language_code,
    temperature_list,
    time,
)
from engine.errors import OptionsError
from engine.options import (
    COMPUTE_TYPES,
    Channels,
    ComputeOptions,
    Task,
    TranscriptionOptions,
    VadOptions,
)

CUE_PRESETS = ("broadcast", "web_video", "reading")
"""As in `engine.transcript.cue_rules`."""

_DEFAULT = TranscriptionOptions()
_DEFAULT_VAD = VadOptions()


def add_transcription_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that decide what is written, and how it is decoded."""
    _add_output_arguments(parser.add_argument_group("results"))
    _add_speech_arguments(parser.add_argument_group("speech"))
    _add_hint_arguments(parser.add_argument_group("decoding"))
    _add_vad_arguments(parser.add_argument_group("detection of speech"))


def _add_output_arguments(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "-f",
        "--format",
        dest="formats",
        type=format_list,
        default=("srt", "txt", "json"),
        metavar="FORMATS",
        help=f"formats to write, separated by commas: {', '.join(FORMAT_NAMES)}; "
        "default: srt,txt,json",
    )
    group.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="DIR",
        help="folder for the results, made if missing; by default that of the recording",
    )
    add_words_argument(group)
    add_cues_argument(group)
    group.add_argument(
        "--skip-existing",
        action="store_true",
        help="leave out recordings whose results are all there; by default they are replaced",
    )


def add_words_argument(parser: argparse._ActionsContainer) -> None:
    """Add the choice whether files tell the times of words; None leaves it to the format."""
    parser.add_argument(
        "--words",
        action=argparse.BooleanOptionalAction,
        help="write the times of single words into json and vtt, or into neither; default: json",
    )


def add_cues_argument(parser: argparse._ActionsContainer) -> None:
    """Add the choice of subtitle rules."""
    parser.add_argument(
        "--cues",
        choices=CUE_PRESETS,
        metavar="PRESET",
        help=f"rules for subtitles: {', '.join(CUE_PRESETS)}; default: web_video",
    )


def _add_speech_arguments(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "-m",
        "--model",
        metavar="MODEL",
        help="speech model: a name that “models list” shows, or a folder; default: base if it is "
        "installed",
    )
    group.add_argument(
        "-l",
        "--language",
        type=language_code,
        metavar="LANGUAGE",
        help="spoken language, as code or English name; default: auto, it is detected",
    )
    group.add_argument(
        "--language-per-block",
        action="store_true",
        help="detect the language again and again, for recordings that mix languages",
    )
    group.add_argument(
        "--task",
        choices=[task.value for task in Task],
        default=_DEFAULT.task.value,
        help="write down what is said, or translate it into English; default: transcribe",
    )
    group.add_argument(
        "--track",
        type=int,
        metavar="N",
        help="audio track, counted from 0; by default the one that is marked as default and has "
        "sound",
    )
    group.add_argument(
        "--channels",
        choices=[channels.value for channels in Channels],
        default=_DEFAULT.channels.value,
        help="mix the channels, or take each as one speaker; default: mix",
    )
    group.add_argument(
        "--start", type=time, default=0.0, metavar="T", help="begin there; seconds or h:mm:ss"
    )
    group.add_argument("--end", type=time, metavar="T", help="stop there; seconds or h:mm:ss")


def _add_hint_arguments(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--beam-size",
        type=int,
        default=_DEFAULT.beam_size,
        metavar="N",
        help=f"hypotheses kept while decoding, 1 to 20; default: {_DEFAULT.beam_size}",
    )
    group.add_argument(
        "--prompt",
        default="",
        metavar="TEXT",
        help="text that might stand before the recording: topic, spelling, style",
    )
    group.add_argument(
        "--hotwords",
        type=comma_list,
        default=(),
        metavar="WORDS",
        help="words to expect, separated by commas",
    )
    group.add_argument(
        "--glossary",
        type=Path,
        metavar="FILE",
        help="text file with one spelling a line: expected like hotwords, and words that differ "
        "in case or accents only take this spelling",
    )
    group.add_argument(
        "--temperature",
        type=temperature_list,
        default=(),
        metavar="T",
        help="temperatures above 0 and up to 1, separated by commas, to try when decoding fails; "
        "the result can't be repeated then",
    )


def _add_vad_arguments(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--vad",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="pass over stretches without speech",
    )
    for name, metavar, text in (
        ("threshold", "P", "probability from which on a stretch is speech"),
        ("min_speech", "SECONDS", "shorter speech is ignored"),
        ("min_silence", "SECONDS", "shorter silence does not divide speech"),
        ("padding", "SECONDS", "added on both sides of speech"),
    ):
        default = getattr(_DEFAULT_VAD, name)
        group.add_argument(
            f"--vad-{name.replace('_', '-')}",
            type=float,
            default=default,
            metavar=metavar,
            help=f"{text}; default: {default}",
        )


def add_compute_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that say where the work is done."""
    group = parser.add_argument_group("computer")
    group.add_argument(
        "--device", default="auto", metavar="DEVICE", help="auto, cpu, cuda or cuda:N"
    )
    group.add_argument(
        "--compute-type",
        choices=COMPUTE_TYPES,
        default="auto",
        metavar="TYPE",
        help=f"number type: {', '.join(COMPUTE_TYPES)}",
    )
    group.add_argument(
        "--replicas",
        type=int,
        metavar="N",
        help="parts of a recording decoded side by side, 1 to 32; by default chosen by cores and "
        "free memory",
    )


def transcription_options(arguments: argparse.Namespace) -> TranscriptionOptions:
    """Return the options that the arguments ask for; `OptionsError` if they contradict."""
    return TranscriptionOptions(
        language=arguments.language,
        language_per_block=arguments.language_per_block,
        task=Task(arguments.task),
        beam_size=arguments.beam_size,
        track=arguments.track,
        channels=Channels(arguments.channels),
        start=arguments.start,
        end=arguments.end,
        initial_prompt=arguments.prompt,
        hotwords=arguments.hotwords,
        glossary=read_glossary(arguments.glossary) if arguments.glossary else (),
        vad=arguments.vad,
        vad_options=VadOptions(
            threshold=arguments.vad_threshold,
            min_speech=arguments.vad_min_speech,
            min_silence=arguments.vad_min_silence,
            padding=arguments.vad_padding,
        ),
        temperatures=arguments.temperature,
    )


def compute_options(arguments: argparse.Namespace) -> ComputeOptions:
    """Return where the arguments want the work done; `OptionsError` if a value is not allowed."""
    return ComputeOptions(
        device=arguments.device,
        compute_type=arguments.compute_type,
        replicas=arguments.replicas,
    )


def read_glossary(path: Path) -> tuple[str, ...]:
    """Return the lines of a glossary that are not empty; `OptionsError` if it can't be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        raise OptionsError("options.invalid", f"the glossary can't be read: {exc}") from exc
    return tuple(line.strip() for line in text.splitlines() if line.strip())
