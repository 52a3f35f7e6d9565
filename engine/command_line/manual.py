"""Print the manual page, made from the help, so that the two never differ."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from engine import __version__
from engine.command_line.arguments import EXIT_CODES, PROGRAM, build_parser
from engine.command_line.exit_codes import DONE
from engine.command_line.parser_walk import argument_groups, subcommands


def run(_: argparse.Namespace) -> int:
    """Print the page in roff, for `man -l -`, and return the exit code."""
    print(manual_page())
    return DONE


def manual_page() -> str:
    """Return the page in roff, section 1 (man(7))."""
    return "\n".join(_lines(build_parser()))


def _lines(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield f'.TH {PROGRAM.upper()} 1 "" "{PROGRAM} {__version__}" "User Commands"'
    yield ".SH NAME"
    yield _escape(f"{PROGRAM} - {_sentence(parser.description)}")
    yield ".SH SYNOPSIS"
    yield f".B {_escape(PROGRAM)}"
    yield "COMMAND [OPTION]... [FILE]..."
    yield ".SH COMMANDS"
    for path, command in subcommands(parser):
        if path:
            yield from _command_lines(path, command)
    yield ".SH EXIT STATUS"
    yield _escape(EXIT_CODES)
    yield ".SH ENVIRONMENT"
    yield ".TP"
    yield ".B WHISPER_TRANSCRIBER_MODELS"
    yield "Folder of the speech models, instead of all others."


def _command_lines(path: tuple[str, ...], command: argparse.ArgumentParser) -> Iterator[str]:
    yield f'.SS "{_escape(" ".join((PROGRAM, *path)))}"'
    if command.description:
        yield _escape(command.description)
    for title, actions in argument_groups(command):
        shown = [action for action in actions if action.dest != "help"]
        if not shown:
            continue
        if title not in ("options", "positional arguments"):
            yield ".PP"
            yield f".I {_escape(title.capitalize())}"
        for action in shown:
            yield ".TP"
            yield f".B {_escape(argument_title(action))}"
            yield _escape(action.help or "")


def argument_title(action: argparse.Action) -> str:
    """Return how an argument is written: its names, and what follows them."""
    value = action.metavar if isinstance(action.metavar, str) else ""
    if not value and action.choices is not None:
        value = "{" + ",".join(str(choice) for choice in action.choices) + "}"
    if not value and action.nargs != 0:
        value = action.dest.upper()
    if not action.option_strings:
        return value
    names = ", ".join(action.option_strings)
    return f"{names} {value}" if action.nargs != 0 else names


def _sentence(text: str | None) -> str:
    return (text or "").rstrip(".").lower()


def _escape(text: str) -> str:
    # man(7), groff_char(7): a backslash, a hyphen that is typed, and a dot or quote that would
    # begin a request at the start of a line.
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("“", "\\(lq")
    escaped = escaped.replace("”", "\\(rq").replace("…", "...")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
