"""Start the window program: `whisper-transcriber-desktop`, `python -m desktop`.

Nothing but the hidden subcommands is imported before it is clear what was asked for: a worker of a
frozen program loads no Qt, and the window appears at once.
"""

# pylint: disable=import-outside-toplevel

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.hidden_commands import is_hidden, run_hidden

if TYPE_CHECKING:
    from desktop.command_line import Arguments


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window or do what the options ask for; the exit code is 0, 1 failed or 2 usage."""
    words = list(sys.argv[1:] if argv is None else argv)
    if is_hidden(words):
        return run_hidden(words)

    from desktop.command_line import parse

    arguments = parse(words)
    return _test_itself(arguments) if arguments.is_self_test else _open_window(arguments)


def _test_itself(arguments: Arguments) -> int:
    from desktop.self_test import run_self_test, write_json, write_text

    return run_self_test(arguments.data_dir, write_json if arguments.is_json else write_text)


def _open_window(arguments: Arguments) -> int:
    from desktop.display import explain, has_display, missing_packages

    if not has_display(os.environ):
        return _complain(
            "There is no display for a window; use the command line: whisper-transcriber --help"
        )
    if sys.platform.startswith("linux") and (packages := missing_packages(os.environ)):
        return _complain(explain(packages))

    from desktop.app import run
    from desktop.paths import Paths

    return run(Paths.of(arguments.data_dir), arguments.files)


def _complain(sentence: str) -> int:
    if sys.stderr is not None:
        print(f"whisper-transcriber-desktop: {sentence}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
