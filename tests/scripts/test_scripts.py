"""The scripts are sound shell, explain themselves and know the program's options."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

import pytest

from engine.command_line.arguments import build_parser
from tests.architecture.source_files import ROOT

PARTS = ("--engine", "--desktop", "--backend", "--frontend", "--integration")
SCRIPTS = [*sorted((ROOT / "scripts").rglob("*.sh")), ROOT / ".ci" / "run"]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_shellcheck_finds_nothing(script: Path) -> None:
    shellcheck = str(Path(sys.executable).with_name("shellcheck"))
    command = [shellcheck, "-x", "--source-path=.", str(script)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_every_script_can_be_started_and_stops_at_the_first_mistake(script: Path) -> None:
    if script.parent.name == "lib":
        return
    assert script.stat().st_mode & 0o111
    assert re.search(r"^set -euo pipefail$", script.read_text(encoding="utf-8"), re.MULTILINE)


def test_run_tests_explains_itself_without_setting_anything_up() -> None:
    command = ["bash", str(ROOT / "scripts" / "run_tests.sh"), "--help"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    for option in PARTS + ("--all", "--extended", "--coverage"):
        assert option in result.stdout


def test_run_knows_which_options_are_followed_by_a_value() -> None:
    # argparse has no public way to look into a parser. pylint: disable=protected-access
    parser = build_parser()
    subparsers = next(
        action for action in parser._actions if isinstance(action, argparse._SubParsersAction)
    )
    actions = subparsers.choices["transcribe"]._actions
    valued = {
        name
        for action in actions
        if action.option_strings and action.nargs != 0
        for name in action.option_strings
    }
    text = (ROOT / "scripts" / "run.sh").read_text(encoding="utf-8")
    known = {word for line in re.findall(r"VALUED\+?='(.*)'", text) for word in line.split()}
    assert known == valued
