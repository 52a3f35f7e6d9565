"""Sizes are read and written as people write them; passwords are asked for where one can type."""

from __future__ import annotations

import sys

import pytest
import typer

from sync_server.command_line.passwords import draw_password, wanted_password
from sync_server.command_line.printing import parse_size, print_table, show_size


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("0", 0),
        ("4096", 4096),
        ("12b", 12),
        ("500MB", 500_000_000),
        ("1.5 GiB", 1_610_612_736),
        ("2tib", 2 * 1024**4),
    ],
)
def test_sizes_are_read(written: str, count: int) -> None:
    assert parse_size(written) == count


@pytest.mark.parametrize("written", ["", "GiB", "-1", "5 parsecs", "1e3", "1.2.3"])
def test_what_is_no_size_is_refused(written: str) -> None:
    with pytest.raises(typer.BadParameter):
        parse_size(written)


@pytest.mark.parametrize(
    ("count", "written"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (10 * 1024**3, "10.0 GiB")],
)
def test_sizes_are_written(count: int, written: str) -> None:
    assert show_size(count) == written


def test_the_largest_unit_takes_all_the_rest() -> None:
    assert show_size(5000 * 1024**4) == "5000.0 TiB"


def test_a_table_stands_in_columns(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("a", "name"), [("long", "x"), ("b", "")])
    assert capsys.readouterr().out == "a     name\nlong  x\nb\n"


def test_drawn_passwords_differ_and_are_long() -> None:
    drawn = {draw_password() for _ in range(100)}
    assert len(drawn) == 100
    assert all(len(password) == 23 for password in drawn)


def test_at_a_terminal_a_password_is_asked_for_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, bool]] = []

    def prompt(_text: str, **options: bool) -> str:
        asked.append(options)
        return "a loom of her own"

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(typer, "prompt", prompt)
    assert wanted_password(False, False) == "a loom of her own"
    assert asked == [{"hide_input": True, "confirmation_prompt": True}]
