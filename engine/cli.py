"""Start `whisper-transcriber`: read the command line and hand it to the subcommand.

Only the parser is imported at the start, so that `--help` answers at once.
"""

# Every subcommand is imported when it is called: rich, requests and the formats take their time.
# pylint: disable=import-outside-toplevel

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

try:
    from engine.command_line.arguments import PROGRAM, build_parser
    from engine.command_line.exit_codes import FAILED, INTERRUPTED, USAGE
    from engine.errors import OptionsError, TranscriberError
    from engine.hidden_commands import is_hidden, run_hidden
except KeyboardInterrupt:  # this takes 50 ms, long enough to change one's mind
    sys.exit(130)

if TYPE_CHECKING:
    import argparse


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code: 0, 1 some failed, 2 usage, 130 interrupted."""
    words = list(sys.argv[1:] if argv is None else argv)
    if is_hidden(words):
        return run_hidden(words)
    try:
        _accept_all_characters()
        arguments = build_parser().parse_args(words)
        return _COMMANDS[arguments.command](arguments)
    except OptionsError as error:
        _complain(error.detail or str(error))
        return USAGE
    except TranscriberError as error:
        _complain(str(error))
        return FAILED
    except (KeyboardInterrupt, BrokenPipeError) as stop:
        if isinstance(stop, BrokenPipeError):
            _drop_output()
        return INTERRUPTED
    except OSError as error:  # a full disk behind standard output
        _complain(error.strerror or str(error))
        _drop_output()
        return FAILED


def _complain(sentence: str) -> None:
    print(f"{PROGRAM}: {sentence}", file=sys.stderr)


def _accept_all_characters() -> None:
    # A transcript or file name must not fail on the encoding of a pipe (cp1252 on Windows).
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _drop_output() -> None:
    # Otherwise Python complains once more when it flushes a closed pipe at the end.
    devnull = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(devnull, stream.fileno())
    os.close(devnull)


def _transcribe(arguments: argparse.Namespace) -> int:
    from engine.command_line.transcribe import run

    return run(arguments)


def _resume(arguments: argparse.Namespace) -> int:
    from engine.command_line.resume import run

    return run(arguments)


def _models(arguments: argparse.Namespace) -> int:
    from engine.command_line.models import run

    return run(arguments)


def _devices(arguments: argparse.Namespace) -> int:
    from engine.command_line.devices import run

    return run(arguments)


def _convert(arguments: argparse.Namespace) -> int:
    from engine.command_line.convert import run

    return run(arguments)


def _benchmark(arguments: argparse.Namespace) -> int:
    from engine.command_line.benchmark import run

    return run(arguments)


def _completion(arguments: argparse.Namespace) -> int:
    from engine.command_line.completion import run

    return run(arguments)


def _manual(arguments: argparse.Namespace) -> int:
    from engine.command_line.manual import run

    return run(arguments)


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "transcribe": _transcribe,
    "resume": _resume,
    "models": _models,
    "devices": _devices,
    "convert": _convert,
    "benchmark": _benchmark,
    "completion": _completion,
    "man": _manual,
}


if __name__ == "__main__":
    sys.exit(main())
