"""Print a script that completes commands, options and files in a shell."""

from __future__ import annotations

import argparse

import shtab

from engine.command_line.arguments import build_parser
from engine.command_line.exit_codes import DONE
from engine.command_line.parser_walk import subcommands

_FILES = {"FILE": shtab.FILE, "IN": shtab.FILE, "DIR": shtab.DIRECTORY, "FOLDER": shtab.DIRECTORY}


def run(arguments: argparse.Namespace) -> int:
    """Print the script for the shell that is named, and return the exit code."""
    print(completion_script(arguments.shell))
    return DONE


def completion_script(shell: str) -> str:
    """Return the script for `bash`, `zsh` or `tcsh`."""
    parser = build_parser()
    for _, command in subcommands(parser):
        for action in command._actions:  # pylint: disable=protected-access  # as shtab does
            if isinstance(action.metavar, str) and action.metavar in _FILES:
                action.complete = _FILES[action.metavar]  # type: ignore[attr-defined]  # shtab's
    return str(shtab.complete(parser, shell=shell))  # nosec B604 - names a shell, runs none
