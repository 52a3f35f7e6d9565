"""Manual page and completion know every command and option."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from engine import cli
from engine.command_line.arguments import build_parser
from engine.command_line.completion import completion_script
from engine.command_line.manual import argument_title, manual_page
from engine.command_line.parser_walk import argument_groups, subcommands

COMMANDS = {" ".join(path): command for path, command in subcommands(build_parser()) if path}


def test_every_command_is_known() -> None:
    assert set(COMMANDS) >= {"transcribe", "resume", "models download", "models", "man", "convert"}
    assert "engine-worker" not in COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_the_manual_page_has_every_command_with_its_options(name: str) -> None:
    title = f'.SS "whisper\\-transcriber {name}"\n'
    section = manual_page().partition(title)[2].partition("\n.S")[0]
    assert section
    for _, actions in argument_groups(COMMANDS[name]):
        for action in actions:
            assert action.help
            shown = argument_title(action).replace("-", "\\-")
            assert f".B {shown}\n" in section or action.dest == "help"


def test_the_manual_page_is_valid_roff() -> None:
    groff = shutil.which("groff")
    if groff is None:
        pytest.skip("groff is not installed")
    command = [groff, "-man", "-Tutf8", "-ww"]
    done = subprocess.run(command, input=manual_page().encode(), capture_output=True, check=True)
    assert done.stderr == b""


def test_no_line_of_text_is_taken_for_a_request() -> None:
    requests = (".TH", ".SH", ".SS", ".TP", ".B ", ".I ", ".PP")
    for line in manual_page().splitlines():
        assert not line.startswith("'")
        assert not line.startswith(".") or line.startswith(requests)


def test_the_page_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["man"]) == 0
    assert capsys.readouterr().out == manual_page() + "\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_each_shell_completes_commands(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["completion", shell]) == 0
    script = capsys.readouterr().out
    for word in ("transcribe", "--beam-size" if shell != "tcsh" else "beam-size", "download"):
        assert word in script
    assert "engine-worker" not in script


def test_bash_completes_files_and_accepts_the_script() -> None:
    script = completion_script("bash")
    assert "_shtab_whisper_transcriber_transcribe_pos_0_COMPGEN=_shtab_compgen_files" in script
    bash = shutil.which("bash")
    if bash is not None:
        subprocess.run([bash, "-n"], input=script.encode(), check=True)
