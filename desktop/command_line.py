"""Read the command line of the window program."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from engine import __version__

PROGRAM = "whisper-transcriber-desktop"


@dataclass(frozen=True, slots=True)
class Arguments:
    """What the program was asked for."""

    files: tuple[Path, ...]
    """Recordings and folders for the queue, absolute."""
    data_dir: Path | None
    """Folder that holds everything instead of the usual ones."""
    is_self_test: bool
    is_json: bool
    """Whether the result of the self-test is wanted as JSON."""


def parse(words: Sequence[str]) -> Arguments:
    """Return what the words ask for; prints help, version or a mistake and ends the program."""
    found = _parser().parse_args(words)
    return Arguments(
        files=tuple(map(_to_path, found.files)),
        data_dir=found.data_dir,
        is_self_test=found.self_test,
        is_json=found.json,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Turn recordings into transcripts on your own computer.",
        epilog="If the program runs already, the files join its queue.",
    )
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="a recording or a folder of them, for the queue"
    )
    parser.add_argument(
        "--data-dir",
        type=Path,
        metavar="DIR",
        help="keep library, settings, cache and logs in this folder",
    )
    parser.add_argument(
        "--self-test", action="store_true", help="check whether all parts work, without a window"
    )
    parser.add_argument("--json", action="store_true", help="with --self-test: say it as JSON")
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    return parser


def _to_path(word: str) -> Path:
    """Return the absolute path of a file; file managers may give addresses (file://…)."""
    if word.lower().startswith("file://"):
        return Path(unquote(urlsplit(word).path, errors="surrogateescape"))
    return Path(word).absolute()
