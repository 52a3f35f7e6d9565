"""docs/server.md lists every setting and every command."""

from __future__ import annotations

import re
from pathlib import Path

import typer
from typer.main import get_command

from sync_server.cli import app
from sync_server.command_line.settings_table import settings_table
from sync_server.settings import Settings
from tests.sync_server.command_line.conftest import Terminal

TEXT = (Path(__file__).parents[3] / "docs" / "server.md").read_text(encoding="utf-8")


def test_the_document_lists_the_settings_as_they_are() -> None:
    listed = re.findall(r"<!-- settings -->\n\n(.*?)\n\n<!-- /settings -->", TEXT, re.DOTALL)
    assert listed == [settings_table()], "put in what whisper-transcriber-server settings prints"


def test_every_setting_is_described() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert f"| `{name}` |" in settings_table()


def test_the_command_prints_the_table(bare: Terminal) -> None:
    assert bare.succeed("settings").strip() == settings_table()


def test_the_document_lists_every_command() -> None:
    commands = get_command(app)
    assert isinstance(commands, typer.core.TyperGroup)
    names = set()
    for name, command in commands.commands.items():
        inner = getattr(command, "commands", None)
        names |= {name} if inner is None else {f"{name} {each}" for each in inner}
    table = TEXT[TEXT.index("| command |") : TEXT.index("\nA command ends")]
    listed = {
        " ".join(word for word in found.split() if word.islower())
        for row in table.split("\n|---|---|\n")[1].splitlines()
        for found in re.findall(r"`([^`]+)`", row.removeprefix("| ").split(" | ")[0])
    }
    assert listed == names
