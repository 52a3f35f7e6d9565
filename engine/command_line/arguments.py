"""Build the argument parser: all subcommands with their help."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine import __version__
from engine.command_line.argument_types import FORMAT_NAMES, format_list
from engine.command_line.transcription_arguments import (
    add_compute_arguments,
    add_cues_argument,
    add_transcription_arguments,
    add_words_argument,
)

PROGRAM = "whisper-transcriber"

EXIT_CODES = (
    "Exit codes: 0 all done, 1 some failed (each is named), 2 wrong usage, "
    "130 interrupted (run the same command again to continue)."
)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Turn recordings into transcripts on your own computer.",
        epilog=EXIT_CODES,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    commands = parser.add_subparsers(
        title="commands", dest="command", metavar="COMMAND", required=True
    )
    _add_transcribe(commands)
    _add_resume(commands)
    _add_models(commands)
    _add_devices(commands)
    _add_convert(commands)
    _add_benchmark(commands)
    _add_completion(commands)
    commands.add_parser(
        "man",
        help="print the manual page",
        description="Print the manual page in roff, made from this help.",
    )
    return parser


Commands = argparse._SubParsersAction  # pylint: disable=protected-access
"""What `add_subparsers` returns; argparse has no public name for it."""


def _add_transcribe(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "transcribe",
        help="transcribe recordings",
        description=(
            "Transcribe recordings. An interrupted run is continued by running the same command "
            "again: what is finished lies in NAME.partial.jsonl beside the output until then."
        ),
        epilog=EXIT_CODES,
    )
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a recording (sound or video), a folder that is searched for recordings, or a pattern "
        "such as 'talks/*.mp3'",
    )
    add_transcription_arguments(parser)
    add_compute_arguments(parser)
    _add_json(parser)
    _add_data_dir(parser)


def _add_resume(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "resume",
        help="continue interrupted transcriptions",
        description=(
            "Continue every interrupted transcription (NAME.partial.jsonl) found in the folders, "
            "with the options it was started with."
        ),
        epilog=EXIT_CODES,
    )
    parser.add_argument(
        "folders",
        nargs="*",
        type=Path,
        default=[Path(".")],
        metavar="DIR",
        help="a folder, searched with all its subfolders, or one .partial.jsonl file; "
        "by default the current folder",
    )
    _add_json(parser)
    _add_data_dir(parser)


def _add_models(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "models",
        help="list, download, import, verify and remove speech models",
        description="Manage the speech models of this computer.",
    )
    actions = parser.add_subparsers(title="actions", dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser(
        "list", help="list the installed models and those that can be downloaded"
    )
    _add_json(listing)
    download = actions.add_parser(
        "download", help="download models; an interrupted download continues"
    )
    download.add_argument("names", nargs="+", metavar="NAME", help="as “models list” names it")
    download.add_argument(
        "--int8",
        action="store_true",
        help="rewrite the weights as int8 afterwards: half the size, loads faster; for processors",
    )
    imported = actions.add_parser("import", help="install a model from a folder")
    imported.add_argument("folder", type=Path, metavar="FOLDER", help="a CTranslate2 model")
    imported.add_argument("--name", help="name to install it under; by default the folder's")
    verify = actions.add_parser("verify", help="check the files of installed models")
    verify.add_argument("names", nargs="*", metavar="NAME", help="by default all")
    remove = actions.add_parser("remove", help="delete installed models")
    remove.add_argument("names", nargs="+", metavar="NAME", help="as “models list” names it")
    for action in (listing, download, imported, verify, remove):
        action.description = f"{action.prog.rsplit(' ', 1)[-1].capitalize()} speech models."
        _add_data_dir(action)


def _add_devices(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "devices",
        help="list the devices that can be used here",
        description="List the devices and number types that really run on this computer.",
    )
    _add_json(parser)


def _add_convert(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "convert",
        help="convert transcripts from one format into others",
        description=(
            "Convert transcripts from one format into others. A .partial.jsonl of an interrupted "
            "transcription gives what is finished. Formats: " + ", ".join(FORMAT_NAMES) + "."
        ),
        epilog=EXIT_CODES,
    )
    parser.add_argument("files", nargs="+", metavar="IN", help="a transcript or a pattern")
    parser.add_argument(
        "-f",
        "--format",
        dest="formats",
        type=format_list,
        required=True,
        metavar="FORMATS",
        help="formats to write, separated by commas",
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="DIR",
        help="folder for the results, made if missing; by default that of the input",
    )
    add_words_argument(parser)
    add_cues_argument(parser)


def _add_benchmark(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "benchmark",
        help="measure the installed models on this computer",
        description=(
            "Measure speed, peak memory, time to the first text and word error rate of the "
            "installed models on this computer, beside faster-whisper's own sequential "
            "transcription (beam 5, better of 1 and 2 threads) with the same weights. The words "
            "of FILE are read from NAME.words.txt beside it or from a manifest.json in "
            "its folder or above."
        ),
    )
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="recordings; by default the project's sample"
    )
    parser.add_argument(
        "-m", "--model", dest="models", action="append", metavar="MODEL", help="may be repeated"
    )
    parser.add_argument("--beam-size", type=int, default=5, metavar="N", help="default: 5")
    parser.add_argument("--rounds", type=int, default=1, metavar="N", help="default: 1")
    parser.add_argument(
        "--reference",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="measure faster-whisper as well",
    )
    add_compute_arguments(parser)
    _add_json(parser)
    _add_data_dir(parser)


def _add_completion(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "completion",
        help="print a script that completes commands in your shell",
        description=(
            "Print a completion script. For bash: whisper-transcriber completion bash > "
            "~/.local/share/bash-completion/completions/whisper-transcriber"
        ),
    )
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="your shell")


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", action="store_true", help="print JSON for programs instead of text for people"
    )


def _add_data_dir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data-dir",
        type=Path,
        metavar="DIR",
        help="look for speech models in DIR/models first, and install them there",
    )
