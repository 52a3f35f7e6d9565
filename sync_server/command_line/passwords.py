"""Get a password for an account: typed, from standard input, or drawn."""

from __future__ import annotations

import secrets
import sys
from typing import Annotated

import typer

FromInput = Annotated[
    bool,
    typer.Option("--password-stdin", help="Read the password from standard input, one line."),
]
Drawn = Annotated[bool, typer.Option("--draw-password", help="Draw a password and print it.")]

_LETTERS = "abcdefghijkmnopqrstuvwxyz23456789"  # none that looks like another
_GROUPS, _GROUP = 4, 5  # 20 of 33 letters: 100 bits


def wanted_password(is_from_input: bool, is_drawn: bool) -> str:
    """Return the password that the options ask for; typed twice if they ask for none."""
    if is_from_input and is_drawn:
        raise typer.BadParameter("--password-stdin and --draw-password exclude each other")
    if is_from_input:
        return sys.stdin.readline().rstrip("\r\n")
    if is_drawn:
        return draw_password()
    if not sys.stdin.isatty():
        raise typer.BadParameter("without a terminal, use --password-stdin or --draw-password")
    password: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password


def draw_password() -> str:
    """Draw a password that can be read out aloud."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)
